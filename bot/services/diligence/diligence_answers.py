"""Answers to the questions of due diligence: taken down in versions, with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.answers import Given, Standing, changes, newest, next_version
from bot.domain.diligence import Answer, Asker, Level, Question
from bot.domain.events import What
from bot.domain.states import State, WaitingFor
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Line, Mention, Post, Request, Section, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk, Rulebook
from bot.services.diligence.diligence import require_standing, standing_of, vendor_of
from bot.services.diligence.diligence_card import KEY, card_posts
from bot.services.diligence.diligence_form import ABILITIES, answers_in, asker_in, count_in, next_place
from bot.services.diligence.diligence_words import LEVEL_WORDS, text_of
from bot.services.diligence.own_questions import questions_of
from bot.services.notifications import direct_post
from bot.services.reviews.signing import refreshed_requests
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import change, settle


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of some answers: how many were kept, and which were not because somebody else was first."""

    kept: int
    lost: tuple[Given, ...]
    standing: Standing


def keep_answers(desk: Desk, request: Request) -> Card:
    """Keep what a filled form says anew; what others answered since it was opened stays, and is told.

    Raises NotAllowed, Conflict, or Invalid for a field that is wrong.
    """
    who, asker = desk.person(request.workspace, request.actor), asker_in(request.context["asker"])
    with desk.look() as uow:
        theirs = [one for one in questions_of(desk, uow, request.workspace) if one.asker is asker]
    answers = answers_in(request.values, theirs, who.id, desk.at().date())
    done: list[Kept] = []

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        seen = standing_of(desk, uow, ticket, count_in(request.context["seen"]))
        now = require_standing(desk, uow, ticket)
        shown = seen.answers if seen else {}
        mine = [one for one in answers if _is_news(one, shown, now)]
        lost = [now.answers[one.question] for one in mine if _is_taken(one, shown, now)]
        fresh = [one for one in mine if not _is_taken(one, shown, now)]
        posts, after = take_down(desk, uow, ticket, fresh, who.id)
        done.append(Kept(len(fresh), tuple(lost), after))
        return posts

    ticket = change(desk, who, request.workspace, request.context["ticket"], ABILITIES[asker], verb)
    return kept_card(ticket, asker, done[0], {one.key: one for one in theirs})


def take_down(
    desk: Rulebook, uow: UnitOfWork, ticket: Ticket, answers: Sequence[Answer], by: str
) -> tuple[list[Post], Standing]:
    """Store answers as new versions, with their event; the posts that follow, and how the tool stands then.

    To be called in the unit of work that saves the ticket.
    """
    before, at = require_standing(desk, uow, ticket), desk.at()
    if not answers:
        return [], before
    own = uow.answers.of(ticket.workspace, ticket.number)
    known, place = newest(own), (ticket.number, vendor_of(uow, ticket, desk.market))
    given = [next_version(one, known.get(one.question), place, by, at) for one in answers]
    uow.answers.add(ticket.workspace, given)
    ticket.note_fact(What.INFORMED, by, at, f"{len(given)} answer{'s' if len(given) > 1 else ''}", changes(given))
    after = require_standing(desk, uow, ticket)
    posts = _go_on(ticket, before, after, by, at)
    is_first = not own and not uow.reviews.of(ticket.workspace, ticket.number)
    cards = card_posts(ticket, after, is_first=is_first)
    return [*cards, *posts, *refreshed_requests(desk, uow, ticket)], after


def import_answers(desk: Rulebook, uow: UnitOfWork, ticket: Ticket, answers: Sequence[Answer]) -> int:
    """Keep what a vendor's sheet says anew, and bring the chat up to date; how many answers that was."""
    now = require_standing(desk, uow, ticket)
    fresh = [one for one in answers if _is_news(one, now.answers, now)]
    posts, _ = take_down(desk, uow, ticket, fresh, "")
    if ticket.pending:
        settle(uow, ticket, posts)
    return len(fresh)


def kept_card(ticket: Ticket, asker: Asker, done: Kept, questions: Mapping[str, Question]) -> Card:
    """What the person sees who sent a form."""
    kept = "1 answer is kept" if done.kept == 1 else f"{done.kept} answers are kept"
    count = f"Thank you, {kept}" if done.kept else "Nothing new in it"
    waiting = len(done.standing.open_with(asker))
    rest = f" Still open here: {waiting}." if waiting else " Nothing is open here any more."
    lost = tuple(Line(_lost(questions[one.answer.question], one)) for one in done.lost)
    more = (Button("Go on", KEY, next_place(ticket.name, asker), Style.PRIMARY),) if waiting else ()
    return Card(
        text=say("{count} on {link}.{rest}", count=count, link=ticket_link(ticket), rest=rest),
        sections=(Section("Somebody else answered meanwhile; theirs stands", lost),) if lost else (),
        buttons=more,
    )


def _is_news(answer: Answer, shown: Mapping[str, Given], now: Standing) -> bool:
    """Whether somebody changed what their form showed, or confirmed what had grown too old."""
    return _differs(answer, shown.get(answer.question)) or answer.question in {one.key for one in now.stale}


def _is_taken(answer: Answer, shown: Mapping[str, Given], now: Standing) -> bool:
    """Whether somebody else answered it since, and otherwise."""
    current = now.answers.get(answer.question)
    return current is not None and current != shown.get(answer.question)


def _differs(answer: Answer, known: Given | None) -> bool:
    return known is None or _said(answer) != _said(known.answer)


def _said(answer: Answer) -> tuple[Level, str]:
    return answer.level, " ".join(text_of(answer).split())  # a form's line holds no line breaks


def _go_on(ticket: Ticket, before: Standing, after: Standing, by: str, at: datetime) -> list[Post]:
    """Once the requester's questions are all answered, IT goes on, and hears of it."""
    if not before.open_with(Asker.MARKETER) or after.open_with(Asker.MARKETER):
        return []
    if ticket.state is State.WAITING and ticket.waiting_for is WaitingFor.REQUESTER:
        if by in {ticket.requester, *ticket.followers}:
            ticket.hear_requester(by, at)
        else:  # somebody answered in their place: they are not waited for any more, but kept nothing themselves
            ticket.resume(by, at)
    if not ticket.liaison or ticket.liaison == by:
        return []
    words = say("{who} has answered the questions on {link} “{title}”. Next: IT's.", who=Mention(by),
                link=ticket_link(ticket), title=ticket.title)  # fmt: skip
    button = Button("Answer questions", KEY, next_place(ticket.name, Asker.IT), Style.PRIMARY)
    return [direct_post(ticket, ticket.liaison, f"informed:{ticket.revision}", Card(text=words, buttons=(button,)))]


def _lost(question: Question, given: Given) -> Text:
    return say("{text} {said}, by {who}", text=question.text, said=LEVEL_WORDS[given.answer.level],
               who=Mention(given.by) if given.by else "the vendor's sheet")  # fmt: skip
