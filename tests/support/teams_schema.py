"""The facts of Microsoft's app manifest schema that our manifest touches, and a checker for them.

Source: developer.microsoft.com/json-schemas/teams/v1.21/MicrosoftTeams.schema.json; learn.microsoft.com, "App manifest
schema"; a menu shows ten commands (learn.microsoft.com, "Create a commands menu").
"""

from __future__ import annotations

import re
from typing import Any

GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
HTTPS = r"https://.{1,2040}"
SCOPES = ("team", "personal", "groupChat", "copilot")


def text(most: int, pattern: str = ".+") -> dict[str, Any]:
    """A text of so many characters at most."""
    return {"most": most, "pattern": pattern}


def one_of(*values: object) -> dict[str, Any]:
    """One of these values."""
    return {"values": values}


def many(item: Any, most: int) -> dict[str, Any]:
    """A list of at most so many."""
    return {"item": item, "most": most}


PARAMETER = {"name": text(64), "title": text(32), "description": text(128), "inputType": one_of("text")}
EXTENSION_COMMAND = {
    "id": text(64),
    "type": one_of("query", "action"),
    "title": text(32),
    "description": text(128),
    "context": many(one_of("compose", "commandBox", "message"), 3),
    "fetchTask?": one_of(True, False),
    "initialRun?": one_of(True, False),
    "parameters?": many(PARAMETER, 5),
}
COMMAND_LIST = {
    "scopes": many(one_of(*SCOPES), 3),
    "commands": many({"title": text(32), "description": text(128)}, 10),
}
SCHEMA = {
    "$schema": one_of("https://developer.microsoft.com/en-us/json-schemas/teams/v1.21/MicrosoftTeams.schema.json"),
    "manifestVersion": one_of("1.21"),
    "version": text(256, r"\d+\.\d+\.\d+"),
    "id": text(36, GUID),
    "developer": {
        "name": text(32),
        "websiteUrl": text(2048, HTTPS),
        "privacyUrl": text(2048, HTTPS),
        "termsOfUseUrl": text(2048, HTTPS),
    },
    "name": {"short": text(30), "full": text(100)},
    "description": {"short": text(80), "full": text(4000)},
    "icons": {"color": one_of("color.png"), "outline": one_of("outline.png")},
    "accentColor": text(7, "#[0-9a-f]{6}"),
    "bots": many(
        {
            "botId": text(36, GUID),
            "scopes": many(one_of(*SCOPES), 3),
            "supportsFiles": one_of(True, False),
            "isNotificationOnly": one_of(True, False),
            "commandLists": many(COMMAND_LIST, 3),
        },
        1,
    ),
    "composeExtensions": many({"botId": text(36, GUID), "commands": many(EXTENSION_COMMAND, 10)}, 1),
    "permissions": many(one_of("identity", "messageTeamMembers"), 2),
    "validDomains": many(text(2048, r"[a-z0-9.-]+"), 16),
    "webApplicationInfo": {"id": text(36, GUID), "resource": text(2048)},
    "authorization": {
        "permissions": {"resourceSpecific": many({"name": text(128), "type": one_of("Application", "Delegated")}, 16)}
    },
}


def faults_of(told: Any, rule: Any = SCHEMA, where: str = "") -> list[str]:
    """What in a manifest is not as Microsoft's schema has it."""
    if "values" in rule and isinstance(rule["values"], tuple):
        return [] if told in rule["values"] else [f"{where}: {told!r}"]
    if "item" in rule:
        found = [fault for at, one in enumerate(told) for fault in faults_of(one, rule["item"], f"{where}[{at}]")]
        return found + ([f"{where}: {len(told)} of {rule['most']}"] if len(told) > rule["most"] else [])
    if "pattern" in rule:
        good = isinstance(told, str) and len(told) <= rule["most"] and re.fullmatch(rule["pattern"], told, re.DOTALL)
        return [] if good else [f"{where}: {told!r}"]
    required = {name for name in rule if not name.endswith("?")}
    known = {name.removesuffix("?"): one for name, one in rule.items()}
    found = [f"{where}.{name} is missing" for name in sorted(required - set(told))]
    found += [f"{where}.{name} is unknown" for name in sorted(set(told) - set(known))]
    return found + [
        fault for name, one in told.items() if name in known for fault in faults_of(one, known[name], f"{where}.{name}")
    ]
