"""`/itcheck knowledge [words]`: what is written down; `knowledge add` and `knowledge edit TITLE` (IT)."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.ask.keeping import edit_form, new_form
from bot.services.ask.library import list_articles
from bot.services.desk import Desk


def opens_form(request: Request) -> bool:
    """To add or edit one."""
    word, _, title = request.text.strip().partition(" ")
    return word.lower() == "add" or (word.lower() == "edit" and bool(title.strip()))


def handle(desk: Desk, request: Request) -> Reply:
    """The first page, or the form of one article."""
    if not opens_form(request):
        return Reply(card=list_articles(desk, request, request.text.strip()))
    word, _, title = request.text.strip().partition(" ")
    return Reply(form=new_form(desk, request) if word.lower() == "add" else edit_form(desk, request, title))
