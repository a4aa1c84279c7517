"""The strict proxy does what Slack does and local-slack does not, tried with slack_sdk on the real server."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.support.local_slack import (
    ADMIN,
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    GUEST,
    IT_PRIVATE,
    LIAISON,
    MARKETER,
    MARKETING,
    NO_BOT,
)
from tests.support.stage import Stage, strict_stage
from tests.support.strict_slack import DEFAULT_SCOPES, Faults

Json = dict[str, Any]


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with strict_stage() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Iterator[Stage]:
    yield running
    running.proxy.faults, running.proxy.scopes = Faults(), DEFAULT_SCOPES
    running.proxy.restore()


@pytest.fixture
def client(stage: Stage) -> WebClient:
    return WebClient(BOT_TOKEN, base_url=stage.proxy.api_url, retry_handlers=[])


def error(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


@pytest.mark.parametrize(
    ("token", "said"),
    [("xoxb-wrong", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type"), (None, "not_authed")],
)
def test_a_wrong_token_is_refused(stage: Stage, token: str | None, said: str) -> None:
    head = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(f"{stage.proxy.api_url}auth.test", headers=head)
    assert answer.json() == {"ok": False, "error": said}


def test_a_revoked_token_is_refused_until_it_is_restored(stage: Stage, client: WebClient) -> None:
    stage.proxy.revoke()
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert error(caught) == "token_revoked"
    stage.proxy.restore()
    assert client.auth_test()["user_id"] == BOT


def test_a_missing_scope_is_named(stage: Stage, client: WebClient) -> None:
    stage.proxy.scopes = DEFAULT_SCOPES - {"groups:read"}
    with pytest.raises(SlackApiError) as caught:
        client.conversations_info(channel=IT_PRIVATE)
    assert caught.value.response["needed"] == "groups:read"
    assert "chat:write" in caught.value.response["provided"]
    assert client.conversations_info(channel=MARKETING)["ok"]


def test_the_scopes_stand_in_the_header_of_an_answer(client: WebClient) -> None:
    assert "chat:write" in client.auth_test().headers["X-OAuth-Scopes"].split(",")


def test_an_email_address_is_shown_only_with_its_scope(stage: Stage, client: WebClient) -> None:
    assert client.users_info(user=MARKETER)["user"]["profile"]["email"] == "marketer@acme.example"
    stage.proxy.scopes = DEFAULT_SCOPES - {"users:read.email"}
    assert "email" not in client.users_info(user=MARKETER)["user"]["profile"]


def test_admins_and_guests_are_known_as_such(client: WebClient) -> None:
    assert client.users_info(user=ADMIN)["user"]["is_admin"] is True
    assert client.users_info(user=GUEST)["user"]["is_restricted"] is True
    assert client.users_info(user=MARKETER)["user"]["is_admin"] is False


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([section("x")] * 51, "no more than 50 items"),
        ([section("x" * 3001)], "less than 3001"),
        ([section("")], "more than 0"),
        ([section("x", block_id="same"), section("y", block_id="same")], "already exists"),
        ([{"type": "actions", "elements": []}], "no fewer than 1"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "plain_text"),
        ([{"type": "image", "image_url": "https://example.org/x.png"}], "alt_text"),
    ],
)
def test_blocks_beyond_the_limits_are_refused_and_noted(
    stage: Stage, client: WebClient, blocks: list[Json], words: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=MARKETING, text="x", blocks=blocks)
    assert error(caught) == "invalid_blocks"
    assert words in caught.value.response["response_metadata"]["messages"][0]
    assert stage.proxy.violations[-1].where == "chat.postMessage"


def test_a_message_of_more_than_40000_characters_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=MARKETING, text="x" * 40_001)
    assert error(caught) == "msg_too_long"


def test_a_home_view_beyond_the_limits_is_refused(client: WebClient) -> None:
    view = {"type": "home", "blocks": [section("x")] * 101, "private_metadata": "x" * 3001}
    with pytest.raises(SlackApiError) as caught:
        client.views_publish(user_id=MARKETER, view=view)
    assert error(caught) == "invalid_arguments"
    assert len(caught.value.response["response_metadata"]["messages"]) == 2


def test_too_many_requests_are_answered_with_a_time_to_wait(stage: Stage, client: WebClient) -> None:
    stage.proxy.faults = Faults(limited=1.0, retry_after=2, methods=frozenset({"chat.postMessage"}))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=MARKETING, text="x")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "2")
    assert client.auth_test()["ok"]


def test_a_failing_server_answers_500(stage: Stage, client: WebClient) -> None:
    stage.proxy.faults = Faults(failed=1.0)
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 500


def test_a_lost_answer_is_lost_after_the_work_was_done(stage: Stage, client: WebClient) -> None:
    stage.proxy.faults = Faults(lost=1.0)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=MARKETING, text="heard but not answered")
    assert stage.workspace.messages(MARKETING)[-1]["text"] == "heard but not answered"
    assert stage.proxy.calls[-1].status == 0


def test_metadata_is_kept_changed_and_shown_when_asked_for(stage: Stage, client: WebClient) -> None:
    kept = {"event_type": "card", "event_payload": {"key": "k1"}}
    posted = client.chat_postMessage(channel=MARKETING, text="with a key", metadata=kept)
    where = {"channel": MARKETING, "oldest": posted["ts"], "inclusive": True}
    assert "metadata" not in client.conversations_history(**where)["messages"][0]
    found = client.conversations_history(**where, include_all_metadata=True)["messages"]
    assert [one["metadata"] for one in found] == [kept]
    other = {"event_type": "card", "event_payload": {"key": "k2"}}
    client.chat_update(channel=MARKETING, ts=posted["ts"], text="changed", metadata=other)
    thread = client.conversations_replies(channel=MARKETING, ts=posted["ts"], include_all_metadata=True)
    assert thread["messages"][0]["metadata"] == other


def test_history_comes_in_pages_between_two_times_without_what_one_person_sees(client: WebClient) -> None:
    made = [client.chat_postMessage(channel=IT_PRIVATE, text=str(number))["ts"] for number in range(4)]
    client.chat_postEphemeral(channel=IT_PRIVATE, user=LIAISON, text="psst")
    between = {"channel": IT_PRIVATE, "oldest": made[0], "latest": made[3], "limit": 1}
    first = client.conversations_history(**between)
    assert ([one["text"] for one in first["messages"]], first["has_more"]) == (["2"], True)
    rest = client.conversations_history(**between, cursor=first["response_metadata"]["next_cursor"])
    assert ([one["text"] for one in rest["messages"]], rest["has_more"]) == (["1"], False)


def test_a_channel_without_the_bot_can_not_be_written_to(stage: Stage, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=NO_BOT, text="x")
    assert error(caught) == "not_in_channel"
    stage.proxy.remove_bot(IT_PRIVATE)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=IT_PRIVATE, text="x")
    assert error(caught) == "channel_not_found"
    stage.proxy.inject_join(IT_PRIVATE, LIAISON)
    stage.proxy.archive(IT_PRIVATE)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=IT_PRIVATE, text="x")
    assert error(caught) == "is_archived"


def test_only_the_bots_own_lasting_messages_can_be_changed(stage: Stage, client: WebClient) -> None:
    theirs = stage.workspace.say(MARKETER, MARKETING, "mine")
    seen_by_one = client.chat_postEphemeral(channel=MARKETING, user=MARKETER, text="psst")["message_ts"]
    for ts, said in ((theirs, "cant_update_message"), (seen_by_one, "message_not_found")):
        with pytest.raises(SlackApiError) as caught:
            client.chat_update(channel=MARKETING, ts=ts, text="x")
        assert error(caught) == said


def test_the_same_reaction_twice_is_refused(stage: Stage, client: WebClient) -> None:
    ts = stage.workspace.say(MARKETER, MARKETING, "react to me")
    client.reactions_add(channel=MARKETING, timestamp=ts, name="ticket")
    with pytest.raises(SlackApiError) as caught:
        client.reactions_add(channel=MARKETING, timestamp=ts, name="ticket")
    assert error(caught) == "already_reacted"


def test_every_call_is_kept(stage: Stage, client: WebClient) -> None:
    client.chat_postMessage(channel=MARKETING, text="remember me")
    call = stage.proxy.calls_of("chat.postMessage")[-1]
    assert (call.args["text"], call.answer["ok"], call.status) == ("remember me", True, 200)


def test_a_dark_slack_answers_nobody(stage: Stage, client: WebClient) -> None:
    stage.proxy.down = True
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    assert caught.value.response.status_code == 503
    stage.proxy.down = False
    assert client.auth_test()["ok"]
