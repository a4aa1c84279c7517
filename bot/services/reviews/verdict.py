"""The verdict on a tool: told in the thread, its conditions kept as actions, all in one unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.catalogue import Decided, Market, Tool, ToolStatus
from bot.domain.money import Money
from bot.domain.review import Review
from bot.domain.signoff import Outcome, Signature
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Line, Mention, Post, Section, Style, say
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.agenda.promises import promise
from bot.services.notifications import thread_post
from bot.services.reviews.review import signoffs_of, take_back
from bot.services.reviews.review_cards import VERDICTS, condition_words
from bot.services.tools.catalogue import INSTEAD, note_verdict

OUTCOME_WORDS = {
    Outcome.APPROVED: "approved",
    Outcome.CONDITIONS: "approved with conditions",
    Outcome.REJECTED: "rejected",
}


def give_verdict(
    uow: UnitOfWork, ticket: Ticket, review: Review, last: Signature, market: Market, against: Sequence[str] = ()
) -> tuple[Review, list[Post]]:
    """What follows from a decided review: on the ticket, in log and catalogue, for owners of conditions; and its posts.

    `last`: the signature it was decided by; `against`: what speaks against the tool all the same. To be called once,
    in the unit of work that stores this signature.
    """
    uow.reviews.save(review)
    posts = take_back(uow, ticket, review, last.by, last.at, OUTCOME_WORDS[review.outcome])
    words = VERDICTS[review.outcome].partition(" ")[2]
    ticket.decide(f"{words}: {last.reason}" if review.outcome is Outcome.REJECTED else words, last.by, last.by, last.at)
    note_verdict(uow, ticket, _as_decided(uow, review, last), market)
    if review.outcome is Outcome.CONDITIONS:
        for sign in dict.fromkeys(one.signature for one in signoffs_of(uow, review) if one.signature):
            posts += promise(uow, ticket, sign.by, sign.conditions, last.at)
    return review, [
        *posts,
        thread_post(ticket, f"verdict:{review.version}", _verdict_card(uow, ticket, review, last, against)),
    ]


def _as_decided(uow: UnitOfWork, review: Review, last: Signature) -> Tool:
    """What the catalogue keeps of a verdict; the name is the ticket's to say."""
    signatures = dict.fromkeys(one.signature for one in signoffs_of(uow, review) if one.signature)
    conditions = [one.what for signature in signatures for one in signature.conditions]
    until = _trial_until(uow, review)
    return Tool(
        "",
        review.asked.category,
        status=_status(review, until),
        trial_until=until,
        yearly=Money(review.asked.amount, review.currency),
        decided=Decided(last.at, last.by, str(review.policy)),
        note=last.reason if review.outcome is Outcome.REJECTED else "; ".join(conditions),
    )


def _status(review: Review, until: date | None) -> ToolStatus:
    if review.outcome is Outcome.REJECTED:
        return ToolStatus.REJECTED
    return ToolStatus.TRIAL if until else ToolStatus.APPROVED


def _trial_until(uow: UnitOfWork, review: Review) -> date | None:
    """The first day at which somebody wants a trial to end; None where nobody said yes to a trial only."""
    signed = [one.signature for one in signoffs_of(uow, review) if one.signature]
    days = [one.trial_until for one in signed if one.trial_until]
    return min(days) if days and review.outcome is not Outcome.REJECTED else None


def _verdict_card(uow: UnitOfWork, ticket: Ticket, review: Review, last: Signature, against: Sequence[str]) -> Card:
    signoffs = signoffs_of(uow, review)
    conditions = tuple(Line(words) for words in condition_words(signoffs))
    text = say(
        "{verdict}: {asker}, “{title}” for {amount} a year was decided.{cost}",
        verdict=VERDICTS[review.outcome],
        asker=Mention(ticket.requester),
        title=ticket.title,
        amount=str(Money(review.asked.amount, review.currency)),
        cost=f" What it really costs: {review.cost}." if review.cost else "",
    )
    instead = ticket.facts.get(INSTEAD, "")
    if instead and review.outcome is not Outcome.REJECTED:
        text += say(" Approved for the same already: {names}.", names=instead)
    until = _trial_until(uow, review)
    if until:
        text += say(" It is a trial until {day}.", day=day_words(until))
    if review.outcome is Outcome.REJECTED:
        text += say(" {who} says why not: {why}", who=Mention(last.by), why=last.reason)
    spite = () if review.outcome is Outcome.REJECTED else tuple(Line((one,)) for one in against)
    sections = (Section("Conditions", conditions), Section("In spite of", spite))
    rejected = review.outcome is Outcome.REJECTED
    plan = () if rejected else (Button("Plan the steps to the launch", "steps", ticket.name, Style.PRIMARY),)
    return Card(text=text, sections=tuple(one for one in sections if one.lines), buttons=plan)
