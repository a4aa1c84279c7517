"""The form of the liaison's decision on a campaign, filled with what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.abilities import Ability
from bot.domain.errors import Conflict
from bot.domain.load import Verdict
from bot.domain.people import Person
from bot.domain.readiness import Proposed, Readiness, proposed_conditions
from bot.domain.signoff import MOST_REASON, PromisedCondition
from bot.domain.ticket import Ticket
from bot.messages import Choice, Field, FieldKind, Form, Request, say
from bot.services.agreement import person_field, person_in
from bot.services.campaigns.campaigns import plan_of, surroundings
from bot.services.campaigns.go_ahead import MOVED_ON
from bot.services.campaigns.readiness_card import VERDICT_WORDS
from bot.services.desk import Desk
from bot.services.intake.facts import FILL_IN
from bot.services.reviews.signing import ticket_and_version
from bot.services.tickets.revisions import colleagues_in
from bot.services.tickets.tickets import check_ability, number_of

CONDITIONS = 3
WHAT_MOST = 200
ORDINALS = ("First", "Second", "Third")


def decision_form(desk: Desk, request: Request) -> Form:
    """The form with what is proposed, or was decided. Raises NotAllowed, NotFound, Conflict if it is outdated."""
    name, version = ticket_and_version(request.value)
    workspace = request.workspace
    check_ability(desk, workspace, request.actor, name, Ability.REVIEW)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        readiness = uow.readiness.get(workspace, ticket.number)
        weighed = plan_of(uow, ticket, surroundings(uow, workspace, desk.at())).weighed()
    if readiness is None or readiness.version != version or weighed is None:
        raise Conflict(MOVED_ON)
    people = colleagues_in(desk, workspace, ticket.place.conversation)
    made = readiness.conditions or tuple(
        _owned(one, ticket, request.actor) for one in proposed_conditions(weighed, desk.at().date())
    )
    verdict = readiness.verdict or readiness.proposed or Verdict.GO_WITH_CONDITIONS
    return Form(
        "go_decide",
        f"Decide: {name}",
        (_verdict_field(_first_choice(verdict)), *_condition_fields(made, people), _reason_field(readiness.reason)),
        submit="Decide",
        intro=say("{proposed} A go at a risk is put before the sponsor.", proposed=_proposed(readiness)),
        context={"decision": request.value, "conversation": ticket.place.conversation},
    )


def check_decision(values: Mapping[str, str]) -> Mapping[str, str]:
    """What is missing or wrong in a filled form, by field."""
    verdict = values.get("verdict", "")
    if verdict not in set(Verdict):
        return {"verdict": "Please choose one."}
    if verdict == Verdict.NO_GO and not values.get("reason", "").strip():
        return {"reason": "Say why not: whoever planned it wants to know what would change it."}
    if verdict != Verdict.GO_WITH_CONDITIONS:
        return {}
    errors: dict[str, str] = {}
    for number, given in enumerate(typed_conditions(values), 1):
        errors |= _wrong(number, *given)
    if not errors and not any(what for what, _, _ in typed_conditions(values)):
        errors["what1"] = "Name at least one condition, or choose Go."
    return errors


def typed_conditions(values: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What was typed of each condition: what, whose, until when. One without a what is none."""
    keys = range(1, CONDITIONS + 1)
    return [
        (values.get(f"what{n}", "").strip(), values.get(f"owner{n}", ""), values.get(f"due{n}", "").strip())
        for n in keys
    ]


def _first_choice(verdict: Verdict) -> Verdict:
    """A campaign that would be too much is mostly made to fit: that is offered first."""
    return Verdict.GO_WITH_CONDITIONS if verdict is Verdict.NO_GO else verdict


def _proposed(readiness: Readiness) -> str:
    if readiness.proposed is None:
        return "Nothing is proposed, as nobody measured the site."
    if readiness.proposed is Verdict.NO_GO and readiness.verdict is None:
        return "As planned it is a no go; filled in is what would make it fit."
    return f"Proposed: {VERDICT_WORDS[readiness.proposed].lower()}."


def _owned(proposed: Proposed, ticket: Ticket, actor: str) -> PromisedCondition:
    owner = (ticket.liaison or actor) if proposed.for_it else ticket.requester
    return PromisedCondition(proposed.what, owner, proposed.due)


def _verdict_field(verdict: Verdict) -> Field:
    choices = tuple(Choice(words, key.value) for key, words in VERDICT_WORDS.items())
    return Field("verdict", "Your decision", FieldKind.CHOICE, verdict.value, required=True, choices=choices)


def _condition_fields(made: Sequence[PromisedCondition], people: Sequence[Person]) -> list[Field]:
    fields: list[Field] = []
    for number in range(1, CONDITIONS + 1):
        known = made[number - 1] if number <= len(made) else None
        place = ORDINALS[number - 1]
        owner = person_field(f"owner{number}", f"{place} condition: who does it?", people, known.owner if known else "")
        fields += [
            Field(f"what{number}", f"{place} condition", value=known.what if known else "", most=WHAT_MOST),
            replace(owner, required=False),
            Field(
                f"due{number}", f"{place} condition: until when?", FieldKind.DATE,
                known.due.isoformat() if known else "",
            ),
        ]  # fmt: skip
    return fields


def _reason_field(reason: str) -> Field:
    hint = "Whoever planned it reads this; needed for a no go"
    return Field("reason", "Why?", FieldKind.PARAGRAPH, reason, hint, most=MOST_REASON)


def _wrong(number: int, what: str, owner: str, due: str) -> Mapping[str, str]:
    if not what:
        return {}
    errors = {}
    if len(what) > WHAT_MOST:
        errors[f"what{number}"] = f"Please use at most {WHAT_MOST} characters."
    if not person_in(owner):
        errors[f"owner{number}"] = "Please choose somebody, or type a mention like @name."
    try:
        date.fromisoformat(due)
    except ValueError:
        errors[f"due{number}"] = "Please choose a day." if due else FILL_IN
    return errors
