"""What only Teams brings: killed and lossy connections to its connector, both chats at once, and its own bad input."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.domain.abilities import MEMBERS_ONLY
from tests.e2e.conftest import in_teams
from tests.e2e.journeys import Journey, SlackJourney, button_labels, set_up_channel, shown
from tests.support.bot_process import BotProcess
from tests.support.local_slack import GUEST, LIAISON, MARKETER, MARKETER_2, MARKETING
from tests.support.stage import strict_stage
from tests.support.teams_connector import Fault
from tests.support.teams_stage import TeamsStage, teams_stage
from tests.support.workspace import wait_for

TRIAL = "we signed up for a trial of {} yesterday"
POST = "^POST .*/activities$"


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with in_teams(tmp_path_factory.mktemp("bot")) as journey:
        yield journey


def stage_of(journey: Journey) -> TeamsStage:
    assert isinstance(journey.stage, TeamsStage)
    return journey.stage


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{letter}{letter.lower() * 3}ify" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]]


def told_again(say: Callable[[], object]) -> bool:
    """Whether the bot took it, tried as Teams would, for a while; a killed one takes nothing."""
    for _ in range(40):
        try:
            say()
        except (httpx.TransportError, AssertionError):
            time.sleep(0.2)
        else:
            return True
    return False


def test_lost_answers_and_repeated_deliveries_double_nothing(teams: Journey) -> None:
    stage, wanted = stage_of(teams), names("Lossy", 8)
    source = random.Random(7)
    stage.proxy.connector.faults = [
        *(Fault(POST, after=True) for _ in range(5)),
        *(Fault(POST, 500, after=True) for _ in range(3)),
        *(Fault(POST, 429, {"retry-after": "1"}) for _ in range(3)),
        *(Fault("^PUT ", after=True) for _ in range(3)),
        *(Fault("^GET /graph", 503, {"retry-after": "1"}) for _ in range(2)),
    ]
    source.shuffle(stage.proxy.connector.faults)
    for name in wanted:
        said = stage.workspace.activity(MARKETER, MARKETING, TRIAL.format(name))
        stage.workspace.stand(said)
        for _ in range(source.choice((1, 1, 3))):
            stage.workspace.send(said)
    wait_for(lambda: all(teams.cards(name) for name in wanted), timeout=60, state=teams.texts)
    wait_for(lambda: all("assigned" in shown(card) for name in wanted for card in teams.cards(name)), timeout=30)
    assert [len(teams.cards(name)) for name in wanted] == [1] * len(wanted)
    stage.proxy.connector.faults = []


def test_what_was_acknowledged_has_one_card_after_kills(tmp_path: Path) -> None:
    with teams_stage() as stage:
        bot = BotProcess(tmp_path, stage.proxy.environment(), "run", "--lease", "5")
        with bot:
            stage.proxy.lead_to(bot.port)
            journey = Journey(stage, bot)
            set_up_channel(journey)
            acked = []
            for at, name in enumerate(names("Killed", 6)):
                said = stage.workspace.activity(MARKETER, MARKETING, TRIAL.format(name))
                stage.workspace.stand(said)
                if at == 4:
                    bot.kill()
                    bot.start()
                if told_again(lambda told=said: stage.workspace.send(told)):  # type: ignore[misc]
                    acked.append(name)
                if at == 2:  # killed while it works on what it has just taken
                    bot.kill()
                    bot.start()
            assert len(acked) == 6
            wait_for(lambda: all(journey.cards(name) for name in acked), timeout=60, state=journey.texts)
            wait_for(
                lambda: all("assigned" in shown(card) for name in acked for card in journey.cards(name)), timeout=30
            )
            assert [len(journey.cards(name)) for name in acked] == [1] * len(acked)
        assert stage.proxy.violations == []


def test_one_process_serves_slack_and_teams_and_keeps_them_apart(tmp_path: Path) -> None:
    with strict_stage() as slack, teams_stage() as tenant:
        with BotProcess(tmp_path, tenant.proxy.environment() | slack.proxy.environment()) as bot:
            slack.proxy.wait_for_bot()
            tenant.proxy.lead_to(bot.port)
            there, here = SlackJourney(slack, bot), Journey(tenant, bot)
            for journey in (there, here):
                set_up_channel(journey)
            there.people.say(MARKETER, MARKETING, TRIAL.format("Klaviyo"))
            here.people.say(MARKETER, MARKETING, TRIAL.format("Hotjar"))
            there.card("Klaviyo")
            here.card("Hotjar")
            here.people.command(LIAISON, MARKETING, "list open")
            listed = shown(here.whisper(LIAISON, "Hotjar"))
            assert "Klaviyo" not in listed
            assert not here.cards("Klaviyo")
            assert not there.cards("Hotjar")
        assert slack.proxy.violations == []
        assert tenant.proxy.violations == []


def test_a_button_of_an_older_version_says_so(teams: Journey) -> None:
    people = stage_of(teams).workspace
    people.say(MARKETER, MARKETING, TRIAL.format("Typeform"))
    card = teams.card("Typeform")
    old = {"type": "Action.Execute", "verb": "grab", "data": {"value": "IT-1"}, "title": "Grab"}
    people.press(LIAISON, MARKETING, card["ts"], {"pressed": old})
    teams.whisper(LIAISON, "from an older version")


def test_a_form_sent_twice_is_one_ticket_and_one_nobody_knows_is_refused_kindly(teams: Journey) -> None:
    people = stage_of(teams).workspace
    view = teams.open_by_check(MARKETER, "Mailchimp")
    assert "Mailchimp" in str(view)
    sent = people.dialog_data(view, {"purpose": "newsletters"})
    for _ in range(2):
        people.send_dialog(MARKETER, sent)
    teams.card("Mailchimp")
    people.send_dialog(MARKETER, {"view": "view:nobody knows it", "name": "x"})
    teams.whisper(MARKETER, "not there any more")
    assert len(teams.cards("Mailchimp")) == 1


def test_a_team_that_removed_the_app_is_waited_for_and_goes_on_when_it_is_back(teams: Journey) -> None:
    stage = stage_of(teams)
    people = stage.workspace
    teams.open_by_check(MARKETER, "Trello")
    stage.proxy.connector.world.blocked.add(MARKETING)
    assert people.submit(MARKETER) == {}
    wait_for(lambda: "post_parked" in teams.bot.said, state=lambda: teams.bot.said[-2000:])
    assert not teams.cards("Trello")
    stage.proxy.connector.world.blocked.clear()
    stage.proxy.inject_join(MARKETING, MARKETER)
    assert teams.card("Trello")


def test_somebody_else_may_not_press_what_is_not_theirs(teams: Journey) -> None:
    people = stage_of(teams).workspace
    people.say(MARKETER, MARKETING, TRIAL.format("Zapier"))
    card = teams.card("Zapier")
    people.click(MARKETER_2, MARKETING, card, "Claim")
    teams.whisper(MARKETER_2, "Only the IT side")
    assert "Claim" in button_labels(teams.card("Zapier"))


def test_a_ticket_is_found_and_shared_by_the_search_extension(teams: Journey) -> None:
    people = stage_of(teams).workspace
    people.say(MARKETER, MARKETING, TRIAL.format("Amplitude"))
    teams.card("Amplitude")
    ticket, *others = people.find(MARKETER, "amplitude")
    assert ticket.startswith("IT-")
    assert all("Amplitude" in one for one in (ticket, *others))
    assert people.find(MARKETER, "") != []
    assert people.find(MARKETER, "nothing like it") == []
    assert people.find(GUEST, "amplitude") == [MEMBERS_ONLY]


def test_100_kb_of_text_become_a_ticket_whose_card_fits(teams: Journey) -> None:
    people = stage_of(teams).workspace
    people.say(
        MARKETER, MARKETING, f"<@{people.bot}> we want to buy Airtable, started a trial today. " + "word " * 20_000
    )
    assert "Airtable" in shown(teams.card("Airtable"))


def test_a_report_is_a_picture_and_a_file_behind_addresses_of_ours(teams: Journey) -> None:
    stage = stage_of(teams)
    people = stage.workspace
    people.command(MARKETER, MARKETING, "sla report")
    teams.whisper(MARKETER, "SLA report")
    links = wait_for(lambda: [one for one in people.pages(MARKETER) if ".csv" in one])
    answer = httpx.get(links[0].replace("https://bot.example", f"http://127.0.0.1:{teams.bot.port}"), trust_env=False)
    assert answer.status_code == 200
    assert answer.text.startswith("ticket,")
