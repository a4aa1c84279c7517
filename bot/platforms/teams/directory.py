"""People and channels as Teams knows them, with what was learned of them on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from microsoft_teams.api.clients.api_client import ApiClient
from microsoft_teams.api.models import ChannelInfo, TeamsChannelAccount
from microsoft_teams.api.models.conversation import PagedMembersResult

from bot.domain.errors import NotFound, Permanent
from bot.domain.people import Person
from bot.platforms.remembered import Remembered
from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.history import History, author_of, text_of
from bot.platforms.teams.kept import Kept
from bot.platforms.teams.line import Line
from bot.ports import Said
from bot.ports.places import Acquaintance, Place

FRESH_S = 600.0
MOST_PEOPLE = 300
PAGE = 200
GENERAL = "General"  # the one channel Teams tells no name of
LOOKED_IN = 5  # conversations somebody new is looked for in


class TeamsDirectory:
    """The Directory port on Teams. A channel's members are its team's, as Teams tells them."""

    def __init__(self, line: Line, kept: Kept, access: TeamsAccess, history: History) -> None:
        self._line = line
        self._kept = kept
        self._access = access
        self._people = Remembered[Person](FRESH_S)
        self._names = Remembered[str](FRESH_S)
        self._authors = Remembered[str](FRESH_S)
        self._history = history

    def person(self, workspace: str, person: str) -> Person:
        """One person. Raises NotFound for somebody nobody met; who left since is gone."""
        return self._people.get(person, lambda: self._ask(workspace, person))

    def members(self, workspace: str, conversation: str) -> Sequence[Person]:
        """The people (no bots, 300 at most) of a conversation we are in, by name."""
        place = self._kept.required(workspace, conversation)
        found: list[TeamsChannelAccount] = []
        token: str | None = None
        while len(found) < MOST_PEOPLE:
            page = self._page(place, token)
            found.extend(page.members or ())
            token = page.continuation_token
            if not token:
                break
        people = [one for one in found if not one.id.startswith("28:")][:MOST_PEOPLE]
        self._kept.acquaintances.meet([_met(workspace, conversation, one) for one in people])
        return sorted((self._person(workspace, one) for one in people), key=lambda one: one.name.casefold())

    def channel_name(self, workspace: str, conversation: str) -> str:
        """The name of a conversation, empty if it has none."""
        place = self._kept.places.place(workspace, conversation)
        if place is None or place.name or not place.team:
            return place.name if place else ""
        return self._names.get(conversation, lambda: self._ask_name(place))

    def known_as(self, workspace: str, conversation: str, person: str) -> str:
        """Our id for somebody whom Teams names by their id in Entra; empty if they are not in the conversation."""
        place = self._kept.places.place(workspace, conversation)
        found = self._member(place, person) if place and person else None
        return found.id if found else ""

    def message(self, workspace: str, conversation: str, message: str) -> Said | None:
        """A message that begins a thread, None if it is gone. Raises Permanent where Teams shows us none."""
        found = self._history.message(self._kept.required(workspace, conversation), message)
        return self._said(workspace, conversation, found, "") if found else None

    def thread(self, workspace: str, conversation: str, thread: str, before: str) -> Sequence[Said]:
        """The beginning of a thread and the last messages in it before one of them, oldest first. Raises so too."""
        first, *others = self._history.thread(self._kept.required(workspace, conversation), thread, before)
        beginning = self._said(workspace, conversation, first, "")
        return [beginning, *(self._said(workspace, conversation, one, thread) for one in others)]

    def _said(self, workspace: str, conversation: str, message: Mapping[str, Any], thread: str) -> Said:
        person, by_bot = author_of(message)
        author = self._authors.get(person, lambda: self.known_as(workspace, conversation, person)) if person else ""
        return Said(author, text_of(message), thread, by_bot)

    def _ask_name(self, place: Place) -> str:
        """What the channel is called, and all others of its team, which Teams tells together."""

        async def ask(client: ApiClient) -> list[ChannelInfo]:
            return await client.teams.get_conversations(place.team)

        told = self._line.call(place.service_url, ask, place.id)
        names = {one.id: one.name or (GENERAL if one.id == place.team else "") for one in told if one.id}
        for conversation, name in names.items():
            self._kept.places.keep(replace(place, id=conversation, name=name))
        return names.get(place.id, "")

    def _ask(self, workspace: str, person: str) -> Person:
        known = self._kept.acquaintances.known(workspace, person)
        for place in self._where(workspace, known):
            found = self._member(place, person)
            if found is not None:
                self._kept.acquaintances.meet([_met(workspace, place.id, found)])
                return self._person(workspace, found)
        if known is None:
            raise NotFound("Teams does not know this person.")
        return Person(person, known.name or person, known.zone or "UTC", is_gone=True)

    def _where(self, workspace: str, known: Acquaintance | None) -> Sequence[Place]:
        """Where somebody may be found: where we met first, then a few of our channels."""
        met = self._kept.places.place(workspace, known.conversation) if known else None
        others = [one for one in self._kept.places.channels(workspace) if met is None or one.id != met.id]
        return [one for one in (met, *others[:LOOKED_IN]) if one is not None]

    def _member(self, place: Place, person: str) -> TeamsChannelAccount | None:
        async def ask(client: ApiClient) -> TeamsChannelAccount:
            found: TeamsChannelAccount = await client.conversations.get_member_by_id(place.id, person)
            return found

        try:
            return self._line.call(place.service_url, ask, place.id)
        except Permanent as error:
            if error.code in ("gone", f"channel:{place.id}"):
                return None
            raise

    def _page(self, place: Place, token: str | None) -> PagedMembersResult:
        async def ask(client: ApiClient) -> PagedMembersResult:
            page: PagedMembersResult = await client.conversations.get_paged_members(place.id, PAGE, token)
            return page

        return self._line.call(place.service_url, ask, place.id)

    def _person(self, workspace: str, account: TeamsChannelAccount) -> Person:
        """Somebody as Teams tells of them; zone and admins are known to us alone."""
        known = self._kept.acquaintances.known(workspace, account.id)
        return Person(
            id=account.id,
            name=account.name or account.id,
            zone=(known.zone if known else "") or "UTC",
            is_guest=(account.user_role or "").lower() in ("guest", "anonymous"),
            is_admin=_email(account) in self._access.admins,
        )


def _met(workspace: str, conversation: str, account: TeamsChannelAccount) -> Acquaintance:
    return Acquaintance(workspace, account.id, conversation, account.name or "", _email(account))


def _email(account: TeamsChannelAccount) -> str:
    return (account.email or account.user_principal_name or "").lower()
