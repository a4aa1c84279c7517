"""The sweep over the clocks: what has come to a stage is noted and told, for many tickets in one unit of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.agreed import Agreed, CalendarEdition, owners_for
from bot.domain.escalation import Escalation
from bot.domain.events import What
from bot.domain.sla import Clock, Stage, StageKind, notice_at
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Post
from bot.ports import UnitOfWork, Watched
from bot.services.desk import Desk
from bot.services.notifications import fresh_card
from bot.services.sla.ladder import begun_by
from bot.services.sla.reminders import notices
from bot.services.sla.sla import channel_of, hours_of_reader, next_look, note

AT_ONCE = 400
SOONEST = timedelta(seconds=1)


def look_at_clocks(desk: Desk) -> bool:
    """One step of the sweep: warn and note breaches of tickets that are due. True if there may be more."""
    now = desk.at()
    with desk.unit_of_work() as uow:
        due = uow.watch.claim(now, AT_ONCE)
        sweep = Sweep(uow, now, due)
        uow.watch.save([sweep.look(one) for one in due])
        uow.outbox.put(sweep.posts())
    return bool(due)


class Sweep:
    """One look at many tickets: it asks once for what they have in common, and gathers what is to be said."""

    def __init__(self, uow: UnitOfWork, now: datetime, due: Sequence[Watched]) -> None:
        self._uow, self._now = uow, now
        self._channels: dict[tuple[str, str], Channel] = {}
        self._agreed: dict[tuple[str, str], Agreed] = {}
        self._calendars = self._all_calendars(due)
        self._told: list[tuple[Watched, list[Post]]] = []

    def look(self, seen: Watched) -> Watched:
        """The ticket with its clocks past whatever they have come to by now, and what that begins."""
        ticket, clocks, agreed = seen.ticket, list(seen.clocks), self._agreed_for(seen.ticket)
        posts: list[Post] = []
        begun: list[Escalation] = []
        for index, _ in enumerate(clocks):
            while stage := self._stage_to_tell(ticket, clocks[index], agreed):
                clocks[index] = _passed(ticket, clocks[index], stage)
                posts += notices(ticket, clocks[index], stage, agreed, self._now)
                if stage.kind is StageKind.BREACH:
                    begun += self._begun(seen, begun, clocks[index], agreed)
                    break  # nothing follows it
        looked = Watched(ticket, clocks, [self._next_look(ticket, clock, agreed) for clock in clocks], begun)
        if posts:
            self._told.append((looked, posts))
        return looked

    def posts(self) -> Iterator[Post]:
        """What is to be said of the tickets once they are saved: the notices, and their cards as they stand then."""
        for looked, posts in self._told:
            yield from posts
            yield fresh_card(looked.ticket, looked.clocks, self._channel(looked.ticket))

    def _stage_to_tell(self, ticket: Ticket, clock: Clock, agreed: Agreed) -> Stage | None:
        stage = clock.next_stage(agreed.calendar_of(clock), self._now)
        if stage is None or stage.at > self._now:
            return None
        if stage.kind is StageKind.BREACH:
            return stage
        read = hours_of_reader(ticket, clock, agreed, self._now).next_open(stage.at)
        return None if read > self._now else stage

    def _begun(self, seen: Watched, begun: list[Escalation], clock: Clock, agreed: Agreed) -> list[Escalation]:
        hours = hours_of_reader(seen.ticket, clock, agreed, self._now)
        at = notice_at(StageKind.BREACH, seen.ticket.priority, hours, self._now)
        escalation = begun_by([*seen.ladder, *begun], seen.ticket, clock, at)
        return [escalation] if escalation else []

    def _next_look(self, ticket: Ticket, clock: Clock, agreed: Agreed) -> datetime | None:
        # Never in the past, or the sweep would come back to it at once, for ever.
        look = next_look(ticket, clock, agreed)
        return look and max(look, self._now + SOONEST)

    def _channel(self, ticket: Ticket) -> Channel:
        key = (ticket.workspace, ticket.place.conversation)
        if not self._channels:
            set_up = (channel for channel in self._uow.workspaces.listening() if channel.set_up_at is not None)
            self._channels = {(channel.workspace, channel.id): channel for channel in set_up}
        if key not in self._channels:
            self._channels[key] = channel_of(self._uow, ticket)
        return self._channels[key]

    def _agreed_for(self, ticket: Ticket) -> Agreed:
        channel = self._channel(ticket)
        key = (ticket.workspace, channel.id)
        if key not in self._agreed:
            self._agreed[key] = Agreed(channel.id, channel.zone, calendars=self._calendars[ticket.workspace])
        return self._agreed[key]

    def _all_calendars(self, due: Sequence[Watched]) -> dict[str, tuple[CalendarEdition, ...]]:
        """Of each workspace, all calendars that may count for any of its tickets."""
        owners: dict[str, set[str]] = {}
        people: dict[tuple[str, str], set[str]] = {}
        for one in due:
            ticket, channel = one.ticket, self._channel(one.ticket)
            persons = people.setdefault((ticket.workspace, channel.id), set())
            persons.update((ticket.liaison, ticket.requester), (clock.person for clock in one.clocks))
            owners.setdefault(ticket.workspace, set()).update(clock.counted_in for clock in one.clocks)
        for (workspace, conversation), persons in people.items():
            owners[workspace].update(owners_for(conversation, persons))
        return {name: tuple(self._uow.agreements.calendars(name, whose)) for name, whose in owners.items()}


def _passed(ticket: Ticket, clock: Clock, stage: Stage) -> Clock:
    if stage.kind is StageKind.BREACH:
        passed = clock.breach(stage.at)
        note(ticket, What.BREACHED, stage.at, passed, "due time passed")
    else:
        passed = clock.warn(stage.share, stage.at)
        note(ticket, What.WARNED, stage.at, passed, f"{stage.share} %", share=str(stage.share))
    return passed
