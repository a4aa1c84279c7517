"""When something is away for a while: the database, the chat server, our token. Nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.journeys import SlackJourney, set_up_channel, shown
from tests.support.bot_process import BotProcess
from tests.support.local_slack import LIAISON, MARKETER, MARKETING
from tests.support.postgres import Postgres
from tests.support.stage import strict_stage
from tests.support.strict_slack import Faults
from tests.support.workspace import wait_for

TRIAL = "we'd love to try {}, signed up for a trial yesterday"


@pytest.fixture
def outage(tmp_path: Path, postgres: Postgres) -> Iterator[tuple[SlackJourney, Postgres, str]]:
    """A bot on PostgreSQL, so that the database can be taken away."""
    url = postgres.create_database()
    with strict_stage(faults=Faults(ack_timeout=1.5, tries=30, retry_pause=0.5)) as stage:
        environment = {**stage.proxy.environment(), "DATABASE_URL": url}
        with BotProcess(tmp_path, environment) as bot:
            stage.proxy.wait_for_bot()
            journey = SlackJourney(stage, bot)
            set_up_channel(journey)
            yield journey, postgres, url


def test_while_the_database_is_away_nothing_is_acknowledged_and_nothing_is_lost(
    outage: tuple[SlackJourney, Postgres, str],
) -> None:
    journey, postgres, url = outage
    people = journey.people
    postgres.block(url)
    people.say(MARKETER, MARKETING, TRIAL.format("Klaviyo"))
    people.say(MARKETER, MARKETING, TRIAL.format("Hotjar"))
    wait_for(lambda: not journey.bot.is_healthy())
    assert not journey.cards("Klaviyo")
    postgres.unblock(url)
    wait_for(lambda: journey.cards("Klaviyo") and journey.cards("Hotjar"), timeout=30, state=journey.texts)
    assert len(journey.cards("Klaviyo")) == len(journey.cards("Hotjar")) == 1


def test_while_the_chat_server_is_dark_posts_wait_and_arrive_once(outage: tuple[SlackJourney, Postgres, str]) -> None:
    journey, _, _ = outage
    people, proxy = journey.people, journey.stage.proxy
    people.say(MARKETER, MARKETING, TRIAL.format("Mixpanel"))
    card = journey.card("Mixpanel")
    proxy.down = True
    people.say(LIAISON, MARKETING, "have a look at the list first", thread_ts=card["thread_ts"])
    people.say(MARKETER, MARKETING, TRIAL.format("Amplitude"))
    wait_for(lambda: any(call.status == 503 for call in proxy.calls))
    proxy.down = False
    journey.stage.proxy.wait_for_bot(timeout=30)
    wait_for(lambda: journey.cards("Amplitude"), timeout=30)
    wait_for(lambda: "in review" in shown(journey.card("Mixpanel")), timeout=30)
    assert len(journey.cards("Amplitude")) == 1


def test_with_a_revoked_token_work_is_set_aside_and_goes_on_after_a_restart(
    outage: tuple[SlackJourney, Postgres, str],
) -> None:
    journey, _, _ = outage
    people, proxy = journey.people, journey.stage.proxy
    proxy.revoke()
    people.say(MARKETER, MARKETING, TRIAL.format("Segment"))
    wait_for(lambda: "post_parked" in journey.bot.said, state=lambda: journey.bot.said)
    proxy.restore()
    journey.bot.stop()
    journey.bot.start()
    wait_for(lambda: journey.cards("Segment"), timeout=20, state=lambda: journey.bot.said)
    assert len(journey.cards("Segment")) == 1


def test_lost_answers_and_repeated_deliveries_double_nothing(tmp_path: Path) -> None:
    faults = Faults(seed=7, limited=0.05, failed=0.05, lost=0.1, repeated=0.3, retry_after=1)
    with strict_stage() as stage, BotProcess(tmp_path, stage.proxy.environment()) as bot:
        stage.proxy.wait_for_bot()
        journey = SlackJourney(stage, bot)
        set_up_channel(journey)
        stage.proxy.faults = faults
        names = [f"Tool{letter}{letter.lower() * 3}ify" for letter in "ABCDEFGHIJKL"]
        for name in names:
            journey.people.say(MARKETER, MARKETING, f"we signed up for a trial of {name} yesterday")
        wait_for(lambda: all(journey.cards(name) for name in names), timeout=60, state=journey.texts)
        wait_for(lambda: all("assigned" in shown(card) for name in names for card in journey.cards(name)))
        assert [len(journey.cards(name)) for name in names] == [1] * len(names)
        assert stage.proxy.violations == []
