"""The weekly sync, whole: the schedule posts its agenda, people write on it, the next one tells what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.now import utc_now
from tests.e2e.journeys import Journey, button_labels, header, set_up_channel, shown
from tests.support.bot_process import BotProcess
from tests.support.local_slack import IT_MANAGER, LIAISON, MARKETER, MARKETING
from tests.support.past import a_week_passes, sync_is_due
from tests.support.stage import strict_stage
from tests.support.workspace import elements, wait_for

Json = dict[str, Any]
ZONE = ZoneInfo("Europe/Berlin")
NEXT_LOOK_S = 45.0  # the schedule looks every 30 seconds
REACHED_UNDER = "https://liaison.example"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bot") / "liaison.db"


@pytest.fixture(scope="module")
def journey(database: Path) -> Iterator[Journey]:
    with strict_stage() as stage:
        settings = {**stage.proxy.environment(), "PUBLIC_URL": REACHED_UNDER}
        with BotProcess(database.parent, settings) as bot:
            stage.proxy.wait_for_bot()
            journey = Journey(stage, bot)
            set_up_channel(journey)
            yield journey
        assert stage.proxy.violations == []


def test_the_schedule_posts_the_agenda_with_what_people_put_on_it(journey: Journey, database: Path) -> None:
    people = journey.people
    people.say(MARKETER, MARKETING, "we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday")
    journey.card("Klaviyo")
    people.command(MARKETER, MARKETING, "agenda add Who pays for <!channel> the newsletter?")
    journey.whisper(MARKETER, "is on the agenda")
    local = datetime.astimezone(utc_now(), ZONE)
    sync_is_due(database, local.weekday(), local.hour)
    first = agenda(journey, 1)
    assert "Klaviyo" in shown(first)
    assert "Who pays for" in shown(first)
    assert "<!channel>" not in shown(first)


def test_actions_and_decisions_show_on_the_agenda_and_on_the_ticket(journey: Journey) -> None:
    people, first = journey.people, agenda(journey, 1)
    people.click(LIAISON, MARKETING, first["ts"], "New action")
    journey.form("New action")
    assert people.submit(LIAISON, {"what": "Send the list to IT", "owner": MARKETER, "due": "2030-01-04"}) == {}
    journey.reply(first["ts"], "📌")
    people.click(LIAISON, MARKETING, first["ts"], "New action")
    journey.form("New action")
    assert people.submit(LIAISON, {"what": "Ask the vendor", "owner": LIAISON, "ticket": "IT-1"}) == {}
    wait_for(lambda: "Ask the vendor" in shown(agenda(journey, 1)))
    done = next(one for one in buttons(agenda(journey, 1)) if one["action_id"] == "action_done")
    people.press(MARKETER, MARKETING, first["ts"], done)
    wait_for(lambda: "✅ Send the list to IT — done by" in shown(agenda(journey, 1)))
    people.click(LIAISON, MARKETING, first["ts"], "Record a decision")
    journey.form("Record a decision")
    assert people.submit(LIAISON, {"ticket": "IT-1", "what": "Go, on the EU plan", "by": IT_MANAGER}) == {}
    wait_for(lambda: "Decided: Go, on the EU plan" in shown(journey.card("Klaviyo")))
    people.click(MARKETER, MARKETING, first["ts"], "Carry the rest over")
    journey.whisper(MARKETER, "Only the liaison, a manager or an admin")
    people.click(LIAISON, MARKETING, first["ts"], "Carry the rest over")
    wait_for(lambda: "↻ Ask the vendor" in shown(agenda(journey, 1)))


def test_the_next_agenda_tells_what_became_of_each_item(journey: Journey, database: Path) -> None:
    first = agenda(journey, 1)
    a_week_passes(database)
    second = agenda(journey, 2)
    assert "☐ Ask the vendor" in shown(second)
    assert "carried over 1×" in shown(second)
    became = shown(second).partition("What became of last time's items")[2]
    assert "Go, on the EU plan" in became
    assert "Send the list to IT — done by" in became
    wait_for(lambda: button_labels(journey.people.message(MARKETING, first["ts"])) == [])


def test_the_invitation_under_the_agenda_can_be_downloaded_and_none_beside_it(journey: Journey) -> None:
    link = re.search(rf"{REACHED_UNDER}(/agenda/[^|>]+\.ics)", shown(agenda(journey, 2)))
    assert link is not None
    path = link.group(1)
    answer = get(journey, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert b"RRULE:FREQ=WEEKLY" in answer.content
    wrong = path.replace(".ics", "x.ics")
    assert [get(journey, one).status_code for one in (wrong, path.replace(MARKETING, "C0"), "/agenda/x")] == [404] * 3


def agenda(journey: Journey, number: int) -> Json:
    """The first, second … agenda as it stands; waits for the schedule."""

    def found() -> Json:
        return [one for one in journey.people.messages(MARKETING) if "Weekly sync" in header(one)][number - 1]

    return wait_for(found, NEXT_LOOK_S, lambda: journey.bot.said[-2000:])


def buttons(message: Json) -> list[Json]:
    return [element for _, element in elements(message["blocks"])]


def get(journey: Journey, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{journey.bot.port}{path}", timeout=5, trust_env=False)
