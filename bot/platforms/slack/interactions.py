"""Buttons, forms and message shortcuts, as requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.messages import Came, Request
from bot.platforms.slack.events import files, thread_of
from bot.platforms.slack.markup import plain
from bot.platforms.slack.times import moment

Json = Mapping[str, Any]

OPEN_PAGE = "open-page"  # the action of a button that only opens a page; Slack tells us of its clicks too
MENU = "menu"  # the action of a menu; the value of what is chosen there begins with its action
REPEATED = "#"  # what follows it in an action_id only tells equal actions of one message apart

_VALUES = ("value", "selected_option", "selected_date")
_INITIAL = ("initial_value", "initial_option", "initial_date")


def action(body: Json, received: datetime) -> Request | None:
    """A button that was pressed; None for one that only opens a page. In Home there is no conversation."""
    pressed: Json = (body.get("actions") or ({},))[0]
    name = str(pressed.get("action_id") or "").partition(REPEATED)[0]
    value = _value(pressed)
    if name == MENU:
        name, _, value = value.partition(" ")
    if not name or name == OPEN_PAGE:
        return None
    container, message = body.get("container") or {}, body.get("message") or {}
    conversation, ts = _conversation(body), str(container.get("message_ts") or "")
    thread = str(container.get("thread_ts") or message.get("thread_ts") or "")
    return Request(
        workspace=_workspace(body),
        platform="slack",
        key=f"action:{body['trigger_id']}",
        came=Came.ACTION,
        actor=str(body["user"]["id"]),
        at=moment(pressed["action_ts"]) if pressed.get("action_ts") else received,
        name=name,
        value=value,
        conversation=conversation,
        is_direct=conversation.startswith("D"),
        thread=thread if thread != ts else "",
        message=ts,
        reply_to=str(body.get("response_url") or ""),
    )


def form(body: Json, received: datetime, null_is_untouched: bool) -> Request:
    """A form that was sent. Its values are keyed by field; a field nobody touched holds what stood in it."""
    view = body["view"]
    state = (view.get("state") or {}).get("values") or {}
    values = {block: _value(_only(answer)) for block, answer in state.items()}
    for block in view.get("blocks") or ():
        if block.get("type") == "input" and _is_untouched(block, state, null_is_untouched):
            values[str(block["block_id"])] = _initial(block.get("element") or {})
    context = _context(str(view.get("private_metadata") or ""))
    return Request(
        workspace=_workspace(body),
        platform="slack",
        key=f"form:{view['id']}",
        came=Came.FORM,
        actor=str(body["user"]["id"]),
        at=received,
        name=str(view.get("callback_id") or ""),
        values=values,
        context=context,
        conversation=context.get("conversation", ""),
    )


def shortcut(body: Json, received: datetime) -> Request:
    """A shortcut taken on a message."""
    message, conversation = body.get("message") or {}, _conversation(body)
    return Request(
        workspace=_workspace(body),
        platform="slack",
        key=f"shortcut:{body['trigger_id']}",
        came=Came.SHORTCUT,
        actor=str(body["user"]["id"]),
        at=moment(body["action_ts"]) if body.get("action_ts") else received,
        name=str(body.get("callback_id") or ""),
        conversation=conversation,
        is_direct=conversation.startswith("D"),
        thread=thread_of(message),
        message=str(message.get("ts") or body.get("message_ts") or ""),
        about_author=str(message.get("user") or ""),
        about_text=plain(str(message.get("text") or "")),
        files=files(message),
        reply_to=str(body.get("response_url") or ""),
    )


def _conversation(body: Json) -> str:
    container, channel = body.get("container") or {}, body.get("channel") or {}
    return str(container.get("channel_id") or channel.get("id") or "")


def _workspace(body: Json) -> str:
    team = body.get("team") or {}
    return str(team.get("id") or body["user"].get("team_id") or "")


def _is_untouched(block: Json, state: Json, null_is_untouched: bool) -> bool:
    """Slack sends what stands in a field; local-slack sends null for a field that nobody touched."""
    answer = _only(state.get(str(block.get("block_id"))) or {})
    held = [answer[name] for name in _VALUES if name in answer]
    if not held:
        return True
    # A field that must be filled cannot be sent empty from Slack, so there null is never an answer.
    return held[0] is None and (null_is_untouched or not block.get("optional"))


def _only(answer: Json) -> Json:
    """The one element of a block."""
    elements: list[Json] = [element for element in answer.values() if element]
    return elements[0] if elements else {}


def _value(element: Json) -> str:
    return _text(next((element[name] for name in _VALUES if element.get(name)), ""))


def _initial(element: Json) -> str:
    return _text(next((element[name] for name in _INITIAL if element.get(name)), ""))


def _text(value: object) -> str:
    return str(value.get("value") or "") if isinstance(value, Mapping) else str(value)


def _context(metadata: str) -> dict[str, str]:
    """What a form carries through; a view that is not ours may hold anything."""
    try:
        held = json.loads(metadata or "{}")
    except ValueError:
        return {}
    context = held.get("context") if isinstance(held, dict) else None
    return {str(name): str(value) for name, value in context.items()} if isinstance(context, dict) else {}
