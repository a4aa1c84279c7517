"""The buttons of the answer on a campaign, and of the sponsor's sign-off."""

from __future__ import annotations

from bot.domain.load import Verdict
from bot.domain.readiness import Decided
from bot.domain.signoff import MOST_REASON, Say
from bot.messages import NOTHING, Field, FieldKind, Form, Reply, Request
from bot.services.campaigns.go_ahead import check_risk, decide_campaign, sign_risk
from bot.services.campaigns.go_ahead_form import decision_form
from bot.services.campaigns.look_back import look_back_form
from bot.services.desk import Desk


def go(desk: Desk, request: Request) -> Reply:
    """Confirm a go."""
    who = desk.person(request.workspace, request.actor)
    decide_campaign(desk, who, request.workspace, request.value, Decided(Verdict.GO))
    return NOTHING


def decide(desk: Desk, request: Request) -> Reply:
    """The form for the decision."""
    return Reply(form=decision_form(desk, request))


def look_back(desk: Desk, request: Request) -> Reply:
    """The form for the look back."""
    return Reply(form=look_back_form(desk, request))


def yes(desk: Desk, request: Request) -> Reply:
    """Take the risk."""
    who = desk.person(request.workspace, request.actor)
    sign_risk(desk, who, request.workspace, request.value, Say.YES)
    return NOTHING


def no(desk: Desk, request: Request) -> Reply:
    """The form for the reason."""
    ticket = check_risk(desk, request.workspace, request.actor, request.value)
    hint = "Whoever planned it reads this, and what would change it"
    text = Field("text", "Why not?", FieldKind.PARAGRAPH, hint=hint, required=True, most=MOST_REASON)
    context = {"sign_off": request.value, "conversation": request.conversation}
    return Reply(form=Form(request.name, f"No: {ticket.name}", (text,), "Say no", context=context))
