"""The button of whoever was asked to step in."""

from __future__ import annotations

from bot.messages import Field, FieldKind, Form, Reply, Request
from bot.services.desk import Desk
from bot.services.sla.escalation import check_asked

LONG = 3000


def answer(desk: Desk, request: Request) -> Reply:
    """The form for their answer."""
    name = check_asked(desk, request.workspace, request.actor, request.value)
    text = Field("text", "Your answer", FieldKind.PARAGRAPH, hint="It appears in the thread", required=True, most=LONG)
    context = {"ticket": name, "conversation": request.conversation}
    return Reply(form=Form(request.name, f"Answer: {name}", (text,), submit="Answer", context=context))
