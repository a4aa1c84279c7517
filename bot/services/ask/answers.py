"""What somebody who asks is shown at once: the passage that answers it with its source, or honestly nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.helpfulness import Enquiry, Verdict
from bot.domain.kinds import QUESTION
from bot.domain.knowledge import Audience, readable
from bot.domain.people import Side, side_of
from bot.domain.ticket import Intake, Place
from bot.messages import Button, Card, Fact, Line, Request, Section, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.ask.ask import MOST_CHARACTERS, Answer, Source, checked, find_answer
from bot.services.ask.writing import written_answer
from bot.services.ask.written_card import written_card
from bot.services.desk import Desk
from bot.services.intake.intake import Opened, Wish, open_ticket, opened_words, shorten
from bot.services.notifications import thread_post

OTHERS = 3  # further passages that are shown to who was not helped, and to the liaison
NUMBER_MOST = 18  # digits
QUOTE_MOST = 300  # characters of a passage in a list
NOT_SURE = "I am not sure enough to answer that from what is written down, so I asked a person. "


def quoted(desk: Desk, request: Request, question: str) -> Card | None:
    """The answer with its source, for the asker alone; None if nothing they may read answers it for sure."""
    if not 0 < len(question) <= MOST_CHARACTERS:
        return None
    found = _found(desk, request, question)
    if found is None or not found.is_sure:
        return None
    source = found.sources[0]
    written = written_answer(desk.writer, request.workspace, question, found.sources)
    with desk.unit_of_work() as uow:
        enquiry = Enquiry(request.workspace, request.conversation, request.at, source.article.title)
        number = uow.enquiries.add(enquiry)
    card = _answer_card(source, f"{number}:{question}")
    return written_card(card, written) if written else card


def rate(desk: Desk, request: Request, verdict: Verdict) -> str:
    """Note what the asker says of an answer, by the value of its buttons; the question it answered."""
    number, _, question = request.value.partition(":")
    if not number.isdigit() or len(number) > NUMBER_MOST:  # a button from before answers had numbers
        return request.value
    with desk.unit_of_work() as uow:
        uow.enquiries.rate(request.workspace, int(number), verdict)
    return question


def others(desk: Desk, request: Request, question: str) -> Card:
    """What else was found, for who was not helped, who is asked whether a person shall answer."""
    found = _found(desk, request, question)
    rest = found.sources[1 : 1 + OTHERS] if found else ()
    lines = tuple(Line(source_line(source)) for source in rest)
    return Card(
        text=say("Sorry about that. Shall the liaison answer “{question}”?", question=shorten(question, 80)),
        sections=(Section("This is also written down", lines),) if lines else (),
        buttons=(_to_liaison(request.value, Style.PRIMARY),),
    )


def ask_liaison(desk: Desk, request: Request, question: str, answer: str = "") -> Card:
    """Open a ticket for a question; its thread tells the liaison what is written down that everybody may read.

    `answer`: the number of the quoted answer that did not do, empty if none was quoted.
    """
    text = checked(question)
    found = _found(desk, request, text)
    wish = Wish(
        workspace=request.workspace,
        kind=QUESTION.key,
        title=text,
        requester=request.actor,
        place=Place(request.conversation),
        at=request.at,
        intake=Intake.COMMAND,
        facts={QUESTION.names_it.key: text},
    )
    with desk.unit_of_work() as uow:
        opened = open_ticket(uow, wish, desk.market)
        _note(uow, request, opened.ticket.number, answer)
        _tell_liaison(uow, opened, found)
    words = opened_words(opened)
    return _with_nearest(words, found) if found and not found.is_sure else words


def _note(uow: UnitOfWork, request: Request, ticket: int, answer: str) -> None:
    if answer.isdigit() and len(answer) <= NUMBER_MOST:
        uow.enquiries.rate(request.workspace, int(answer), Verdict.PERSON)
    else:
        uow.enquiries.add(Enquiry(request.workspace, request.conversation, request.at, number=ticket))


def _with_nearest(words: Card, found: Answer) -> Card:
    """Why a person was asked, and what is nearest of that which everybody may read: the card may be seen by others."""
    nearest = next((one for one in found.sources if one.article.audience is Audience.EVERYONE), None)
    lines = (Line(source_line(nearest)),) if nearest else ()
    section = (Section("The nearest that is written down; it may not answer you", lines),) if lines else ()
    return replace(words, text=(NOT_SURE, *words.text), sections=(*words.sections, *section))


def _found(desk: Desk, request: Request, question: str) -> Answer | None:
    """What the articles say that this person may read; None where nothing can be looked up."""
    if desk.reader is None:
        return None
    audiences = readable_by(desk, request)
    with desk.look() as uow:
        if not uow.passages.counts(request.workspace, audiences, ()).total:
            return None
    read = desk.reader.read(question)
    with desk.look() as uow:
        return find_answer(uow, request.workspace, question, read, audiences, desk.reader.judge)


def readable_by(desk: Desk, request: Request) -> Sequence[Audience]:
    """What the person may read, by the roles they have at this moment."""
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace).of(request.actor)
    if side_of(roles) is not Side.IT:
        return readable(())
    return readable(roles, is_guest=desk.person(request.workspace, request.actor).is_guest)


def _tell_liaison(uow: UnitOfWork, opened: Opened, found: Answer | None) -> None:
    sources = [one for one in found.sources if one.article.audience is Audience.EVERYONE] if found else []
    if not opened.is_new or not sources:
        return
    lines = tuple(Line(source_line(source)) for source in sources[:OTHERS])
    card = Card(sections=(Section("What is written down that comes nearest", lines),))
    uow.outbox.put([thread_post(opened.ticket, "found", card)])


def _answer_card(source: Source, value: str) -> Card:
    """`value`: the answer's number and the question, as its buttons carry them."""
    article, place = source.article, source.passage.place
    where: Text = (article.title, *((" › ", place) if place else ()))
    return Card(
        text=say("“{quote}”", quote=source.passage.text),
        facts=(
            Fact("Source", where),
            Fact("Owner", (article.owner,)),
            Fact("As of", (f"{article.updated:%d %b %Y}".lstrip("0"),)),
        ),
        buttons=(
            Button("That helps", "answer_helps", value, Style.PRIMARY),
            Button("Not quite", "answer_others", value),
            _to_liaison(value),
        ),
        note=say("Only you can see this. It is quoted as it is written."),
    )


def _to_liaison(value: str, style: Style = Style.PLAIN) -> Button:
    return Button("Ask the liaison", "answer_liaison", value, style)


def source_line(source: Source) -> Text:
    """A passage with its title, owner and date, in a line."""
    article = source.article
    quote = shorten(source.passage.text, QUOTE_MOST)
    return say("{title}: “{quote}” ({owner}, {day})", title=Strong(article.title), quote=quote, owner=article.owner,
               day=f"{article.updated:%d %b %Y}".lstrip("0"))  # fmt: skip
