"""Things to store: a ticket, a request, a post, with only what a test cares about given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.detection import CampaignFacts, Detection
from bot.domain.people import Side
from bot.domain.sla import Clock, ClockKind
from bot.domain.ticket import Intake, Place, Ticket
from bot.messages import Address, Came, Card, Mention, Post, Request, Strong
from bot.ports import OpenQuestion

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_ticket(**given: Any) -> Ticket:
    """A ticket of workspace T1, opened now by U1 in C1."""
    plain: dict[str, Any] = {
        "workspace": "T1",
        "kind": "new_tool",
        "title": "Canva",
        "requester": "U1",
        "place": Place("C1"),
        "opened_at": NOW,
        "intake": Intake.COMMAND,
    }
    return Ticket(**(plain | given))


def a_request(key: str, **given: Any) -> Request:
    """A message of U1 in C1 of workspace T1."""
    plain: dict[str, Any] = {"workspace": "T1", "platform": "slack", "came": Came.MESSAGE, "actor": "U1", "at": NOW}
    return Request(key=key, **(plain | given))


def a_post(key: str, **given: Any) -> Post:
    """A post to C1 of workspace T1, in a lane of its own."""
    card = Card(title="A ticket", text=("Hello ", Mention("U1"), Strong("!")))
    plain: dict[str, Any] = {"workspace": "T1", "to": Address("C1"), "card": card, "lane": f"lane of {key}"}
    return Post(key=key, **(plain | given))


def a_question(**given: Any) -> OpenQuestion:
    """A question to U1 whether a message was about a new tool."""
    plain: dict[str, Any] = {
        "workspace": "T1",
        "id": "Q1",
        "person": "U1",
        "topic": "canva",
        "request": a_request("m1", text="We bought Canva", conversation="C1", message="1.1", values={"a": "b"}),
        "detection": a_detection(),
        "asked_at": NOW,
    }
    return OpenQuestion(**(plain | given))


def a_detection() -> Detection:
    """A new tool with a campaign."""
    campaign = CampaignFacts("Black Friday", "friday", date(2026, 11, 27), 5000, "5k", ("email",))
    return Detection(("new_tool",), ("Canva",), campaign, {"new_tool": 0.9, "campaign": 0.25}, ("bought",))


def a_clock(at: datetime = NOW, kind: ClockKind = ClockKind.RESOLUTION) -> Clock:
    """A clock of an hour, owed by IT."""
    return Clock.start(kind, Side.IT, 3600, at)
