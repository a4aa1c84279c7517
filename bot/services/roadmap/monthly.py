"""The road map review: posted once a month before the first sync, for one person whenever they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.agenda import Slot
from bot.domain.agreed import Agreed, owners_for
from bot.domain.horizon import far_end
from bot.domain.hours import Calendar
from bot.domain.review_slots import latest_review, meeting_after
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_review import RoadMapReview, review, standing
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Post, Request
from bot.ports import TicketFilter, UnitOfWork
from bot.services.agenda.place import channels_with_road_map
from bot.services.campaigns.goal_progress import goal_lines
from bot.services.desk import Desk
from bot.services.pulse.pulse import pulse_lines
from bot.services.roadmap.review_card import Told, review_card
from bot.services.roadmap.roadmap import View, view_of
from bot.services.roadmap.roadmap_signing import pending
from bot.services.roadmap.sponsors import has_left, word_lines
from bot.services.roadmap.stakes import large_tickets
from bot.services.roadmap.surroundings import around

JOB = "roadmap-review"
PEOPLE_MOST = 300

log = structlog.get_logger()


def post_roadmap_reviews(desk: Desk) -> bool:
    """Post what is due, in the first marketing channel of each workspace that has a road map. Always False."""
    now = desk.at()
    for channel, *_ in channels_with_road_map(desk):
        _post_if_due(desk, channel, now)
    return False


def review_now(desk: Desk, request: Request) -> Card:
    """The review as it would be posted now, for the eyes of who asks. Raises Conflict without a marketing channel."""
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
    gone = gone_people(desk, request.workspace, view.road_map)
    with desk.look() as uow:
        return review_card(_told(desk, uow, request.workspace, gone))


def gone_people(desk: Desk, workspace: str, road_map: RoadMap) -> frozenset[str]:
    """Whoever owns or sponsors an open item, or sponsors a large ticket, and has left, as `@ID`. Asks the chat."""
    named = {
        person for one in road_map.items if one.is_open for person in (*one.owners.values(), *one.sponsors.values())
    }
    with desk.look() as uow:
        named |= {f"@{one.ticket.sponsor}" for one in large_tickets(uow, workspace, road_map.currency)} - {"@"}
    ids = sorted(person for person in named if person.startswith("@"))[:PEOPLE_MOST]
    return frozenset(person for person in ids if has_left(desk, workspace, person.removeprefix("@")))


def _post_if_due(desk: Desk, channel: Channel, now: datetime) -> None:
    with desk.look() as uow:
        slot = latest_review(now, channel, _hours(uow, channel, now))
        last = uow.occurrences.last(channel.workspace, JOB)
        is_set_up = channel.set_up_at is not None and channel.set_up_at <= slot.at
        if not is_set_up or (last is not None and last[1] >= slot.at):
            return
        view = view_of(desk, uow, channel.workspace, channel.id)
    gone = gone_people(desk, channel.workspace, view.road_map)
    with desk.unit_of_work() as uow:
        if uow.occurrences.claim(channel.workspace, JOB, slot.name, slot.at):
            _post(desk, uow, channel, slot, gone, now)


def _post(desk: Desk, uow: UnitOfWork, channel: Channel, slot: Slot, gone: frozenset[str], now: datetime) -> None:
    """Put the review of a claimed slot into the outbox; one missed by more than two days is dropped."""
    if slot.is_too_old(now):
        log.warning("roadmap_review_missed", workspace=channel.workspace, slot=slot.name)
        return
    told = replace(_told(desk, uow, channel.workspace, gone, channel), slot=slot, meeting=meeting_after(slot, channel))
    if not told.view.road_map.items:
        return
    kept = RoadMapReview(channel.workspace, channel.id, slot, now, standing(told.view.road_map, told.view.today))
    uow.roadmap_reviews.save(kept)
    uow.outbox.put([Post(channel.workspace, kept.key, Address(channel.id), review_card(told), lane=kept.key)])


def _told(desk: Desk, uow: UnitOfWork, workspace: str, gone: frozenset[str], channel: Channel | None = None) -> Told:
    """Everything a review tells, as it stands."""
    view: View = view_of(desk, uow, workspace, channel.id if channel else "")
    last = uow.roadmap_reviews.last(workspace)
    zone = view.channel.tz
    outside = replace(around(uow, workspace, view.today, far_end(view.today), zone), gone=gone)
    found = review(view.road_map, view.draft.reasons, last.standing if last else {}, outside, view.today)
    numbers = tuple(sorted({one.number for one in found.misalignments if one.number}))
    wanted = TicketFilter(numbers=numbers, limit=max(1, len(numbers)))
    tickets = {one.number: one for one in uow.tickets.search(workspace, wanted)} if numbers else {}
    pulse = pulse_lines(uow, workspace, desk.at(), view.channel)
    goals = goal_lines(uow, view.channel, desk.at())
    since = last.posted_at if last else None
    said = word_lines(uow, workspace, view.road_map, view.today, gone)
    return Told(view, found, since, tickets, pending(uow, workspace), pulse, goals, said)


def _hours(uow: UnitOfWork, channel: Channel, now: datetime) -> Calendar:
    calendars = uow.agreements.calendars(channel.workspace, owners_for(channel.id, ()))
    return Agreed(channel.id, channel.zone, (), tuple(calendars)).hours_for("", now).calendar
