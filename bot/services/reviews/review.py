"""The review of a tool: made from its form, in versions, with what the policy in force says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.domain.abilities import Ability
from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict
from bot.domain.policy import Asked
from bot.domain.review import Edition, Review, under
from bot.domain.signoff import SignOff, of_one_person
from bot.domain.ticket import Ticket, WaitingFor
from bot.messages import Post, Request, say
from bot.ports import UnitOfWork
from bot.services.costs.cost_card import summary
from bot.services.desk import Desk
from bot.services.diligence.diligence import standing_of
from bot.services.diligence.diligence_card import card_posts
from bot.services.people.holders import holders_for
from bot.services.reviews.policies import edition_in_force, requester_of
from bot.services.reviews.review_cards import (
    VERDICTS,
    replaced_card,
    request_done,
    review_card,
    review_post,
    review_update,
)
from bot.services.reviews.review_form import asked_in, require_tool
from bot.services.tickets.tickets import change, number_of
from bot.services.tools.catalogue import note_category

CHANGED = "Somebody else changed the review meanwhile. Open it again to see how it stands."


def keep_review(desk: Desk, request: Request) -> Ticket:
    """A new version of a ticket's review, as the filled form says. What was asked for the last one is taken back.

    Raises NotAllowed, Invalid, or Conflict if somebody else made a version since the form was opened.
    """
    who, name = desk.person(request.workspace, request.actor), request.context["ticket"]
    requester = desk.person(request.workspace, _requester(desk, request.workspace, name))

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        require_tool(ticket)
        before, at = uow.reviews.of(ticket.workspace, ticket.number), desk.at()
        if str(len(before)) != request.context["before"]:
            raise Conflict(CHANGED)
        edition, roles = edition_in_force(desk, uow, ticket.workspace), uow.workspaces.roles(ticket.workspace)
        kind = requester_of(requester, roles.of(requester.id))
        asked = asked_in(request.values, edition.policy.currency, kind)
        sheets = uow.costs.of(ticket.workspace, ticket.number)
        return _add(desk, uow, ticket, before, _made(edition, ticket, asked, sheets, who.id, at))

    return change(desk, who, request.workspace, name, Ability.REVIEW, verb)


def follow_cost(desk: Desk, uow: UnitOfWork, ticket: Ticket, by: str) -> list[Post]:
    """An open review takes over a new cost: in place, or as a new version where that means more."""
    before, sheets = uow.reviews.of(ticket.workspace, ticket.number), uow.costs.of(ticket.workspace, ticket.number)
    if not before or not sheets or before[-1].is_decided:
        return []
    old, edition = before[-1], edition_in_force(desk, uow, ticket.workspace)
    more = replace(old.asked, amount=max(old.asked.amount, sheets[-1].inputs.licence))
    new = _made(edition, ticket, more, sheets, by, desk.at())
    if new.ruling != old.ruling or new.asked.amount != old.asked.amount:
        return _add(desk, uow, ticket, before, new)
    kept = replace(old, asked=new.asked, cost=new.cost)
    uow.reviews.save(kept)
    card = review_card(ticket, kept, signoffs_of(uow, kept), holders_for(uow, ticket))
    return [review_update(ticket, kept, card)]


def signoffs_of(uow: UnitOfWork, review: Review) -> list[SignOff]:
    """The sign-offs of this version, in the order of asking."""
    asked = uow.signoffs.of(review.workspace, review.subject)
    return [one for one in asked if one.version == review.version]


def current_review(uow: UnitOfWork, ticket: Ticket, version: int) -> Review:
    """The newest review of a ticket, if that is this version and undecided; else raises Conflict."""
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    if not reviews or reviews[-1].version != version:
        raise Conflict("The review has changed since you were asked. Look at the newest version in the thread.")
    if reviews[-1].is_decided:
        raise Conflict(f"This is decided already: {VERDICTS[reviews[-1].outcome]}.")
    if ticket.is_finished:
        raise Conflict(f"{ticket.name} is finished, so there is nothing left to sign.")
    return reviews[-1]


def take_back(uow: UnitOfWork, ticket: Ticket, review: Review, by: str, at: datetime, why: str) -> list[Post]:
    """Nobody is asked any more who has not answered yet; their questions say so."""
    by_person = of_one_person(signoffs_of(uow, review))
    waiting = [each for each in by_person if any(one.said is None for one in each)]
    if not waiting:
        return []
    uow.signoffs.take_back(review.workspace, review.subject)
    ticket.withdraw_sign_offs(by, at, why)
    words = say(
        "Nothing to do for you any more on {name} “{title}”: {why}.", name=ticket.name, title=ticket.title, why=why
    )
    return [request_done(ticket, review, each, each[0].person, words) for each in waiting]


def _made(edition: Edition, ticket: Ticket, asked: Asked, sheets: Sequence[CostSheet], by: str, at: datetime) -> Review:
    """A first version under an edition, with the capital and the cost that were reckoned last."""
    counted = [sheet for sheet in sheets[-1:] if sheet.currency == edition.policy.currency]
    whole = replace(asked, capex=counted[0].capex if counted else Decimal(0))
    cost = summary(counted[0], counted[0].estimate) if counted else ""
    return under(edition, whole, (ticket.workspace, ticket.number, 1), by, at, cost)


def _add(desk: Desk, uow: UnitOfWork, ticket: Ticket, before: Sequence[Review], made: Review) -> list[Post]:
    review = replace(made, version=len(before) + 1)
    posts = _replace(uow, ticket, before[-1], made.by, made.at) if before else []
    uow.reviews.add(review)
    note_category(uow, ticket, review.asked.category, desk.market)
    ruling = review.ruling
    ticket.review(made.by, made.at, f"{ruling.rule}, {ruling.lane} lane", ruling.days)
    posts.append(review_post(ticket, review, review_card(ticket, review, (), holders_for(uow, ticket))))
    return [*posts, *_score_cards(desk, uow, ticket, review)]


def _replace(uow: UnitOfWork, ticket: Ticket, old: Review, by: str, at: datetime) -> list[Post]:
    posts = take_back(uow, ticket, old, by, at, "the review has changed, and you are asked anew if need be")
    if ticket.waiting_for is WaitingFor.SIGN_OFF:
        ticket.resume(by, at)
    return [*posts, review_update(ticket, old, replaced_card(old))]


def _score_cards(desk: Desk, uow: UnitOfWork, ticket: Ticket, review: Review) -> list[Post]:
    """What due diligence asks follows from the review, so its card does too."""
    found = standing_of(desk, uow, ticket)
    if found is None:
        return []
    own = uow.answers.of(ticket.workspace, ticket.number)
    return card_posts(ticket, found, is_first=review.version == 1 and not own)


def _requester(desk: Desk, workspace: str, name: str) -> str:
    with desk.look() as uow:
        return uow.tickets.get(workspace, number_of(name)).requester
