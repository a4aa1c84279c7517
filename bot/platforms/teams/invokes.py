"""What people press, send and ask for in Teams, as requests, and what each of them is answered at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.messages import Address, Came, Form, Request
from bot.platforms.teams.activities import Heard
from bot.platforms.teams.markup import html_text
from bot.platforms.teams.replies import Hatch, name_of

Json = Mapping[str, Any]


def key_of(heard: Heard) -> str:
    """The same act, the same key, also where Teams gives it no id."""
    told = heard.text("id") or json.dumps(heard.activity, sort_keys=True, default=str)
    return "invoke:" + hashlib.sha256(f"{heard.conversation} {told}".encode()).hexdigest()[:40]


def press(heard: Heard, origin: Address | None, name: str, value: str) -> Request:
    """A button that was pressed; on a message that is about another place, as if it were pressed there."""
    key, message = key_of(heard), heard.text("replyToId")
    hatch = Hatch(name_of("press", key), heard.conversation, message)
    pressed = replace(heard.request(Came.ACTION, key), name=name, value=value, message=message, reply_to=hatch.words)
    if origin is None:
        return replace(pressed, thread=heard.root if heard.root != message else "")
    return replace(pressed, conversation=origin.conversation, thread=origin.thread, is_direct=False)


def fetch(pressed: Request) -> Request:
    """A button that opens a form: what comes of it is waited for in a dialog."""
    return replace(pressed, view=name_of("view", pressed.key), reply_to="")


def sent(heard: Heard, form: Form, view: str, data: Json) -> Request:
    """A form that was sent, with the fields it has; what else came is left out."""
    context = dict(form.context)
    there = context.get("conversation", "")
    request = heard.request(Came.FORM, f"form:{view}")
    hatch = Hatch(name_of("sent", view))
    placed = replace(request, conversation=there, is_direct=False, reply_to=hatch.words)
    return replace(placed, name=form.name, values=_values(form, data), context=context)


def shortcut(heard: Heard, author: str) -> Request:
    """A message action. `author`: who wrote the message, as we know them."""
    payload = heard.of("value", "messagePayload")
    message: Json = payload if isinstance(payload, Mapping) else {}
    key = key_of(heard)
    body = message.get("body")
    content = str(body.get("content") or "") if isinstance(body, Mapping) else ""
    taken = replace(heard.request(Came.SHORTCUT, key), name=heard.text("value", "commandId"), about_author=author)
    root = str(message.get("replyToId") or heard.root)
    own = str(message.get("id") or "")
    placed = replace(taken, message=own, thread=root if root != own else "", about_text=html_text(content))
    return replace(placed, reply_to=Hatch(name_of("task", key)).words)


def pressed_words(heard: Heard) -> tuple[str, str]:
    """The action of a button that executes, and its value."""
    return heard.text("value", "action", "verb"), heard.text("value", "action", "data", "value")


def data_of(heard: Heard) -> Json:
    """What a dialog's button carries, with the answers in its fields."""
    data = heard.of("value", "data")
    return data if isinstance(data, Mapping) else {}


def _values(form: Form, data: Json) -> dict[str, str]:
    return {field.key: str(data[field.key]) if data.get(field.key) is not None else "" for field in form.fields}
