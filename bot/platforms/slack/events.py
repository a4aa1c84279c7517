"""The Events API: what happened in channels, as requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.messages import Came, Request
from bot.platforms.slack.markup import mentions, plain, without_mention
from bot.platforms.slack.times import moment

Json = Mapping[str, Any]

# What a person wrote, whatever Slack calls it; all other subtypes are notices of Slack's own.
WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})


@dataclass(frozen=True, slots=True)
class _Heard:
    """One event with what is said around it: its id, its workspace, our own user."""

    event: Json
    id: str
    workspace: str
    us: str

    def text(self, name: str) -> str:
        return str(self.event.get(name) or "")

    @property
    def at(self) -> datetime:
        return moment(self.text("event_ts") or self.text("ts"))

    def request(self, came: Came, actor: str, conversation: str) -> Request:
        key = f"event:{self.id}"
        direct = conversation.startswith("D")
        return Request(self.workspace, "slack", key, came, actor, self.at, conversation=conversation, is_direct=direct)


def read(body: Json, us: str) -> Request | None:
    """The request in an event callback; None for what is not for us, above all whatever a bot did."""
    event = body.get("event") or {}
    reader = _READERS.get(str(event.get("type", "")))
    return reader(_Heard(event, str(body.get("event_id", "")), _workspace(body), us)) if reader else None


def files(message: Json) -> tuple[str, ...]:
    """Links to the files of a message."""
    links = (str(one.get("permalink") or one.get("url_private") or "") for one in message.get("files") or ())
    return tuple(link for link in links if link)


def thread_of(message: Json) -> str:
    """The thread a message answers in; "" for one that begins its own."""
    thread = str(message.get("thread_ts") or "")
    return thread if thread != message.get("ts") else ""


def _message(heard: _Heard) -> Request | None:
    subtype = heard.text("subtype")
    if subtype == "message_changed":
        return _changed(heard)
    if subtype == "message_deleted":
        return _deletion(heard, heard.event.get("previous_message") or {}, heard.text("deleted_ts"))
    if subtype not in WRITTEN or heard.event.get("hidden"):
        return None
    return _written(heard, heard.text("channel_type") == "im")


def _mention(heard: _Heard) -> Request | None:
    """It comes beside the message event of the same message, so it has the same key."""
    request = _written(heard, is_direct=False)
    return replace(request, calls_us=True) if request else None


def _written(heard: _Heard, is_direct: bool) -> Request | None:
    event, ts, conversation = heard.event, heard.text("ts"), heard.text("channel")
    if _is_bots(event, heard.us) or not ts:
        return None
    request = heard.request(Came.MESSAGE, heard.text("user"), conversation)
    return replace(
        request,
        key=f"message:{conversation}:{ts}",
        at=moment(ts),
        text=plain(without_mention(heard.text("text"), heard.us)),
        is_direct=is_direct or request.is_direct,
        thread=thread_of(event),
        message=ts,
        calls_us=bool(heard.us) and mentions(heard.text("text"), heard.us),
        files=files(event),
    )


def _changed(heard: _Heard) -> Request | None:
    message, before = heard.event.get("message") or {}, heard.event.get("previous_message") or {}
    if message.get("subtype") == "tombstone":  # the deleted head of a thread that goes on
        return _deletion(heard, before, str(message.get("ts") or ""))
    if _is_bots(message, heard.us) or message.get("text") == before.get("text"):
        return None
    text = str(message.get("text") or "")
    request = heard.request(Came.EDIT, str(message.get("user")), heard.text("channel"))
    calls_us = bool(heard.us) and mentions(text, heard.us)
    place = replace(request, thread=thread_of(message), message=str(message.get("ts") or ""), files=files(message))
    return replace(place, text=plain(text), calls_us=calls_us)


def _deletion(heard: _Heard, before: Json, ts: str) -> Request | None:
    if not ts or (before and _is_bots(before, heard.us)):
        return None
    request = heard.request(Came.DELETION, str(before.get("user") or ""), heard.text("channel"))
    return replace(request, thread=thread_of(before), message=ts)


def _reaction(heard: _Heard) -> Request | None:
    item = heard.event.get("item") or {}
    if item.get("type") != "message" or heard.text("user") in ("", heard.us):
        return None
    request = heard.request(Came.REACTION, heard.text("user"), str(item.get("channel")))
    name = heard.text("reaction").partition("::")[0]  # without the skin tone
    return replace(request, name=name, message=str(item.get("ts")), about_author=heard.text("item_user"))


def _home(heard: _Heard) -> Request | None:
    return heard.request(Came.HOME, heard.text("user"), "") if heard.text("tab") == "home" else None


def _joined(heard: _Heard) -> Request | None:
    if not heard.us or heard.text("user") != heard.us:
        return None
    return heard.request(Came.JOINED, heard.text("inviter"), heard.text("channel"))


def _left(heard: _Heard) -> Request | None:
    """`channel_left` and `group_left` are about us by nature, `member_left_channel` about anybody."""
    if heard.text("type") == "member_left_channel" and (not heard.us or heard.text("user") != heard.us):
        return None
    return heard.request(Came.LEFT, heard.text("actor_id"), heard.text("channel"))


def _is_bots(message: Json, us: str) -> bool:
    author = message.get("user")
    return bool(message.get("bot_id")) or not author or author in (us, "USLACKBOT")


def _workspace(body: Json) -> str:
    """Where we are installed; in a channel shared with another company `team_id` may be theirs."""
    ours = (one.get("team_id") for one in body.get("authorizations") or ())
    return str(next(ours, None) or body.get("team_id") or "")


_READERS: dict[str, Callable[[_Heard], Request | None]] = {
    "message": _message,
    "app_mention": _mention,
    "reaction_added": _reaction,
    "app_home_opened": _home,
    "member_joined_channel": _joined,
    "channel_left": _left,
    "group_left": _left,
    "member_left_channel": _left,
}
