"""Counting after the storm: is there exactly one ticket and one card for whatever was asked and acknowledged?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """One way to run: how events come (socket or http), the database, and how many bots share it."""

    mode: str
    backend: str
    bots: int

    @property
    def name(self) -> str:
        """What its figures begin with."""
        return f"{self.mode}_{self.backend}"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket in the store: its name (IT-12), and what it was opened for."""

    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found. `lost` and `doubled` in words, one line for each case."""

    acked: int
    tickets: int
    cards: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A round that was played: how many acts of the crowd asked for a ticket, kills, seconds, and the count."""

    events: int
    kills: int
    seconds: float
    tally: Tally


def count(
    asked: Mapping[str, bool],
    tickets: Sequence[Ticket],
    cards: Sequence[str],
    posted: Iterable[str],
    late: Sequence[str] = (),
) -> Tally:
    """Compare what was asked (with whether it was acknowledged), the tickets, the cards in the chat (each by its
    ticket's name), the keys of all posts that the chat took, and what did not
    get done in time.

    What was not acknowledged may have its ticket or not, for the bot may have died between storing it and saying so.
    """
    opened, shown = Counter(ticket.asked for ticket in tickets), Counter(cards)
    numbers = {ticket.name for ticket in tickets}
    lost = [
        *late,
        *(f"no ticket for {one}" for one, acked in asked.items() if acked and not opened[one]),
        *(f"no card of {name}" for name in sorted(numbers) if not shown[name]),
        *(f"no {name}" for name in _gaps(numbers)),
    ]
    doubled = [
        *(f"{times} tickets for {one}" for one, times in opened.items() if times > 1),
        *(f"{times} cards of {name}" for name, times in shown.items() if times > 1),
        *(f"{name} for something nobody asked" for name in _strays(asked, tickets)),
        *(f"a card of {name}, which does not exist" for name in sorted(set(shown) - numbers)),
        *(f"{key} posted {times} times" for key, times in Counter(posted).items() if times > 1),
    ]
    return Tally(sum(asked.values()), len(tickets), len(cards), tuple(lost), tuple(doubled))


def _gaps(names: Iterable[str]) -> list[str]:
    """The numbers that are missing below the highest one."""
    numbers = {int(name.removeprefix("IT-")) for name in names}
    return [f"IT-{number}" for number in range(1, max(numbers, default=0)) if number not in numbers]


def _strays(asked: Mapping[str, bool], tickets: Iterable[Ticket]) -> list[str]:
    return [ticket.name for ticket in tickets if ticket.asked not in asked]
