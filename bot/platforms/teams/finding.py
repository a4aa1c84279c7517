"""The search extension: what a few words find, as cards to be put into a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.platforms.teams.activities import Heard
from bot.platforms.teams.cards import CARD_TYPE, adaptive
from bot.platforms.teams.spans import Ink, plain
from bot.services.search import Found

Json = dict[str, Any]
Search = Callable[[str, str, str], Sequence[Found]]

PREVIEW = "application/vnd.microsoft.card.thumbnail"
INITIAL = "initialRun"  # the parameter that Teams sends before anything is typed
TITLE, LINE = 150, 150


def wanted(heard: Heard) -> str:
    """The words that were typed, empty before there are any."""
    told = heard.of("value", "parameters")
    first = told[0] if isinstance(told, list) and told and isinstance(told[0], dict) else {}
    return "" if first.get("name") == INITIAL else str(first.get("value") or "")


def results(found: Sequence[Found], ink_of: Callable[[], Ink]) -> Json:
    """The answer with what was found; each card has mentions of its own."""
    attached = [_attachment(one, ink_of()) for one in found]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attached}}


def nothing(words: str) -> Json:
    """The answer with a reason why there is nothing."""
    return {"composeExtension": {"type": "message", "text": words}}


def _attachment(one: Found, ink: Ink) -> Json:
    preview = {"title": plain(one.title, TITLE), "text": plain(one.line, LINE)}
    content = adaptive(one.card, ink, lambda _: False)
    return {"contentType": CARD_TYPE, "content": content, "preview": {"contentType": PREVIEW, "content": preview}}
