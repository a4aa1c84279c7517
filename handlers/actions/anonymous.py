"""The button and the form of somebody who asked anonymously."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.ask.anonymous import MOST, reply, reply_form
from bot.services.desk import Desk


def ask(desk: Desk, request: Request) -> Reply:
    """The form for a reply."""
    return Reply(form=reply_form(desk, request))


def handle(desk: Desk, request: Request) -> Reply:
    """Bring it to IT."""
    return Reply(card=reply(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong with it, by field."""
    text = request.values.get("text", "").strip()
    if not text:
        return {"text": "Please fill this in."}
    return {"text": f"Please use at most {MOST} characters; this has {len(text)}."} if len(text) > MOST else {}
