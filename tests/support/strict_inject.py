"""What the server never sends (shortcuts, joins, …), built on payloads that it does send."""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

from tests.support.strict_state import State

Json = dict[str, Any]

MARK = "strict-slack-carrier-"


class Carriers:
    """Clicks that nobody made: the server wraps them in a payload whose trigger and response URL are real."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    def take(self, payload: Json) -> bool:
        """Whether this payload is a carrier, which then goes no further."""
        name = str((payload.get("actions") or [{}])[0].get("action_id", ""))
        if not name.startswith(MARK):
            return False
        self._waiting.pop(name).set_result(payload)
        return True

    async def fetch(self, user: str, channel: str, ts: str | None) -> Json:
        """A fresh block_actions payload of this user on this message."""
        name = MARK + uuid.uuid4().hex
        self._waiting[name] = arrived = asyncio.get_running_loop().create_future()
        body = {"user": user, "channel": channel, "messageTs": ts or "0", "action": {"action_id": name}}
        async with self._state.http.post(f"{self._state.upstream.base_url}/_control/interact", json=body) as answer:
            answer.raise_for_status()
        return await asyncio.wait_for(arrived, 5)


def event_payload(app: Json, team: str, event: Json, event_id: str | None) -> Json:
    """An event in the wrapping that Slack gives it."""
    whose = {"team_id": team, "user_id": app["botUserId"], "is_bot": True, "is_enterprise_install": False}
    return {
        "token": "verification-token",
        "team_id": team,
        "api_app_id": app["appId"],
        "event": {"event_ts": _now_ts()} | event,
        "type": "event_callback",
        "event_id": event_id or f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(time.time()),
        "authorizations": [{"enterprise_id": None} | whose],
        "is_ext_shared_channel": False,
    }


def join_event(app: Json, team: str, channel: str, inviter: str) -> Json:
    """The bot was invited to a channel."""
    kind = "G" if channel.startswith("G") else "C"
    event = {"type": "member_joined_channel", "user": app["botUserId"], "channel": channel}
    return event | {"channel_type": kind, "team": team, "inviter": inviter}


def shortcut_payload(carrier: Json, callback_id: str) -> Json:
    """A message shortcut, or a global one where the carrier has no message."""
    common = ("api_app_id", "token", "team", "is_enterprise_install", "user", "trigger_id")
    payload = {key: carrier[key] for key in common} | {"callback_id": callback_id, "action_ts": _now_ts()}
    if "message" not in carrier:
        return payload | {"type": "shortcut"}
    where = {key: carrier[key] for key in ("channel", "message", "response_url")}
    return payload | where | {"type": "message_action", "message_ts": carrier["message"]["ts"]}


def command_payload(carrier: Json, command: str, text: str) -> Json:
    """A slash command."""
    team, user, channel = carrier["team"], carrier["user"], carrier["channel"]
    return {
        "token": carrier["token"],
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel["id"],
        "channel_name": channel["name"],
        "user_id": user["id"],
        "user_name": user["name"],
        "command": command,
        "text": text,
        "api_app_id": carrier["api_app_id"],
        "is_enterprise_install": "false",
        "response_url": carrier["response_url"],
        "trigger_id": carrier["trigger_id"],
    }


def _now_ts() -> str:
    return f"{time.time():.6f}"
