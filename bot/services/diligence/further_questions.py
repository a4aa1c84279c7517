"""Questions a language model would ask of a tool that is not well known: a draft for whoever reviews it."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence

from bot.domain.abilities import Ability
from bot.domain.masking import unmask
from bot.domain.ticket import Ticket
from bot.domain.usage import Purpose
from bot.messages import Button, Card, Line, Request, Section, say
from bot.services.desk import Desk
from bot.services.diligence.diligence import require_standing
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import check_ability, number_of
from bot.services.writer import masked_together, steers
from prompts.catalog import QUESTIONS, UnusualTool

MORE = "diligence_more"
QUESTIONS_MOST = 6
KNOWN_MOST = 1_000  # characters
USUAL = "Nothing special comes to mind: the usual questions do. “See the answers” shows them."
DRAFTED = "A language model drafted them. Only you can see this; ask what fits, in the thread or of the vendor."
ALIKE_FROM = 0.6  # of the words of a question that stand in another one
_PLAIN_QUESTION = re.compile(r"[\w ,;:'’()/%-]{12,199}\?")
_ADDRESS = re.compile(r"\w[.@]\w|//|\d")


def more_button(desk: Desk, ticket: Ticket) -> tuple[Button, ...]:
    """What asks for such questions; none where no model may write, or the tool is one that is well known."""
    is_unusual = desk.market(ticket.title) is None
    if desk.writer is None or not is_unusual or not desk.writer.may_write(ticket.workspace):
        return ()
    return (Button("Draft further questions", MORE, ticket.name),)


def further_questions(desk: Desk, request: Request) -> Card:
    """The questions, for the eyes of who reviews the tool. Raises NotAllowed, NotFound, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.REVIEW)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        asked = [one.text for one in require_standing(desk, uow, ticket).asked]
    drafted = _drafted(desk, ticket, asked)
    if not drafted:
        return Card(text=say(USUAL))
    lines = tuple(Line(say("⬜ {text}", text=one)) for one in drafted)
    words = say("{link}: {count} questions besides the usual ones.", link=ticket_link(ticket), count=str(len(drafted)))
    return Card(text=words, sections=(Section("Might be asked too", lines),), note=say(DRAFTED))


def fit(questions: Iterable[str], asked: Sequence[str], tool: str) -> tuple[str, ...]:
    """Those that are one plain question without addresses and numbers, steer nobody, and are not asked already."""
    kept: list[str] = []
    for one in questions:
        text = " ".join(unicodedata.normalize("NFKC", one).split())
        bare = text.replace(tool, "it") if tool else text
        is_plain = _PLAIN_QUESTION.fullmatch(bare) and not _ADDRESS.search(bare) and not steers(bare)
        if is_plain and not any(_is_alike(text, other) for other in (*asked, *kept)):
            kept.append(text)
    return tuple(kept[:QUESTIONS_MOST])


def _drafted(desk: Desk, ticket: Ticket, asked: Sequence[str]) -> tuple[str, ...]:
    writer = desk.writer
    known = "; ".join(value for value in ticket.facts.values() if value)[:KNOWN_MOST]
    if writer is None or steers(f"{ticket.title}\n{known}") or not writer.may_write(ticket.workspace):
        return ()
    (title, facts), originals = masked_together([ticket.title, known])
    given = UnusualTool(title, facts, "\n".join(asked), secrets.token_hex(8))
    answer = writer.consultation.ask(ticket.workspace, Purpose.QUESTIONS, QUESTIONS, given)
    questions = answer.questions if answer else []
    return fit((unmask(one, originals) for one in questions), asked, ticket.title)


def _is_alike(text: str, other: str) -> bool:
    """Whether two questions have most of their longer words in common."""
    mine, theirs = (set(re.findall(r"\w{5,}", one.casefold())) for one in (text, other))
    return len(mine & theirs) >= ALIKE_FROM * max(1, min(len(mine), len(theirs)))
