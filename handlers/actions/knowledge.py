"""The buttons of what is written down."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.ask.keeping import edit_form, keep_form
from bot.services.ask.library import list_articles, show_article
from bot.services.desk import Desk


def keep(desk: Desk, request: Request) -> Reply:
    """The form with a ticket's answer."""
    return Reply(form=keep_form(desk, request, request.value))


def edit(desk: Desk, request: Request) -> Reply:
    """The form of one article."""
    return Reply(form=edit_form(desk, request, request.value))


def read(desk: Desk, request: Request) -> Reply:
    """One article, for who may not change it."""
    return Reply(card=show_article(desk, request, request.value))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page, in place."""
    words, _, page = request.value.rpartition(":")
    number = int(page) if page.isdigit() and len(page) < 6 else 0
    return Reply(card=list_articles(desk, request, words, number), replaces=True)
