"""What Slack refuses about the arguments of a call before it does anything."""

from __future__ import annotations

import re
import time
from typing import Any

from tests.support.strict_blocks import message_faults, view_faults
from tests.support.strict_channels import Channels
from tests.support.strict_memory import Memory, metadata_fault
from tests.support.strict_rules import SCOPES, scopes_needed, token_refusal
from tests.support.strict_state import State
from tests.support.strict_views import Views

Json = dict[str, Any]

TEXT = 40_000
AUTHORS_ONLY = {"chat.update": "cant_update_message", "chat.delete": "cant_delete_message"}
SENDING = ("chat.postMessage", "chat.postEphemeral", "chat.update")


def refused(error: str, **more: object) -> Json:
    """Slack's way of saying no."""
    return {"ok": False, "error": error, **more}


class Checks:
    """One look at a call; each method answers with a refusal or None."""

    def __init__(self, state: State, channels: Channels, memory: Memory, views: Views) -> None:
        self._state = state
        self._channels = channels
        self._memory = memory
        self._views = views

    async def refusal(self, method: str, token: str | None, args: Json) -> Json | None:
        """The refusal that Slack would answer with, None if the call may go on.

        args["channel"] is replaced by the channel's id where a user's id or a name was given.
        """
        error = token_refusal(method, token, self._state.upstream.app, self._state.revoked)
        if error:
            return refused(error)
        if method == "apps.connections.open":
            return None
        if method not in SCOPES:
            return refused("unknown_method", req_method=method)
        return (
            await self._of_channel(method, args)
            or await self._content(method, args)
            or await self._of_view(method, args)
        )

    async def _of_channel(self, method: str, args: Json) -> Json | None:
        given = args.get("channel") or args.get("channel_id")
        channel = await self._channels.find(str(given)) if given else None
        kind = self._channels.kind(channel) if channel else None
        lacking = [one for one in scopes_needed(method, args, kind) if one not in self._state.scopes]
        if lacking:
            provided = ",".join(sorted(self._state.scopes))
            return refused("missing_scope", needed=lacking[0], provided=provided)
        if not given:
            return self._without_channel(method, args)
        error = self._channels.refusal(method, args, channel)
        if error:
            return refused(error)
        assert channel is not None
        args["channel_id" if "channel_id" in args else "channel"] = channel["id"]
        return None

    def _without_channel(self, method: str, args: Json) -> Json | None:
        if method == "conversations.open":
            users = str(args.get("users") or "").split(",")
            if not all(self._channels.knows_person(user) for user in users):
                return refused("user_not_found")
        needs = method.startswith(("chat.", "reactions.")) or method in (
            "conversations.info", "conversations.members", "conversations.history", "conversations.replies"
        )  # fmt: skip
        return refused("channel_not_found") if needs else None

    async def _content(self, method: str, args: Json) -> Json | None:
        if method in SENDING:
            return self._message(method, args) or await self._own(method, args)
        if method == "chat.delete":
            return await self._own(method, args)
        if method.startswith("reactions."):
            return self._reaction(method, args)
        return None

    def _message(self, method: str, args: Json) -> Json | None:
        text, blocks = args.get("text"), args.get("blocks")
        if not text and not blocks and not args.get("attachments"):
            return self._violated(method, "no_text")
        if len(str(text or "")) > TEXT:
            return self._violated(method, "msg_too_long")
        if isinstance(blocks, str):
            return self._violated(method, "invalid_blocks_format")
        if blocks is not None and (faults := message_faults(blocks)):
            return self._violated(method, "invalid_blocks", faults)
        if not self._memory.pictures.knows(blocks):
            return self._violated(method, "invalid_blocks", ["invalid slack file"])
        if not self._memory.pictures.are_ready(blocks):
            return refused("invalid_blocks", errors=["invalid slack file"])
        if error := metadata_fault(args.get("metadata")):
            return self._violated(method, error)
        return None

    async def _own(self, method: str, args: Json) -> Json | None:
        if method not in AUTHORS_ONLY:
            return None
        place = (str(args["channel"]), str(args.get("ts")))
        if place in self._memory.ephemeral:
            return refused("message_not_found")
        if place not in self._memory.own and not await self._channels.wrote(*place):
            return refused(AUTHORS_ONLY[method])
        return None

    def _reaction(self, method: str, args: Json) -> Json | None:
        name = str(args.get("name"))
        if not re.fullmatch(r"[\w+'-]+(::skin-tone-[2-6])?", name):
            return self._violated(method, "invalid_name")
        there = (str(args["channel"]), str(args.get("timestamp")), name) in self._memory.reactions
        if method == "reactions.add" and there:
            return refused("already_reacted")
        return refused("no_reaction") if method == "reactions.remove" and not there else None

    async def _of_view(self, method: str, args: Json) -> Json | None:
        if not method.startswith("views."):
            return None
        if faults := view_faults(args.get("view")):
            return self._violated(method, "invalid_arguments", faults)
        wanted = {"views.publish": ("home",), "views.update": ("home", "modal")}.get(method, ("modal",))
        if args["view"]["type"] not in wanted:
            return self._violated(method, "invalid_arguments", ["wrong type of view"])
        if method in ("views.open", "views.push") and (error := self._trigger(str(args.get("trigger_id")))):
            return refused(error)
        if method == "views.publish" and not self._channels.knows_person(str(args.get("user_id"))):
            return refused("user_not_found")
        error = await self._views.refusal(method, args)
        return refused(error) if error else None

    def _trigger(self, trigger: str) -> str | None:
        """A trigger lives three seconds from its delivery and opens one view."""
        if trigger not in self._state.triggers:
            return "invalid_trigger_id"
        delivered = self._state.triggers[trigger]
        if delivered is None:
            return "exchanged_trigger_id"
        if time.monotonic() - delivered > self._state.faults.trigger_age:
            return "expired_trigger_id"
        self._state.triggers[trigger] = None
        return None

    def _violated(self, method: str, code: str, messages: list[str] | None = None) -> Json:
        said = messages or []
        self._state.violate(method, code, said)
        return refused(code, errors=said, response_metadata={"messages": said})
