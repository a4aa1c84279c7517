"""The submitted forms of a review: what it is about, the conditions of a yes, the reason of a no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.signoff import MOST_REASON, PromisedCondition, Say
from bot.messages import NOTHING, Reply, Request
from bot.services.agreement import person_in
from bot.services.desk import Desk
from bot.services.people.roles import colleague
from bot.services.reviews.review import keep_review
from bot.services.reviews.review_form import check_review
from bot.services.reviews.signing import Answered, sign
from handlers.actions.review import CONDITIONS, WHAT_MOST

FILL_IN = "Please fill this in."


def review(desk: Desk, request: Request) -> Reply:
    """Keep it as a new version."""
    keep_review(desk, request)
    return NOTHING


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong in a review, by field."""
    return check_review(request.values, request.context.get("currency", ""))


def conditions(desk: Desk, request: Request) -> Reply:
    """Say yes on conditions, each with an owner who is here and a day."""
    workspace = request.workspace
    made = tuple(
        PromisedCondition(
            " ".join(what.split()), colleague(desk, request, person_in(owner)).id, date.fromisoformat(due)
        )
        for what, owner, due in _conditions(request.values)
        if what
    )
    trial = request.values.get("trial", "").strip()
    until = date.fromisoformat(trial) if trial else None
    answer = Answered(Say.WITH_CONDITIONS, conditions=made, trial_until=until)
    sign(desk, desk.person(workspace, request.actor), workspace, request.context["sign_off"], answer)
    return NOTHING


def check_conditions(request: Request) -> Mapping[str, str]:
    """A condition is whole: what, who, until when. The first one is there, or a day at which a trial ends."""
    errors: dict[str, str] = {}
    trial = request.values.get("trial", "").strip()
    if trial and not _is_day(trial):
        errors["trial"] = "Please choose a day."
    for number, (what, owner, due) in enumerate(_conditions(request.values), 1):
        if (number > 1 or trial) and not (what or person_in(owner) or due):
            continue
        if not what or len(what) > WHAT_MOST:
            errors[f"what{number}"] = FILL_IN if not what else f"Please use at most {WHAT_MOST} characters."
        if not person_in(owner):
            errors[f"owner{number}"] = "Please choose somebody, or type a mention like @name."
        if not _is_day(due):
            errors[f"due{number}"] = "Please choose a day."
    return errors


def anyway(desk: Desk, request: Request) -> Reply:
    """Say yes, and why in spite of what speaks against it."""
    answer = Answered(Say.YES, request.values["text"].strip())
    who = desk.person(request.workspace, request.actor)
    sign(desk, who, request.workspace, request.context["sign_off"], answer)
    return NOTHING


def no(desk: Desk, request: Request) -> Reply:
    """Say no, and why."""
    answer = Answered(Say.NO, request.values["text"].strip())
    who = desk.person(request.workspace, request.actor)
    sign(desk, who, request.workspace, request.context["sign_off"], answer)
    return NOTHING


def check_no(request: Request) -> Mapping[str, str]:
    """There is a reason, and it is not too long."""
    text = request.values.get("text", "").strip()
    if not text:
        return {"text": FILL_IN}
    return {"text": f"Please use at most {MOST_REASON} characters."} if len(text) > MOST_REASON else {}


def _conditions(values: Mapping[str, str]) -> list[tuple[str, str, str]]:
    keys = range(1, CONDITIONS + 1)
    return [
        (values.get(f"what{n}", "").strip(), values.get(f"owner{n}", ""), values.get(f"due{n}", "").strip())
        for n in keys
    ]


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
