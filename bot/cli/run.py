"""`run`: the bot itself; without chat tokens together with the sandbox workspace."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import Invalid, Permanent, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import Liaison
    from bot.platforms.slack.access import SlackAccess
    from bot.platforms.slack.sandbox import Sandbox
    from bot.settings import Settings
    from storage.store import Store

MODES = ("socket", "http")
ROLES = ("all", "web", "worker", "scheduler")
COMPANY = """
  IT Liaison is running, with a made-up company of forty people and the {shown:,} messages of its last month.

  Open     {url}
  Act as   Brand Lead, Liaison Berlin, IT Manager, Marketing Manager … (switch at the top right of the page)

  Look     1. in #brand: the agenda of each Monday, the road map review of the month, the decisions in its thread
           2. at the direct messages of Brand Lead: the sponsor's question, and the pulse
           3. type: /itcheck roadmap, /itcheck involvement, /itcheck roadmap goal, /itcheck sla report

  The page stamps everything with today: a line in bold tells the day. Stop everything with Ctrl-C.
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def run(
        mode: Annotated[str, typer.Option(help="How Slack's events come: socket or http.")] = "socket",
        role: Annotated[str, typer.Option(help="Which part runs here: all, web, worker or scheduler.")] = "all",
        lease: Annotated[float, typer.Option(help="Seconds until others go on with what a killed process began.")] = 60,
        speed: Annotated[float, typer.Option(help="Demo: how many times as fast the sandbox's clock runs.")] = 1,
    ) -> None:
        """Start the bot. Without SLACK_BOT_TOKEN or TEAMS_APP_ID, start the sandbox workspace in the browser too."""
        from bot.cli.only import only_process
        from bot.log import set_up_logging
        from bot.settings import load_settings

        _one_of("--mode", mode, MODES)
        _one_of("--role", role, ROLES)
        settings = load_settings()
        _only_in_the_sandbox(speed, settings)
        set_up_logging(settings.log_level if settings.has_chat else "error", pretty=sys.stderr.isatty())
        _prepare(settings)
        with only_process(settings) as alone:
            if settings.has_chat:
                _run_workspace(settings, mode, role, timedelta(seconds=lease), alone)
            else:
                _run_sandbox(settings, speed)


def _run_workspace(settings: Settings, mode: str, role: str, lease: timedelta, alone: bool) -> None:
    from bot.app import build
    from bot.ground import open_store

    access = _slack_access(settings, mode) if settings.has_slack else None
    store = open_store(settings, lease)
    _migrate(store)
    if alone:
        store.take_over()
    chats = f"{mode} mode" if access else "Teams"
    greeting = (
        f"IT Liaison is starting ({chats}, role {role}). Health: http://{settings.host}:{settings.port}/health\n"
        "Stop it with Ctrl-C. If something looks wrong: python -m bot doctor"
    )
    liaison = build(settings, store, access, role=role)
    asyncio.run(_until_stopped(liaison, lambda: print(greeting, flush=True)))
    print("Stopped.")


def _slack_access(settings: Settings, mode: str) -> SlackAccess:
    from bot.platforms.slack.access import SlackAccess, is_slack

    access = SlackAccess(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value() if mode == "socket" else "",
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        null_is_untouched=not is_slack(settings.slack_api_url),
    )
    _require_tokens(access.app_token, access.signing_secret, mode)
    return access


def _migrate(store: Store) -> None:
    """Bring the database up to date; at the start a database that is away is somebody's to mend."""
    try:
        store.migrate()
    except StoreUnavailable as error:
        mend = "Check DATABASE_URL, that the server runs and takes connections, and that the disk has room."
        raise Permanent("The database cannot be reached or written.", "database", mend) from error


def _run_sandbox(settings: Settings, speed: float) -> None:
    """With `speed` the product's time begins at ten on a working day and runs faster: clocks, hours, notices, agendas.

    In real time stay what waits for other programs: HTTP time-outs, the three seconds of a form, leases, the pauses of
    idle threads. Tries that failed are put off by the product's time, and the jobs look twice a second at most.
    """
    from bot.app import build
    from bot.demo.keeping import holds_demo
    from bot.domain.pace import Pace, demo_pace
    from bot.now import real_now, run_at
    from bot.platforms.slack.sandbox import Sandbox
    from bot.practice import furnish_sandbox, open_sandbox_store

    if holds_demo(settings.data_dir):
        _run_company(settings, speed)
        return
    store = open_sandbox_store(settings, speed)
    with Sandbox(settings.sandbox_port, zone=_zone()) as sandbox:
        pace = demo_pace(speed, real_now(), _zone()) if speed != 1 else Pace()
        run_at(pace)
        furnish_sandbox(store, _zone(), is_demo=speed != 1)
        liaison = build(settings, store, replace(sandbox.access, pace=pace))
        asyncio.run(_until_stopped(liaison, lambda: _welcome(sandbox, speed)))
    print("\nStopped. The sandbox starts fresh next time.")


def _run_company(settings: Settings, speed: float) -> None:
    """The demo of the data folder: its last month is written on the page first, then the bot goes on from there."""
    from bot.app import build
    from bot.demo.showing import sandbox_workspace, show
    from bot.platforms.slack.sandbox import Sandbox
    from bot.practice import clear_sandbox, open_sandbox_store, sandbox_file

    if speed != 1:
        raise Invalid("The demo of a company lives in real time. Leave --speed out, or use another DATA_DIR.")
    clear_sandbox(settings)
    with Sandbox(settings.sandbox_port, given=sandbox_workspace()) as sandbox:
        print("Writing the company's last month on the page ...", flush=True)
        shown = show(settings.data_dir, sandbox, sandbox_file(settings))
        liaison = build(settings, open_sandbox_store(settings, fresh=False), sandbox.access)
        words = COMPANY.format(shown=shown, url=sandbox.page_url)
        asyncio.run(_until_stopped(liaison, lambda: print(words, flush=True)))
    print("\nStopped. The company starts from the same morning next time.")


def _only_in_the_sandbox(speed: float, settings: Settings) -> None:
    from bot.domain.pace import Pace

    Pace(speed=speed)  # or it says what is wrong with it
    if speed != 1 and settings.has_chat:
        raise Invalid(
            "--speed is for the sandbox only: real chats live in real time. Leave SLACK_BOT_TOKEN and TEAMS_APP_ID out."
        )


def _zone() -> str:
    """This machine's time zone, as the sandbox's people see it."""
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"


async def _until_stopped(liaison: Liaison, greet: Callable[[], None]) -> None:
    """Run it; the greeting, which names Ctrl-C, comes once Ctrl-C is heeded."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, liaison.ended.set)
    greet()
    await liaison.run()


def _welcome(sandbox: Sandbox, speed: float) -> None:
    print(
        f"""
  IT Liaison is running, with a practice workspace.

  Open     {sandbox.page_url}
  Act as   Marketer, Liaison or IT Manager (switch at the top right of the page)

  Try      1. As Marketer, write in #marketing:
              we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday
           2. As Liaison, open the thread: press Claim, then Answer
           3. As Marketer, type: /itcheck new-tool Hotjar

  Your own workspace: put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env (README, "A real workspace").
  The practice page listens on all interfaces of this machine. Stop everything with Ctrl-C.
""",
        flush=True,
    )
    if speed != 1:
        words = f"  Demo: a second is {speed / 60:g} minutes here. It is ten on a working day; the sync is at four.\n"
        print(words, flush=True)


def _prepare(settings: Settings) -> None:
    """Check what would fail later, with words that say what to do."""
    from bot.ground import data_folder_finding

    folder = data_folder_finding(settings)
    if not folder.well:
        raise Permanent(folder.words, "data_dir", folder.mend)
    with socket.socket() as probing:
        probing.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probing.bind((settings.host, settings.port))
        except OSError as error:
            raise Permanent(
                f"Port {settings.port} can't be used: {error.strerror}.",
                "port",
                f"Stop what uses it, or choose another: PORT={settings.port + 1} make run",
            ) from error


def _require_tokens(app_token: str, signing_secret: str, mode: str) -> None:
    if mode == "socket" and not app_token:
        raise Permanent(
            "Socket Mode needs SLACK_APP_TOKEN (xapp-…).",
            "token",
            "Make one under Basic Information, App-Level Tokens, with connections:write. Or use --mode http.",
        )
    if mode == "http" and not signing_secret:
        raise Permanent(
            "HTTP mode needs SLACK_SIGNING_SECRET.", "token", "It stands under Basic Information, App Credentials."
        )


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Invalid(f"{option} is one of {', '.join(allowed)}, not “{value}”.")
