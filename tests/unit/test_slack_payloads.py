"""What Slack sends becomes a request, or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messages import Came, Request
from bot.platforms.slack.markup import plain
from bot.platforms.slack.payloads import read

Json = dict[str, Any]

US = "U0BOT"
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
TS = "1763974800.000100"
AT = datetime(2025, 11, 24, 9, 0, 0, 100, tzinfo=UTC)


def event(us: str = US, **body: Any) -> Request | None:
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": body}
    return read(payload | {"authorizations": [{"team_id": "T1", "user_id": US, "is_bot": True}]}, us, NOW)


def message(**more: Any) -> Json:
    return {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": TS, "event_ts": TS} | more


def some(request: Request | None) -> Request:
    assert request is not None
    return request


def test_a_message_is_known_by_its_place_and_dated_by_itself() -> None:
    request = some(event(**message(channel_type="channel")))
    assert (request.came, request.key, request.at) == (Came.MESSAGE, f"message:C1:{TS}", AT)
    assert (request.workspace, request.actor, request.text) == ("T1", "U1", "hello")
    assert (request.conversation, request.message, request.thread) == ("C1", TS, "")
    assert not request.calls_us
    assert not request.is_direct


def test_a_reply_knows_its_thread_and_the_head_of_a_thread_has_none() -> None:
    assert some(event(**message(thread_ts="1.000001"))).thread == "1.000001"
    assert some(event(**message(thread_ts=TS))).thread == ""


def test_a_mention_and_its_message_are_one_request() -> None:
    heard = some(event(**message(text=f"<@{US}> help")))
    mention = some(event(**message(type="app_mention", text=f"<@{US}> help")))
    assert heard.key == mention.key
    assert heard.calls_us
    assert mention.calls_us
    assert mention.text == "help"


def test_our_user_is_taken_from_the_event_while_it_is_not_known() -> None:
    assert some(event(us="", **message(text=f"<@{US}|bot> help"))).calls_us
    assert event(us="", **message(user=US)) is None


def test_a_direct_message_is_direct() -> None:
    assert some(event(**message(channel="D1", channel_type="im"))).is_direct


def test_files_come_as_links() -> None:
    files = [{"permalink": "https://acme.slack.com/files/F1"}, {"id": "F2"}]
    request = some(event(**message(subtype="file_share", files=files, text="")))
    assert request.files == ("https://acme.slack.com/files/F1",)


@pytest.mark.parametrize("subtype", ["thread_broadcast", "me_message"])
def test_other_ways_of_writing_are_messages_too(subtype: str) -> None:
    assert some(event(**message(subtype=subtype))).came is Came.MESSAGE


@pytest.mark.parametrize(
    "body",
    [
        message(bot_id="B1"),
        message(user=US),
        message(user="USLACKBOT"),
        message(user=None),
        message(hidden=True),
        message(subtype="channel_join"),
        message(subtype="bot_message"),
        message(type="app_mention", bot_id="B1"),
        {"type": "team_join"},
        {},
    ],
)
def test_what_no_person_wrote_is_nothing(body: Json) -> None:
    assert event(**body) is None


def changed(text: str, before: str = "old", **more: Any) -> Json:
    inner = {"user": "U1", "text": text, "ts": TS} | more
    previous = {"user": "U1", "text": before, "ts": TS}
    return message(subtype="message_changed", hidden=True, message=inner, previous_message=previous, event_ts="1.5")


def test_an_edit_carries_the_new_text_and_its_own_time() -> None:
    request = some(event(**changed("new &amp; better", thread_ts="1.000001")))
    assert (request.came, request.key, request.text) == (Came.EDIT, "event:Ev1", "new & better")
    assert (request.message, request.thread, request.actor) == (TS, "1.000001", "U1")
    assert request.at == datetime.fromtimestamp(1.5, UTC)


def test_a_change_that_leaves_the_text_is_nothing() -> None:
    assert event(**changed("old")) is None
    assert event(**changed("new", bot_id="B1")) is None


def test_a_deletion_names_what_was_deleted() -> None:
    body = message(subtype="message_deleted", hidden=True, deleted_ts=TS, previous_message={"user": "U1", "ts": TS})
    request = some(event(**body))
    assert (request.came, request.message, request.actor) == (Came.DELETION, TS, "U1")
    assert event(**(body | {"previous_message": {"user": US, "bot_id": "B1"}})) is None


def test_the_deleted_head_of_a_thread_is_a_deletion() -> None:
    request = some(event(**changed("This message was deleted.", subtype="tombstone", user="USLACKBOT")))
    assert (request.came, request.message) == (Came.DELETION, TS)


def reaction(**more: Any) -> Json:
    item = {"type": "message", "channel": "C1", "ts": TS}
    body = {"type": "reaction_added", "user": "U1", "reaction": "ticket", "item": item, "item_user": "U2"}
    return body | {"event_ts": TS} | more


def test_a_reaction_names_the_message_and_its_author() -> None:
    request = some(event(**reaction(reaction="+1::skin-tone-2")))
    assert (request.came, request.name, request.key) == (Came.REACTION, "+1", "event:Ev1")
    assert (request.conversation, request.message, request.about_author) == ("C1", TS, "U2")


def test_our_own_reaction_and_one_to_a_file_are_nothing() -> None:
    assert event(**reaction(user=US)) is None
    assert event(**reaction(item={"type": "file", "file": "F1"})) is None


def test_only_the_home_tab_is_home() -> None:
    body = {"type": "app_home_opened", "user": "U1", "channel": "D1", "event_ts": TS}
    assert some(event(**body, tab="home")).came is Came.HOME
    assert event(**body, tab="messages") is None


def test_our_joining_and_leaving_are_told_with_who_did_it() -> None:
    joined = {"type": "member_joined_channel", "channel": "C1", "inviter": "U2", "event_ts": TS}
    request = some(event(**joined, user=US))
    assert (request.came, request.actor, request.conversation) == (Came.JOINED, "U2", "C1")
    assert event(**joined, user="U1") is None
    for kind in ("channel_left", "group_left"):
        left = some(event(type=kind, channel="C1", actor_id="U2", event_ts=TS))
        assert (left.came, left.actor) == (Came.LEFT, "U2")
    assert some(event(type="member_left_channel", user=US, channel="C1", event_ts=TS)).came is Came.LEFT
    assert event(type="member_left_channel", user="U1", channel="C1", event_ts=TS) is None


def command(text: str) -> Request:
    body = {"command": "/itcheck", "text": text, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    return some(read(body | {"trigger_id": "1.2", "response_url": "https://h/1"}, US, NOW))


def test_a_command_has_a_name_and_the_rest() -> None:
    request = command("  New-Tool  R&amp;D <@U7|pat>  ")
    assert (request.came, request.name, request.text) == (Came.COMMAND, "new-tool", "R&D @U7")
    assert (request.key, request.at, request.reply_to) == ("command:1.2", NOW, "https://h/1")
    assert command("").name == ""


def test_something_unknown_is_nothing() -> None:
    assert read({"type": "block_suggestion"}, US, NOW) is None
    assert read({}, US, NOW) is None
    assert read(json.loads('{"type": "view_closed"}'), US, NOW) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<@U1> and <@U2|pat>", "@U1 and @U2"),
        ("<https://klaviyo.com/x|their page>", "their page (https://klaviyo.com/x)"),
        ("<http://klaviyo.com|klaviyo.com>", "klaviyo.com"),
        ("<https://klaviyo.com/x>", "https://klaviyo.com/x"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<!channel> <!here|here> <!subteam^S1|@team> <!subteam^S2>", "@channel here @team @subteam"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&lt;@U1&gt; <b>", "<@U1> <b>"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_text(raw: str, text: str) -> None:
    assert plain(raw) == text
