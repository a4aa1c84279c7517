"""The list of articles in chat, a page at a time; those that somebody should look at again first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.errors import NotFound
from bot.domain.knowledge import Article, Audience, title_key
from bot.messages import Button, Card, Code, Fact, Line, Request, Section, Strong, say
from bot.services.ask.answers import readable_by
from bot.services.ask.keeping import GONE, may_write
from bot.services.desk import Desk
from bot.services.intake.intake import shorten

PAGE, SHOWN_MOST, VALUE_MOST = 8, 2800, 150
NOTHING = "Nothing is written down {about}yet. IT adds an answer with {how}, or keeps one from a ticket."


def list_articles(desk: Desk, request: Request, words: str, page: int = 0) -> Card:
    """A page of what the person may read, with these words in the title; all of it for none."""
    audiences = readable_by(desk, request)
    with desk.look() as uow:
        everything = uow.articles.of(request.workspace)
    today = request.at.date()
    wanted = [one for one in everything if one.audience in audiences and title_key(words) in one.key]
    found = sorted(wanted, key=lambda one: (not _is_due(one, today), one.key))
    if not found:
        about = f"about “{shorten(words, 60)}” " if words else ""
        return Card(text=say(NOTHING, about=about, how=Code("/itcheck knowledge add")))
    action = ("Edit", "knowledge_edit") if may_write(desk, request) else ("Read", "knowledge_read")
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = tuple(_line(one, today, action) for one in shown)
    return Card(
        title=f"📚 Written down{f': {shorten(words, 60)}' if words else ''}",
        sections=(Section("", lines),),
        buttons=_pager(words, page, len(found) > (page + 1) * PAGE),
        note=say("{count} in all. Only you can see this.", count=str(len(found))),
    )


def show_article(desk: Desk, request: Request, title: str) -> Card:
    """One article. Raises NotFound for one that is gone, or that the person may not read."""
    audiences = readable_by(desk, request)
    with desk.look() as uow:
        article = uow.articles.get(request.workspace, title_key(title))
    if article is None or article.audience not in audiences:
        raise NotFound(GONE)
    facts = (Fact("Owner", (article.owner,)), Fact("As of", (_day(article.updated),)))
    return Card(title=article.title, text=(shorten(article.body, SHOWN_MOST),), facts=facts)


def stale_lines(articles: Sequence[Article]) -> tuple[Line, ...]:
    """Articles that should be looked at again, as an agenda lists them: never one that only IT may read."""
    return tuple(
        Line(
            say(
                "{title} — {owner}, due {day}",
                title=Strong(shorten(one.title, 80)),
                owner=one.owner,
                day=_day(one.review_on) if one.review_on else "now",
            )
        )
        for one in articles
        if one.audience is Audience.EVERYONE
    )


def _line(article: Article, today: date, action: tuple[str, str]) -> Line:
    internal = ", only IT" if article.audience is Audience.IT else ""
    due = f", look at it again: due {_day(article.review_on)}" if article.review_on and _is_due(article, today) else ""
    text = say(
        "{title} — {owner}, {day}{more}",
        title=Strong(shorten(article.title, 80)),
        owner=article.owner,
        day=_day(article.updated),
        more=f"{internal}{due}",
    )
    return Line(text, Button(action[0], action[1], article.key[:VALUE_MOST]))


def _is_due(article: Article, today: date) -> bool:
    return article.review_on is not None and article.review_on <= today


def _pager(words: str, page: int, more: bool) -> tuple[Button, ...]:
    name = words[:VALUE_MOST]
    back = (Button("← Back", "knowledge_page", f"{name}:{page - 1}"),) if page else ()
    return (*back, Button("More →", "knowledge_page", f"{name}:{page + 1}")) if more else back


def _day(day: date) -> str:
    return f"{day:%d %b %Y}".lstrip("0")
