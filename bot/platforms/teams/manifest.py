"""The app package: what a tenant installs, with the reason for every permission. Microsoft's schema, version 1.21."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.platforms.teams.icons import colour_icon, outline_icon

Json = dict[str, Any]

VERSION = "1.21"
SCHEMA = f"https://developer.microsoft.com/en-us/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
APP_VERSION = "1.0.0"
MENU = 10  # commands that Teams shows
COMMAND_TITLE = 32
COMMAND_WORDS = 128
SAME_DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the package, so that the same app is the same file
FIRST = "home"
LAST = ("setup", "help")
DESCRIPTION = "Notices new tools and campaigns, opens a ticket, brings IT in in time."
WHOLE = (
    "The IT liaison of a marketing team: it notices when somebody is about to adopt a tool or run a campaign, opens a "
    "ticket in the thread and brings the assigned person from IT in before money is spent. Ask it with "
    "@IT Liaison new-tool, campaign or ask; an admin sets a channel up with @IT Liaison setup."
)


SEARCH: Json = {
    "id": "search",
    "type": "query",
    "title": "Find tickets and tools",
    "description": "Find a ticket or a tool of the catalogue, and share it",
    "context": ["compose", "commandBox"],
    "initialRun": True,
    "parameters": [
        {"name": "words", "title": "Search", "description": "A number, or words of a name", "inputType": "text"}
    ],
}


@dataclass(frozen=True, slots=True)
class Permission:
    """One resource-specific permission, which a team's owner grants for that team, and why it is needed."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu: its name, its label, a line of description."""

    name: str
    label: str
    help: str


PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "ChannelMessage.Read.Group",
        "hear what is said in the team's channels without a mention, and find its own messages again",
    ),
)
ASK = "Ask IT Liaison"  # as a message action; what it does stands in its description


def manifest(commands: Mapping[str, str], shortcuts: Sequence[Entry], app_id: str, public_url: str) -> Json:
    """The manifest. `commands`: help by sub-command, the most wanted first; `public_url`: our https address."""
    base = public_url.rstrip("/")
    host = base.partition("://")[2].partition("/")[0]
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": APP_VERSION,
        "id": app_id,
        "developer": {"name": "IT Liaison", "websiteUrl": base, "privacyUrl": base, "termsOfUseUrl": base},
        "name": {"short": "IT Liaison", "full": "IT Liaison for marketing"},
        "description": {"short": DESCRIPTION, "full": WHOLE},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1f3a5f",
        "bots": [_bot(commands, app_id)],
        "composeExtensions": [_extension(shortcuts, app_id)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host],
        "webApplicationInfo": {"id": app_id, "resource": f"api://{host}/{app_id}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": one.name, "type": "Application"} for one in PERMISSIONS]}
        },
    }


def package(made: Json) -> bytes:
    """The manifest with its icons as the zip that is uploaded."""
    files = {
        "manifest.json": json.dumps(made, indent=2, ensure_ascii=False).encode() + b"\n",
        "color.png": colour_icon(),
        "outline.png": outline_icon(),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, SAME_DAY), content)
    return held.getvalue()


def _bot(commands: Mapping[str, str], app_id: str) -> Json:
    home = {FIRST: "See what waits for you, and your tickets"}
    shared = [one for one in commands if one not in LAST][: MENU - len(LAST)]
    own = [one for one in commands if one not in LAST][: MENU - len(LAST) - 1]
    last = {name: commands[name] for name in LAST if name in commands}
    menus = (
        (["team", "groupChat"], {name: commands[name] for name in shared} | last),
        (["personal"], home | {name: commands[name] for name in own} | last),
    )
    lists = [{"scopes": scopes, "commands": [_command(*one) for one in menu.items()]} for scopes, menu in menus]
    scopes = ["personal", "team", "groupChat"]
    return {
        "botId": app_id,
        "scopes": scopes,
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": lists,
    }


def _command(name: str, words: str) -> Json:
    return {"title": name[:COMMAND_TITLE], "description": words[:COMMAND_WORDS]}


def _extension(shortcuts: Sequence[Entry], app_id: str) -> Json:
    taken = [
        {
            "id": one.name,
            "type": "action",
            "title": ASK,
            "description": one.help[:COMMAND_WORDS],
            "context": ["message"],
            "fetchTask": True,
        }
        for one in shortcuts
    ]
    return {"botId": app_id, "commands": [SEARCH, *taken]}
