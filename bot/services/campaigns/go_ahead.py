"""The liaison's decision on a campaign, and the sponsor's sign-off where it is taken at a risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.abilities import Ability
from bot.domain.absence import away_at
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.load import Verdict
from bot.domain.people import Person, Role
from bot.domain.readiness import Decided, Readiness, Weighed, is_risky
from bot.domain.signoff import Say, Signature, SignOff, outcome, side_of_role, signable
from bot.domain.ticket import Ticket, WaitingFor
from bot.domain.workspace import Roles
from bot.messages import Card, Mention, Post, say
from bot.ports import UnitOfWork
from bot.services.agenda.promises import promise
from bot.services.campaigns.campaigns import Plan, plan_of, surroundings
from bot.services.campaigns.readiness import show, signoffs_of, take_back
from bot.services.campaigns.readiness_card import VERDICT_WORDS, condition_section, risk_done, risk_post
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.reviews.signing import GUESTS, OLD_BUTTON, ticket_and_version
from bot.services.tickets.tickets import change, number_of, settle

MOVED_ON = "The plan has changed since. Look at the card in the ticket's thread as it stands now."
NO_SPONSOR = (
    "Somebody must answer for the risk, and nobody can: name a sponsor in Campaign details, or an admin does with "
    "/itcheck people sponsor @name. Nothing was decided yet."
)


def decide_campaign(desk: Desk, who: Person, workspace: str, value: str, what: Decided) -> Ticket:
    """The liaison's decision on the answer of a ticket (`IT-12:3`: on its third version).

    A risk is put before the sponsor first. Raises NotAllowed; Conflict for an outdated click, or where nobody may
    sign.
    """
    name, version = ticket_and_version(value)

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        at = desk.at()
        before, plan, weighed = _standing(desk, uow, ticket, version)
        posts = take_back(uow, ticket, before, who.id, at, "IT has decided anew")
        risky = is_risky(before.proposed, what.verdict)
        after = before.decide(what, who.id, at, risky=risky)
        if not risky:
            return [*posts, *_conclude(uow, ticket, plan, weighed, after, who.id)]
        asked = SignOff(Role.SPONSOR, _sponsor(uow, ticket, who.id), after.decided, at)
        uow.signoffs.ask(workspace, after.subject, [asked])
        ticket.ask_sign_off(asked.person, side_of_role(asked.role), who.id, at, "sponsor of the campaign")
        ticket.wait(WaitingFor.SIGN_OFF, who.id, at, "the sponsor's sign-off")
        requests = [risk_post(ticket, plan, weighed, after, asked, to) for to in _asked(desk, uow, ticket, asked)]
        return [*posts, show(uow, ticket, plan, weighed, after), *requests]

    return change(desk, who, workspace, name, Ability.REVIEW, verb)


def sign_risk(desk: Desk, who: Person, workspace: str, value: str, said: Say, reason: str = "") -> Ticket:
    """The sponsor, or who stands in, takes the risk or doesn't; with that the campaign is decided.

    Raises NotAllowed, Conflict for an outdated or repeated click, Invalid for a missing reason.
    """
    name, version = ticket_and_version(value)
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        before, plan, asked = _open_risk(desk, uow, ticket, version, who)
        signature = Signature(said, who.id, desk.at(), reason)
        uow.signoffs.answer(workspace, before.subject, asked.sign(signature))
        ticket.sign(asked.person, signature.at, f"sponsor: {said.value}", who.id)
        words = "take the risk" if said is Say.YES else "don't take the risk"
        told = say("You {words} of {name} “{title}”.", words=words, name=ticket.name, title=ticket.title)
        posts = [risk_done(ticket, before, to, told) for to in dict.fromkeys((asked.person, who.id))]
        after = replace(before, outcome=outcome(signoffs_of(uow, before)))
        settle(uow, ticket, [*posts, *_conclude(uow, ticket, plan, plan.weighed(), after, who.id, reason)])
    return ticket


def check_risk(desk: Desk, workspace: str, actor: str, value: str) -> Ticket:
    """The ticket, if this person may sign its risk now; raises NotAllowed, Conflict or NotFound."""
    name, version = ticket_and_version(value)
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        _, _, asked = _open_risk(desk, uow, ticket, version, who)
    if asked.signature is not None:
        raise Conflict("This is answered already.")
    return ticket


def _standing(desk: Desk, uow: UnitOfWork, ticket: Ticket, version: int) -> tuple[Readiness, Plan, Weighed]:
    """The answer of this version with what it is based on; else raises Conflict."""
    readiness = uow.readiness.get(ticket.workspace, ticket.number)
    plan = plan_of(uow, ticket, surroundings(uow, ticket.workspace, desk.at()))
    weighed = plan.weighed()
    if readiness is None or readiness.version != version or readiness.inputs != plan.inputs or weighed is None:
        raise Conflict(MOVED_ON)
    return readiness, plan, weighed


def _open_risk(
    desk: Desk, uow: UnitOfWork, ticket: Ticket, version: int, who: Person
) -> tuple[Readiness, Plan, SignOff]:
    """The answer whose risk is open, and the sign-off that is this person's to give now."""
    if who.is_guest or who.is_gone:
        raise NotAllowed(GUESTS)
    readiness = uow.readiness.get(ticket.workspace, ticket.number)
    plan = plan_of(uow, ticket, surroundings(uow, ticket.workspace, desk.at()))
    if readiness is None or readiness.verdict is None or readiness.decided != version:
        raise Conflict(MOVED_ON)
    if readiness.is_final or ticket.is_finished:
        raise Conflict("This is settled already. Look at the card in the ticket's thread.")
    if readiness.inputs != plan.inputs:
        raise Conflict(MOVED_ON)
    asked = signoffs_of(uow, readiness)
    if not asked:
        raise Conflict(OLD_BUTTON)
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    named = {one for one in _sponsors(ticket, uow.workspaces.roles(ticket.workspace)) if one == who.id}
    roles = frozenset({Role.SPONSOR} if named else ())
    return readiness, plan, signable(asked, who.id, version, roles, ticket.requester, lambda one: away.get(one, ""))


def _conclude(
    uow: UnitOfWork, ticket: Ticket, plan: Plan, weighed: Weighed | None, after: Readiness, by: str, why: str = ""
) -> list[Post]:
    """What follows from a decision that stands: on the ticket, for the owners of conditions, in the thread."""
    verdict = Verdict.NO_GO if after.is_off else after.verdict or Verdict.NO_GO
    reason = why or after.reason
    words = VERDICT_WORDS[verdict] + (f": {reason}" if reason else "")
    at = after.at or after.weighed_at
    ticket.decide(words, by, by, at)
    posts = [show(uow, ticket, plan, weighed, after)]
    if verdict is Verdict.GO_WITH_CONDITIONS:
        posts += promise(uow, ticket, after.by, after.conditions, at)
    told = say(
        "{sign} {words}: {asker}, that is the answer on “{title}”.",
        sign="⛔" if after.is_off else "✅", words=VERDICT_WORDS[verdict], asker=Mention(ticket.requester),
        title=ticket.title,
    )  # fmt: skip
    if reason:
        told += say(" {who} says: {why}", who=Mention(by), why=reason)
    kept = () if after.is_off else condition_section(after.conditions)
    return [*posts, thread_post(ticket, f"go-ahead:{after.posted + 1}", Card(text=told, sections=kept))]


def _sponsor(uow: UnitOfWork, ticket: Ticket, decider: str) -> str:
    """Who answers for the risk: neither who asked nor who decides for IT. Raises Conflict if there is nobody."""
    sponsors = _sponsors(ticket, uow.workspaces.roles(ticket.workspace))
    found = next((one for one in sponsors if one not in {ticket.requester, decider}), None)
    if found is None:
        raise Conflict(NO_SPONSOR)
    return found


def _sponsors(ticket: Ticket, roles: Roles) -> list[str]:
    """The campaign's own sponsor, else the workspace's, else the marketing manager."""
    named = ticket.sponsor
    held = [one for role in (Role.SPONSOR, Role.MARKETING_MANAGER) for one in roles.holders.get(role, ())]
    return [one for one in dict.fromkeys((named, *held)) if one]


def _asked(desk: Desk, uow: UnitOfWork, ticket: Ticket, asked: SignOff) -> list[str]:
    """The sponsor, and who stands in for one who is away."""
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    return list(dict.fromkeys((asked.person, away.get(asked.person) or asked.person)))
