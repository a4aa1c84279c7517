"""The real cost of a tool: asked in a form, kept in versions, told in the thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.domain.abilities import Ability, is_of_it
from bot.domain.cost_figures import plain_words
from bot.domain.cost_sheet import CostSheet, Inputs, size_of
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.events import What
from bot.domain.money import money_of
from bot.domain.policy import Integration
from bot.domain.ticket import Ticket
from bot.messages import Form, Post, Request, say
from bot.ports import UnitOfWork
from bot.services.costs.cost_card import cost_post, replaced_post, summary
from bot.services.costs.cost_form import (
    OF_IT,
    figure_fields,
    it_fields,
    quote_fields,
    read_figures,
    read_inputs,
    words_of,
)
from bot.services.desk import Desk
from bot.services.people.holders import holders_for
from bot.services.reviews.capital import capital_sections, heads_up
from bot.services.reviews.policies import edition_in_force, edition_words
from bot.services.reviews.review import follow_cost
from bot.services.reviews.review_form import require_tool, yearly_in
from bot.services.reviews.signing import refreshed_requests
from bot.services.tickets.tickets import change, check_ability, number_of
from bot.services.tools.catalogue import find_tool, instead_of

CHANGED = "Somebody else changed the cost meanwhile. Open it again to see how it stands."
NOT_YET = "There is no cost yet whose figures could be changed. Press Real cost first."
FOR_IT = "That part is for IT to say. You can change the quote, the number of people and their growth."
DEPTHS = {
    Integration.NATIVE: "native", Integration.MIDDLEWARE: "middleware", Integration.CUSTOM: "custom",
    Integration.CORE: "core",
}  # fmt: skip


def cost_form(desk: Desk, request: Request) -> Form:
    """The form for a ticket's cost: the quote, and for the IT side what IT knows. Raises NotAllowed, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.COST)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        require_tool(ticket)
        edition, sheets = edition_in_force(desk, uow, request.workspace), uow.costs.of(ticket.workspace, ticket.number)
        known = words_of(sheets[-1].inputs) if sheets else _guessed(desk, uow, ticket, edition.policy.currency)
        of_it = is_of_it(ticket, request.actor, uow.workspaces.roles(request.workspace).of(request.actor))
    currency = edition.policy.currency
    fields = (*quote_fields(known, currency), *(it_fields(known, currency) if of_it else ()))
    intro = say("What the quote leaves out comes from the {policy}.", policy=edition_words(edition.version))
    return Form("cost", f"Real cost: {name}", fields, "Reckon", intro, _context(request, name, currency, len(sheets)))


def figures_form(desk: Desk, request: Request) -> Form:
    """The form for each figure a ticket's cost hangs on. Raises NotAllowed, or Conflict without a cost."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.COST_FIGURES)
    with desk.look() as uow:
        sheets = uow.costs.of(request.workspace, number_of(name))
    if not sheets:
        raise Conflict(NOT_YET)
    intro = say("Each as low / likely / high. What you change holds for this tool alone.")
    context = _context(request, name, sheets[-1].currency, len(sheets))
    return Form("cost_figures", f"Figures: {name}", figure_fields(sheets[-1]), "Reckon", intro, context)


def keep_cost(desk: Desk, request: Request) -> Ticket:
    """A new version of a ticket's cost, as the filled form says. Raises NotAllowed, Invalid, or Conflict."""

    def new(uow: UnitOfWork, ticket: Ticket, before: CostSheet | None) -> CostSheet:
        of_it = is_of_it(ticket, request.actor, uow.workspaces.roles(ticket.workspace).of(request.actor))
        if not of_it and OF_IT & set(request.values):
            raise NotAllowed(FOR_IT)
        fresh = _fresh(desk, uow, request, before)
        inputs = read_inputs(request.values, fresh.currency, fresh.inputs)
        return replace(fresh, inputs=inputs, is_checked=fresh.is_checked or of_it)

    return _keep(desk, request, Ability.COST, new)


def keep_figures(desk: Desk, request: Request) -> Ticket:
    """A new version with some figures changed for this tool. Raises NotAllowed, Invalid, or Conflict."""

    def new(uow: UnitOfWork, ticket: Ticket, before: CostSheet | None) -> CostSheet:
        if before is None:
            raise Conflict(NOT_YET)
        fresh = _fresh(desk, uow, request, before)
        given = read_figures(request.values, fresh.currency, fresh.figures)
        figures = {key: one.with_points(given[key]) if key in given else one for key, one in fresh.figures.items()}
        changed = tuple(dict.fromkeys([*fresh.changed, *given]))
        return replace(fresh, figures=figures, changed=changed, is_checked=True)

    return _keep(desk, request, Ability.COST_FIGURES, new)


def _keep(
    desk: Desk, request: Request, ability: Ability, new: Callable[[UnitOfWork, Ticket, CostSheet | None], CostSheet]
) -> Ticket:
    who = desk.person(request.workspace, request.actor)

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        require_tool(ticket)
        sheets = uow.costs.of(ticket.workspace, ticket.number)
        if str(len(sheets)) != request.context["before"]:
            raise Conflict(CHANGED)
        sheet = new(uow, ticket, sheets[-1] if sheets else None)
        uow.costs.add(sheet)
        ticket.note_fact(What.COSTED, who.id, sheet.at, summary(sheet, sheet.estimate))
        return [*(replaced_post(ticket, old) for old in sheets[-1:]), *_told(desk, uow, ticket, sheet)]

    return change(desk, who, request.workspace, request.context["ticket"], ability, verb)


def _told(desk: Desk, uow: UnitOfWork, ticket: Ticket, sheet: CostSheet) -> list[Post]:
    """The new card, what follows from its capital, and the open review with whom it asks."""
    policy, holders = edition_in_force(desk, uow, ticket.workspace).policy, holders_for(uow, ticket)
    older = [one for one in uow.costs.of(ticket.workspace, ticket.number) if one.version < sheet.version]
    return [
        cost_post(ticket, sheet, capital_sections(policy, ticket, sheet, holders)),
        *heads_up(policy, ticket, older[-1] if older else None, sheet, holders),
        *follow_cost(desk, uow, ticket, sheet.by),
        *refreshed_requests(desk, uow, ticket),
    ]


def _fresh(desk: Desk, uow: UnitOfWork, request: Request, before: CostSheet | None) -> CostSheet:
    """The next version, with the figures of the policy in force; what was changed for this tool stays changed.

    A policy in another currency begins anew: nothing is converted.
    """
    edition, workspace = edition_in_force(desk, uow, request.workspace), request.workspace
    number, at, currency = number_of(request.context["ticket"]), desk.at(), edition.policy.currency
    figures = {**(desk.policy.cost if desk.policy else {}), **edition.policy.cost}
    place = (workspace, number, before.version + 1 if before else 1, request.actor, at, edition.version, currency)
    if before is None or before.currency != currency:
        return CostSheet(*place, Inputs(Decimal(0)), figures)
    own = {key: before.figures[key] for key in before.changed}
    return CostSheet(*place, before.inputs, {**figures, **own}, before.changed, before.is_checked)


def _guessed(desk: Desk, uow: UnitOfWork, ticket: Ticket, currency: str) -> dict[str, str]:
    """What ticket, review and catalogue say already."""
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    known = words_of(Inputs(Decimal(0))) | {"licence": yearly_in(ticket.facts.get("cost", ""), currency)}
    if reviews:
        asked = reviews[-1].asked
        known["licence"] = plain_words(asked.amount)
        known |= {DEPTHS[asked.integration]: "1"} if asked.integration in DEPTHS else {}
    if not known["licence"]:
        tool = find_tool(uow, ticket.workspace, ticket.title)
        priced = tool.yearly if tool else None
        known["licence"] = plain_words(priced.amount) if priced and priced.currency == currency else ""
    if known["licence"]:
        known["size"] = size_of(money_of(known["licence"], currency).amount).value
    return known | _owned(desk, uow, ticket, currency, reviews[-1].asked.category if reviews else "")


def _owned(desk: Desk, uow: UnitOfWork, ticket: Ticket, currency: str, category: str) -> dict[str, str]:
    """An approved tool for the same whose price is known. `category`: the review's, if there is one."""
    others = instead_of(uow, ticket.workspace, ticket.title, desk.market, category)
    priced = [(one.name, one.yearly.amount) for one in others if one.yearly and one.yearly.currency == currency]
    return {"owned": priced[0][0], "owned_yearly": plain_words(priced[0][1])} if priced else {}


def _context(request: Request, name: str, currency: str, before: int) -> dict[str, str]:
    return {"ticket": name, "conversation": request.conversation, "currency": currency, "before": str(before)}
