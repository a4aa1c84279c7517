"""The server's payloads made like Slack's own, and the bot's answers to them looked at as Slack would."""

from __future__ import annotations

import time
import uuid
from typing import Any

from tests.support.strict_blocks import input_ids, message_faults, view_faults
from tests.support.strict_channels import Channels
from tests.support.strict_memory import Memory
from tests.support.strict_rules import event_scope
from tests.support.strict_state import COMMANDS, EVENTS, HookUrl, State
from tests.support.strict_views import Views

Json = dict[str, Any]

HOOKS = "/_hooks/"


class Payloads:
    """Between server and bot, both ways."""

    def __init__(self, state: State, channels: Channels, memory: Memory, views: Views) -> None:
        self._state = state
        self._channels = channels
        self._memory = memory
        self._views = views

    async def adapt(self, kind: str, payload: Json) -> Json | None:
        """The payload as Slack would send it, None if Slack would not (no scope, the bot was removed).

        The same object comes back when nothing had to be changed.
        """
        if kind == EVENTS:
            return await self._event(payload)
        if payload.get("trigger_id"):
            self._state.triggers[payload["trigger_id"]] = time.monotonic()
        changed = payload
        if "response_url" in payload:
            changed = changed | {"response_url": self._hook(payload["response_url"])}
        if payload.get("type") == "block_actions":
            changed = self._click(changed)
        if "view" in changed:
            changed = changed | {"view": self._views.lasting(changed["view"])}
        return changed

    def answered(self, kind: str, payload: Json, answer: Json | None) -> Json | None:
        """The bot's answer as the server should see it; what Slack would refuse is noted and taken out."""
        if payload.get("type") == "view_submission":
            return self._submitted(payload, answer)
        if kind != COMMANDS or not answer or not (answer.get("text") or answer.get("blocks")):
            return answer
        if not self._checked("answer to a command", answer.get("blocks")):
            return None
        return {"response_type": "ephemeral"} | answer

    async def _event(self, payload: Json) -> Json | None:
        event = payload["event"]
        name = event.get("channel") or event.get("channel_id") or event.get("item", {}).get("channel")
        channel = await self._channels.find(name) if isinstance(name, str) else None
        if channel and channel["id"] in self._state.removed:
            return None
        if channel and event["type"] == "message":
            typed = event | {"channel_type": self._channels.kind(channel)}
            payload = payload if typed == event else payload | {"event": typed}
        needed = event_scope(payload["event"])
        if needed and needed not in self._state.scopes:
            self._state.withheld.append(payload)
            return None
        return payload

    def _click(self, payload: Json) -> Json:
        actions = [{"block_id": _made_up()} | one for one in payload["actions"]]
        payload = payload | {"actions": actions}
        message = payload.get("message")
        if message is None and not payload["channel"]["id"]:
            gone = ("channel", "response_url", "message", "state")
            inside = {key: value for key, value in payload.items() if key not in gone}
            home = self._views.homes.get(payload["user"]["id"], {})
            return inside | {"container": {"type": "view", "view_id": home.get("id")}, "view": home}
        if message and message.get("subtype") == "ephemeral":
            container = payload["container"] | {"is_ephemeral": True}
            rest = {key: value for key, value in payload.items() if key != "message"}
            return rest | {"container": container}
        return payload

    def _submitted(self, payload: Json, answer: Json | None) -> Json | None:
        if not answer or "response_action" not in answer:
            return answer
        if answer["response_action"] == "errors":
            return self._errors(payload, answer)
        if answer["response_action"] in ("update", "push"):
            if faults := view_faults(answer.get("view")):
                self._state.violate(f"answer {answer['response_action']}", "invalid_view", faults)
                return {"response_action": "errors", "errors": {}}
            if answer["response_action"] == "update":
                self._views.replacing()
        return answer

    def _errors(self, payload: Json, answer: Json) -> Json:
        known = input_ids(payload["view"])
        strange = [name for name, words in answer.get("errors", {}).items() if name not in known or not words]
        if strange or not answer.get("errors"):
            self._state.violate("answer errors", "invalid_errors", [f"no such input, or no words: {strange}"])
        return answer

    def _checked(self, where: str, blocks: object) -> bool:
        faults = message_faults(blocks) if blocks is not None else []
        if faults:
            self._state.violate(where, "invalid_blocks", faults)
        return not faults

    def _hook(self, target: str) -> str:
        name = uuid.uuid4().hex
        self._state.hooks[name] = HookUrl(target)
        return f"{self._state.base_url}{HOOKS}{name}"


def _made_up() -> str:
    return uuid.uuid4().hex[:5]
