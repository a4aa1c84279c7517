"""From an invitation to a marketing channel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.journeys import Journey, shown
from tests.support.bot_process import BotProcess
from tests.support.local_slack import (
    BOT,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETER_2,
    MARKETING,
    MARKETING_MANAGER,
)
from tests.support.stage import strict_stage
from tests.support.workspace import wait_for

EVENTS = "C05EVT"
CHANNEL = {
    "id": EVENTS,
    "name": "events",
    "members": [MARKETER, MARKETER_2, LIAISON, IT_MANAGER, MARKETING_MANAGER, BOT],
}
AGREED = {"liaison": LIAISON, "it_manager": IT_MANAGER, "marketing_manager": MARKETING_MANAGER, "zone": "Europe/Berlin"}


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    """Nothing is set up yet, and the bot is not in #events."""
    with strict_stage(extra_channels=[CHANNEL], removed=[EVENTS]) as stage:
        with BotProcess(tmp_path, stage.proxy.environment()) as bot:
            stage.proxy.wait_for_bot()
            yield Journey(stage, bot)
        assert stage.proxy.violations == []


def test_who_invites_the_bot_is_offered_the_set_up_and_becomes_its_admin(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, MARKETING, "ask is anybody there?")
    journey.whisper(MARKETER, "no marketing channel set up yet")
    journey.stage.proxy.inject_join(EVENTS, MARKETER_2)
    offer = journey.direct(MARKETER_2, "Shall I listen there")
    people.click(MARKETER_2, people.dm(MARKETER_2), offer, "Set up #events")
    journey.form("Set up")
    errors = people.submit(MARKETER_2, AGREED | {"zone": "Europe/Berln"})
    assert "Did you mean Europe/Berlin?" in errors["zone"]
    errors = people.submit(MARKETER_2, AGREED | {"marketing_manager": IT_MANAGER})
    assert "both sides" in errors["marketing_manager"]
    assert people.submit(MARKETER_2, AGREED) == {}
    wait_for(lambda: any("IT liaison of this channel" in text for text in journey.texts(EVENTS)))
    people.say(MARKETER, EVENTS, "we'd love to try Eventbrite, signed up for a trial yesterday")
    journey.card("Eventbrite", EVENTS)
    people.command(MARKETER, EVENTS, "setup")
    journey.no_form(MARKETER, "Only an admin")


def test_a_guest_cannot_set_anything_up(journey: Journey) -> None:
    people = journey.people
    people.command(GUEST, MARKETING, "setup")
    journey.no_form(GUEST, "Only an admin")


def test_asking_to_be_set_up_in_a_direct_message_says_where_to_go(journey: Journey) -> None:
    people = journey.people
    people.command(MARKETER, people.dm(MARKETER), "setup")
    journey.no_form(MARKETER, "in the channel it is for", people.dm(MARKETER))
    people.say_dm(MARKETER, "hello")
    assert "/itcheck new-tool" in shown(journey.direct(MARKETER, "What you can type"))
