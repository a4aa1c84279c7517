"""An item in its launch has a call a week: its own short agenda, posted at the hour of the sync, once a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.agenda import Slot, latest_slot
from bot.domain.people import Side, person_of
from bot.domain.roadmap import STATUS_WORDS, Item, ItemStatus
from bot.domain.roadmap_schedule import drags, schedule
from bot.domain.ticket import Ticket
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Code, Line, Post, Section, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.agenda.place import channel_of_liaison, channels_with_road_map
from bot.services.calendar.calendar_card import person_text
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.roadmap.roadmap import View, view_of
from bot.services.roadmap.roadmap_card import days_words, drags_words
from bot.services.tickets.cards import state_words, ticket_link

JOB = "launch-call"
TITLE_MOST, TICKETS_MOST = 60, 10
SIDES = {Side.MARKETING: "Marketing", Side.IT: "IT"}


def post_launch_calls(desk: Desk) -> bool:
    """Post what is due at the hour of the first marketing channel of each workspace that has a road map, each call
    in the channel whose liaison owns the item, else in the first. Always False.
    """
    now = desk.at()
    for channels in channels_with_road_map(desk):
        _post_if_due(desk, channels, now)
    return False


def _post_if_due(desk: Desk, channels: Sequence[Channel], now: datetime) -> None:
    channel = channels[0]
    slot = latest_slot(now, channel.tz, channel.sync_weekday, channel.sync_hour)
    with desk.look() as uow:
        last = uow.occurrences.last(channel.workspace, JOB)
    is_set_up = channel.set_up_at is not None and channel.set_up_at <= slot.at
    if not is_set_up or slot.is_too_old(now) or (last is not None and last[1] >= slot.at):
        return
    with desk.unit_of_work() as uow:
        if not uow.occurrences.claim(channel.workspace, JOB, slot.name, slot.at):
            return
        view = view_of(desk, uow, channel.workspace, channel.id)
        launching = [one for one in view.road_map.ranked if one.status is ItemStatus.LAUNCH]
        owners = [person_of(one.owners.get(Side.IT, "")) for one in launching]
        homes = [channel_of_liaison(channels, owner) for owner in owners]
        uow.outbox.put([_call(uow, view, one, slot, home) for one, home in zip(launching, homes, strict=True)])


def _call(uow: UnitOfWork, view: View, item: Item, slot: Slot, channel: Channel) -> Post:
    key = f"{JOB}:{item.key}:{slot.name}"
    return Post(channel.workspace, key, Address(channel.id), _card(uow, view, item), lane=key)


def _card(uow: UnitOfWork, view: View, item: Item) -> Card:
    """What there is to talk about: the day, what is open, what waits for it, and three questions."""
    questions = tuple(
        Line((words,))
        for words in (
            "What must be done before the day, and who does it?",
            "What could stop it, and what then: go back, or go later?",
            "Who is on call, and who tells customers and colleagues?",
        )
    )
    sections = (
        Section("Open before it", _open_needs(view, item)),
        Section("Waiting for it", _served(uow, view, item)),
        Section("To be answered", questions),
    )
    return Card(
        title=f"🚀 Launch call · {item.key} {shorten(item.need, TITLE_MOST)}",
        text=_summary(view, item),
        sections=tuple(one for one in sections if one.lines),
        note=say("Every week until it is done: {how}", how=Code(f"/itcheck roadmap edit {item.key}")),
    )


def _summary(view: View, item: Item) -> Text:
    expected = schedule(view.road_map, view.today)
    left = (item.end - view.today).days
    when = f"in {days_words(left)}" if left > 0 else "today" if not left else f"{days_words(-left)} ago"
    held = drags(view.road_map, expected, item.key)
    late = f" It drags along {drags_words(held)}." if held else ""
    people: Text = ()
    for side, name in SIDES.items():
        if person := item.owners.get(side):
            people = (*people, ", " if people else " ", f"{name}: ", *person_text(person))
    day = f"{day_words(item.end)} {item.end:%Y}"
    return say("To be live by {day}, {when}.{late}{people}", day=day, when=when, late=late, people=people)


def _open_needs(view: View, item: Item) -> tuple[Line, ...]:
    needs = (view.road_map.by_key[key] for key in item.needs)
    return tuple(Line((f"{one.key} {one.need}: {STATUS_WORDS[one.status]}",)) for one in needs if one.is_open)


def _served(uow: UnitOfWork, view: View, item: Item) -> tuple[Line, ...]:
    if not item.serves:
        return ()
    wanted = TicketFilter(numbers=item.serves, limit=TICKETS_MOST)
    found = uow.tickets.search(view.channel.workspace, wanted)
    return tuple(Line(_ticket(one)) for one in found if not one.is_finished)


def _ticket(ticket: Ticket) -> Text:
    begins = f", begins {day_words(ticket.starts_on)}" if ticket.starts_on else ""
    title, state = shorten(ticket.title, TITLE_MOST), state_words(ticket)
    return say("{link} {title}: {state}{begins}", link=ticket_link(ticket), title=title, state=state, begins=begins)
