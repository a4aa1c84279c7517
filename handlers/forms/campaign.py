"""The submitted forms of a campaign: the liaison's decision, the sponsor's no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.load import Verdict
from bot.domain.readiness import Decided
from bot.domain.signoff import PromisedCondition, Say
from bot.messages import NOTHING, Reply, Request
from bot.services.agreement import person_in
from bot.services.campaigns import look_back
from bot.services.campaigns.go_ahead import decide_campaign, sign_risk
from bot.services.campaigns.go_ahead_form import check_decision, typed_conditions
from bot.services.desk import Desk
from bot.services.people.roles import colleague


def decide(desk: Desk, request: Request) -> Reply:
    """Decide; each condition has an owner who is here, and a day."""
    verdict, made = Verdict(request.values["verdict"]), tuple[PromisedCondition, ...]()
    if verdict is Verdict.GO_WITH_CONDITIONS:
        made = tuple(
            PromisedCondition(
                " ".join(what.split()), colleague(desk, request, person_in(owner)).id, date.fromisoformat(due)
            )
            for what, owner, due in typed_conditions(request.values)
            if what
        )
    who, value = desk.person(request.workspace, request.actor), request.context["decision"]
    what = Decided(verdict, request.values.get("reason", "").strip(), made)
    decide_campaign(desk, who, request.workspace, value, what)
    return NOTHING


def check(request: Request) -> Mapping[str, str]:
    """What is missing or wrong, by field."""
    return check_decision(request.values)


def no(desk: Desk, request: Request) -> Reply:
    """Don't take the risk, and why."""
    who = desk.person(request.workspace, request.actor)
    sign_risk(desk, who, request.workspace, request.context["sign_off"], Say.NO, request.values["text"].strip())
    return NOTHING


def seen(desk: Desk, request: Request) -> Reply:
    """Keep what was seen."""
    look_back.keep_look_back(desk, request)
    return NOTHING


def check_seen(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return look_back.check_look_back(request.values)
