"""Campaigns that came into the calendar by a file: each is offered a ticket, which whoever takes it up asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.domain.catalogue import topic
from bot.domain.errors import Conflict, NotFound
from bot.domain.kinds import CAMPAIGN
from bot.domain.planned import Planned
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Line, Post, Request, Section, Strong, Text, say
from bot.ports import UnitOfWork
from bot.services.agenda.place import channel_for
from bot.services.calendar.calendar import GONE
from bot.services.calendar.calendar_card import person_text, ticket_button, when_words
from bot.services.campaigns.namesakes import same_or_namesake
from bot.services.desk import Desk
from bot.services.intake.intake import shorten

LINES_MOST = 15
NAME_MOST = 60


def offer_tickets(uow: UnitOfWork, workspace: str, added: Sequence[Planned]) -> int:
    """Offer tickets for the campaigns a file added, in one post in the first marketing channel; how many.

    Those of a name and day that have an open ticket are left out. The same campaigns are offered once.
    """
    channels = [one for one in uow.workspaces.listening(workspace) if one.set_up_at is not None]
    if not channels:
        return 0
    channel = channels[0]
    wanted = [one for one in added if _ticket_for(uow, workspace, one, channel) is None]
    if wanted:
        key = f"planned-offer:{sha256('|'.join(one.key for one in wanted).encode()).hexdigest()[:24]}"
        uow.outbox.put([Post(workspace, key, Address(channel.id), _card(wanted, channel), lane=key)])
    return len(wanted)


def known_of(desk: Desk, request: Request) -> Mapping[str, str]:
    """What the calendar knows of a campaign (`request.value`: its key), as answers of the campaign's form.

    Raises NotFound once it is gone, Conflict where a ticket is about it already.
    """
    with desk.look() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        one = uow.plans.get(request.workspace, request.value)
        if one is None:
            raise NotFound(GONE)
        ticket = _ticket_for(uow, request.workspace, one, channel)
    if ticket:
        raise Conflict(f"{ticket} is about it already: /itcheck status {ticket}.")
    start = one.start.astimezone(channel.tz)
    time = "" if one.is_day else f"{start:%H:%M}"
    known = {"name": one.name, "start": start.date().isoformat(), "time": time, "page": one.site}
    return {key: value for key, value in known.items() if value}


def _ticket_for(uow: UnitOfWork, workspace: str, one: Planned, channel: Channel) -> str | None:
    day = one.start.astimezone(channel.tz).date()
    found, _ = same_or_namesake(uow, workspace, CAMPAIGN.key, topic(one.name), day)
    return found.name if found else None


def _card(campaigns: Sequence[Planned], channel: Channel) -> Card:
    lines = [Line(_words(one, channel), ticket_button(one)) for one in campaigns[:LINES_MOST]]
    if len(campaigns) > LINES_MOST:
        lines.append(Line(say("… and {more} more: /itcheck calendar", more=str(len(campaigns) - LINES_MOST))))
    count = "A campaign" if len(campaigns) == 1 else f"{len(campaigns)} campaigns"
    return Card(
        title=f"🗓️ {count} came into the calendar",
        text=say("Shall IT look whether the site will take it? Whoever plans it opens the ticket; its form is filled."),
        sections=(Section("Without a ticket", tuple(lines)),),
    )


def _words(one: Planned, channel: Channel) -> Text:
    owner: Text = (", ", *person_text(one.owner)) if one.owner else ()
    site = f", {one.site}" if one.site else ""
    return say(
        "📣 {name} — {when}{site}{owner}",
        name=Strong(shorten(one.name, NAME_MOST)), when=when_words(one, channel.zone), site=site, owner=owner,
    )  # fmt: skip
