"""What `doctor` asks Teams: the app's secret, Microsoft's keys, our own address, and the channels."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from typing import Any

from microsoft_teams.api.clients.api_client import ApiClient

from bot.domain.errors import LiaisonError, Permanent
from bot.findings import Finding
from bot.platforms.teams.access import PATH, TeamsAccess
from bot.platforms.teams.line import Line
from bot.ports.places import Places

WAIT_S = 10
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ENTRA = "It stands in Entra under App registrations, Overview."


def check_up(
    access: TeamsAccess, places: Places | None, channels: Iterable[tuple[str, str]], public_url: str
) -> Iterator[Finding]:
    """Findings about one tenant. `channels`: id and name of its marketing channels; `places`: None without a store.

    Never raises.
    """
    yield from _ids(access)
    line = Line(access)
    yield _token(line)
    yield _keys(access)
    yield _address(public_url)
    yield _admins(access)
    if places is not None:
        yield from (_channel(line, access, places, conversation, name) for conversation, name in channels)


def _ids(access: TeamsAccess) -> Iterator[Finding]:
    for name, value in (("TEAMS_APP_ID", access.app_id), ("TEAMS_TENANT_ID", access.tenant)):
        if not GUID.fullmatch(value):
            yield Finding(name, False, f"“{value[:60]}” is no id as Entra gives them.", ENTRA)


def _token(line: Line) -> Finding:
    try:
        line.check()
    except LiaisonError as error:
        return Finding("Teams app", False, error.words, error.mend if isinstance(error, Permanent) else "")
    return Finding("Teams app", True, "Entra knows the app and its secret.")


def _keys(access: TeamsAccess) -> Finding:
    what = "Microsoft's keys"
    try:
        with urllib.request.urlopen(_keys_url(access), timeout=WAIT_S) as answer:  # noqa: S310 - the operator's setting
            told: Any = json.load(answer)
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        return Finding(what, False, f"They can't be had: {error}.", "Let this server reach login.botframework.com.")
    return Finding(what, True, f"{len(told.get('keys') or ())} keys check what is posted to us.")


def _keys_url(access: TeamsAccess) -> str:
    return re.sub(r"/openidconfiguration$", "/keys", access.openid_url)


def _address(public_url: str) -> Finding:
    if not public_url.startswith("https://"):
        mend = "Set PUBLIC_URL to the https address under which Microsoft reaches the bot."
        return Finding("Address", False, "Teams posts only to an https address.", mend)
    words = f"The bot resource's messaging endpoint is {public_url.rstrip('/')}{PATH}"
    return Finding("Address", None, words, "Compare it with Azure: Bot, Configuration.")


def _admins(access: TeamsAccess) -> Finding:
    if access.admins:
        return Finding("Teams admins", True, f"{len(access.admins)} may set the bot up.")
    mend = "Put their e-mail addresses into TEAMS_ADMINS."
    return Finding("Teams admins", None, "None is named: until one is, the first member who asks sets it up.", mend)


def _channel(line: Line, access: TeamsAccess, places: Places, conversation: str, name: str) -> Finding:
    what = f"Channel {name or conversation}"
    place = places.place(access.tenant, conversation)
    if place is None:
        return Finding(what, False, "Nothing was ever heard from it.", "Write there: @IT Liaison help")

    async def ask(client: ApiClient) -> None:
        await client.conversations.get_paged_members(conversation, 1)

    try:
        line.call(place.service_url, ask, conversation)
    except LiaisonError as error:
        return Finding(what, False, error.words, error.mend if isinstance(error, Permanent) else "")
    return Finding(what, True, "The bot is in it.")
