"""`manifest`: what to paste when the app is made in a chat platform, from the handler registry."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.domain.errors import Invalid


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def manifest(
        platform: Annotated[str, typer.Argument(help="The chat platform: slack.")] = "slack",
        mode: Annotated[str, typer.Option(help="socket, or http (then PUBLIC_URL must be set).")] = "socket",
    ) -> None:
        """Print the app manifest, ready to be pasted."""
        from bot.platforms.slack.manifest import Shortcut
        from bot.platforms.slack.manifest import manifest as slack_manifest
        from bot.settings import load_settings
        from handlers.registry import COMMANDS, SHORTCUTS

        if platform != "slack":
            raise Invalid(f"I can print the manifest for slack, not for “{platform}”.")
        if mode not in {"socket", "http"}:
            raise Invalid(f"--mode is socket or http, not “{mode}”.")
        public_url = load_settings().public_url
        if mode == "http" and not public_url:
            raise Invalid("Set PUBLIC_URL to the https address under which Slack reaches the bot, then try again.")
        commands = {command.name: command.help for command in COMMANDS}
        shortcuts = [Shortcut(one.label, one.name, one.help) for one in SHORTCUTS]
        print(json.dumps(slack_manifest(commands, shortcuts, mode == "socket", public_url), indent=2))
