"""Who may do what: Slack's tokens and scopes, method by method: https://docs.slack.dev/reference/methods."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

DEFAULT_SCOPES = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read",
        "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:read",
        "reactions:write", "team:read", "users:read", "users:read.email",
    }
)  # fmt: skip

READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}

# The scope of each method, by the type of its channel where it depends on that, None where none is needed.
SCOPES: dict[str, str | dict[str, str] | None] = {
    "api.test": None,
    "auth.test": None,
    "bots.info": "users:read",
    "team.info": "team:read",
    "emoji.list": "emoji:read",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.meMessage": "chat:write",
    "chat.getPermalink": None,
    "conversations.list": READ,
    "users.conversations": READ,
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "conversations.open": "im:write",
    "conversations.create": "channels:manage",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "views.publish": None,
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.info": "files:read",
    "files.list": "files:read",
}

EVENT_SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "file_shared": "files:read",
    "member_joined_channel": "channels:read",
}

WRITING = frozenset(
    {
        "chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete", "chat.meMessage",
        "reactions.add", "reactions.remove", "files.completeUploadExternal",
    }
)  # fmt: skip
INSIDE = WRITING | {"conversations.history", "conversations.replies"}


def token_refusal(method: str, token: str | None, app: Json, revoked: set[str]) -> str | None:
    """Slack's error for this token at this method, None if it may go on."""
    if not token:
        return "not_authed"
    if token in revoked:
        return "token_revoked"
    if token not in (app["botToken"], app["appToken"]):
        return "invalid_auth"
    wanted = app["appToken"] if method == "apps.connections.open" else app["botToken"]
    return None if token == wanted else "not_allowed_token_type"


def scopes_needed(method: str, args: Json, channel_kind: str | None) -> list[str]:
    """The scopes that this call asks for; channel_kind is the type of the channel it names."""
    rule = SCOPES[method]
    if rule is None:
        return []
    if isinstance(rule, str):
        return [rule]
    if method in ("conversations.list", "users.conversations"):
        names = str(args.get("types") or "public_channel").split(",")
        return [rule[KINDS[name.strip()]] for name in names if name.strip() in KINDS]
    return [rule[channel_kind]] if channel_kind else []


def event_scope(event: Json) -> str | None:
    """The scope without which Slack does not send this event; None when none is needed."""
    if event.get("type") == "message":
        kinds = {"channel": "channel", "group": "group", "im": "im", "mpim": "mpim"}
        return HISTORY[kinds.get(str(event.get("channel_type")), "channel")]
    return EVENT_SCOPES.get(str(event.get("type")))
