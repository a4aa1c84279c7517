"""A kind word in the thread where IT was told of a campaign later than its size asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.events import Event, What
from bot.domain.sla import WORKING_DAY_S
from bot.domain.ticket import Ticket
from bot.messages import Card, Mention, Moment, Post, Strong, say
from bot.services.notifications import thread_post


def short_notices(ticket: Ticket, events: Iterable[Event], zone: str) -> Iterator[Post]:
    """What is said of what has just happened to a ticket: of a start that was told too late, once."""
    for event in events:
        if event.what is What.LATE_ON_ARRIVAL and event.data.get("due"):
            key = f"short-notice:{event.data['cycle']}:{event.data['due']}"
            yield thread_post(ticket, key, _card(ticket, event, zone))


def _card(ticket: Ticket, event: Event, zone: str) -> Card:
    days = round(int(event.data["target"]) / WORKING_DAY_S)
    text = say(
        "⏱️ {requester}, this comes at short notice: for a campaign of this size IT likes to know {days} before, so by "
        "{due}. IT does what it can.",
        requester=Mention(ticket.requester),
        days=Strong(f"{days} working {'day' if days == 1 else 'days'}"),
        due=Moment(datetime.fromisoformat(event.data["due"]), zone),
    )
    return Card(text=text, note=say("Next time tell us as soon as it is an idea: the date can follow."))
