"""The app manifest: what a workspace installs, with the reason for every scope and event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COMMAND = "/itcheck"
EVENTS_PATH = "/slack/events"
HINT = 1_000
DESCRIPTION = "Notices new tools and campaigns, opens a ticket, and brings IT into the thread in time."


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission and why it is needed."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listened:
    """One event that Slack sends us and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One entry of a message's menu: its label, its handler's name, a line of description."""

    label: str
    name: str
    description: str


SCOPES: tuple[Scope, ...] = (
    Scope("app_mentions:read", "answer when somebody mentions the bot"),
    Scope("channels:history", "hear messages in the public channels it was invited to, and find its own again"),
    Scope("channels:read", "names and members of the public channels it was invited to"),
    Scope("chat:write", "post and update cards and answers"),
    Scope("commands", f"the command {COMMAND} and the entry in a message's menu"),
    Scope("files:write", "show the picture of a report in a message, and send its figures as a CSV file"),
    Scope("groups:history", "hear messages in the private channels it was invited to, and find its own again"),
    Scope("groups:read", "names and members of the private channels it was invited to"),
    Scope("im:history", "hear what people write to it directly"),
    Scope("im:write", "write to a person directly, such as the liaison of a new ticket"),
    Scope("reactions:read", "open a ticket for a message somebody marked with the reaction"),
    Scope(
        "users:read",
        "people's names, zones and out-of-office status, and who is a guest, an admin or a bot",
    ),
)

EVENTS: tuple[Listened, ...] = (
    Listened("app_home_opened", "draw somebody's Home when they look at it"),
    Listened("app_mention", "a mention, also in channels where it does not listen"),
    Listened("channel_left", "it was removed from a public channel"),
    Listened("group_left", "it was removed from a private channel"),
    Listened("member_joined_channel", "it was invited to a channel and offers itself"),
    Listened("message.channels", "what is said in public channels"),
    Listened("message.groups", "what is said in private channels"),
    Listened("message.im", "what people write to it directly"),
    Listened("reaction_added", "the reaction that opens a ticket"),
)


def manifest(
    commands: Mapping[str, str], shortcuts: Sequence[Shortcut], socket: bool, public_url: str = ""
) -> dict[str, Any]:
    """The manifest as Slack takes it (JSON or YAML).

    `commands`: help by sub-command, in the order in which they are hinted at. `socket`: events come over Socket
    Mode; else Slack posts them to `public_url`, the https address of this bot without a path.
    """
    url = {} if socket else {"url": public_url.rstrip("/") + EVENTS_PATH}
    request_url = {} if socket else {"request_url": url["url"]}
    return {
        "display_information": {"name": "IT Liaison", "description": DESCRIPTION, "background_color": "#1f3a5f"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "it-liaison", "always_online": True},
            "shortcuts": [_shortcut(one) for one in shortcuts],
            "slash_commands": [_command(commands) | url],
        },
        "oauth_config": {"scopes": {"bot": [scope.name for scope in SCOPES]}},
        "settings": {
            "event_subscriptions": {"bot_events": [event.name for event in EVENTS]} | request_url,
            "interactivity": {"is_enabled": True} | request_url,
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _command(commands: Mapping[str, str]) -> dict[str, Any]:
    hint = " | ".join(commands)
    return {
        "command": COMMAND,
        "description": "Ask IT before you buy, try or launch something",
        "usage_hint": hint if len(hint) <= HINT else hint[: HINT - 1] + "…",
        "should_escape": True,
    }


def _shortcut(one: Shortcut) -> dict[str, Any]:
    return {
        "name": one.label[:24],
        "type": "message",
        "callback_id": one.name,
        "description": one.description[:150],
    }
