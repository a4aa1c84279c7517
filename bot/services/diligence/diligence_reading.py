"""The answers of due diligence to read: for whoever signs, and for everybody on the ticket."""

from __future__ import annotations

from bot.domain.abilities import Ability
from bot.domain.answers import VENDOR, Given, Standing
from bot.domain.diligence import Asker, Level, Question
from bot.domain.ticket import Ticket
from bot.messages import Card, Line, Mention, Request, Section, Text, say
from bot.services.desk import Desk
from bot.services.diligence.diligence import require_standing
from bot.services.diligence.diligence_words import LEVEL_WORDS, text_of
from bot.services.diligence.further_questions import more_button
from bot.services.intake.intake import shorten
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import check_ability, number_of

REMARK_MOST, TITLE_MOST = 200, 100
TITLES = {Asker.MARKETER: "The requester", Asker.IT: "IT", Asker.VENDOR: "The vendor"}
SIGNS = {
    Level.EVIDENCED: "✅",
    Level.YES: "☑️",
    Level.PARTLY: "➖",
    Level.NO: "❌",
    Level.UNKNOWN: "❔",
    Level.NOT_APPLICABLE: "➖",
}
OPEN = "⬜"


def answers_card(desk: Desk, request: Request) -> Card:
    """Every question of a ticket's tool with its answer, who gave it and when, for the eyes of who asks.

    Raises NotAllowed for guests who did not ask for it, NotFound, or Conflict for a ticket that has no questions.
    """
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.RECORD)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        found = require_standing(desk, uow, ticket)
    sections = (Section(TITLES[asker], tuple(Line(one) for one in _lines(found, asker))) for asker in Asker)
    return Card(
        title=shorten(f"🧾 Answers: {ticket.title}", TITLE_MOST),
        text=_intro(ticket, found),
        sections=tuple(one for one in sections if one.lines),
        buttons=more_button(desk, ticket),
        note=say("Only you can see this. Shown counts more than a plain yes."),
    )


def _intro(ticket: Ticket, found: Standing) -> Text:
    used = sum(found.is_reused(one.key) for one in found.asked)
    again = f" {used} of them come from earlier reviews of the vendor." if used else ""
    return say("{link}: {done} of {all} questions are answered.{again}", link=ticket_link(ticket),
               done=str(len(found.asked) - len(found.score.open)), all=str(len(found.asked)), again=again)  # fmt: skip


def _lines(found: Standing, asker: Asker) -> list[Text]:
    return [_line(found, one) for one in found.of(asker)]


def _line(found: Standing, question: Question) -> Text:
    given = found.answers.get(question.key)
    if given is None or question in found.stale:
        return say("{sign} {text}", sign=OPEN, text=question.text)
    remark = shorten(text_of(given.answer), REMARK_MOST)
    return say(
        "{sign} {text} {said}{remark} — {who}, {on}{where}",
        sign=SIGNS[given.answer.level], text=question.text, said=LEVEL_WORDS[given.answer.level],
        remark=f" ({remark})" if remark else "", who=_author(given), on=f"{given.answer.on:%d.%m.%Y}",
        where=f", from IT-{given.number}" if found.is_reused(question.key) else "",
    )  # fmt: skip


def _author(given: Given) -> Text:
    return ("the vendor",) if given.answer.author == VENDOR else (Mention(given.answer.author),)
