"""The weekly sync agenda: posted once per channel and week at its own hour, kept up to date in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.agenda import Agenda, Slot, latest_slot, next_slot
from bot.domain.errors import Conflict
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Post
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_card import agenda_card, preview_card
from bot.services.agenda.agenda_items import compose
from bot.services.agenda.agenda_table import lay_out
from bot.services.agenda.long_threads import sum_up_threads
from bot.services.agenda.place import channel_for
from bot.services.desk import Desk

JOB = "agenda"
DROPPED = "agenda-dropped"
A_MOMENT = timedelta(microseconds=1)  # what was said in this very moment is seen too
NO_AGENDA = "There is no agenda yet that this could be written on. The first one comes on the day of your next sync."

log = structlog.get_logger()


def post_agendas(desk: Desk) -> bool:
    """Post what is due. One channel a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        channels = uow.workspaces.listening()
    for channel in channels:
        slot = latest_slot(now, channel.tz, channel.sync_weekday, channel.sync_hour)
        if channel.set_up_at is None or slot.at < channel.set_up_at:
            continue
        if slot.is_too_old(now):
            _drop(desk, channel, slot)
        elif agenda := _post(desk, channel, slot, now):
            sum_up_threads(desk, agenda)
    return False


def _post(desk: Desk, channel: Channel, slot: Slot, now: datetime) -> Agenda | None:
    """Claim the slot and put its agenda into the outbox, in one unit of work; None if somebody else has."""
    if _is_taken(desk, channel, JOB, slot):
        return None
    with desk.unit_of_work() as uow:
        if not uow.occurrences.claim(channel.workspace, f"{JOB}:{channel.id}", slot.name, slot.at):
            return None
        before = _leave(desk, uow, channel, now)
        agenda = compose(uow, channel, slot, before, now)
        _take_along(uow, agenda, before)
        uow.agendas.save(agenda)
        uow.outbox.put([_first_post(desk, uow, channel, agenda)])
    return agenda


def _drop(desk: Desk, channel: Channel, slot: Slot) -> None:
    """A date missed by more than two days: note it once; an agenda that could not be sent until now is withdrawn."""
    if _is_taken(desk, channel, DROPPED, slot):
        return
    with desk.unit_of_work() as uow:
        if not uow.occurrences.claim(channel.workspace, f"{DROPPED}:{channel.id}", slot.name, slot.at):
            return
        last = uow.agendas.last(channel.workspace, channel.id)
        if last is None or last.slot.name != slot.name:
            log.warning("agenda_missed", channel=channel.id, slot=slot.name)
        elif uow.outbox.withdraw(channel.workspace, last.key):
            uow.agendas.save(replace(last, withdrawn=True))
            log.warning("agenda_never_sent", channel=channel.id, slot=slot.name)


def _is_taken(desk: Desk, channel: Channel, job: str, slot: Slot) -> bool:
    """Whether this slot or a later one is settled already; the claim decides, this only spares it."""
    with desk.look() as uow:
        last = uow.occurrences.last(channel.workspace, f"{job}:{channel.id}")
    return last is not None and last[1] >= slot.at


def _leave(desk: Desk, uow: UnitOfWork, channel: Channel, now: datetime) -> Agenda | None:
    """Close the last agenda: its buttons go. One that never reached the chat does not count."""
    last = uow.agendas.last(channel.workspace, channel.id)
    while last is not None and uow.outbox.withdraw(channel.workspace, last.key):
        uow.agendas.save(replace(last, withdrawn=True))
        last = uow.agendas.last(channel.workspace, channel.id)
    if last is not None:
        _renew(desk, uow, channel, last, is_open=False)
    return last


def _take_along(uow: UnitOfWork, agenda: Agenda, before: Agenda | None) -> None:
    """Every unfinished action of before is carried over, unless somebody has pressed it already."""
    since = before.posted_at if before else agenda.since
    for action in uow.actions.of(agenda.workspace, agenda.conversation, agenda.posted_at):
        if not action.is_settled:
            uow.actions.save(action.carry(agenda.posted_at, since))


def _first_post(desk: Desk, uow: UnitOfWork, channel: Channel, agenda: Agenda) -> Post:
    card = agenda_card(lay_out(uow, channel, agenda), url=_invitation(desk, agenda))
    return Post(channel.workspace, agenda.key, Address(channel.id), card, lane=agenda.key)


def renew(desk: Desk, uow: UnitOfWork, agenda: Agenda) -> None:
    """Show the agenda as it stands now, in place. `agenda` is the last one of its channel, and locked."""
    channel = uow.workspaces.channel(agenda.workspace, agenda.conversation)
    _renew(desk, uow, channel or Channel(agenda.workspace, agenda.conversation), agenda, is_open=True)


def _renew(desk: Desk, uow: UnitOfWork, channel: Channel, agenda: Agenda, *, is_open: bool) -> None:
    newer = replace(agenda, revision=agenda.revision + 1)
    uow.agendas.save(newer)
    card = agenda_card(lay_out(uow, channel, newer), url=_invitation(desk, newer), is_open=is_open)
    key, to = f"{agenda.key}:{newer.revision}", Address(channel.id)
    uow.outbox.put([Post(agenda.workspace, key, to, card, lane=agenda.key, update_of=agenda.key)])


def _invitation(desk: Desk, agenda: Agenda) -> str:
    return desk.invitation_url(agenda) if desk.invitation_url else ""


def last_agenda(uow: UnitOfWork, workspace: str, conversation: str) -> Agenda:
    """The agenda of a channel that people work with, locked. Raises Conflict if there is none yet."""
    agenda = uow.agendas.last(workspace, conversation)
    if agenda is None:
        raise Conflict(NO_AGENDA)
    return agenda


def upcoming(desk: Desk, workspace: str, conversation: str, actor: str) -> Card:
    """What the next agenda would say now, for the eyes of who asks. Raises Conflict without a marketing channel."""
    now = desk.at()
    with desk.look() as uow:
        channel = channel_for(uow, workspace, conversation)
        before = uow.agendas.last(workspace, channel.id)
        slot = next_slot(now, channel.tz, channel.sync_weekday, channel.sync_hour)
        agenda = replace(compose(uow, channel, slot, before, now + A_MOMENT), skipped=False)
        return preview_card(lay_out(uow, channel, agenda), actor)
