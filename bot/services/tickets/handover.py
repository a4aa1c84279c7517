"""The hand-over of a ticket: the summary its next liaison finds in the thread, made by rule."""

from __future__ import annotations

from bot.domain.handover import last_answers, open_questions
from bot.domain.kinds import kind_of
from bot.domain.ticket import Entry, Ticket
from bot.domain.workspace import Channel
from bot.messages import Card, Fact, Line, Mention, Moment, Post, Section, say
from bot.ports import UnitOfWork
from bot.services.notifications import thread_post
from bot.services.sla.sla import channel_of
from bot.services.tickets.cards import due_facts, state_words

WORDS_SHOWN = 280


def handover_post(uow: UnitOfWork, ticket: Ticket) -> Post:
    """The summary in the thread; to be made before the ticket is saved."""
    channel = channel_of(uow, ticket)
    return thread_post(ticket, f"handover:{ticket.revision}", summary(uow, ticket, channel))


def summary(uow: UnitOfWork, ticket: Ticket, channel: Channel) -> Card:
    """What, how it stands, what time is left, the last two answers and the open questions."""
    clocks = uow.clocks.of(ticket.workspace, ticket.number)
    entries = uow.log.entries(ticket.workspace, ticket.number)
    askers = {ticket.requester, *ticket.followers}
    sections = (
        Section("Last answers", tuple(_line(entry, channel) for entry in last_answers(entries, askers))),
        Section(
            "Open questions",
            tuple(_line(entry, channel, question) for entry, question in open_questions(entries, askers)),
        ),
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


def _line(entry: Entry, channel: Channel, words: str = "") -> Line:
    text = " ".join((words or entry.text).split())
    short = text if len(text) <= WORDS_SHOWN else text[: WORDS_SHOWN - 1].rstrip() + "…"
    return Line(say("{who}, {at}: {text}", who=Mention(entry.author), at=Moment(entry.at, channel.zone), text=short))
