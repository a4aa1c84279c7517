"""The buttons of a tool's real cost."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.costs.cost import cost_form, figures_form
from bot.services.desk import Desk
from bot.services.reviews.capital import manager_form


def cost(desk: Desk, request: Request) -> Reply:
    """The form for the quote and what comes on top."""
    return Reply(form=cost_form(desk, request))


def figures(desk: Desk, request: Request) -> Reply:
    """The form for each figure."""
    return Reply(form=figures_form(desk, request))


def manager(desk: Desk, request: Request) -> Reply:
    """The form that asks who runs the project."""
    return Reply(form=manager_form(desk, request))
