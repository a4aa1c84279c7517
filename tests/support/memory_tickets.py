"""Tickets, clocks and log of the store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Conflict, NotFound
from bot.domain.events import Event
from bot.domain.sla import Clock
from bot.domain.ticket import Entry, Place, Ticket
from bot.ports import TicketFilter, Watched
from tests.support.memory_staff import MemoryEscalations
from tests.support.memory_state import State


class MemoryTickets:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, ticket: Ticket) -> Ticket:
        ticket.number = self._state.numbers[ticket.workspace] = self._state.numbers.get(ticket.workspace, 0) + 1
        self._store(ticket)
        return ticket

    def get(self, workspace: str, number: int) -> Ticket:
        if (workspace, number) not in self._state.tickets:
            raise NotFound(f"There is no ticket IT-{number} here. /itcheck list shows those that are open.")
        return deepcopy(self._state.tickets[workspace, number])

    def save(self, ticket: Ticket) -> None:
        stored = self._state.tickets.get((ticket.workspace, ticket.number))
        if stored is None or stored.revision != ticket.revision:
            raise Conflict(f"{ticket.name} was changed by somebody else just now. Look at it again.")
        ticket.revision += 1
        place = ticket.place
        if stored.place.thread and not place.thread:
            place = Place(stored.place.conversation, stored.place.thread, place.message)
        self._store(ticket, place)

    def in_thread(self, workspace: str, conversation: str, thread: str) -> Ticket | None:
        found = self.search(workspace, TicketFilter(conversation=conversation, limit=10_000))
        return next((ticket for ticket in found if thread and ticket.place.thread == thread), None)

    def search(self, workspace: str, wanted: TicketFilter) -> Sequence[Ticket]:
        mine = (ticket for ticket in self._state.tickets.values() if ticket.workspace == workspace)
        found = [ticket for ticket in mine if self._matches(ticket, wanted)]
        found.sort(key=lambda ticket: -ticket.number)
        return deepcopy(found[wanted.offset : wanted.offset + wanted.limit])

    def _store(self, ticket: Ticket, place: Place | None = None) -> None:
        number = (ticket.workspace, ticket.number)
        self._state.events.extend((number, event) for event in ticket.pending)
        ticket.pending.clear()
        self._state.tickets[number] = replace(deepcopy(ticket), place=place or ticket.place)

    def _matches(self, ticket: Ticket, wanted: TicketFilter) -> bool:
        exact = [
            (wanted.kind, ticket.kind),
            (wanted.topic, ticket.topic),
            (wanted.requester, ticket.requester),
            (wanted.liaison, ticket.liaison),
            (wanted.source_message, ticket.place.message),
            (wanted.conversation, ticket.place.conversation),
        ]
        people = {ticket.requester, ticket.liaison, *ticket.followers}
        first, last = wanted.starts_from, wanted.starts_until
        return all(
            (
                all(not want or want == has for want, has in exact),
                not wanted.only_open or not ticket.is_finished,
                not wanted.numbers or ticket.number in wanted.numbers,
                not wanted.involving or wanted.involving in people,
                wanted.only_late_at is None or self._is_late(ticket),
                wanted.opened_since is None or ticket.opened_at >= wanted.opened_since,
                first is None or (ticket.starts_on is not None and ticket.starts_on >= first),
                last is None or (ticket.starts_on is not None and ticket.starts_on <= last),
            )
        )

    def _is_late(self, ticket: Ticket) -> bool:
        clocks = MemoryClocks(self._state).of(ticket.workspace, ticket.number)
        return any(clock.is_open and clock.is_breached for clock in clocks)


class MemoryClocks:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str, number: int) -> Sequence[Clock]:
        stored = sorted(self._state.clocks.items(), key=lambda item: item[0])
        return [clock for key, (clock, _) in stored if key[:2] == (workspace, number)]

    def save(self, workspace: str, number: int, clocks: Iterable[Clock], look_at: Sequence[datetime | None]) -> None:
        for clock, look in zip(clocks, look_at, strict=True):
            self._state.clocks[workspace, number, clock.kind, clock.cycle] = (clock, look)

    def open_after(self, workspace: str, number: int, limit: int) -> Sequence[int]:
        found = {key[1] for key, (clock, _) in self._state.clocks.items() if key[0] == workspace and clock.is_open}
        return sorted(each for each in found if each > number)[:limit]

    def alive(self, workspace: str, since: datetime) -> Sequence[tuple[int, Clock]]:
        stored = sorted(self._state.clocks.items(), key=lambda item: item[0])
        mine = [(key, clock) for key, (clock, _) in stored if key[0] == workspace]
        return [(key[1], clock) for key, clock in mine if clock.stopped_at is None or clock.stopped_at >= since]


class MemoryWatch:
    def __init__(self, state: State) -> None:
        self._state = state

    def claim(self, now: datetime, limit: int) -> Sequence[Watched]:
        looks = sorted((look, key[:2]) for key, (_, look) in self._state.clocks.items() if look and look <= now)
        return [self._watched(*ticket) for ticket in dict.fromkeys(ticket for _, ticket in looks[:limit])]

    def save(self, seen: Iterable[Watched]) -> None:
        for one in seen:
            MemoryTickets(self._state).save(one.ticket)
            MemoryClocks(self._state).save(one.ticket.workspace, one.ticket.number, one.clocks, one.look_at)
            for escalation in one.ladder:
                MemoryEscalations(self._state).save(escalation)

    def _watched(self, workspace: str, number: int) -> Watched:
        stored = sorted(self._state.clocks.items(), key=lambda item: item[0])
        mine = [value for key, value in stored if key[:2] == (workspace, number)]
        ticket = MemoryTickets(self._state).get(workspace, number)
        ladder = MemoryEscalations(self._state).of(workspace, number)
        return Watched(ticket, [clock for clock, _ in mine], [look for _, look in mine], ladder)


class MemoryLog:
    def __init__(self, state: State) -> None:
        self._state = state

    def events(self, workspace: str, number: int) -> Sequence[Event]:
        return [event for of, event in self._state.events if of == (workspace, number)]

    def happened(
        self, workspace: str, conversation: str, whats: Sequence[str], since: datetime
    ) -> Sequence[tuple[Ticket, Event]]:
        found = [
            (deepcopy(self._state.tickets[of]), event)
            for of, event in self._state.events
            if of[0] == workspace and event.what in whats and event.at >= since
        ]
        here = [(ticket, event) for ticket, event in found if ticket.place.conversation == conversation]
        return sorted(here, key=lambda pair: pair[1].at)

    def entries(self, workspace: str, number: int) -> Sequence[Entry]:
        mine = [entry for of, entry in self._state.entries if of == (workspace, number)]
        return sorted(mine, key=lambda entry: entry.at)

    def keep(self, workspace: str, number: int, entry: Entry) -> bool:
        known = {each.message for of, each in self._state.entries if of == (workspace, number)} - {""}
        if entry.message in known:
            return False
        self._state.entries.append(((workspace, number), entry))
        return True

    def change(self, workspace: str, conversation: str, message: str, text: str | None, at: datetime) -> Sequence[int]:
        numbers = []
        for index, (of, entry) in enumerate(self._state.entries):
            here = of[0] == workspace and self._state.tickets[of].place.conversation == conversation
            if here and message and entry.message == message:
                self._state.entries[index] = (of, _changed(entry, text, at))
                numbers.append(of[1])
        return sorted(set(numbers))


def _changed(entry: Entry, text: str | None, at: datetime) -> Entry:
    if entry.deleted_at is not None:
        return entry
    if text is None:
        return replace(entry, text="", files=(), deleted_at=at)
    if entry.edited_at is not None and entry.edited_at > at:
        return entry
    return replace(entry, text=text, edited_at=at)
