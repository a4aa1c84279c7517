"""The buttons of the policy: all of it, and the signatures it waits for."""

from __future__ import annotations

from bot.domain.signoff import MOST_REASON, Say
from bot.messages import NOTHING, Field, FieldKind, Form, Reply, Request
from bot.services.desk import Desk
from bot.services.reviews.policy_card import whole_card
from bot.services.reviews.policy_signing import check_policy_signable, sign_policy


def whole(desk: Desk, request: Request) -> Reply:
    """All of it, for their eyes only."""
    return Reply(card=whole_card(desk, request.workspace))


def yes(desk: Desk, request: Request) -> Reply:
    """Say yes."""
    who = desk.person(request.workspace, request.actor)
    sign_policy(desk, who, request.workspace, request.value, Say.YES)
    return NOTHING


def no(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    check_policy_signable(desk, request.workspace, request.actor, request.value)
    hint = "The other side and the admin read this"
    text = Field("text", "Why not?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    context = {"policy": request.value, "conversation": request.conversation}
    return Reply(form=Form(request.name, "No to the policy", (text,), "Say no", context=context))
