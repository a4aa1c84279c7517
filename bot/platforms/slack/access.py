"""What it takes to speak with one Slack workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.domain.pace import Pace

SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """Tokens and address of one workspace. With `app_token` events come over Socket Mode, else over HTTP.

    `null_is_untouched`: see payloads.read; true for the sandbox only. `pace`: how the product's time runs beside that
    of the chat; all times are mapped here at the edge, those that come in and those a search is given.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK
    null_is_untouched: bool = False
    pace: Pace = Pace()


def origin(api_url: str) -> str:
    """Scheme, host and port of an address, without a slash at its end."""
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}"


def is_slack(api_url: str) -> bool:
    """Whether the address is Slack's own."""
    host = urlsplit(api_url).hostname or ""
    return host == "slack.com" or host.endswith(".slack.com") or host.endswith(".slack-gov.com")


def is_local(api_url: str) -> bool:
    """Whether the address is on this machine, where no HTTP proxy may come between."""
    host = urlsplit(api_url).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")
