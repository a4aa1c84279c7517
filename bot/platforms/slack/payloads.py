"""What Slack sends, as requests in our own words: one payload in, one Request out, or None for what is not for us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.messages import Came, Request
from bot.platforms.slack import events, interactions
from bot.platforms.slack.markup import plain

Json = Mapping[str, Any]


def read(body: Json, us: str, received: datetime, *, null_is_untouched: bool = False) -> Request | None:
    """The request in a payload of the Events API, a slash command or an interaction.

    `us` is our own user id, "" while it is not known yet; `received` (UTC) dates what carries no time itself.
    `null_is_untouched`: a form's field that comes back null still holds what stood in it at first, as from
    local-slack; from Slack, null means emptied.
    """
    if "command" in body:
        return _command(body, received)
    kind = str(body.get("type", ""))
    if kind == "event_callback":
        return events.read(body, us or _our_user(body))
    if kind == "view_submission":
        return interactions.form(body, received, null_is_untouched)
    reader = _INTERACTIONS.get(kind)
    return reader(body, received) if reader else None


def _command(body: Json, received: datetime) -> Request:
    first, _, rest = plain(str(body.get("text") or "")).strip().partition(" ")
    conversation = str(body.get("channel_id") or "")
    return Request(
        workspace=str(body["team_id"]),
        platform="slack",
        key=f"command:{body['trigger_id']}",
        came=Came.COMMAND,
        actor=str(body["user_id"]),
        at=received,
        name=first.lower(),
        text=rest.strip(),
        conversation=conversation,
        is_direct=conversation.startswith("D"),
        reply_to=str(body.get("response_url") or ""),
    )


def _our_user(body: Json) -> str:
    bots = (one.get("user_id") for one in body.get("authorizations") or () if one.get("is_bot"))
    return str(next(bots, ""))


_INTERACTIONS: dict[str, Callable[[Json, datetime], Request | None]] = {
    "block_actions": interactions.action,
    "message_action": interactions.shortcut,
}
