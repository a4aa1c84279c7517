"""The form in which an admin says how long each side has, and what a filled one agrees on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.agreed import TargetsEdition
from bot.domain.errors import Invalid, NotAllowed
from bot.domain.people import Person
from bot.domain.targets import Targets
from bot.domain.targets_text import (
    by_priority_words,
    lead_words,
    of_kinds_text,
    read_by_priority,
    read_lead,
    read_of_kinds,
    read_shares,
    read_time,
    time_words,
)
from bot.messages import Card, Field, FieldKind, Form, Request, say
from bot.ports import UnitOfWork
from bot.services.channels import may_set_up
from bot.services.desk import Desk

TARGETS = "targets"
ADMINS_ONLY = "Only an admin can change the targets. /itcheck sla IT-12 shows those of a ticket."
READERS: Mapping[str, Callable[[str], object]] = {
    "response": read_by_priority,
    "resolution": read_by_priority,
    "of_kinds": read_of_kinds,
    "lead": read_lead,
    "brief": read_time,
    "sign_off": read_time,
    "shares": read_shares,
}


def targets_form(desk: Desk, request: Request) -> Form:
    """The form with the targets that stand. Raises NotAllowed."""
    who = desk.person(request.workspace, request.actor)
    with desk.look() as uow:
        _require_admin(uow, request.workspace, who)
        editions = uow.agreements.targets(request.workspace)
    targets = editions[-1].targets if editions else Targets()
    return Form(
        name=TARGETS,
        title="Targets",
        submit="Save",
        intro=say("In working time; a day has 8 hours. Open clocks follow a change, what is done stays as it was."),
        fields=_fields(targets),
        context={"version": str(editions[-1].version if editions else 0)},
    )


def check_targets(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong in a filled form, by field."""
    errors: dict[str, str] = {}
    for key, read in READERS.items():
        try:
            read(values.get(key, ""))
        except Invalid as error:
            errors[key] = error.words
    return errors


def save_targets(desk: Desk, request: Request) -> Card:
    """Take over a filled form as the next edition. Raises Conflict, Invalid or NotAllowed."""
    values = request.values
    lead, beyond = read_lead(values["lead"])
    targets = Targets(
        response=read_by_priority(values["response"]),
        resolution=read_by_priority(values["resolution"]),
        of_kinds=read_of_kinds(values.get("of_kinds", "")),
        lead=lead,
        lead_beyond=beyond,
        brief=read_time(values["brief"]),
        sign_off=read_time(values["sign_off"]),
        shares=read_shares(values["shares"]),
    )
    version = int(request.context.get("version", "0")) + 1
    who = desk.person(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        _require_admin(uow, request.workspace, who)
        edition = TargetsEdition(version, desk.at(), targets, request.actor)
        uow.agreements.save_targets(request.workspace, edition)
        uow.recounts.ask(request.workspace, f"new targets, version {version}")
    return Card(
        text=say("Saved as version {version} of the targets.", version=str(version)),
        note=say("Open clocks are counted anew in a moment. What is done already stays as it was judged."),
    )


def _require_admin(uow: UnitOfWork, workspace: str, who: Person) -> None:
    if not may_set_up(who, uow.workspaces.roles(workspace)):
        raise NotAllowed(ADMINS_ONLY)


def _fields(targets: Targets) -> tuple[Field, ...]:
    return (
        Field("response", "First and next answer", value=by_priority_words(targets.response), required=True),
        Field("resolution", "Resolution: closed within", value=by_priority_words(targets.resolution), required=True),
        Field("of_kinds", "Resolution, where a kind differs", FieldKind.PARAGRAPH, of_kinds_text(targets),
              "A line per kind: New tool: normal 10 days, low 20 days", most=1000),
        Field("lead", "Campaigns: facts before the start, by reach", value=lead_words(targets), required=True),
        Field("brief", "Marketing answers IT within", value=time_words(targets.brief), required=True, most=60),
        Field("sign_off", "A sign-off is given within", value=time_words(targets.sign_off), required=True, most=60),
        Field("shares", "Warn at (%)", value=", ".join(map(str, targets.shares)), hint="Such as 50, 75, 90",
              required=True, most=60),
    )  # fmt: skip
