"""What happens to a ticket, told in small acts, and its clocks in words."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.clockwork import replay
from bot.domain.sla import Clock
from bot.services.sla.sla import agreed_for, channel_of
from bot.services.sla.sweep import look_at_clocks
from tests.builders import (
    TEAM,
    Office,
)

Story = Callable[[Office], object]


def wrote(person: str, text: str = "and?") -> Story:
    return lambda office: office.says(person, text, thread=office.ticket().place.thread)


def pressed(person: str, action: str) -> Story:
    return lambda office: office.presses(person, action)


def sent(person: str, form: str, **values: str) -> Story:
    return lambda office: office.submits(person, form, values, ticket="IT-1", kind=office.ticket().kind)


def waited(**duration: float) -> Story:
    return lambda office: sweep(office, **duration)


def sweep(office: Office, **after: float) -> None:
    office.wait(**after)
    while look_at_clocks(office.desk):
        continue
    office.run()


def clocks(office: Office, number: int = 1) -> list[Clock]:
    with office.store.unit_of_work() as uow:
        return list(uow.clocks.of(TEAM, number))


def shown(clock: Clock) -> str:
    last = (
        clock.ledger[-1] if clock.is_open else next(e for e in reversed(clock.ledger) if e.what in {"met", "cancelled"})
    )
    late = " late on arrival" if clock.is_late_on_arrival else " late" if clock.is_breached else ""
    if not clock.is_open:
        how = f"{last.at:%d %H:%M}" if last.what == "met" else f"({last.reason})"
        return f"{clock.kind} {last.what} {how}{late}"
    if clock.is_paused and clock.fixed_due is None:
        why = next(entry.reason for entry in reversed(clock.ledger) if entry.what == "paused")
        return f"{clock.kind} paused ({why}){late}"
    return f"{clock.kind} due {clock.due_at:%d %H:%M}{late}"


def assert_the_log_tells_the_same(office: Office, number: int = 1) -> None:
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, number)
        agreed = agreed_for(uow, ticket, channel_of(uow, ticket))
        told = replay(uow.log.events(TEAM, number), ticket.situation, agreed)
    assert sorted(told, key=lambda clock: (clock.kind, clock.cycle)) == clocks(office, number)
