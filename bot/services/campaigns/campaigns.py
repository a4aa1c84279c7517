"""The campaigns of a workspace, and what is known of the site each leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.domain.campaign import Campaign, beside, campaign_of, lacking
from bot.domain.campaign_words import host_of
from bot.domain.capacity import Capacity, latest
from bot.domain.kinds import CAMPAIGN
from bot.domain.readiness import Readiness, Weighed, weigh
from bot.domain.sharpening import Lesson, lessons_in, sharpen
from bot.domain.sites import KnownSite, site_called
from bot.domain.ticket import State, Ticket
from bot.ports import TicketFilter, UnitOfWork
from bot.services.sla.sla import channel_of

LONGEST = timedelta(days=15)  # a week of sending and a week of answers: who began earlier is over
MOST = 500
UNKNOWN = KnownSite("unknown.invalid")  # with the usual figures, where nobody said which site it is


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What answers on campaigns of a workspace are taken from: read once for all of them. `by_site`: by their host;
    `zones`: of the conversations they are talked about in; `lessons`: of look backs.
    """

    by_site: Mapping[str, tuple[Campaign, ...]]
    sites: tuple[KnownSite, ...]
    records: tuple[Capacity, ...]
    today: date
    zones: Mapping[str, str]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One campaign with its site. Without `campaign`, `lacks` names the facts to ask for; `expired` is the newest
    record where none counts any more; `others` bring visitors to the site in the same hours.
    """

    lacks: tuple[str, ...]
    page: str
    campaign: Campaign | None = None
    site: KnownSite | None = None
    record: Capacity | None = None
    expired: Capacity | None = None
    others: tuple[Campaign, ...] = ()

    @property
    def inputs(self) -> str:
        """The same for the same plan, another for another."""
        own = self.campaign.digest if self.campaign else ""
        parts = (self.lacks, self.page, own, self.site, self.record, self.expired, [one.digest for one in self.others])
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    def weighed(self) -> Weighed | None:
        """What a forecast says of it, on a site as usual where nobody told of it; None as long as facts lack."""
        if self.campaign is None:
            return None
        site = self.site or KnownSite(host_of(self.page) or UNKNOWN.host)
        return _weighed(self.campaign, self.others, site, self.record)


def surroundings(uow: UnitOfWork, workspace: str, at: datetime) -> Surroundings:
    """What is known now."""
    sites, by_site = tuple(uow.sites.of(workspace)), dict[str, tuple[Campaign, ...]]()
    zones: dict[str, str] = {}
    answers = uow.readiness.of(workspace)
    for campaign in _campaigns(uow, workspace, at, answers, zones):
        site = site_called(sites, campaign.page)
        if site is not None:
            by_site[site.host] = (*by_site.get(site.host, ()), campaign)
    return Surroundings(by_site, sites, tuple(uow.sites.measured(workspace)), at.date(), zones, lessons_in(answers))


def campaigns_from(uow: UnitOfWork, workspace: str, at: datetime) -> list[Campaign]:
    """The campaigns that still bring visitors at a time or later, by their start; those called off left out.

    Closed tickets count too: the ticket is settled, the campaign goes on.
    """
    return _campaigns(uow, workspace, at, uow.readiness.of(workspace), {})


def plan_of(uow: UnitOfWork, ticket: Ticket, around: Surroundings) -> Plan:
    """What a ticket's campaign comes to."""
    page = ticket.facts.get("page", "")
    site = site_called(around.sites, page)
    campaign = campaign_of(ticket, around.zones.get(ticket.place.conversation) or channel_of(uow, ticket).zone)
    campaign = sharpen(campaign, around.lessons) if campaign else None
    if campaign is None or site is None:
        return Plan(lacking(ticket.facts), page, campaign, site)
    record = latest(around.records, site.host, around.today)
    expired = None if record else _newest(around.records, site.host)
    others = beside(campaign, around.by_site.get(site.host, ()))
    return Plan((), page, campaign, site, record, expired, others)


def _campaigns(
    uow: UnitOfWork, workspace: str, at: datetime, answers: Sequence[Readiness], zones: dict[str, str]
) -> list[Campaign]:
    """As campaigns_from; `zones` takes up those of the conversations."""
    wanted = TicketFilter(kind=CAMPAIGN.key, starts_from=(at - LONGEST).date(), limit=MOST)
    off = {one.number for one in answers if one.is_off}
    going = [one for one in uow.tickets.search(workspace, wanted) if one.state is not State.WITHDRAWN]
    for one in going:
        if one.place.conversation not in zones:
            zones[one.place.conversation] = channel_of(uow, one).zone
    lessons = lessons_in(answers)
    found = [campaign_of(one, zones[one.place.conversation]) for one in going if one.number not in off]
    going_on = (sharpen(one, lessons) for one in found if one and one.ends > at)
    return sorted(going_on, key=lambda one: (one.start, one.number))


@lru_cache(maxsize=64)
def _weighed(campaign: Campaign, others: tuple[Campaign, ...], site: KnownSite, record: Capacity | None) -> Weighed:
    """A decision and a sign-off show again what was worked out for the answer."""
    asked = site.with_capacity(record)
    return weigh(campaign, others, replace(asked, name="The site") if site == UNKNOWN else asked, record)


def _newest(records: Sequence[Capacity], host: str) -> Capacity | None:
    own = [one for one in records if one.site == host]
    return max(own, key=lambda one: one.measured_on, default=None)
