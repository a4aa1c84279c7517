"""The submitted forms of what was agreed: working hours and targets."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.sla import targets_form, working_hours


def hours(desk: Desk, request: Request) -> Reply:
    """Take over the working hours."""
    return Reply(card=working_hours.save_hours(desk, request))


def check_hours(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return working_hours.check_hours(request.values, request.at.date())


def targets(desk: Desk, request: Request) -> Reply:
    """Take over the targets."""
    return Reply(card=targets_form.save_targets(desk, request))


def check_targets(request: Request) -> Mapping[str, str]:
    """What is wrong, by field."""
    return targets_form.check_targets(request.values)
