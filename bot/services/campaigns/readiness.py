"""The answer on every campaign: worked out as soon as enough is known, and again whenever something has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.kinds import CAMPAIGN
from bot.domain.readiness import Readiness, Weighed
from bot.domain.signoff import SignOff
from bot.domain.ticket import Ticket, WaitingFor
from bot.messages import Card, Post, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.campaigns.campaigns import MOST, Plan, plan_of, surroundings
from bot.services.campaigns.readiness_card import answer_post, asking_card, readiness_card, risk_done
from bot.services.desk import Desk
from bot.services.notifications import thread_post
from bot.services.tickets.cards import liaison_of
from bot.services.tickets.tickets import settle

CHANGED = "the plan has changed"


def answer_campaigns(desk: Desk) -> bool:
    """Work out one answer that is due. One ticket a unit of work; True if there may be more."""
    now = desk.at()
    with desk.look() as uow:
        workspaces = dict.fromkeys(one.workspace for one in uow.workspaces.listening())
        due = next((ticket for workspace in workspaces for ticket in _due(uow, workspace, now)), None)
    if due is None:
        return False
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(due.workspace, due.number)
        plan = plan_of(uow, ticket, surroundings(uow, ticket.workspace, now))
        before = uow.readiness.get(ticket.workspace, ticket.number) or Readiness(ticket.workspace, ticket.number)
        if before.inputs != plan.inputs and not ticket.is_finished:
            _answer(uow, ticket, plan, before, now)
    return True


def show(uow: UnitOfWork, ticket: Ticket, plan: Plan, weighed: Weighed | None, readiness: Readiness) -> Post:
    """Store an answer, and its card as it stands now."""
    shown = readiness.shown()
    uow.readiness.save(shown)
    if weighed is None:
        return answer_post(ticket, shown, asking_card(ticket, plan))
    card = readiness_card(ticket, plan, weighed, shown, signoffs_of(uow, shown))
    return answer_post(ticket, shown, card)


def signoffs_of(uow: UnitOfWork, readiness: Readiness) -> list[SignOff]:
    """The sign-offs of the decision that holds."""
    asked = uow.signoffs.of(readiness.workspace, readiness.subject)
    return [one for one in asked if one.version == readiness.decided]


def take_back(uow: UnitOfWork, ticket: Ticket, readiness: Readiness, by: str, at: datetime, why: str) -> list[Post]:
    """Nobody is asked any more who has not answered yet; their questions say so, and the ticket waits no more."""
    waiting = [one for one in signoffs_of(uow, readiness) if one.said is None]
    if not waiting:
        return []
    uow.signoffs.take_back(readiness.workspace, readiness.subject)
    ticket.withdraw_sign_offs(by, at, why)
    if ticket.waiting_for is WaitingFor.SIGN_OFF:
        ticket.resume(by, at)
    words = say(
        "Nothing to do for you any more on {name} “{title}”: {why}.", name=ticket.name, title=ticket.title, why=why
    )
    return [risk_done(ticket, readiness, one.person, words) for one in waiting]


def _due(uow: UnitOfWork, workspace: str, now: datetime) -> Iterator[Ticket]:
    tickets = uow.tickets.search(workspace, TicketFilter(kind=CAMPAIGN.key, only_open=True, limit=MOST))
    if not tickets:
        return
    known = {one.number: one.inputs for one in uow.readiness.of(workspace)}
    around = surroundings(uow, workspace, now)
    for ticket in reversed(tickets):
        plan = plan_of(uow, ticket, around)
        if known.get(ticket.number, "") != plan.inputs and not _is_over(plan.campaign, now):
            yield ticket


def _is_over(campaign: Campaign | None, now: datetime) -> bool:
    return campaign is not None and campaign.ends < now


def _answer(uow: UnitOfWork, ticket: Ticket, plan: Plan, before: Readiness, now: datetime) -> None:
    weighed = plan.weighed()
    after = before.follow(plan.inputs, weighed, now)
    posts: list[Post] = []
    if before.verdict is not None and after.verdict is None:
        posts = take_back(uow, ticket, before, "", now, CHANGED)
        ticket.review("", now, CHANGED)
        words = say(
            "{liaison}, {why}, and what was decided no longer fits: please decide again on the card above.",
            liaison=liaison_of(ticket) if ticket.liaison else "IT", why=CHANGED,
        )  # fmt: skip
        posts.append(thread_post(ticket, f"load-changed:{after.version}", Card(text=words)))
    posts = [show(uow, ticket, plan, weighed, after), *posts]
    if ticket.pending:
        settle(uow, ticket, posts)
    else:
        uow.outbox.put(posts)
