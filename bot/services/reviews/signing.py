"""Sign-offs of a review: asked of whom the policy names, answered once each, with a verdict once all have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.abilities import Ability
from bot.domain.absence import away_at
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.people import ROLE_WORDS, Person, Role
from bot.domain.review import Review
from bot.domain.signoff import (
    Outcome,
    PromisedCondition,
    Say,
    Signature,
    SignOff,
    asked_of,
    outcome,
    side_of_role,
    signable,
)
from bot.domain.ticket import Ticket, WaitingFor
from bot.messages import Post
from bot.ports import UnitOfWork
from bot.services.desk import Desk, Rulebook
from bot.services.diligence.diligence import standing_of
from bot.services.diligence.diligence_words import against
from bot.services.people.holders import holders_for, roles_for
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

    def verb(uow: UnitOfWork, ticket: Ticket) -> Sequence[Post]:
        review = current_review(uow, ticket, version)
        if signoffs_of(uow, review):
            raise Conflict(ALREADY)
        asked = _whom(desk, uow, ticket, review)
        uow.signoffs.ask(workspace, review.subject, asked)
        for one in asked:
            ticket.ask_sign_off(one.person, side_of_role(one.role), who.id, one.asked_at, ROLE_WORDS[one.role])
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
        uow.signoffs.answer(workspace, review.subject, asked.sign(signature))
        ticket.sign(asked.person, signature.at, f"{ROLE_WORDS[asked.role]}: {SAID_WORDS[answer.said]}", who.id)
        words = answer_words(ticket, signature)
        posts = [request_done(ticket, review, asked, one, words) for one in dict.fromkeys((asked.person, who.id))]
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
    waiting = [one for one in signoffs_of(uow, reviews[-1]) if one.said is None]
    receivers = _receivers(desk, uow, ticket, waiting)
    return [request_update(ticket, reviews[-1], one, to, found) for one, to in receivers]


def check_signable(desk: Desk, workspace: str, actor: str, value: str) -> Ticket:
    """The ticket, if this person may sign this version now; raises NotAllowed, Conflict or NotFound."""
    name, version = ticket_and_version(value)
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        ticket = uow.tickets.get(workspace, number_of(name))
        _, asked = _open_for(desk, uow, ticket, version, who)
    if asked.signature is not None:
        raise Conflict(f"This is answered already: {SAID_WORDS[asked.signature.said]}.")
    return ticket


def ticket_and_version(value: str) -> tuple[str, int]:
    """The parts of `IT-12:1`. Raises Conflict for anything else."""
    name, _, version = value.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise Conflict(OLD_BUTTON)
    return name, int(version)


def _open_for(desk: Desk, uow: UnitOfWork, ticket: Ticket, version: int, who: Person) -> tuple[Review, SignOff]:
    """The review, and the sign-off that is this person's to give now."""
    if who.is_guest or who.is_gone:
        raise NotAllowed(GUESTS)
    review = current_review(uow, ticket, version)
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    roles = roles_for(uow, ticket, who.id)
    asked = signoffs_of(uow, review)
    if not asked:
        raise Conflict("The sign-offs are not asked for yet.")
    stands_in_for = lambda person: away.get(person, "")  # noqa: E731
    return review, signable(asked, who.id, version, roles, ticket.requester, stands_in_for)


def _whom(desk: Desk, uow: UnitOfWork, ticket: Ticket, review: Review) -> tuple[SignOff, ...]:
    holders = holders_for(uow, ticket)
    asked, missing = asked_of(review.ruling.approvers, holders, ticket.requester, review.version, desk.at())
    if any(one.role is Role.PROJECT_MANAGER for one in missing) and not holders[Role.PROJECT_MANAGER]:
        raise Conflict(NO_MANAGER)
    if missing:
        raise Conflict(
            " ".join([*(one.words for one in missing), "Nobody was asked yet; then press the button again."])
        )
    if not asked:
        raise Conflict(NOBODY)
    return asked


def _requests(desk: Desk, uow: UnitOfWork, ticket: Ticket, review: Review, asked: Sequence[SignOff]) -> list[Post]:
    """The question to each signer, and to who stands in for one who is away."""
    found = standing_of(desk, uow, ticket)
    return [request_post(ticket, review, one, to, found) for one, to in _receivers(desk, uow, ticket, asked)]


def _receivers(desk: Rulebook, uow: UnitOfWork, ticket: Ticket, asked: Sequence[SignOff]) -> list[tuple[SignOff, str]]:
    away = away_at(uow.absences.of(ticket.workspace), desk.at())
    return [(one, to) for one in asked for to in dict.fromkeys((one.person, away.get(one.person) or one.person))]


def _said_against(desk: Desk, uow: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
    """What knocks the tool out by its answers."""
    found = standing_of(desk, uow, ticket)
    return against(found) if found else ()


def _card_now(uow: UnitOfWork, ticket: Ticket, review: Review) -> Post:
    holders = holders_for(uow, ticket)
    return review_update(ticket, review, review_card(ticket, review, signoffs_of(uow, review), holders))
