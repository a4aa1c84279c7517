"""A draft of an answer for the liaison alone, from what is written down: it is never sent by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.abilities import Ability
from bot.domain.kinds import QUESTION
from bot.domain.knowledge import Audience
from bot.domain.ticket import Ticket
from bot.domain.usage import Purpose
from bot.messages import Button, Card, Line, Request, Section, Style, say
from bot.services.ask.answers import source_line
from bot.services.ask.ask import MOST_CHARACTERS, Source, find_answer
from bot.services.ask.writing import SOURCES_MOST, written_from
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import check_ability, number_of
from prompts.catalog import DRAFT

USE = "draft_use"
TEXT_MOST = 1_800  # characters of a draft: its button brings it back
NOTHING = "Nothing that everybody may read is written down about {link} yet. Answer it, and keep the answer."
WRITTEN = "A language model wrote it from the passages below; read it before you send it."
QUOTED = "The nearest that is written down; it may not answer the question."


def draft(desk: Desk, request: Request) -> Card:
    """A draft for the ticket named by the request, for the eyes of who asks: in a model's words where one may write and
    what it writes holds, else the nearest passage. Raises NotAllowed, NotFound, Conflict.

    Only what everybody may read goes into it, since the answer will stand in the thread.
    """
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.ANSWER)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
    question = question_of(ticket)
    sources = _nearest(desk, ticket.workspace, question)
    if not sources:
        return Card(text=say(NOTHING, link=ticket_link(ticket)))
    writer = desk.writer
    written = written_from(writer, ticket.workspace, (Purpose.DRAFT, DRAFT), question, sources) if writer else ()
    text = " ".join(one.text for one in written) or sources[0].passage.text
    used = list(dict.fromkeys(one.source for one in written)) or sources
    return Card(
        title=f"✏️ Draft: {ticket.name}",
        text=say("{text}", text=text[:TEXT_MOST]),
        sections=(Section("From", tuple(Line(source_line(one)) for one in used)),),
        buttons=(Button("Use this", USE, f"{ticket.name}:{text[:TEXT_MOST]}", Style.PRIMARY),),
        note=say("Only you can see this; nothing is sent. {how}", how=WRITTEN if written else QUOTED),
    )


def question_of(ticket: Ticket) -> str:
    """What a ticket asks, short enough to be looked up."""
    return shorten(ticket.facts.get(QUESTION.names_it.key, "") or ticket.title, MOST_CHARACTERS)


def _nearest(desk: Desk, workspace: str, question: str) -> Sequence[Source]:
    if desk.reader is None:
        return ()
    read = desk.reader.read(question)
    with desk.look() as uow:
        return find_answer(uow, workspace, question, read, (Audience.EVERYONE,)).sources[:SOURCES_MOST]
