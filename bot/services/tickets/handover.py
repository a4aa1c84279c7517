"""The hand-over of a ticket: the summary its next liaison finds in the thread, made by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.events import Event, What
from bot.domain.handover import last_answers, open_questions, said_since_answered
from bot.domain.kinds import kind_of
from bot.domain.ticket import Entry, Ticket
from bot.domain.workspace import Channel
from bot.messages import Card, Fact, Line, Mention, Moment, Post, Section, say
from bot.ports import UnitOfWork
from bot.services.notifications import thread_post
from bot.services.sla.sla import channel_of
from bot.services.tickets.cards import due_facts, state_words

WORDS_SHOWN, WHY_MOST = 280, 150
TOLD = frozenset({What.ESCALATED, What.RESOLVED, What.REOPENED})
TOLD_MOST = 4
IN_SHORT = "In short, by a language model"


def handover_post(uow: UnitOfWork, ticket: Ticket, in_short: Sequence[Line] = ()) -> Post:
    """The summary in the thread; to be made before the ticket is saved. `in_short`: its long conversation."""
    channel = channel_of(uow, ticket)
    card = summary(uow, ticket, channel)
    told = (Section(IN_SHORT, tuple(in_short)),) if in_short else ()
    return thread_post(ticket, f"handover:{ticket.revision}", replace(card, sections=(*told, *card.sections)))


def summary(uow: UnitOfWork, ticket: Ticket, channel: Channel) -> Card:
    """What, how it stands, what time is left, what went wrong before, the last two answers, what is open since."""
    clocks = uow.clocks.of(ticket.workspace, ticket.number)
    entries = uow.log.entries(ticket.workspace, ticket.number)
    askers = {ticket.requester, *ticket.followers}
    events = [one for one in uow.log.events(ticket.workspace, ticket.number) if one.what in TOLD]
    sections = (
        Section("What happened", tuple(_event_line(event, channel) for event in events[-TOLD_MOST:])),
        Section("Last answers", tuple(_line(entry, channel) for entry in last_answers(entries, askers))),
        Section(
            "Open questions",
            tuple(_line(entry, channel, question) for entry, question in open_questions(entries, askers)),
        ),
        Section("Said since", tuple(_line(entry, channel) for entry in said_since_answered(entries, askers))),
    )
    return Card(
        text=say(
            "To take over: {kind} “{title}”, asked by {asker} on {at}.",
            kind=kind_of(ticket.kind).title.lower(),
            title=ticket.title,
            asker=Mention(ticket.requester),
            at=Moment(ticket.opened_at, channel.zone),
        ),
        facts=(Fact("State", (state_words(ticket),)), *due_facts(ticket, clocks, channel)),
        sections=tuple(section for section in sections if section.lines),
    )


def said_since(uow: UnitOfWork, ticket: Ticket, person: str) -> str:
    """The last words of a person in the thread of a finished ticket, since it was; empty for none."""
    since = ticket.finished_at
    entries = uow.log.entries(ticket.workspace, ticket.number) if since else ()
    said = [
        one.text
        for one in entries
        if one.author == person and not one.internal and one.deleted_at is None and since and one.at > since
    ]
    return _short(said[-1], WHY_MOST) if said else ""


def _event_line(event: Event, channel: Channel) -> Line:
    why = f": {event.why}" if event.why else ""
    who = Mention(event.by) if event.by else "IT Liaison"
    return Line(say("{what} by {who}, {at}{why}", what=event.what.value.capitalize(), who=who,
                    at=Moment(event.at, channel.zone), why=why))  # fmt: skip


def _line(entry: Entry, channel: Channel, words: str = "") -> Line:
    short = _short(words or entry.text, WORDS_SHOWN)
    return Line(say("{who}, {at}: {text}", who=Mention(entry.author), at=Moment(entry.at, channel.zone), text=short))


def _short(words: str, most: int) -> str:
    text = " ".join(words.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
