"""What `doctor` asks Slack: tokens, scopes, channels, and whether our clock agrees with Slack's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

from bot.domain.errors import LiaisonError, Permanent
from bot.findings import Finding
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.errors import translated
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.web import web_client
from bot.ports import Now

APART_S = 60.0
REINSTALL = "Add them under OAuth & Permissions (or paste `python -m bot manifest slack`) and install the app again."


def check_up(access: SlackAccess, channels: Iterable[tuple[str, str]], now: Now) -> Iterator[Finding]:
    """Findings about one workspace. `channels`: id and name of the marketing channels. Never raises."""
    found: list[Finding] = []
    with _noted(found, "Bot token"):
        found += _bot_token(access, now)
    if access.app_token:
        with _noted(found, "App token"):
            _open_socket(access)
            found.append(Finding("App token", True, "Socket Mode can be used."))
    for conversation, name in channels:
        with _noted(found, f"Channel #{name or conversation}"):
            found.append(_channel(access, conversation, name))
    yield from found


def _bot_token(access: SlackAccess, now: Now) -> list[Finding]:
    with translated():
        told = web_client(access.bot_token, access.api_url).auth_test()
    headers = {name.lower(): value for name, value in told.headers.items()}
    found = [Finding("Bot token", True, f"It opens the workspace {told.get('team')} as {told.get('user')}.")]
    granted = frozenset(filter(None, str(headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")))
    return [*found, _scopes(granted), _clock(str(headers.get("date", "")), now)]


def _scopes(granted: frozenset[str]) -> Finding:
    if not granted:
        return Finding("Scopes", None, "The server does not tell which scopes were granted.")
    missing = [scope for scope in SCOPES if scope.name not in granted]
    if not missing:
        return Finding("Scopes", True, f"All {len(SCOPES)} are granted.")
    words = "; ".join(f"{scope.name} ({scope.reason})" for scope in missing)
    return Finding("Scopes", False, f"Missing: {words}.", REINSTALL)


def _clock(date: str, now: Now) -> Finding:
    if not date:
        return Finding("Clock", None, "The server does not tell its time.")
    apart = abs((now() - parsedate_to_datetime(date)).total_seconds())
    if apart <= APART_S:
        return Finding("Clock", True, f"It agrees with Slack's within {max(apart, 1):.0f} s.")
    return Finding("Clock", False, f"It is {apart:.0f} s off Slack's.", "Switch on time synchronisation (NTP).")


def _open_socket(access: SlackAccess) -> None:
    with translated():
        web_client("", access.api_url).apps_connections_open(app_token=access.app_token)


def _channel(access: SlackAccess, conversation: str, name: str) -> Finding:
    with translated(conversation):
        told = web_client(access.bot_token, access.api_url).conversations_info(channel=conversation)
    what = f"Channel #{name or conversation}"
    if told["channel"].get("is_member"):
        return Finding(what, True, "The bot is in it.")
    return Finding(what, False, "The bot is not in it.", "Type there: /invite @it-liaison")


@contextmanager
def _noted(found: list[Finding], what: str) -> Iterator[None]:
    try:
        yield
    except LiaisonError as error:
        found.append(Finding(what, False, error.words, error.mend if isinstance(error, Permanent) else ""))
