"""Which channels there are and whether the bot is in them, as Slack would judge it."""

from __future__ import annotations

from typing import Any

from tests.support.strict_rules import INSIDE, WRITING
from tests.support.strict_state import State

Json = dict[str, Any]


class Channels:
    """The server's channels, with what the proxy changed about them: removed, joined, archived."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: dict[str, Json] = {}
        self._bot = str(state.upstream.app["botUserId"])
        self._people = {str(user["id"]): user for user in state.upstream.config["users"]}

    async def find(self, name: str) -> Json | None:
        """A channel by its id or #name; for a user's id their conversation with the bot."""
        if name not in self._known:
            await self._look()
        if name in self._known:
            return self._known[name]
        if name in self._people:
            return await self._dm(name)
        plain = name.removeprefix("#")
        return next((one for one in self._known.values() if one["name"] == plain), None)

    def knows_person(self, user: str) -> bool:
        """Whether the workspace has such a person."""
        return user in self._people

    def flags(self, user: str) -> Json:
        """is_admin and is_restricted of a person, which the server drops."""
        person = self._people.get(user, {})
        return {key: bool(person.get(key)) for key in ("is_admin", "is_owner", "is_restricted")}

    def has_bot(self, channel: Json) -> bool:
        """Whether the bot is a member."""
        name = channel["id"]
        if name in self._state.removed:
            return False
        return name in self._state.joined or self._bot in channel["members"]

    def kind(self, channel: Json) -> str:
        """channel, group or im, as events name the type."""
        if channel["is_im"]:
            return "im"
        return "group" if channel["is_private"] else "channel"

    def refusal(self, method: str, args: Json, channel: Json | None) -> str | None:
        """Slack's error for this method on this channel, None if it may go on."""
        if channel is None:
            return "channel_not_found"
        if not self.has_bot(channel):
            if self.kind(channel) != "channel":
                return "channel_not_found"
            if method in INSIDE and not self._may_post_anywhere(method):
                return "not_in_channel"
        if channel["id"] in self._state.archived and method in WRITING:
            return "is_archived"
        if method == "chat.postEphemeral" and args.get("user") not in channel["members"]:
            return "user_not_in_channel"
        return None

    def listed(self, found: list[Json], types: str) -> list[Json]:
        """A list as Slack answers it: of the types asked for, private ones only with the bot inside."""
        wanted = {name.strip() for name in types.split(",")}
        kinds = {"channel": "public_channel", "group": "private_channel", "im": "im"}
        shown: list[Json] = []
        for one in found:
            known = self._known.get(one["id"]) or {**one, "members": [self._bot]}
            visible = self.kind(known) == "channel" or self.has_bot(known)
            if visible and kinds[self.kind(known)] in wanted:
                shown.append(self.described(one, known))
        return shown

    def described(self, answer: Json, known: Json) -> Json:
        """A channel object with the membership that holds here."""
        gone = known["id"] in self._state.archived
        return answer | {"is_member": self.has_bot(known), "is_archived": gone}

    async def wrote(self, channel: str, ts: str) -> bool:
        """Whether the bot wrote this message; yes if it is not there, as the server itself will say."""
        url = f"{self._state.upstream.base_url}/_control/messages/{channel}"
        async with self._state.http.get(url) as answer:
            found = (await answer.json())["messages"]
        return all(one.get("user") == self._bot for one in found if one["ts"] == ts)

    async def refresh(self) -> None:
        """Look at the server's channels again."""
        await self._look()

    def _may_post_anywhere(self, method: str) -> bool:
        return method == "chat.postMessage" and "chat:write.public" in self._state.scopes

    async def _dm(self, user: str) -> Json | None:
        head = {"Authorization": f"Bearer {self._state.upstream.app['botToken']}"}
        url = f"{self._state.upstream.api_url}conversations.open"
        async with self._state.http.post(url, json={"users": user}, headers=head) as answer:
            name = (await answer.json())["channel"]["id"]
        await self._look()
        return self._known.get(name)

    async def _look(self) -> None:
        async with self._state.http.get(f"{self._state.upstream.base_url}/_control/state") as answer:
            self._known = {one["id"]: one for one in (await answer.json())["channels"]}
