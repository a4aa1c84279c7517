"""The questions of due diligence as a form: each person sees what is theirs, a page at a time, with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.abilities import Ability, is_of_it
from bot.domain.answers import Standing
from bot.domain.diligence import MOST_WORDS, Answer, Asker, Level, Question
from bot.domain.errors import Conflict, Invalid
from bot.domain.ticket import Ticket
from bot.messages import Choice, Field, FieldKind, Form, Request, Strong, Text, say
from bot.services.desk import Desk
from bot.services.diligence.diligence import require_standing
from bot.services.diligence.diligence_words import origin, text_of
from bot.services.tickets.tickets import check_ability, number_of

DILIGENCE = "diligence"
PAGE = 10  # questions; each is two fields of a form
LEVEL, TEXT = "level.", "text."
CHOICES = {
    Level.YES: "Yes",
    Level.EVIDENCED: "Yes, and I say below what shows it",
    Level.PARTLY: "Partly",
    Level.NO: "No",
    Level.UNKNOWN: "I don't know",
    Level.NOT_APPLICABLE: "Does not apply, because …",
}
ABILITIES = {Asker.MARKETER: Ability.INFORM, Asker.IT: Ability.REVIEW, Asker.VENDOR: Ability.REVIEW}
ORDER_OF_IT = (Asker.IT, Asker.VENDOR, Asker.MARKETER)
OLD_BUTTON = "This button is from an older version. Press Due diligence on the ticket's card."
INTROS = {
    Asker.MARKETER: "Your questions, in plain words. “I don't know” is a fine answer: IT finds out with you.",
    Asker.IT: "What IT answers. What shows it counts for more than a plain yes.",
    Asker.VENDOR: "What the vendor answers. Fill in what is known already; Send to vendor makes a file of the rest.",
}


def diligence_form(desk: Desk, request: Request) -> Form:
    """The form of a place (`IT-12`, `IT-12:vendor`, `IT-12:vendor:2`), by itself of what is open with who asks.

    Raises NotAllowed, NotFound, or Conflict for a ticket that has no questions.
    """
    words, wanted, number = place_in(request.value)
    name = check_ability(desk, request.workspace, request.actor, words, ABILITIES[wanted or Asker.MARKETER])
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        found = require_standing(desk, uow, ticket)
        seen = len(uow.answers.of(request.workspace, ticket.number))
        is_it = is_of_it(ticket, request.actor, uow.workspaces.roles(request.workspace).of(request.actor))
    asker = wanted or _first_open(ticket, request.actor, found, is_it=is_it)
    page = _page(found, asker, number)
    return Form(
        DILIGENCE,
        f"Questions: {name}",
        tuple(field for place, one in page for field in _fields(place, one, found)),
        submit="Save",
        intro=_intro(ticket, asker, found, page),
        context={
            "ticket": name, "conversation": request.conversation, "asker": asker.value, "seen": str(seen),
        },
    )  # fmt: skip


def check_answers(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is missing or wrong in a filled form, by field."""
    errors: dict[str, str] = {}
    for key in (key.removeprefix(LEVEL) for key in values if key.startswith(LEVEL)):
        field, words = _wrong(values.get(LEVEL + key, ""), values.get(TEXT + key, "").strip())
        if words:
            errors[field + key] = words
    return errors


def answers_in(values: Mapping[str, str], questions: Iterable[Question], author: str, on: date) -> list[Answer]:
    """What a filled form answers of these questions. Raises Invalid for the first field that is wrong."""
    for key, words in check_answers(values).items():
        raise Invalid(words, key)
    answers = []
    for question in questions:
        level, text = values.get(LEVEL + question.key, ""), values.get(TEXT + question.key, "").strip()
        if level:
            said = Level(level)
            shown = said is Level.EVIDENCED
            answers.append(Answer(question.key, said, author, on, "" if shown else text, text if shown else ""))
    return answers


def place_in(value: str) -> tuple[str, Asker | None, int | None]:
    """Ticket, whose questions and which page (from 1) of `IT-12:vendor:2`. Raises Conflict for anything else."""
    name, *rest = value.strip().replace(" ", ":").split(":")
    if len(rest) > 2:
        raise Conflict(OLD_BUTTON)
    asker = asker_in(rest[0].lower()) if rest else None
    return name, asker, count_in(rest[1]) if len(rest) > 1 else None


def asker_in(words: str) -> Asker:
    """Whose questions a form was about. Raises Conflict for anything else."""
    found = next((one for one in Asker if one.value == words), None)
    if found is None:
        raise Conflict(OLD_BUTTON)
    return found


def count_in(words: str) -> int:
    """How many answers there were when a form was opened. Raises Conflict for anything else."""
    if not (words.isascii() and words.isdigit() and len(words) < 9):
        raise Conflict(OLD_BUTTON)
    return int(words)


def next_place(name: str, asker: Asker) -> str:
    """What a button carries that goes on with somebody's open questions."""
    return f"{name}:{asker.value}"


def _first_open(ticket: Ticket, person: str, found: Standing, *, is_it: bool) -> Asker:
    if not is_it:
        return Asker.MARKETER
    own = (Asker.MARKETER,) if person == ticket.requester else ()
    return next((one for one in (*own, *ORDER_OF_IT) if found.open_with(one)), Asker.IT)


def _page(found: Standing, asker: Asker, number: int | None) -> Sequence[tuple[int, Question]]:
    """The questions of a page with their numbers; without one, of the first page with something open."""
    asked = list(enumerate(found.of(asker), 1))
    waiting = found.open_with(asker)
    first = next((place for place, one in asked if one in waiting), 1)
    last = max(1, -(-len(asked) // PAGE))
    page = min(number or (first - 1) // PAGE + 1, last)
    return asked[(page - 1) * PAGE : page * PAGE]


def _intro(ticket: Ticket, asker: Asker, found: Standing, page: Sequence[tuple[int, Question]]) -> Text:
    total, waiting = len(found.of(asker)), len(found.open_with(asker))
    part = f" {page[0][0]} to {page[-1][0]} of {total}." if total > len(page) else ""
    return say(
        "{tool}: {waiting} of {total} questions are open.{part} {words}",
        tool=Strong(ticket.title), waiting=str(waiting), total=str(total), part=part, words=INTROS[asker],
    )  # fmt: skip


def _fields(place: int, question: Question, found: Standing) -> tuple[Field, Field]:
    given = found.answers.get(question.key)
    choices = tuple(Choice(label, level.value) for level, label in CHOICES.items())
    hint = " ".join(filter(None, (question.hint, origin(found, question))))
    said, text = (given.answer.level.value, text_of(given.answer)) if given else ("", "")
    return (
        Field(f"{LEVEL}{question.key}", f"{place}. {question.text}", FieldKind.CHOICE, said, hint, choices=choices),
        Field(f"{TEXT}{question.key}", f"{place}. What shows it, or a remark", value=text, most=MOST_WORDS),
    )


def _wrong(level: str, text: str) -> tuple[str, str]:
    """The field that is wrong with one answer, and why; empty words if none is."""
    if not level:
        return LEVEL, "Please choose an answer too, or leave the remark empty." if text else ""
    if level not in set(Level):
        return LEVEL, "Please choose one of the answers."
    if len(text) > MOST_WORDS:
        return TEXT, f"Please use at most {MOST_WORDS:,} characters; this has {len(text):,}."
    missing = {Level.EVIDENCED: "Say what shows it: a link, a document, a page.",
               Level.NOT_APPLICABLE: "Say why it does not apply."}  # fmt: skip
    return TEXT, "" if text else missing.get(Level(level), "")
