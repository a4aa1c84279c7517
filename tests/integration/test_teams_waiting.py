"""Who presses or sends something in Teams is answered at once, or told that it takes longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.messages import Address, Card, Field, Form
from bot.platforms.teams import counter
from tests.support.local_slack import LIAISON, MARKETER, MARKETING
from tests.support.teams_edge import WRONG, Door, edge_alone
from tests.support.teams_view import errors
from tests.support.teams_world import TENANT

FORM = Form(
    "new_tool", "New tool", (Field("name", "Which tool?", required=True), Field("why", "Why?")), context={"a": "b"}
)
WORDS = Card(text=("Only the IT side can do that.",))


@pytest.fixture(scope="module")
def world() -> Iterator[Door]:
    with edge_alone() as door:
        yield door


@pytest.fixture
def door(world: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    world.arrivals.requests.clear()
    world.arrivals.down = False
    world.answers.clear()
    monkeypatch.setattr(counter, "PRESS_S", 0.3)
    monkeypatch.setattr(counter, "DIALOG_S", 0.3)
    return world


def invoke(
    door: Door, name: str, value: dict[str, Any], user: str = MARKETER, **more: Any
) -> tuple[int, dict[str, Any]]:
    told = door.people.activity(user, MARKETING, "") | {"type": "invoke", "name": name, "value": value}
    return door.post(told | {"replyToId": "1764000000999"} | more)


def press(door: Door, verb: str, **more: Any) -> dict[str, Any]:
    status, told = invoke(door, "adaptiveCard/action", {"action": {"verb": verb, "data": {"value": "IT-1"}}}, **more)
    assert (status, told["statusCode"]) == (200, 200)
    return told


def shown(told: dict[str, Any]) -> str:
    return str(told["task"]["value"]["card"]["content"])


def view_of(told: dict[str, Any]) -> str:
    return str(told["task"]["value"]["card"]["content"]["actions"][0]["data"]["view"])


def test_a_press_is_stored_and_answered_with_what_it_brought(door: Door) -> None:
    door.answers["claim"] = WORDS
    assert press(door, "claim")["value"] == "Only the IT side can do that."
    (request,) = door.requests
    assert (request.name, request.value, request.actor) == ("claim", "IT-1", MARKETER)
    assert (request.conversation, request.message) == (MARKETING, "1764000000999")


def test_a_press_that_brings_no_words_is_done_and_one_that_takes_long_is_being_worked_on(door: Door) -> None:
    assert press(door, "claim")["value"] == "Done."
    assert "longer than usual" in press(door, "slow")["value"]


def test_the_same_press_delivered_twice_is_one_request(door: Door) -> None:
    press(door, "claim", id="f:1")
    press(door, "claim", id="f:1")
    assert len(door.requests) == 1


def test_while_nothing_can_be_stored_who_presses_is_told_so(door: Door) -> None:
    door.arrivals.down = True
    assert "nothing was done" in press(door, "claim")["value"]
    assert "nothing was done" in shown(invoke(door, "task/fetch", {"data": {"action": "new-tool"}})[1])


def test_a_button_on_a_private_message_acts_in_the_place_it_is_about(door: Door) -> None:
    door.chat._kept.keep_origin(TENANT, MARKETING, "1764000000999", Address("C-elsewhere", "17"))
    press(door, "claim")
    (request,) = door.requests
    assert (request.conversation, request.thread, request.is_direct) == ("C-elsewhere", "17", False)
    door.memory.answers.clear()


def test_a_dialog_opens_with_the_form_and_comes_back_with_what_is_wrong_until_it_is_right(door: Door) -> None:
    door.answers["new-tool"] = FORM
    status, told = invoke(door, "task/fetch", {"data": {"action": "new-tool", "value": "x"}})
    assert (status, told["task"]["value"]["title"]) == (200, "New tool")
    data = {"view": view_of(told), "name": WRONG, "why": "because", "surprise": "x", "context": {"a": "evil"}}
    _, again = invoke(door, "task/submit", {"data": data})
    assert errors(again["task"]["value"]["card"]["content"]) == {"name": "That is no name."}
    assert "because" in shown(again)
    assert len(door.requests) == 1
    assert invoke(door, "task/submit", {"data": data | {"name": "Klaviyo"}}) == (200, {})
    sent = door.requests[-1]
    assert (sent.name, sent.values, sent.context) == ("new_tool", {"name": "Klaviyo", "why": "because"}, {"a": "b"})


def test_a_form_is_for_whom_it_was_opened_alone(door: Door) -> None:
    door.answers["new-tool"] = FORM
    _, told = invoke(door, "task/fetch", {"data": {"action": "new-tool"}})
    _, other = invoke(door, "task/submit", {"data": {"view": view_of(told), "name": "Klaviyo"}}, user=LIAISON)
    assert "not there any more" in shown(other)
    assert len(door.requests) == 1


@pytest.mark.parametrize(
    "data", [None, "x", {}, {"view": 7}, {"view": ""}, {"view": "origin:x"}, {"waiting": "nobody"}]
)
def test_a_dialog_nobody_knows_breaks_nothing(door: Door, data: Any) -> None:
    status, told = invoke(door, "task/submit", {"data": data})
    assert status == 200
    assert shown(told)
    assert door.requests == []


def test_a_form_that_takes_too_long_can_be_asked_for_again(door: Door) -> None:
    _, told = invoke(door, "task/fetch", {"data": {"action": "slow"}})
    waiting = told["task"]["value"]["card"]["content"]["actions"][0]["data"]
    door.chat.show(door.requests[0], FORM)
    _, then = invoke(door, "task/submit", {"data": waiting})
    assert then["task"]["value"]["title"] == "New tool"


def test_a_message_action_names_the_author_as_we_know_them(door: Door) -> None:
    door.answers["open_ticket"] = Card(text=("IT-1 is open.",))
    payload = {
        "id": "17",
        "replyToId": "16",
        "from": {"user": {"id": f"aad-{LIAISON}"}},
        "body": {"content": "<p>hm</p>"},
    }
    value = {"commandId": "open_ticket", "messagePayload": payload}
    status, told = invoke(door, "composeExtension/fetchTask", value)
    assert (status, "IT-1 is open." in shown(told)) == (200, True)
    (request,) = door.requests
    assert (request.about_author, request.about_text) == (LIAISON, "hm")
    assert (request.message, request.thread) == ("17", "16")
