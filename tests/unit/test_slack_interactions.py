"""Buttons, forms and shortcuts of Slack's become requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.messages import Button, Came, Card, Choice, Field, FieldKind, Form, Request
from bot.platforms.slack.blocks import message
from bot.platforms.slack.forms import form_view
from bot.platforms.slack.payloads import read
from bot.platforms.slack.spans import Look

Json = dict[str, Any]

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
TS = "1763974800.000100"
BASE: Json = {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2"}
FORM = Form(
    "tool",
    "A tool",
    (
        Field("name", "Name", value="Klaviyo", required=True),
        Field("why", "Why", FieldKind.PARAGRAPH, "Newsletter"),
        Field("until", "Until", FieldKind.DATE, "2026-01-02"),
        Field("kind", "Kind", FieldKind.CHOICE, "b", choices=(Choice("A", "a"), Choice("B", "b"))),
    ),
    context={"ticket": "12"},
)


def some(request: Request | None) -> Request:
    assert request is not None
    return request


def pressed(action_id: str = "claim", container: Json | None = None, **action: Any) -> Request | None:
    place = container if container is not None else {"type": "message", "channel_id": "C1", "message_ts": TS}
    button = {"type": "button", "action_id": action_id, "action_ts": TS} | action
    body = {"type": "block_actions", "container": place, "actions": [button], "response_url": "https://h/1"}
    return read(BASE | body, "U0BOT", NOW)


def test_a_button_says_what_and_where() -> None:
    request = some(pressed(value="12"))
    assert (request.came, request.name, request.value, request.key) == (Came.ACTION, "claim", "12", "action:1.2")
    assert (request.conversation, request.message, request.thread) == ("C1", TS, "")
    assert (request.actor, request.reply_to, request.workspace) == ("U1", "https://h/1", "T1")


def test_a_repeated_button_has_the_same_name() -> None:
    assert some(pressed("claim#2")).name == "claim"


def test_a_button_in_a_thread_knows_it() -> None:
    place = {"type": "message", "channel_id": "C1", "message_ts": TS, "thread_ts": "1.000001"}
    assert some(pressed(container=place)).thread == "1.000001"


def test_a_button_in_home_has_no_conversation() -> None:
    request = some(pressed(container={"type": "view", "view_id": "V1"}))
    assert (request.conversation, request.message) == ("", "")


def test_a_choice_in_a_message_is_its_value() -> None:
    assert some(pressed(selected_option={"value": "x", "text": {}})).value == "x"


def test_a_button_that_opens_a_page_is_nothing() -> None:
    assert pressed("open-page") is None
    assert pressed("open-page#3") is None


def sent(values: Json, null_is_untouched: bool = False) -> Request:
    view = form_view(FORM, Look()) | {"id": "V1", "state": {"values": values}}
    body = BASE | {"type": "view_submission", "view": view}
    return some(read(body, "U0BOT", NOW, null_is_untouched=null_is_untouched))


def text(value: str | None) -> Json:
    return {"value": {"type": "plain_text_input", "value": value}}


def test_a_form_comes_with_its_values_and_its_context() -> None:
    option = {"value": {"type": "static_select", "selected_option": {"value": "a", "text": {}}}}
    date = {"value": {"type": "datepicker", "selected_date": "2026-03-04"}}
    request = sent({"name": text("Hotjar <b>"), "why": text("x & y"), "until": date, "kind": option})
    assert (request.came, request.name, request.key) == (Came.FORM, "tool", "form:V1")
    assert request.values == {"name": "Hotjar <b>", "why": "x & y", "until": "2026-03-04", "kind": "a"}
    assert request.context == {"ticket": "12"}


def test_a_field_that_is_not_sent_holds_what_stood_in_it() -> None:
    assert sent({}).values == {"name": "Klaviyo", "why": "Newsletter", "until": "2026-01-02", "kind": "b"}
    assert sent({"why": {"value": {"type": "plain_text_input"}}}).values["why"] == "Newsletter"


def test_a_field_that_was_emptied_stays_empty() -> None:
    values = sent({"why": text(None), "until": {"value": {"type": "datepicker", "selected_date": None}}}).values
    assert (values["why"], values["until"]) == ("", "")
    assert sent({"why": text("")}, null_is_untouched=True).values["why"] == ""


def test_null_means_untouched_where_the_server_sends_it_so_and_where_a_field_must_be_filled() -> None:
    assert sent({"why": text(None)}, null_is_untouched=True).values["why"] == "Newsletter"
    assert sent({"name": text(None)}).values["name"] == "Klaviyo"


def test_a_shortcut_carries_the_message_it_points_at() -> None:
    about = {"user": "U2", "text": "<@U1> try &lt;it&gt;", "ts": TS, "thread_ts": "1.000001"}
    body = {"type": "message_action", "callback_id": "open_ticket", "channel": {"id": "C1"}, "message": about}
    request = some(read(BASE | body | {"action_ts": TS, "response_url": "https://h/1"}, "U0BOT", NOW))
    assert (request.came, request.name, request.key) == (Came.SHORTCUT, "open_ticket", "shortcut:1.2")
    assert (request.about_author, request.about_text) == ("U2", "@U1 try <it>")
    assert (request.conversation, request.message, request.thread) == ("C1", TS, "1.000001")


def test_a_view_that_is_not_ours_has_no_context() -> None:
    view = {"id": "V1", "callback_id": "x", "private_metadata": "no json", "blocks": [], "state": {"values": {}}}
    assert some(read(BASE | {"type": "view_submission", "view": view}, "U0BOT", NOW)).context == {}


def test_what_is_chosen_from_a_menu_is_pressed_like_a_button() -> None:
    chosen = some(pressed("menu", selected_option={"value": "escalate IT-12"}))
    assert (chosen.name, chosen.value) == ("escalate", "IT-12")
    assert pressed("menu", selected_option={"value": ""}) is None


def test_the_rarer_buttons_of_a_card_are_a_menu_behind_the_others() -> None:
    many = tuple(Button(f"No {number}", "note", f"IT-{number}") for number in range(6))
    _, blocks = message(Card(text=("Hello",), buttons=(Button("Claim", "claim", "IT-1"),), more=many), "k", Look())
    button, *menus = blocks[-1]["elements"]
    assert button["action_id"] == "claim"
    assert [(menu["type"], menu["action_id"], len(menu["options"])) for menu in menus] == [
        ("overflow", "menu", 5),
        ("overflow", "menu#2", 1),
    ]
    assert menus[0]["options"][0] == {
        "text": {"type": "plain_text", "text": "No 0", "emoji": True},
        "value": "note IT-0",
    }
