"""How a bench speaks to a bot it started: the settings it gives it, and a plain HTTP call."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

ANSWER_S = 90.0


def bot_settings(slack: Mapping[str, str], database_url: str, folder: Path) -> dict[str, str]:
    """The settings of a bot on a fresh database; `slack`: its SLACK_* settings. Its port is left to be chosen."""
    return {
        **slack,
        "DATABASE_URL": "" if database_url.startswith("sqlite") else database_url,
        "DATA_DIR": str(folder / "data"),
        "LOG_LEVEL": "warning",
    }


def get(url: str, body: bytes | None = None) -> str:
    """The text at an address of this machine; with a body it is posted. Raises OSError."""
    request = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - our own address
    with build_opener(ProxyHandler({})).open(request, timeout=ANSWER_S) as answer:
        return str(answer.read().decode())
