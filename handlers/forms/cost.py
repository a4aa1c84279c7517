"""The submitted forms of a tool's real cost."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import NOTHING, Reply, Request
from bot.services.agreement import person_in
from bot.services.costs.cost import keep_cost, keep_figures
from bot.services.costs.cost_form import check_figures, check_inputs
from bot.services.desk import Desk
from bot.services.reviews.capital import name_manager


def cost(desk: Desk, request: Request) -> Reply:
    """Keep it as a new version."""
    keep_cost(desk, request)
    return NOTHING


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_inputs(request.values, request.context.get("currency", ""))


def figures(desk: Desk, request: Request) -> Reply:
    """Keep them as a new version."""
    keep_figures(desk, request)
    return NOTHING


def check_all_figures(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return check_figures(request.values, request.context.get("currency", ""))


def manager(desk: Desk, request: Request) -> Reply:
    """Name who runs the project."""
    name_manager(desk, request)
    return NOTHING


def check_manager(request: Request) -> Mapping[str, str]:
    """Somebody is named."""
    named = person_in(request.values.get("manager", ""))
    return {} if named else {"manager": "Please choose somebody, or type a mention like @name."}
