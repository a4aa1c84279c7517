"""The SLA report through the strict proxy: a picture in a message, a file, and each of them once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.e2e.journeys import SlackJourney, shown
from tests.support.local_slack import LIAISON, MARKETER, MARKETER_2, MARKETING
from tests.support.strict_slack import DEFAULT_SCOPES, Call, Faults
from tests.support.workspace import wait_for

Json = dict[str, Any]

HISTORY = "conversations.history"


@pytest.fixture(autouse=True)
def _well_again(slack_journey: SlackJourney) -> Iterator[None]:
    yield
    slack_journey.stage.proxy.faults = Faults()
    slack_journey.stage.proxy.scopes = DEFAULT_SCOPES


def test_a_report_has_its_picture_in_place_and_its_figures_as_a_file(slack_journey: SlackJourney) -> None:
    an_answered_ticket(slack_journey)
    slack_journey.people.command(MARKETER, MARKETING, "sla report")
    assert "first answer" in shown(slack_journey.whisper(MARKETER, "SLA report"))
    image = picture_of(wait_for(lambda: report(slack_journey, MARKETER)))
    assert "1 in time" in image["alt_text"]
    assert fetched(image["image_url"]).startswith(b"\x89PNG")
    (shared,) = wait_for(lambda: files(slack_journey, MARKETER))
    told = fetched(shared["files"][0]["permalink"]).decode()
    assert [row["outcome"] for row in csv.DictReader(StringIO(told))] == ["in time", "open"]
    assert shared["files"][0]["title"].startswith("sla-20")


def test_a_picture_that_slack_does_not_know_yet_comes_a_moment_later(slack_journey: SlackJourney) -> None:
    an_answered_ticket(slack_journey, "Asana")
    slack_journey.stage.proxy.faults = Faults(picture_delay=0.5)
    slack_journey.people.command(MARKETER_2, MARKETING, "sla report")
    assert "image_url" in picture_of(wait_for(lambda: report(slack_journey, MARKETER_2), timeout=20))


def test_a_file_whose_answer_was_lost_is_not_sent_twice(slack_journey: SlackJourney) -> None:
    an_answered_ticket(slack_journey, "Airtable")
    proxy = slack_journey.stage.proxy
    proxy.faults = Faults(seed=3, lost=1.0, methods=frozenset({"files.completeUploadExternal"}))
    slack_journey.people.command(LIAISON, MARKETING, "sla report")
    wait_for(lambda: shares(slack_journey), timeout=60)
    proxy.faults = Faults()
    wait_for(lambda: looked_up(slack_journey, slack_journey.people.dm(LIAISON)), timeout=30)
    slack_journey.people.command(LIAISON, MARKETING, "help")
    assert len(files(slack_journey, LIAISON)) == 1
    assert [one.status for one in shares(slack_journey)] == [0]


def test_without_the_scope_for_files_the_words_arrive_and_say_what_the_picture_shows(
    slack_journey: SlackJourney,
) -> None:
    an_answered_ticket(slack_journey, "Figma")
    slack_journey.stage.proxy.scopes = DEFAULT_SCOPES - {"files:write"}
    before = len(reports(slack_journey, MARKETER))
    slack_journey.people.command(MARKETER, MARKETING, "sla report")
    said = wait_for(lambda: reports(slack_journey, MARKETER)[before:])[-1]
    assert picture_of(said) == {}
    assert "by week" in json.dumps(said["blocks"])


def an_answered_ticket(journey: SlackJourney, tool: str = "Klaviyo") -> None:
    said = journey.people.say(MARKETER, MARKETING, f"I just signed up for a trial of {tool} for our surveys")
    journey.card(tool)
    journey.people.say(LIAISON, MARKETING, "Fine with me. Who will have access?", thread_ts=said)
    wait_for(lambda: "First answer" not in shown(journey.card(tool)))


def report(journey: SlackJourney, person: str) -> Json | None:
    found = reports(journey, person)
    return found[-1] if found else None


def reports(journey: SlackJourney, person: str) -> list[Json]:
    return [one for one in journey.people.dms(person) if "📊 SLA report" in json.dumps(one, ensure_ascii=False)]


def files(journey: SlackJourney, person: str) -> list[Json]:
    return [one for one in journey.people.dms(person) if one.get("files")]


def shares(journey: SlackJourney) -> list[Call]:
    """The calls that bring the liaison's file into their conversation."""
    there = journey.people.dm(LIAISON)
    calls = journey.stage.proxy.calls
    return [
        one for one in calls if one.method == "files.completeUploadExternal" and one.args.get("channel_id") == there
    ]


def looked_up(journey: SlackJourney, channel: str) -> bool:
    last = max(one.at for one in shares(journey))
    return any(one.at > last and one.args["channel"] == channel for one in journey.stage.proxy.calls_of(HISTORY))


def picture_of(message: Json | None) -> Json:
    blocks = message["blocks"] if message else []
    return next((block for block in blocks if block["type"] == "image"), {})


def fetched(url: str) -> bytes:
    with build_opener(ProxyHandler({})).open(url) as answer:
        return bytes(answer.read())
