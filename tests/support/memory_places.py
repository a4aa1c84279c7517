"""Places, acquaintances, sent messages and awaited answers in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TypeVar

from bot.messages import MessageRef
from bot.ports.places import DIRECT, Acquaintance, Place

Known = TypeVar("Known", Place, Acquaintance)


@dataclass
class MemoryPlaces:
    """Implements Places, Acquaintances, SentMessages and Awaited; `settled` are the keys of handled requests."""

    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    people: dict[tuple[str, str], Acquaintance] = field(default_factory=dict)
    messages: dict[tuple[str, str], MessageRef] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    settled: set[tuple[str, str]] = field(default_factory=set)

    def keep(self, place: Place) -> None:
        name = (place.workspace, place.id)
        self.places[name] = _joined(self.places.get(name), place)

    def place(self, workspace: str, conversation: str) -> Place | None:
        return self.places.get((workspace, conversation))

    def direct(self, workspace: str, person: str) -> Place | None:
        found = (one for one in self.places.values() if (one.workspace, one.person) == (workspace, person))
        return next((one for one in found if one.kind == DIRECT), None)

    def channels(self, workspace: str, team: str = "") -> Sequence[Place]:
        here = [one for one in self.places.values() if one.workspace == workspace and one.kind != DIRECT]
        return sorted((one for one in here if team in ("", one.team)), key=lambda one: one.id)

    def meet(self, people: Sequence[Acquaintance]) -> None:
        for one in people:
            name = (one.workspace, one.id)
            self.people[name] = _joined(self.people.get(name), one)

    def known(self, workspace: str, person: str) -> Acquaintance | None:
        return self.people.get((workspace, person))

    def keep_sent(self, workspace: str, key: str, ref: MessageRef) -> None:
        self.messages.setdefault((workspace, key), ref)

    def sent(self, workspace: str, key: str) -> MessageRef | None:
        return self.messages.get((workspace, key))

    def leave(self, workspace: str, name: str, answer: str) -> bool:
        if (workspace, name) in self.answers:
            return False
        self.answers[(workspace, name)] = answer
        return True

    def collect(self, workspace: str, name: str, *, last: bool = False) -> str | None:
        if last:
            self.answers.setdefault((workspace, name), "")
        return self.answers.get((workspace, name)) or None

    def is_settled(self, workspace: str, key: str) -> bool:
        return (workspace, key) in self.settled


def _joined(before: Known | None, now: Known) -> Known:
    """What is new, with what is empty in it as it was."""
    if before is None:
        return now
    return replace(now, **{name: getattr(before, name) for name, value in asdict(now).items() if not value})
