"""What the strict proxy brings to a bot, tried with a real Bolt app over Socket Mode and over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.echo_bot import EchoBot
from tests.support.local_slack import LIAISON, MARKETER, MARKETING
from tests.support.stage import Stage, strict_stage
from tests.support.strict_slack import DEFAULT_SCOPES, Faults
from tests.support.workspace import wait_for

Json = dict[str, Any]
Play = tuple[Stage, EchoBot]

NEW_CHANNEL = "C04NEW"


@pytest.fixture(scope="module")
def by_socket() -> Iterator[Play]:
    extra = [{"id": NEW_CHANNEL, "name": "new-launch", "members": [MARKETER, "U0BOT"]}]
    with (
        strict_stage(extra_channels=extra, removed=[NEW_CHANNEL]) as stage,
        EchoBot(stage.proxy.environment()) as bot,
    ):
        yield stage, bot


@pytest.fixture(scope="module")
def by_http() -> Iterator[Play]:
    with strict_stage("events") as stage, EchoBot(stage.proxy.environment(), http=True) as bot:
        stage.proxy.forward_to = bot.url
        yield stage, bot


@pytest.fixture(params=["by_socket", "by_http"])
def either(request: pytest.FixtureRequest) -> Iterator[Play]:
    yield from _cleaned(request.getfixturevalue(request.param))


@pytest.fixture
def socket(by_socket: Play) -> Iterator[Play]:
    yield from _cleaned(by_socket)


def test_a_message_is_answered_in_its_thread_and_acknowledged_in_time(either: Play) -> None:
    stage, _ = either
    asked = stage.workspace.say(MARKETER, MARKETING, "hello")
    assert _replies(stage, asked)[0]["text"] == "echo: hello"
    assert max(stage.proxy.ack_times()) < 3
    assert stage.proxy.deliveries[-1].payload["event"]["ts"] == asked
    assert stage.proxy.deliveries[-1].key in stage.proxy.acked()


def test_a_command_a_form_and_a_click_go_through(either: Play) -> None:
    stage, _ = either
    people = stage.workspace
    people.command(MARKETER, MARKETING, "ping")
    assert people.ephemerals(MARKETING, MARKETER)[-1]["text"] == "pong"
    people.command(MARKETER, MARKETING, "form")
    people.wait_for(lambda: len((people.modal() or {"blocks": []})["blocks"]) == 2)
    assert people.submit(MARKETER, {"Tool": "bad", "Need": "a"}) == {"tool": "Not this one."}
    assert people.submit(MARKETER, {}) == {"need": "Please complete this required field."}
    assert people.submit(MARKETER, {"Need": "B"}) == {}
    people.wait_for(lambda: people.dms(MARKETER)[-1]["text"] == "Klaviyo b")
    card = _replies(stage, people.say(MARKETER, MARKETING, "a card"))[0]
    people.click(LIAISON, MARKETING, card, "Claim")
    people.wait_for(lambda: people.message(MARKETING, card["ts"])["text"] == f"claimed by {LIAISON}")
    assert stage.proxy.violations == []


def test_untouched_fields_can_stay_out_as_on_the_servers_own_page(socket: Play) -> None:
    stage, _ = socket
    stage.workspace.command(MARKETER, MARKETING, "form")
    stage.workspace.wait_for(lambda: len((stage.workspace.modal() or {"blocks": []})["blocks"]) == 2)
    assert stage.workspace.submit(MARKETER, {"tool": "Hotjar"}, untouched=False) == {}
    stage.workspace.wait_for(lambda: stage.workspace.dms(MARKETER)[-1]["text"] == "Hotjar None")


def test_a_trigger_is_too_old_after_its_time(socket: Play) -> None:
    stage, _ = socket
    stage.proxy.faults = Faults(trigger_age=0.1)
    stage.workspace.command(MARKETER, MARKETING, "form 0.2")
    wait_for(lambda: _errors(stage, "views.open") == ["expired_trigger_id"])


def test_a_trigger_opens_one_view_only(socket: Play) -> None:
    stage, _ = socket
    stage.proxy.faults = Faults(repeated=1.0, repeated_kinds=frozenset({"slash_commands"}))
    stage.workspace.command(MARKETER, MARKETING, "form")
    wait_for(lambda: _errors(stage, "views.open")[-1:] == ["exchanged_trigger_id"])


def test_a_click_on_a_whisper_or_in_the_home_looks_as_in_slack(socket: Play) -> None:
    stage, bot = socket
    people = stage.workspace
    people.command(MARKETER, MARKETING, "whisper")
    whisper = people.wait_for(lambda: [one for one in people.ephemerals(MARKETING, MARKETER) if "blocks" in one])
    people.click(MARKETER, MARKETING, whisper[-1], "claim")
    seen = bot.of_type("block_actions")[-1]
    assert seen["container"]["is_ephemeral"] is True and "message" not in seen
    people.open_home(MARKETER)
    people.wait_for(lambda: people.home(MARKETER))
    people.click_home(MARKETER, "Claim")
    wait_for(lambda: bot.of_type("block_actions")[-1]["container"]["type"] == "view")
    assert "channel" not in bot.of_type("block_actions")[-1]


def test_a_response_url_takes_five_answers_and_shows_them_to_one_person(socket: Play) -> None:
    stage, _ = socket
    stage.workspace.command(MARKETER, MARKETING, "often 6")
    wait_for(lambda: _errors(stage, "response_url") == ["used_url"])
    heard = [one["text"] for one in stage.workspace.ephemerals(MARKETING, MARKETER)]
    assert heard[-5:] == [f"answer {number}" for number in range(5)]


def test_a_shortcut_a_join_and_a_command_can_be_injected(either: Play) -> None:
    stage, bot = either
    people = stage.workspace
    ts = people.say(MARKETER, MARKETING, "about this")
    stage.proxy.wait_acked(stage.proxy.inject_shortcut(LIAISON, MARKETING, ts, "ticket"))
    people.wait_for(lambda: people.ephemerals(MARKETING, LIAISON)[-1]["text"] == "shortcut on about this")
    stage.proxy.wait_acked(stage.proxy.inject_command(LIAISON, MARKETING, "ping"))
    assert bot.of_type("/itcheck")[-1]["user_id"] == LIAISON


def test_the_bot_hears_of_a_channel_once_it_is_invited(socket: Play) -> None:
    stage, bot = socket
    stage.workspace.say(MARKETER, NEW_CHANNEL, "not yet")
    stage.proxy.wait_acked(stage.proxy.inject_join(NEW_CHANNEL, MARKETER))
    stage.workspace.wait_for(lambda: stage.workspace.messages(NEW_CHANNEL)[-1]["text"] == f"hello from {MARKETER}")
    assert "not yet" not in [body["event"].get("text") for body in bot.of_type("message")]


def test_an_event_without_its_scope_does_not_arrive(socket: Play) -> None:
    stage, _ = socket
    stage.proxy.scopes = DEFAULT_SCOPES - {"channels:history"}
    asked = stage.workspace.say(MARKETER, MARKETING, "unheard")
    wait_for(lambda: stage.proxy.withheld[-1]["event"]["ts"] == asked)


def test_what_is_not_acknowledged_in_time_comes_again(either: Play) -> None:
    stage, bot = either
    stage.proxy.faults = Faults(ack_timeout=0.2, retry_pause=0.05, tries=3)
    bot.deaf = 0.5
    asked = stage.workspace.say(MARKETER, MARKETING, "are you there")
    wait_for(lambda: len(_heard(bot, asked)) >= 2)
    bot.deaf = 0.0
    assert len({body["event_id"] for body in _heard(bot, asked)}) == 1


def test_a_delivery_can_be_repeated_although_it_was_acknowledged(either: Play) -> None:
    stage, bot = either
    stage.proxy.faults = Faults(repeated=1.0)
    asked = stage.workspace.say(MARKETER, MARKETING, "once or twice")
    wait_for(lambda: len(_heard(bot, asked)) == 2)


def test_after_a_cut_the_bot_comes_back_and_gets_what_it_missed(socket: Play) -> None:
    stage, _ = socket
    assert stage.proxy.cut_sockets() == 1
    asked = stage.workspace.say(MARKETER, MARKETING, "while you were away")
    assert _replies(stage, asked, timeout=15)[0]["text"] == "echo: while you were away"


def test_a_bot_that_is_asked_to_connect_anew_does(socket: Play) -> None:
    stage, _ = socket
    opened = len(stage.proxy.calls_of("apps.connections.open"))
    stage.proxy.disconnect(grace=0.1)
    wait_for(lambda: len(stage.proxy.calls_of("apps.connections.open")) > opened)
    stage.proxy.wait_for_bot()


def test_after_darkness_what_was_said_arrives_over_http_too(by_http: Play) -> None:
    stage, _ = by_http
    stage.proxy.down = True
    asked = stage.workspace.say(MARKETER, MARKETING, "in the dark")
    began = time.monotonic()
    stage.proxy.down = False
    assert _replies(stage, asked)[0]["text"] == "echo: in the dark"
    assert time.monotonic() - began < 20


def test_a_bot_that_does_not_answer_at_all_leaves_the_form_open(socket: Play) -> None:
    stage, _ = socket
    stage.workspace.command(MARKETER, MARKETING, "form")
    stage.workspace.wait_for(lambda: len((stage.workspace.modal() or {"blocks": []})["blocks"]) == 2)
    stage.proxy.faults = Faults(ack_timeout=0.0)
    answer = stage.workspace.submit(MARKETER, {"Tool": "Hotjar", "Need": "A"})
    assert "trouble connecting" in answer["_"]
    stage.workspace.cancel(MARKETER)


def _cleaned(play: Play) -> Iterator[Play]:
    yield play
    play[0].proxy.faults, play[0].proxy.scopes, play[1].deaf = Faults(), DEFAULT_SCOPES, 0.0


def _replies(stage: Stage, ts: str, timeout: float = 10) -> list[Json]:
    return stage.workspace.wait_for(lambda: stage.workspace.messages(MARKETING, ts)[1:], timeout)


def _errors(stage: Stage, method: str) -> list[str]:
    return [call.answer["error"] for call in stage.proxy.calls if call.method == method and "error" in call.answer]


def _heard(bot: EchoBot, ts: str) -> list[Json]:
    return [body for body in bot.of_type("message") if body["event"]["ts"] == ts]
