"""Capital expense above the policy's threshold: who runs the project, who signs besides, who is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.abilities import Ability
from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict, Invalid
from bot.domain.events import What
from bot.domain.people import ROLE_WORDS, Role
from bot.domain.policy import Policy
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Form, Line, Mention, Post, Request, Section, Text, say
from bot.ports import UnitOfWork
from bot.services.agreement import person_field, person_in
from bot.services.costs.cost_card import about, cost_update
from bot.services.desk import Desk
from bot.services.notifications import direct_post, thread_post
from bot.services.people.holders import holders_for
from bot.services.people.roles import colleague
from bot.services.reviews.policies import edition_in_force
from bot.services.reviews.review import signoffs_of
from bot.services.reviews.review_cards import review_card, review_update
from bot.services.tickets.cards import ticket_link
from bot.services.tickets.tickets import change, check_ability, number_of

NAME = "Name the project manager"
NO_COST = "There is no cost that calls for a project manager. Press Real cost first."
ASKED_ALREADY = "The sign-offs are asked for already, the project manager's among them. Change the review first."
OWN_REQUEST = "They asked for the tool, and nobody signs their own request. Please choose somebody else."
Holders = Mapping[Role, Sequence[str]]


def needs_more(policy: Policy, sheet: CostSheet | None) -> bool:
    """Whether a cost's capital reaches the threshold of a policy in the same currency."""
    return sheet is not None and sheet.currency == policy.currency and sheet.capex >= policy.capex.threshold


def capital_sections(policy: Policy, ticket: Ticket, sheet: CostSheet, holders: Holders) -> tuple[Section, ...]:
    """What so much capital calls for, on the card of a cost; nothing below the threshold."""
    if not needs_more(policy, sheet):
        return ()
    button = Button(NAME, "project_manager", ticket.name)
    lines = [
        Line(
            say("{role}: {who}", role=_title(role), who=_who(holders, role)),
            button if role is Role.PROJECT_MANAGER else None,
        )
        for role in policy.capex.approvers
    ]
    told: Text = tuple(span for role in policy.capex.told for span in (*_who(holders, role), " "))
    heard = [Line(say("Told at once: {who}", who=told))] if told else []
    title = f"CapEx from {policy.capex.threshold:,f} {policy.currency} on: these must sign too"
    return (Section(title, (*lines, *heard)),)


def heads_up(
    policy: Policy, ticket: Ticket, before: CostSheet | None, sheet: CostSheet, holders: Holders
) -> list[Post]:
    """Whom the policy tells of so much capital hears of it directly, once it is reached."""
    if not needs_more(policy, sheet) or needs_more(policy, before):
        return []
    words = say(
        "⚠️ {link} “{title}” binds capital: about {capex} {currency} of CapEx, and from {threshold} on it needs a "
        "project manager and a yes from finance too.",
        link=ticket_link(ticket), title=ticket.title, capex=about(sheet.capex), currency=sheet.currency,
        threshold=f"{policy.capex.threshold:,f}",
    )  # fmt: skip
    card = Card(text=words, note=say("You have nothing to do now; its thread says what it is made of."))
    people = dict.fromkeys(one for role in policy.capex.told for one in holders.get(role, ()))
    return [direct_post(ticket, person, f"capital:{sheet.version}", card) for person in people]


def manager_form(desk: Desk, request: Request) -> Form:
    """The form that asks who runs the project. Raises NotAllowed, NotFound, Conflict."""
    name = check_ability(desk, request.workspace, request.actor, request.value, Ability.COST)
    with desk.look() as uow:
        ticket = uow.tickets.get(request.workspace, number_of(name))
        _require_capital(desk, uow, ticket)
        project = uow.projects.of(ticket.workspace, ticket.number)
    members = desk.directory.members(request.workspace, ticket.place.conversation)
    people = [one for one in members if not one.is_guest and one.id != ticket.requester]
    field = person_field("manager", "Who runs the project?", people, project.manager)
    intro = say("They keep time and money together, and their sign-off is asked for with the others.")
    context = {"ticket": name, "conversation": request.conversation}
    return Form("project_manager", f"Project: {name}", (field,), "Name", intro, context)


def name_manager(desk: Desk, request: Request) -> Ticket:
    """Somebody is named to run the project, and hears of it. Raises NotAllowed, Invalid, Conflict."""
    who = desk.person(request.workspace, request.actor)
    named = colleague(desk, request, person_in(request.values["manager"]), "manager")

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        policy, sheet = _require_capital(desk, uow, ticket)
        if named.id == ticket.requester:
            raise Invalid(OWN_REQUEST, "manager")
        project = uow.projects.of(ticket.workspace, ticket.number)
        if project.manager == named.id:
            return ()
        uow.projects.save(project.name_manager(named.id, who.id, desk.at()))
        ticket.note_fact(What.PROJECT_MANAGER_NAMED, who.id, desk.at(), named.name)
        holders = holders_for(uow, ticket)
        card = cost_update(ticket, sheet, capital_sections(policy, ticket, sheet, holders))
        return [*_named(ticket, named.id, sheet), card, *_review_now(uow, ticket, holders)]

    return change(desk, who, request.workspace, request.context["ticket"], Ability.COST, verb)


def _require_capital(desk: Desk, uow: UnitOfWork, ticket: Ticket) -> tuple[Policy, CostSheet]:
    policy = edition_in_force(desk, uow, ticket.workspace).policy
    sheets = uow.costs.of(ticket.workspace, ticket.number)
    if not sheets or not needs_more(policy, sheets[-1]):
        raise Conflict(NO_COST)
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    if reviews and (reviews[-1].is_decided or signoffs_of(uow, reviews[-1])):
        raise Conflict(ASKED_ALREADY)
    return policy, sheets[-1]


def _named(ticket: Ticket, person: str, sheet: CostSheet) -> list[Post]:
    words = say(
        "{link} “{title}” has you as its project manager: about {capex} {currency} of CapEx. Your sign-off is asked "
        "for with the others.",
        link=ticket_link(ticket), title=ticket.title, capex=about(sheet.capex), currency=sheet.currency,
    )  # fmt: skip
    key = f"manager:{ticket.revision}"
    told = thread_post(ticket, key, Card(text=say("{who} runs this project.", who=Mention(person))))
    return [told, direct_post(ticket, person, key, Card(text=words))]


def _review_now(uow: UnitOfWork, ticket: Ticket, holders: Holders) -> list[Post]:
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    if not reviews:
        return []
    card = review_card(ticket, reviews[-1], signoffs_of(uow, reviews[-1]), holders)
    return [review_update(ticket, reviews[-1], card)]


def _title(role: Role) -> str:
    """`Project manager`, `CIO`."""
    words = ROLE_WORDS[role]
    return words[0].upper() + words[1:]


def _who(holders: Holders, role: Role) -> Text:
    held = [person for person in holders.get(role, ()) if person]
    if held:
        return (Mention(held[0]),)
    return (
        ("nobody yet",) if role is Role.PROJECT_MANAGER else ("nobody yet: an admin can say who with /itcheck people",)
    )
