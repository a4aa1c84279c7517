"""The sandbox: local-slack with a ready-made workspace, as a child process that ends with us."""

from __future__ import annotations

import ctypes
import json
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.errors import Permanent
from bot.domain.money import Money
from bot.platforms.slack.access import SlackAccess
from bot.platforms.slack.web import told

HOST = "127.0.0.1"
PORT = 3300
START_S = 10.0
STOP_S = 5.0
POLL_S = 0.02
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)

TEAM = "T01ACME"
APP = "A01APP"
BOT = "U0BOT"
MARKETER = "U01MARKETER"
SECOND_MARKETER = "U02MARKETER"
LIAISON = "U03LIAISON"
IT_MANAGER = "U04ITMANAGER"
MARKETING_MANAGER = "U05MKMANAGER"
MARKETING = "C01MARKETING"
IT_LIAISON = "G01ITLIAISON"
TOOLS = (
    Tool(
        "Mailchimp",
        "email_automation",
        "https://mailchimp.com",
        ("MC",),
        ToolStatus.APPROVED,
        LIAISON,
        yearly=Money(Decimal(6000), "EUR"),
        seats=12,
        note="The newsletter and its lists",
    ),
    Tool("Matomo", "analytics", "https://matomo.org", ("Piwik",), ToolStatus.APPROVED, LIAISON),
    Tool("SurveyMonkey", "analytics", status=ToolStatus.REJECTED, note="No contract on customer data could be had"),
)

_TOKENS = {"botToken": "xoxb-sandbox", "appToken": "xapp-sandbox", "signingSecret": "sandbox-signing-secret"}
_PEOPLE = (
    (MARKETER, "marketer", "Marketer"),
    (SECOND_MARKETER, "second-marketer", "Second Marketer"),
    (LIAISON, "liaison", "Liaison"),
    (IT_MANAGER, "it-manager", "IT Manager"),
    (MARKETING_MANAGER, "marketing-manager", "Marketing Manager"),
)


class Sandbox:
    """A Slack workspace on this machine. Its state lives in its memory and ends with it.

    start() must be called in a thread that lives as long as the program (best: the main one), because on Linux
    the server is ended when that thread ends.
    """

    def __init__(
        self,
        port: int = PORT,
        binary: Path | None = None,
        zone: str = "Europe/Berlin",
        given: Mapping[str, Any] | None = None,
    ) -> None:
        """`given`: another workspace than the ready-made one, see workspace_of."""
        self.port = port
        self.page_url = f"http://{HOST}:{port}"
        self.api_url = f"{self.page_url}/api/"
        self._binary = binary or _installed()
        self._workspace = given or workspace(zone)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def access(self) -> SlackAccess:
        """Tokens and address for connecting over Socket Mode."""
        return SlackAccess(
            _TOKENS["botToken"], _TOKENS["appToken"], _TOKENS["signingSecret"], self.api_url, null_is_untouched=True
        )

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the server and return when it answers.

        Raises Permanent if it is not installed, the port is taken, or it does not start; the words say what to do.
        """
        if not self._binary.is_file():
            raise Permanent(_missing(), "sandbox", "Install Node with npm, then run: make install")
        _check_free(self.port)
        self._folder = tempfile.TemporaryDirectory(prefix="it-liaison-sandbox-", ignore_cleanup_errors=True)
        home = Path(self._folder.name)
        (home / "workspace.json").write_text(json.dumps(self._workspace), encoding="utf-8")
        command = [str(self._binary), "--config", "workspace.json", "--port", str(self.port)]
        command += ["--base-host", HOST, "--files-dir", "files"]
        with (home / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us alone: we end it after the bot has hung up
                preexec_fn=_dies_with_parent(),  # noqa: PLW1509 - one system call that takes no lock
            )
        self._await_ready(home / "log")

    def stop(self) -> None:
        """End the server by its process id and remove its folder; doing it twice is harmless."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._folder is not None:
            self._folder.cleanup()

    def say(self, person: str, conversation: str, text: str, thread: str = "") -> str:
        """Let somebody write a message; its id. Raises Passing if the server does not take it."""
        said = {"user": person, "channel": conversation, "text": text} | ({"thread_ts": thread} if thread else {})
        message: dict[str, Any] = told(f"{self.page_url}/_control/message", said)["message"]
        return str(message["ts"])

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _await_ready(self, log: Path) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end and self.pid is not None:
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
            except OSError:
                time.sleep(POLL_S)
            else:
                return
        said = log.read_text(encoding="utf-8", errors="replace").strip()[-500:]
        self.stop()
        raise Permanent(f"The Slack sandbox did not start. It said: {said or 'nothing'}", "sandbox")


def workspace(zone: str) -> dict[str, Any]:
    """The ready-made workspace, as local-slack's configuration; everybody's clock shows `zone`."""
    people = [{"id": one, "name": name, "real_name": real, "tz": zone} for one, name, real in _PEOPLE]
    private = [LIAISON, IT_MANAGER, BOT]
    channels: list[dict[str, Any]] = [
        {"id": MARKETING, "name": "marketing", "members": [one["id"] for one in people] + [BOT]},
        {"id": IT_LIAISON, "name": "it-liaison", "is_private": True, "members": private},
    ]
    return workspace_of(TEAM, people, channels)


def workspace_of(
    team: str, people: Sequence[Mapping[str, Any]], channels: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """A workspace with some people (id, name, real_name, tz) and channels, and our app in it."""
    app = {"appId": APP, "botUserId": BOT, "botName": "it-liaison", "mode": "socket"} | _TOKENS
    users = [{**one, "email": f"{one['name']}@acme.example"} for one in people]
    found = {"name": "Acme", "domain": "acme", "teamId": team}
    return {"workspace": found, "apps": [app], "users": users, "channels": [dict(one) for one in channels]}


def _installed() -> Path:
    """Where npm puts the server for this machine."""
    system = {"windows": "win32"}.get(platform.system().lower(), platform.system().lower())
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower())
    package = f"local-slack-{system}-{machine or platform.machine().lower()}"
    return Path(__file__).parent / "node_modules" / package / "bin" / "local-slack"


def _missing() -> str:
    return "The Slack sandbox is not installed. Without it, connect to a real workspace: set SLACK_BOT_TOKEN."


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError as error:
            mend = "End what uses it, or choose another with SANDBOX_PORT."
            raise Permanent(f"The sandbox cannot use port {port}: {error.strerror}.", "port", mend) from error


def _dies_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends the server when we are killed; elsewhere it is ended by stop() only."""
    if not sys.platform.startswith("linux"):
        return None
    control = ctypes.CDLL(None).prctl  # looked up here: after the fork nothing may be loaded
    return lambda: control(SET_DEATH_SIGNAL, int(signal.SIGTERM)) and None
