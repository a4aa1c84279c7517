"""The submitted forms of a tool's real cost."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import NOTHING, Reply, Request
from bot.services.cost import keep_cost, keep_figures
from bot.services.cost_form import check_figures, check_inputs
from bot.services.desk import Desk


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
