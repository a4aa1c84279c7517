"""The submitted forms of an agenda: update actions, a new action, a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.messages import NOTHING, Reply, Request
from bot.services.agenda.actions import Change, Promise, promise, update_actions
from bot.services.agenda.decisions import NO_TICKET, Ruling, decide
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.tickets.tickets import number_of
from handlers.actions.agenda import DECISION_MOST, WHAT_MOST

REQUIRED = {"action_new": ("what", "owner"), "decision": ("what", "by")}
MOST = {"action_new": WHAT_MOST, "decision": DECISION_MOST}
ACTION = "action-"


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong in a new action or a decision, by field."""
    values = {key: value.strip() for key, value in request.values.items()}
    errors = {key: "Please fill this in." for key in REQUIRED[request.name] if not values.get(key)}
    for key in ("owner", "by"):
        if values.get(key) and not person_in(values[key]):
            errors[key] = "Please choose somebody, or type a mention like @name."
    if len(values.get("what", "")) > MOST[request.name]:
        errors["what"] = f"Please use at most {MOST[request.name]} characters; this has {len(values['what'])}."
    if values.get("due") and _day(values["due"]) is None:
        errors["due"] = "Please choose a day."
    return errors


def check_update(request: Request) -> Mapping[str, str]:
    """Each action's answer is one of those offered."""
    known = {change.value for change in Change}
    answers = {key: value for key, value in request.values.items() if key.startswith(ACTION) and value}
    return {key: "Please choose one of the answers." for key, value in answers.items() if value not in known}


def update(desk: Desk, request: Request) -> Reply:
    """Settle or carry over what was chosen."""
    chosen = {
        int(key.removeprefix(ACTION)): Change(value)
        for key, value in request.values.items()
        if key.startswith(ACTION) and key.removeprefix(ACTION).isdigit() and value not in {"", Change.KEEP}
    }
    who = desk.person(request.workspace, request.actor)
    update_actions(desk, who, request.workspace, request.context["agenda"], chosen)
    return NOTHING


def new(desk: Desk, request: Request) -> Reply:
    """Take down an action."""
    values = request.values
    due = _day(values.get("due", "").strip())
    said = Promise(_line(values["what"]), person_in(values["owner"]), due, _ticket(values))
    promise(desk, desk.person(request.workspace, request.actor), request.workspace, request.context["agenda"], said)
    return NOTHING


def record(desk: Desk, request: Request) -> Reply:
    """Take down a decision."""
    values = request.values
    ruling = Ruling(values["what"].strip(), person_in(values["by"]), _ticket(values))
    decide(desk, desk.person(request.workspace, request.actor), request.workspace, request.context["agenda"], ruling)
    return NOTHING


def _ticket(values: Mapping[str, str]) -> int | None:
    name = values.get("ticket", "").strip()
    return None if name in {"", NO_TICKET} else number_of(name)


def _line(words: str) -> str:
    return " ".join(words.split())


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
