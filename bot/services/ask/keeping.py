"""Answers kept as knowledge: from a ticket's thread or from nothing, changed, listed, and retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.abilities import is_of_it
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.events import What
from bot.domain.kinds import QUESTION
from bot.domain.knowledge import Article, Audience, title_key
from bot.domain.people import Side, side_of
from bot.domain.ticket import Ticket
from bot.messages import Card, Code, Form, Request, Strong, say
from bot.ports import UnitOfWork
from bot.services.ask.answers import readable_by
from bot.services.ask.ask import find_answer
from bot.services.ask.keeping_form import BODY_MOST, RETIRE, filled_form
from bot.services.ask.knowledge import indexed, save_article
from bot.services.desk import Desk
from bot.services.tickets.tickets import number_of

REVIEWED_AFTER = timedelta(days=180)
ALIKE_MOST = 3
ONLY_IT = "Only the IT side keeps and changes answers. Ask your liaison in the thread to keep this one."
GONE = "That answer is not there any more. See /itcheck knowledge."
TAKEN = "“{title}” is written down already. Change it: /itcheck knowledge edit {key}"
TOO_LONG = "This one is too long for a form. Change its file and import the folder again."
NO_READER = "Nothing can be indexed here just now. Please tell your admin to look at “doctor”."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a filled form says. `was`: the key of the article it was opened with, `ticket`: the one it came from."""

    title: str
    body: str
    owner: str
    review_on: date
    audience: Audience
    was: str = ""
    ticket: str = ""


def keep_form(desk: Desk, request: Request, name: str) -> Form:
    """The form with a ticket's question and the last answer IT gave. Raises NotAllowed, NotFound, Invalid."""
    who = _writer(desk, request)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        answer = _last_answer(uow, ticket)
    question = ticket.facts.get(QUESTION.names_it.key, "") or ticket.title
    draft = Article(question[:200], answer[:BODY_MOST], who, request.at.date(), Audience.EVERYONE)
    draft = replace(draft, review_on=request.at.date() + REVIEWED_AFTER)
    return filled_form(draft, _alike(desk, request, question), _context(request, ticket=ticket.name))


def new_form(desk: Desk, request: Request) -> Form:
    """An empty form. Raises NotAllowed."""
    who = _writer(desk, request)
    review = request.at.date() + REVIEWED_AFTER
    return filled_form(
        Article("", "", who, request.at.date(), Audience.EVERYONE, review_on=review), (), _context(request)
    )


def edit_form(desk: Desk, request: Request, title: str) -> Form:
    """The form of one article. Raises NotAllowed, NotFound, Conflict where it does not fit into a form."""
    _writer(desk, request)
    with desk.look() as uow:
        article = uow.articles.get(request.workspace, title_key(title))
    if article is None:
        raise NotFound(GONE)
    if len(article.body) > BODY_MOST:
        raise Conflict(TOO_LONG)
    return filled_form(article, (), _context(request, was=article.key))


def keep(desk: Desk, request: Request, wanted: Wanted) -> Card:
    """Store an answer with its index. Raises NotAllowed, Invalid without words, Conflict where another is called so."""
    _writer(desk, request)
    if desk.reader is None:
        raise Conflict(NO_READER)
    with desk.look() as uow:
        before = uow.articles.get(request.workspace, wanted.was) if wanted.was else None
    article = _article(wanted, before, request.at.date())
    ready = indexed(article, desk.reader)
    with desk.unit_of_work() as uow:
        if article.key != wanted.was and uow.articles.get(request.workspace, article.key):
            raise Conflict(TAKEN.format(title=article.title, key=article.key))
        if wanted.was and wanted.was != article.key:
            uow.articles.remove(request.workspace, wanted.was)
        save_article(uow, request.workspace, ready)
        _note_on_ticket(uow, request, wanted.ticket, article)
    words = "Kept: {title}. Whoever asks something like it is answered with it; see it with {how}."
    return Card(text=say(words, title=Strong(article.title), how=Code("/itcheck knowledge")))


def retire(desk: Desk, request: Request, key: str) -> Card:
    """Take an article away. Raises NotAllowed, NotFound if it is gone."""
    _writer(desk, request)
    with desk.unit_of_work() as uow:
        if not uow.articles.remove(request.workspace, key):
            raise NotFound(GONE)
    return Card(text=say("Retired: {key}. Nobody is answered with it any more.", key=Strong(key)))


def handle_form(desk: Desk, request: Request, wanted: Wanted) -> Card:
    """What the form asks for: keep it, or retire it."""
    if wanted.was and request.values.get("becomes") == RETIRE:
        return retire(desk, request, wanted.was)
    return keep(desk, request, wanted)


def may_write(desk: Desk, request: Request) -> bool:
    """Whether somebody may keep and change answers: the IT side, and no guests."""
    person = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(request.workspace).of(request.actor)
    return side_of(roles) is Side.IT and not person.is_guest


def _writer(desk: Desk, request: Request) -> str:
    """The name of who writes. Raises NotAllowed."""
    if not may_write(desk, request):
        raise NotAllowed(ONLY_IT)
    return desk.person(request.workspace, request.actor).name


def _context(request: Request, **known: str) -> dict[str, str]:
    return {"conversation": request.conversation, **known}


def _last_answer(uow: UnitOfWork, ticket: Ticket) -> str:
    roles = uow.workspaces.roles(ticket.workspace)
    said = [
        entry.text
        for entry in uow.log.entries(ticket.workspace, ticket.number)
        if entry.author != ticket.requester
        and not entry.internal
        and entry.deleted_at is None
        and is_of_it(ticket, entry.author, roles.of(entry.author))
    ]
    return said[-1] if said else ticket.outcome


def _alike(desk: Desk, request: Request, question: str) -> Sequence[Article]:
    """The articles nearest to a question, so that nothing is written down twice."""
    if desk.reader is None:
        return ()
    audiences = readable_by(desk, request)
    read = desk.reader.read(question)
    with desk.look() as uow:
        found = find_answer(uow, request.workspace, question, read, audiences)
    return [source.article for source in found.sources[:ALIKE_MOST]]


def _article(wanted: Wanted, before: Article | None, today: date) -> Article:
    """`before` keeps its language and file; its words count as true today, since somebody has looked at them."""
    number = wanted.ticket.casefold()
    file = before.file if before else f"answers/{number}.md" if number else ""
    lang = before.lang if before else "en"
    said = (wanted.title, wanted.body, wanted.owner, today, wanted.audience)
    return Article(*said, lang=lang, review_on=wanted.review_on, file=file)


def _note_on_ticket(uow: UnitOfWork, request: Request, name: str, article: Article) -> None:
    if not name:
        return
    ticket = uow.tickets.get(request.workspace, number_of(name))
    ticket.note_fact(What.KEPT, request.actor, request.at, article.title)
    uow.tickets.save(ticket)
