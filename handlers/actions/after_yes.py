"""The buttons of what comes after the yes."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.reviews import after_yes


def steps(desk: Desk, request: Request) -> Reply:
    """The form for the steps."""
    return Reply(form=after_yes.steps_form(desk, request))


def done(desk: Desk, request: Request) -> Reply:
    """A step is done."""
    after_yes.finish_step(desk, request)
    return NOTHING


def rate(desk: Desk, request: Request) -> Reply:
    """How good IT's answers were."""
    after_yes.rate(desk, request)
    return NOTHING


def words(desk: Desk, request: Request) -> Reply:
    """The form for a line about it."""
    return Reply(form=after_yes.words_form(desk, request))


def actual(desk: Desk, request: Request) -> Reply:
    """The form for the actual cost."""
    return Reply(form=after_yes.actual_form(desk, request))
