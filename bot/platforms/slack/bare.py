"""The least a Bolt app can do: acknowledge over Socket Mode and forget. The benches measure the bot beside it.

`python -m bot.platforms.slack.bare API_URL`
"""

from __future__ import annotations

import asyncio
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.platforms.slack.web import async_client, sdk_logger


async def run(api_url: str) -> None:
    """Connect to a server on this machine and acknowledge whatever it sends, until cancelled."""
    app = AsyncApp(client=async_client("xoxb-bare", api_url), logger=sdk_logger("bare"))

    async def acknowledge() -> None:
        """A listener that returns has acknowledged an event."""

    for kind in ("message", "reaction_added"):
        app.event(kind)(acknowledge)
    socket = AsyncSocketModeHandler(app, "xapp-bare", logger=sdk_logger("bare"), web_client=async_client("", api_url))
    await socket.start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
