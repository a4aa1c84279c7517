"""The form of a review: what the policy has to know of a tool, prefilled with what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.abilities import Ability
from bot.domain.catalogue import Tool
from bot.domain.errors import Conflict, Invalid
from bot.domain.kinds import NEW_TOOL
from bot.domain.money import money_of
from bot.domain.policy import YEAR_MONTHS, Asked, DataClass, Integration, Policy, Requester
from bot.domain.review import Review
from bot.domain.ticket import Ticket
from bot.messages import Choice, Field, FieldKind, Form, Request, say
from bot.services.desk import Desk
from bot.services.reviews.policies import edition_in_force, edition_words
from bot.services.tickets.tickets import check_ability, number_of

REVIEW = "review"
MOST_MONTHS = 120
ONLY_TOOLS = (
    "Only a ticket for a new tool has a review and a real cost. If it is one, ask its liaison: IT can change the kind "
    "with Details on the card."
)
DATA_WORDS = {
    DataClass.NONE: "None about people",
    DataClass.STAFF: "Names and mail of our own people",
    DataClass.PERSONAL: "About customers or visitors",
    DataClass.SENSITIVE: "Sensitive: health, payment, children",
}
INTEGRATION_WORDS = {
    Integration.NONE: "Nothing to connect",
    Integration.NATIVE: "Switched on in the tool",
    Integration.MIDDLEWARE: "Through a connector or middleware",
    Integration.CUSTOM: "Built by us",
    Integration.CORE: "Into a core system (ERP, CRM, identity, warehouse)",
}
SAID_OF_DATA = {"Yes": DataClass.PERSONAL, "No": DataClass.NONE}
_AMOUNT = re.compile(r"(?:[A-Z]{3}|[€$£])?\s?\d[\d.,]*(?:\s?(?:[A-Z]{3}\b|[€$£]))?")


def review_form(desk: Desk, request: Request) -> Form:
    """The form, prefilled. Raises NotAllowed, NotFound, or Conflict for a ticket that can't be reviewed."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.REVIEW)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        edition = edition_in_force(desk, uow, request.workspace)
        reviews = uow.reviews.of(request.workspace, ticket.number)
        sheets = uow.costs.of(request.workspace, ticket.number)
    require_tool(ticket)
    currency = edition.policy.currency
    known = _known(reviews[-1]) if reviews else _guessed(ticket, currency, desk.market(ticket.title))
    if sheets and not reviews:
        known["amount"] = f"{sheets[-1].inputs.licence:f}"
    return Form(
        REVIEW,
        f"Review: {name}",
        _fields(edition.policy, known),
        submit="Review",
        intro=say("What follows from this stands in the {policy}.", policy=edition_words(edition.version)),
        context={
            "ticket": name, "conversation": request.conversation, "currency": currency, "before": str(len(reviews)),
        },
    )  # fmt: skip


def check_review(values: Mapping[str, str], currency: str) -> Mapping[str, str]:
    """What is missing or wrong in a filled form, by field."""
    errors = {key: "Please choose one." for key in ("category", "data", "integration") if not values.get(key)}
    try:
        money_of(values.get("amount", ""), currency)
    except Invalid as error:
        errors["amount"] = error.words
    months = values.get("months", "").strip() or str(YEAR_MONTHS)
    if not (months.isascii() and months.isdigit() and 1 <= int(months) <= MOST_MONTHS):
        errors["months"] = f"Please give a number of months from 1 to {MOST_MONTHS}."
    return errors


def asked_in(values: Mapping[str, str], currency: str, requester: Requester) -> Asked:
    """The request as the policy sees it. Raises Invalid for the first field that is wrong."""
    for key, words in check_review(values, currency).items():
        raise Invalid(words, key)
    return Asked(
        category=values["category"],
        amount=money_of(values["amount"], currency).amount,
        data=DataClass(values["data"]),
        integration=Integration(values["integration"]),
        requester=requester,
        months=int(values.get("months", "").strip() or YEAR_MONTHS),
    )


def require_tool(ticket: Ticket) -> None:
    """Return if it is a ticket for a tool; else raise Conflict."""
    if ticket.kind != NEW_TOOL.key:
        raise Conflict(ONLY_TOOLS)


def _known(review: Review) -> dict[str, str]:
    asked = review.asked
    return {
        "category": asked.category, "amount": f"{asked.amount:f}", "data": asked.data.value,
        "integration": asked.integration.value, "months": str(asked.months),
    }  # fmt: skip


def _guessed(ticket: Ticket, currency: str, listed: Tool | None) -> dict[str, str]:
    """What the ticket says already; `listed` is the tool as the market knows it."""
    data = SAID_OF_DATA.get(ticket.facts.get("data", ""))
    return {
        "category": listed.category if listed else "",
        "amount": yearly_in(ticket.facts.get("cost", ""), currency),
        "data": data.value if data else "",
        "months": str(YEAR_MONTHS),
    }


def yearly_in(words: str, currency: str) -> str:
    """What somebody wrote about the cost, as an amount a year; empty where that would be a guess."""
    found = _AMOUNT.search(words)
    monthly, yearly = (any(one in words.lower() for one in some) for some in (("month", "/mo"), ("year", "annual")))
    if found is None or monthly == yearly:
        return ""
    try:
        amount = money_of(found[0].strip(" .,"), currency).amount
    except Invalid:
        return ""
    return f"{amount * YEAR_MONTHS if monthly else amount:f}"


def _fields(policy: Policy, known: Mapping[str, str]) -> tuple[Field, ...]:
    categories = tuple(Choice(one.name, key) for key, one in policy.categories.items())
    data = tuple(Choice(words, key.value) for key, words in DATA_WORDS.items())
    depths = tuple(Choice(words, key.value) for key, words in INTEGRATION_WORDS.items())
    cost = f"What it costs a year, in {policy.currency}"
    return (
        _choice("category", "What kind of tool is it?", known, categories),
        Field("amount", cost, value=known.get("amount", ""), hint="For example 12,000", required=True, most=40),
        _choice("data", "What data will it hold?", known, data),
        _choice("integration", "How is it connected?", known, depths),
        Field(
            "months", "For how many months does it bind us?", value=known.get("months", ""), hint="12 is a year", most=3
        ),
    )


def _choice(key: str, label: str, known: Mapping[str, str], choices: tuple[Choice, ...]) -> Field:
    value = known.get(key, "")
    stands = value if value in {one.value for one in choices} else ""
    return Field(key, label, FieldKind.CHOICE, stands, required=True, choices=choices)
