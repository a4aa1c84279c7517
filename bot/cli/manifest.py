"""`manifest`: what makes the app known to a chat platform, from the handler registry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import Invalid

if TYPE_CHECKING:
    from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def manifest(
        platform: Annotated[str, typer.Argument(help="The chat platform: slack or teams.")] = "slack",
        mode: Annotated[str, typer.Option(help="Slack: socket, or http (then PUBLIC_URL must be set).")] = "socket",
        out: Annotated[Path, typer.Option(help="Teams: where the app package is written.")] = Path("it-liaison.zip"),
    ) -> None:
        """Print Slack's manifest, ready to be pasted, or write the app package of Teams, ready to be uploaded."""
        from bot.settings import load_settings

        if platform == "slack":
            print(_slack(load_settings(), mode))
        elif platform == "teams":
            out.write_bytes(_teams(load_settings()))
            print(f"{out} is ready: upload it in the Teams admin center, Manage apps.")
        else:
            raise Invalid(f"I can make the manifest for slack or teams, not for “{platform}”.")


def _slack(settings: Settings, mode: str) -> str:
    from bot.platforms.slack.manifest import Shortcut, manifest
    from handlers.registry import COMMANDS, SHORTCUTS

    if mode not in {"socket", "http"}:
        raise Invalid(f"--mode is socket or http, not “{mode}”.")
    if mode == "http" and not settings.public_url:
        raise Invalid("Set PUBLIC_URL to the https address under which Slack reaches the bot, then try again.")
    commands = {command.name: command.help for command in COMMANDS}
    shortcuts = [Shortcut(one.label, one.name, one.help) for one in SHORTCUTS]
    return json.dumps(manifest(commands, shortcuts, mode == "socket", settings.public_url), indent=2)


def _teams(settings: Settings) -> bytes:
    from bot.platforms.teams.manifest import Entry, manifest, package
    from handlers.registry import COMMANDS, SHORTCUTS

    if not settings.teams_app_id:
        raise Invalid("Set TEAMS_APP_ID to the app's id in Entra, then try again. docs/teams.md says where it stands.")
    if not settings.public_url.startswith("https://"):
        raise Invalid("Set PUBLIC_URL to the https address under which Microsoft reaches the bot, then try again.")
    commands = {command.name: command.help for command in COMMANDS}
    shortcuts = [Entry(one.name, one.label, one.help) for one in SHORTCUTS]
    return package(manifest(commands, shortcuts, settings.teams_app_id, settings.public_url))
