"""The submitted forms of what comes after the yes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.reviews import after_yes


def steps(desk: Desk, request: Request) -> Reply:
    """Plan them."""
    after_yes.plan_steps(desk, request)
    return NOTHING


def check_steps(request: Request) -> Mapping[str, str]:
    """What is missing, by field."""
    return after_yes.check_steps(request.values)


def words(desk: Desk, request: Request) -> Reply:
    """Keep the line."""
    after_yes.add_words(desk, request)
    return NOTHING


def check_words(request: Request) -> Mapping[str, str]:
    """There is something to keep."""
    text = request.values.get("text", "").strip()
    if not text:
        return {"text": "Please fill this in."}
    most = after_yes.WORDS_MOST
    return {"text": f"Please use at most {most} characters."} if len(text) > most else {}


def actual(desk: Desk, request: Request) -> Reply:
    """Keep the actual cost."""
    after_yes.keep_actual(desk, request)
    return NOTHING


def check_actual(request: Request) -> Mapping[str, str]:
    """What is wrong with the amounts, by field."""
    return after_yes.check_actual(request.values, request.context.get("currency", ""))
