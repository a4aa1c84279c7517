"""The submitted form of an answer that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.knowledge import Audience
from bot.messages import Reply, Request
from bot.services.ask.keeping import Wanted, handle_form
from bot.services.ask.keeping_form import RETIRE, check_form
from bot.services.desk import Desk


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it, or retire it."""
    values = {key: value.strip() for key, value in request.values.items()}
    wanted = Wanted(
        title=" ".join(values["title"].split()),
        body=values["body"],
        owner=" ".join(values["owner"].split()),
        review_on=date.fromisoformat(values["review_on"]),
        audience=Audience(values.get("audience") or Audience.EVERYONE),
        was=request.context.get("was", ""),
        ticket=request.context.get("ticket", ""),
    )
    return Reply(card=handle_form(desk, request, wanted))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field; who retires it has nothing to fill in."""
    wrong = check_form(request.values, request.at.date())
    if request.values.get("becomes") == RETIRE:
        return {key: words for key, words in wrong.items() if key != "review_on"}
    known = {"", *(one.value for one in Audience)}
    return wrong if request.values.get("audience", "") in known else {**wrong, "audience": "Please choose one."}
