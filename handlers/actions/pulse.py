"""The buttons of the pulse."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.pulse.pulse import answer_pulse, line_form


def answer(desk: Desk, request: Request) -> Reply:
    """Count a click."""
    return Reply(card=answer_pulse(desk, request))


def line(desk: Desk, request: Request) -> Reply:
    """The form of a line without a name."""
    return Reply(form=line_form(request))
