"""How a tool stands in due diligence: its questions, the answers there are, what they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.answers import Given, Standing, newest, standing
from bot.domain.catalogue import Market, domain, spellings, topic
from bot.domain.diligence import Answer, Level, Tier, tier_of
from bot.domain.errors import Conflict
from bot.domain.kinds import NEW_TOOL
from bot.domain.policy import DataClass
from bot.domain.ticket import Ticket
from bot.ports import UnitOfWork
from bot.services.desk import Rulebook
from bot.services.diligence.diligence_words import Summary, summarised
from bot.services.diligence.own_questions import questions_of
from bot.services.reviews.policies import policy_in_force
from bot.services.reviews.review_form import SAID_OF_DATA, require_tool
from bot.services.tools.catalogue import find_tool

CUSTOMER_DATA = "customer_data"  # the question that leads to those about privacy
SAID_YES = frozenset({Level.YES, Level.PARTLY, Level.EVIDENCED})
NO_QUESTIONS = "There are no questions or no policy yet, so there is nothing to answer."


def standing_of(
    desk: Rulebook, uow: UnitOfWork, ticket: Ticket, seen: int | None = None, at: datetime | None = None
) -> Standing | None:
    """How a ticket's tool stands now, or stood `at` a moment; None for no tool, or without questions or policy.

    `seen`: as it stood when the ticket had so many answers.
    """
    policy = policy_in_force(desk, uow, ticket.workspace)
    if ticket.kind != NEW_TOOL.key or not desk.questions or policy is None:
        return None
    moment = at or desk.at()
    own = [one for one in uow.answers.of(ticket.workspace, ticket.number)[:seen] if one.at <= moment]
    others = uow.answers.about(ticket.workspace, vendor_of(uow, ticket, desk.market), ticket.number)
    earlier = [one for one in others if one.at <= moment]
    sees_data = _sees_data(own)
    tier, disputes = _tier(uow, ticket, sees_data=sees_data), sees_data and _is_reviewed_without(uow, ticket)
    questions = questions_of(desk, uow, ticket.workspace, moment)
    found = standing(ticket.number, questions, tier, own, earlier, policy.criteria, moment.date())
    return replace(found, disputes_review=disputes)


def require_standing(desk: Rulebook, uow: UnitOfWork, ticket: Ticket) -> Standing:
    """The same; raises Conflict where there is none."""
    require_tool(ticket)
    found = standing_of(desk, uow, ticket)
    if found is None:
        raise Conflict(NO_QUESTIONS)
    return found


def summary(desk: Rulebook, uow: UnitOfWork, ticket: Ticket) -> Summary | None:
    """How a ticket's tool stands, in plain words for a record; None where due diligence says nothing.

    Once its review is decided, as it stood then: what is answered later changes no record.
    """
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    found = standing_of(desk, uow, ticket, at=reviews[-1].decided_at if reviews else None)
    return summarised(found) if found else None


def known(found: Standing) -> Mapping[str, Answer]:
    """The answers there are, by question; without those that have grown too old."""
    stale = {one.key for one in found.stale}
    return {key: given.answer for key, given in found.answers.items() if key not in stale}


def vendor_of(uow: UnitOfWork, ticket: Ticket, market: Market) -> str:
    """Whose tool a ticket is about: the key of its website, which tools of one vendor share; else its topic."""
    key = topic(ticket.title)
    found = [one for one in (find_tool(uow, ticket.workspace, ticket.title), market(ticket.title)) if one]
    sites = [domain(one.website) for one in found if key in spellings(one)]
    site = next(filter(None, sites), "")
    return topic(site) if site else ticket.topic


def _sees_data(own: Sequence[Given]) -> bool:
    """Whether the requester says that the tool sees customers' data."""
    said = newest(own).get(CUSTOMER_DATA)
    return said is not None and said.answer.level in SAID_YES


def _is_reviewed_without(uow: UnitOfWork, ticket: Ticket) -> bool:
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    return bool(reviews) and reviews[-1].asked.data in {DataClass.NONE, DataClass.STAFF}


def _tier(uow: UnitOfWork, ticket: Ticket, *, sees_data: bool) -> Tier:
    """What is at stake by the newest review; before there is one, by what was said about customer data."""
    reviews = uow.reviews.of(ticket.workspace, ticket.number)
    said = SAID_OF_DATA.get(ticket.facts.get("data", ""))
    least = Tier.MEDIUM if sees_data else Tier.LOW
    if reviews:
        return max(least, tier_of(reviews[-1].asked, reviews[-1].ruling.lane))
    return least if said is DataClass.NONE else Tier.MEDIUM
