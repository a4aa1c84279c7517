"""A backlog of open tickets for the sweep: some whose warnings come minute by minute, many that are late together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.agreed import Agreed
from bot.domain.people import Role
from bot.domain.sla import Priority
from bot.domain.ticket import Intake, Place, State, Ticket
from bot.domain.workspace import Channel
from bot.ports import Watched
from bot.services.sla.sla import next_look, start_clocks

TEAM = "T0BENCH"
START = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
FIRST_WARNING = timedelta(hours=3)
HUNDRED = 100
HOLDERS = {Role.LIAISON: ["U0LIAISON"], Role.IT_MANAGER: ["U0MANAGER"], Role.ADMIN: ["U0ADMIN"]}
CHANNELS = tuple(
    Channel(
        TEAM,
        f"C{number:02d}",
        f"marketing-{number}",
        listening=True,
        liaison=f"U{number:02d}",
        set_up_at=START - timedelta(days=90),
    )
    for number in range(20)
)


def make_backlog(tickets: int, storm: int, minutes: int) -> Iterator[Watched]:
    """So many tickets with two open clocks each, and the looks the product gives them.

    At `START` nothing is due. In each of the `minutes` after it a hundred first answers come to their warning. A week
    later `storm` tickets, those hundreds among them, are late with both; the others are not due yet.
    """
    for number in range(tickets):
        minute = number // HUNDRED + 1
        if minute <= minutes:
            yield _ticket(number, START - FIRST_WARNING + timedelta(minutes=minute))
        elif number < storm:
            yield _ticket(number, START - timedelta(hours=1))
        else:
            yield _ticket(number, START + timedelta(days=7))


def _ticket(number: int, opened_at: datetime) -> Watched:
    channel = CHANNELS[number % len(CHANNELS)]
    ticket = Ticket(
        workspace=TEAM,
        kind="new_tool",
        title=f"Tool {number + 1} for the spring newsletter",
        requester=f"U1{number % 500:03d}",
        place=Place(channel.id, f"17{number:08d}.000100", f"17{number:08d}.000100"),
        opened_at=opened_at,
        intake=Intake.COMMAND,
        priority=Priority.NORMAL,
        state=State.ASSIGNED,
        liaison=channel.liaison,
        number=number + 1,
    )
    ticket.open()
    agreed = Agreed(channel.id, channel.zone)
    clocks = start_clocks(ticket, agreed)
    return Watched(ticket, clocks, [next_look(ticket, clock, agreed) for clock in clocks])
