"""Sign-offs of a review: asked of whom the policy names, answered once each, with a verdict once all have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.abilities import Ability
from bot.domain.absence import away_at
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.people import Person, Role
from bot.domain.review import Review
from bot.domain.signoff import (
    Outcome,
    PromisedCondition,
    Say,
    Signature,
    SignOff,
    asked_of,
    missing_words,
    of_one_person,
    outcome,
    role_words,
    side_of_role,
    signable,
)
from bot.domain.ticket import Ticket, WaitingFor
from bot.messages import Post
from bot.ports import UnitOfWork
from bot.services.channels import admin_name
from bot.services.desk import Desk, Rulebook
from bot.services.diligence.diligence import standing_of
from bot.services.diligence.diligence_words import spoken_against
from bot.services.people.holders import approvers_for, holders_for, roles_for
from bot.services.reviews.decision_record import names_around, record_post
from bot.services.reviews.review import current_review, signoffs_of
from bot.services.reviews.review_cards import (
    SAID_WORDS,
    answer_words,
    request_done,
    request_post,
    request_update,
    review_card,
    review_update,
)
from bot.services.reviews.verdict import give_verdict
from bot.services.tickets.tickets import change, number_of, settle

ALREADY = "The sign-offs are asked for already. Their answers appear on the review's card."
NOBODY = "Nobody needs to sign this. An admin can see to it that the policy names somebody."
NO_MANAGER = (
    "This much capital needs somebody who runs the project. Press “Name the project manager” on its cost first."
)
OLD_BUTTON = "This button is from an older version. Look at the newest one in the ticket's thread."
IN_SPITE = (
    "Something speaks against this by now: {what}. Your question was brought up to date: say “Yes, in spite of it” "
    "with a reason, yes with conditions, or no."
)
GUESTS = "Guests can't sign off. Please ask the colleague you work with."


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody says to a sign-off: yes, yes on conditions, or no for a reason."""

    said: Say
    reason: str = ""
    conditions: tuple[PromisedCondition, ...] = ()
    trial_until: date | None = None


def ask_for_sign_offs(desk: Desk, who: Person, workspace: str, value: str) -> Ticket:
    """Ask everybody whom the policy names, directly. `value`: ticket and version, `IT-12:1`.

    Raises NotAllowed; Conflict where it is asked already, the review has changed, or a role has nobody who may sign.
    """
    name, version = ticket_and_version(value)
    with desk.look() as uow:
        roles = uow.workspaces.roles(workspace)
    admin = admin_name(desk, workspace, roles)

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        review = current_review(uow, ticket, version)
        if signoffs_of(uow, review):
            raise Conflict(ALREADY)
        asked = _whom(desk, uow, ticket, review, admin)
        uow.signoffs.ask(workspace, review.subject, asked)
        for each in of_one_person(asked):
            ticket.ask_sign_off(each[0].person, side_of_role(each[0].role), who.id, desk.at(), role_words(each))
        ticket.wait(WaitingFor.SIGN_OFF, who.id, desk.at(), "the sign-offs of the review")
        return [*_requests(desk, uow, ticket, review, asked), _card_now(uow, ticket, review)]

    return change(desk, who, workspace, name, Ability.REVIEW, verb)


def sign(desk: Desk, who: Person, workspace: str, value: str, answer: Answered) -> Ticket:
    """Somebody who was asked answers, or who stands in for them. With the last answer, or a no, comes the verdict.

    Raises NotAllowed, Conflict for an outdated or repeated click, Invalid for a missing reason or condition.
    """
    name, version = ticket_and_version(value)
    names = names_around(desk, workspace, name, [who.id, *(one.owner for one in answer.conditions)])
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        review, asked = _open_for(desk, uow, ticket, version, who)
        said = _said_against(desk, uow, ticket)
        if said and answer.said is Say.YES and not answer.reason.strip():
            raise Conflict(IN_SPITE.format(what="; ".join(said)))
        signature = Signature(answer.said, who.id, desk.at(), answer.reason, answer.conditions, answer.trial_until)
        for one in asked:
            uow.signoffs.answer(workspace, review.subject, one.sign(signature))
        person = asked[0].person
        ticket.sign(person, signature.at, f"{role_words(asked)}: {SAID_WORDS[answer.said]}", who.id)
        words, whole = answer_words(ticket, asked, signature), _asked_of(signoffs_of(uow, review), person)
        posts = [request_done(ticket, review, whole, one, words) for one in dict.fromkeys((person, who.id))]
        result = outcome(signoffs_of(uow, review))
        if result is not Outcome.PENDING:
            review, told = give_verdict(uow, ticket, review.decide(result, signature.at), signature, desk.market, said)
            posts += [*told, record_post(desk, uow, ticket, names, f"{review.version}")]
        settle(uow, ticket, [*posts, _card_now(uow, ticket, review)])
    return ticket


def refreshed_requests(desk: Rulebook, uow: UnitOfWork, ticket: Ticket) -> list[Post]:
    """The questions of those who have not signed yet, with what due diligence says by now."""
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    if not reviews or reviews[-1].is_decided:
        return []
    found = standing_of(desk, uow, ticket)
    receivers = _receivers(desk, uow, ticket, signoffs_of(uow, reviews[-1]))
    waiting = [(each, to) for each, to in receivers if any(one.said is None for one in each)]
    return [request_update(ticket, reviews[-1], each, to, found) for each, to in waiting]


def check_signable(desk: Desk, workspace: str, actor: str, value: str) -> Ticket:
    """The ticket, if this person may sign this version now; raises NotAllowed, Conflict or NotFound."""
    name, version = ticket_and_version(value)
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        _, asked = _open_for(desk, uow, ticket, version, who)
    if asked[0].signature is not None:
        raise Conflict(f"This is answered already: {SAID_WORDS[asked[0].signature.said]}.")
    return ticket


def ticket_and_version(value: str) -> tuple[str, int]:
    """The parts of `IT-12:1`. Raises Conflict for anything else."""
    name, _, version = value.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise Conflict(OLD_BUTTON)
    return name, int(version)


def _open_for(
    desk: Desk, uow: UnitOfWork, ticket: Ticket, version: int, who: Person
) -> tuple[Review, tuple[SignOff, ...]]:
    """The review, and what this person answers at once: the sign-offs of each role they hold, or stand in for."""
    if who.is_guest or who.is_gone:
        raise NotAllowed(GUESTS)
    review = current_review(uow, ticket, version)
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    roles = roles_for(uow, ticket, who.id)
    asked = signoffs_of(uow, review)
    if not asked:
        raise Conflict("The sign-offs are not asked for yet.")
    stands_in_for = lambda person: away.get(person, "")  # noqa: E731
    first = signable(asked, who.id, version, roles, ticket.requester, stands_in_for)
    more = [one for one in _asked_of(asked, first.person) if first.person != who.id or one.role in roles]
    return review, tuple(one for one in more if one.said is first.said)


def _asked_of(signoffs: Sequence[SignOff], person: str) -> tuple[SignOff, ...]:
    return tuple(one for one in signoffs if one.person == person)


def _whom(desk: Desk, uow: UnitOfWork, ticket: Ticket, review: Review, admin: str) -> tuple[SignOff, ...]:
    holders = holders_for(uow, ticket)
    approvers = approvers_for(ticket, review.ruling.approvers)
    asked, missing = asked_of(approvers, holders, ticket.requester, review.version, desk.at())
    if any(one.role is Role.PROJECT_MANAGER for one in missing) and not holders[Role.PROJECT_MANAGER]:
        raise Conflict(NO_MANAGER)
    if missing:
        raise Conflict(missing_words(missing, admin))
    if not asked:
        raise Conflict(NOBODY)
    return asked


def _requests(desk: Desk, uow: UnitOfWork, ticket: Ticket, review: Review, asked: Sequence[SignOff]) -> list[Post]:
    """The question to each signer, and to who stands in for one who is away."""
    found = standing_of(desk, uow, ticket)
    return [request_post(ticket, review, one, to, found) for one, to in _receivers(desk, uow, ticket, asked)]


def _receivers(
    desk: Rulebook, uow: UnitOfWork, ticket: Ticket, asked: Sequence[SignOff]
) -> list[tuple[tuple[SignOff, ...], str]]:
    """What is asked of one person for all their roles, and of whom: them, and who stands in for them."""
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    by_person = [(each, each[0].person) for each in of_one_person(asked)]
    return [(each, to) for each, person in by_person for to in dict.fromkeys((person, away.get(person) or person))]


def _said_against(desk: Desk, uow: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
    """What due diligence has against the tool."""
    found = standing_of(desk, uow, ticket)
    return spoken_against(found) if found else ()


def _card_now(uow: UnitOfWork, ticket: Ticket, review: Review) -> Post:
    holders = holders_for(uow, ticket)
    return review_update(ticket, review, review_card(ticket, review, signoffs_of(uow, review), holders))
