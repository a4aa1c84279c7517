"""A long conversation in short, in a language model's words: each sentence from one message, with who wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.ticket import Entry
from bot.domain.usage import Purpose
from bot.messages import Line, Mention, Moment, say
from bot.services.desk import Desk
from bot.services.writer import Ground
from prompts.catalog import SUMMARY

LONG_FROM = 10  # messages; a shorter conversation is read faster than it is summed up
READ_MOST = 30  # the newest messages that a model is shown
MESSAGE_MOST = 700  # characters of each
SENTENCES_MOST = 6


def in_short(desk: Desk, workspace: str, number: int) -> tuple[Line, ...]:
    """The lines of a ticket's long conversation, what is internal left out; none without a model that may write, for a
    short conversation, or where nothing holds. Never call it inside a unit of work.
    """
    if desk.writer is None:
        return ()
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number)
        said = _said(uow.log.entries(workspace, number))
    if len(said) < LONG_FROM:
        return ()
    newest = said[-READ_MOST:]
    grounds = [Ground(" ".join(entry.text.split())[:MESSAGE_MOST]) for entry in newest]
    kept = desk.writer.write(workspace, Purpose.SUMMARY, SUMMARY, ticket.title, grounds)
    return tuple(_line(one.text, newest[one.ground]) for one in kept[:SENTENCES_MOST])


def _said(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.internal and entry.deleted_at is None and entry.text.strip()]


def _line(text: str, entry: Entry) -> Line:
    return Line(say("{text} — {who}, {at}", text=text, who=Mention(entry.author), at=Moment(entry.at)))
