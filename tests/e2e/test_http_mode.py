"""Events over signed HTTP: the main job, and what is refused."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests.e2e.journeys import Journey, set_up_channel
from tests.support.bot_process import BotProcess
from tests.support.local_slack import LIAISON, MARKETER, MARKETING, SIGNING_SECRET
from tests.support.stage import strict_stage
from tests.support.strict_http import sign

JSON = "application/json"
SIX_MINUTES = 360
NUMBERS = count(4711)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with strict_stage(mode="events") as stage:
        data = tmp_path_factory.mktemp("bot")
        with BotProcess(data, stage.proxy.environment(), "run", "--mode", "http") as bot:
            stage.proxy.forward_to = _address(bot)
            journey = Journey(stage, bot)
            set_up_channel(journey)
            yield journey
        assert stage.proxy.violations == []


def test_the_main_job_works_over_http(journey: Journey) -> None:
    people = journey.people
    said = people.say(MARKETER, MARKETING, "we'd love to try Klaviyo, signed up for a trial yesterday")
    card = journey.card("Klaviyo")
    assert card["thread_ts"] == said
    people.click(LIAISON, MARKETING, card["ts"], "Claim")
    journey.reply(said, "has taken this on")
    journey.open_by_check(MARKETER, "Hotjar")
    assert people.submit(MARKETER) == {}
    journey.card("Hotjar")


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("no signature", lambda body: {"content-type": JSON}),
        ("a wrong secret", lambda body: sign("not-the-secret", body, JSON)),
        ("six minutes old", lambda body: sign(SIGNING_SECRET, body, JSON, int(time.time()) - SIX_MINUTES)),
        ("another body's signature", lambda body: sign(SIGNING_SECRET, body + b" ", JSON)),
    ],
)
def test_a_request_that_is_not_slacks_is_refused_and_leaves_nothing(journey: Journey, name: str, headers: Any) -> None:
    body = _message(f"we'd love to try Forged{name.title().replace(' ', '')}, signed up for a trial", "1799999990.0001")
    answer = httpx.post(_address(journey.bot), content=body, headers=headers(body), trust_env=False)
    assert answer.status_code == 401
    _ask_and_wait(journey)
    assert not journey.cards("Forged")


def test_a_replayed_request_is_one_ticket(journey: Journey) -> None:
    body = _message("we'd love to try Intercom, signed up for a trial yesterday", "1799999991.0001")
    headers = sign(SIGNING_SECRET, body, JSON)
    for _ in range(3):
        answer = httpx.post(_address(journey.bot), content=body, headers=headers, trust_env=False)
        assert answer.status_code == 200
    journey.card("Intercom")
    _ask_and_wait(journey)
    assert len(journey.cards("Intercom")) == 1


def test_health_and_metrics_can_be_read(journey: Journey) -> None:
    base = f"http://127.0.0.1:{journey.bot.port}"
    assert httpx.get(f"{base}/health", trust_env=False).text == "ok\n"
    metrics = httpx.get(f"{base}/metrics", trust_env=False).text
    assert "it_liaison_database_up 1.0" in metrics
    assert "it_liaison_inbox_waiting" in metrics


def _ask_and_wait(journey: Journey) -> None:
    """Whatever was let in before this is handled by now."""
    number = f"IT-{next(NUMBERS)}"
    journey.people.command(MARKETER, MARKETING, f"status {number}")
    journey.whisper(MARKETER, f"no ticket {number}")


def _address(bot: BotProcess) -> str:
    return f"http://127.0.0.1:{bot.port}/slack/events"


def _message(text: str, ts: str) -> bytes:
    event = {
        "type": "message",
        "channel": MARKETING,
        "channel_type": "channel",
        "user": MARKETER,
        "text": text,
        "ts": ts,
        "event_ts": ts,
    }
    body = {"type": "event_callback", "team_id": "T01ACME", "api_app_id": "A01APP", "event": event}
    return json.dumps(body | {"event_id": f"Ev{ts}", "event_time": int(float(ts))}).encode()
