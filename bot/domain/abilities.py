"""Who may do what with a ticket, as one table. Checked at the click, never only when a card is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.people import Role, Side, side_of
from bot.domain.ticket import Ticket


class Ability(StrEnum):
    """What can be done with a ticket by a person."""

    CLAIM = "claim"
    ANSWER = "answer"
    WAIT = "wait"
    RESOLVE = "resolve"
    REASSIGN = "reassign"
    NOTE = "note"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    DISMISS = "dismiss"
    REVISE = "revise"
    MERGE = "merge"
    REVIEW = "review"
    INFORM = "inform"
    COST = "cost"
    COST_FIGURES = "cost_figures"
    RECORD = "record"
    SPONSOR = "sponsor"


IT_ONLY = "Only the IT side can do that. If you need something here, answer in the thread or press Escalate."
CONCERNED_ONLY = "Only the person who asked, or the IT side, can do that."
MEMBERS_ONLY = "Guests can't do that. Please ask the colleague you work with."


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has an ability: the IT side always; the requester or any member where it says so."""

    requester: bool = False
    members: bool = False


RULES: dict[Ability, Rule] = {
    Ability.CLAIM: Rule(),
    Ability.ANSWER: Rule(),
    Ability.WAIT: Rule(),
    Ability.RESOLVE: Rule(),
    Ability.REASSIGN: Rule(),
    Ability.NOTE: Rule(),
    Ability.REOPEN: Rule(requester=True),
    Ability.ESCALATE: Rule(requester=True, members=True),
    Ability.DISMISS: Rule(requester=True),
    Ability.REVISE: Rule(requester=True),
    Ability.MERGE: Rule(),
    Ability.REVIEW: Rule(),
    Ability.INFORM: Rule(requester=True),
    Ability.COST: Rule(requester=True),
    Ability.COST_FIGURES: Rule(),
    Ability.RECORD: Rule(requester=True, members=True),
    Ability.SPONSOR: Rule(requester=True, members=True),
}


def is_of_it(ticket: Ticket, person: str, roles: Iterable[Role]) -> bool:
    """True if the person acts for IT on this ticket: by a role, or because it is assigned to them."""
    return side_of(roles) is Side.IT or (bool(ticket.liaison) and ticket.liaison == person)


def require(ability: Ability, ticket: Ticket, person: str, roles: Iterable[Role], *, is_guest: bool = False) -> None:
    """Return if `person` may do it; raise NotAllowed with words that say who may otherwise."""
    rule = RULES[ability]
    if is_of_it(ticket, person, roles):
        return
    if rule.requester and person in {ticket.requester, *ticket.followers}:
        return
    if rule.members:
        if is_guest:
            raise NotAllowed(MEMBERS_ONLY)
        return
    raise NotAllowed(CONCERNED_ONLY if rule.requester else IT_ONLY)
