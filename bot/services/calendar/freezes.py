"""A freeze stops nothing silently: a campaign that falls into one asks for an exception in its thread, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.absence import away_at
from bot.domain.conflicts import concerns
from bot.domain.events import What
from bot.domain.exemption import Exemption, Standing, is_to_be_asked, window_of
from bot.domain.planned import Planned, PlannedKind
from bot.domain.ticket import Ticket
from bot.messages import Button, Card, Mention, Post, Strong, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.calendar.calendar import granter_of
from bot.services.calendar.calendar_card import when_words
from bot.services.calendar.outlook import campaigns_between, in_calendar
from bot.services.desk import Desk
from bot.services.intake.intake import shorten
from bot.services.notifications import thread_post
from bot.services.tickets.tickets import settle

AHEAD = timedelta(days=400)
GRANT, DECLINE = "exception_grant", "exception_decline"
NAME_MOST = 80
NOBODY = "nobody is named who can grant an exception. An admin can: /itcheck people it manager @name"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A campaign's ticket, by its number, in a freeze; times are told in `zone`."""

    number: int
    campaign: Planned
    freeze: Planned
    zone: ZoneInfo


def look_at_freezes(desk: Desk) -> bool:
    """Ask for every exception that is needed and was not asked for; a campaign a unit of work. Always False."""
    now = desk.at()
    with desk.look() as uow:
        due = [(workspace, one) for workspace in uow.plans.workspaces(now) for one in _due(uow, workspace, now)]
        open_ones = [one for workspace in _workspaces(uow) for one in uow.exemptions.of(workspace)]
    for workspace, meeting in due:
        with desk.unit_of_work() as uow:
            _ask(uow, workspace, meeting, now)
    for exemption in open_ones:
        if exemption.standing is Standing.ASKED:
            with desk.unit_of_work() as uow:
                _end_if_over(uow, exemption, now)
    return False


def in_freezes(uow: UnitOfWork, workspace: str, now: datetime) -> Iterator[Meeting]:
    """The campaigns to come that fall into a freeze, each with each of them."""
    until = now + AHEAD
    freezes = [one for one in uow.plans.between(workspace, now, until) if one.kind is PlannedKind.FREEZE]
    channel = next(iter(uow.workspaces.listening(workspace)), None)
    if not freezes or channel is None:
        return
    sites = uow.sites.of(workspace)
    for ticket in campaigns_between(uow, workspace, now, max(one.end for one in freezes), channel.tz):
        campaign = in_calendar(ticket, sites, channel.tz)
        if campaign is None or campaign.end <= now:
            continue
        for freeze in freezes:
            if campaign.meets(freeze) and concerns(freeze, campaign):
                yield Meeting(ticket.number, campaign, freeze, channel.tz)


def button_value(exemption: Exemption) -> str:
    """What the buttons of a question carry: of another question they are outdated."""
    return f"IT-{exemption.number}|{exemption.freeze}|{_digest(exemption.window, exemption.granter)}"


def answered_posts(ticket: Ticket, exemption: Exemption, words: Text) -> list[Post]:
    """The question as it stands once nothing is to be pressed any more: the same message, without its buttons."""
    key = f"{exemption.post}:{exemption.standing.value}"
    post = thread_post(ticket, key, Card(text=words))
    return [replace(post, key=key, update_of=exemption.post)] if exemption.post else []


def _due(uow: UnitOfWork, workspace: str, now: datetime) -> list[Meeting]:
    roles = uow.workspaces.roles(workspace)
    found = []
    for one in in_freezes(uow, workspace, now):
        granter = granter_of(one.freeze, roles, one.campaign.owner.removeprefix("@"))
        known = uow.exemptions.get(workspace, one.number, one.freeze.key)
        if is_to_be_asked(known, window_of(one.campaign, one.freeze), granter):
            found.append(one)
    return found


def _workspaces(uow: UnitOfWork) -> list[str]:
    return sorted({channel.workspace for channel in uow.workspaces.listening()})


def _ask(uow: UnitOfWork, workspace: str, meeting: Meeting, now: datetime) -> None:
    """Ask in the thread, if that is still to be asked now that the ticket is locked."""
    ticket = uow.tickets.get(workspace, meeting.number)
    campaign = in_calendar(ticket, uow.sites.of(workspace), meeting.zone)
    freeze = uow.plans.get(workspace, meeting.freeze.key)
    if campaign != meeting.campaign or freeze != meeting.freeze:
        return  # it has changed meanwhile: the next look sees how
    granter = granter_of(meeting.freeze, uow.workspaces.roles(workspace), ticket.requester)
    window = window_of(meeting.campaign, meeting.freeze)
    known = uow.exemptions.get(workspace, ticket.number, freeze.key)
    if not is_to_be_asked(known, window, granter):
        return
    key = f"freeze:{freeze.key[:24]}:{_digest(window, granter, now.isoformat())}"
    post = f"{ticket.name}:{key}"
    exemption = Exemption(workspace, ticket.number, freeze.key, freeze.name, window, granter, now, post)
    ticket.note_fact(What.EXCEPTION_ASKED, "", now, f"exception from the freeze {freeze.name}", {"of": granter})
    uow.exemptions.save(exemption)
    stands_in = away_at(uow.absences.of(workspace), now).get(granter, "") if granter else ""
    anew = say("This was asked again below, because something has changed.")
    open_before = known is not None and known.standing is Standing.ASKED
    old = answered_posts(ticket, known.end(now), anew) if known and open_before else []
    card = _question(ticket, exemption, meeting, stands_in)
    settle(uow, ticket, [*old, thread_post(ticket, key, card)])


def _end_if_over(uow: UnitOfWork, seen: Exemption, now: datetime) -> None:
    """Take the question back where the campaign is not in the freeze any more, or is over."""
    meetings = in_freezes(uow, seen.workspace, now)
    if any((one.number, one.freeze.key) == (seen.number, seen.freeze) for one in meetings):
        return
    ticket = uow.tickets.get(seen.workspace, seen.number)
    known = uow.exemptions.get(seen.workspace, seen.number, seen.freeze)
    if known is None or known.standing is not Standing.ASKED:
        return
    uow.exemptions.save(known.end(now))
    name, freeze = Strong(shorten(ticket.title, NAME_MOST)), Strong(shorten(known.name, NAME_MOST))
    words = say("{name} is not in the freeze {freeze} any more: no exception is needed.", name=name, freeze=freeze)
    ticket.note_fact(What.EXCEPTION_DECIDED, "", now, "not needed any more", {"freeze": known.name})
    settle(uow, ticket, answered_posts(ticket, known.end(now), words))


def _question(ticket: Ticket, exemption: Exemption, meeting: Meeting, stands_in: str) -> Card:
    freeze, zone = meeting.freeze, meeting.zone.key
    who: Text = (Mention(exemption.granter), " can grant an exception") if exemption.granter else (NOBODY,)
    if stands_in and stands_in != ticket.requester:
        who = (*who, ", or ", Mention(stands_in), " who stands in")
    text = say(
        "🧊 {requester}, {name} ({when}) falls into the freeze {freeze} ({frozen}{site}). "
        "Nothing stops it by itself: {who}.",
        requester=Mention(ticket.requester),
        name=Strong(shorten(ticket.title, NAME_MOST)),
        when=when_words(meeting.campaign, zone),
        freeze=Strong(shorten(freeze.name, NAME_MOST)),
        frozen=when_words(freeze, zone),
        site=f", {freeze.site}" if freeze.site else ", all sites",
        who=who,
    )
    value = button_value(exemption)
    buttons = (Button("Grant an exception", GRANT, value, Style.PRIMARY), Button("Decline", DECLINE, value))
    note = say("Or move the campaign: press Details on the ticket's card.")
    return Card(text=text, buttons=buttons if exemption.granter else (), note=note)


def _digest(*words: str) -> str:
    return sha256("|".join(words).encode()).hexdigest()[:12]
