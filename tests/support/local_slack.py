"""The local-slack server as a child process: a Slack workspace on the loopback for one test."""

from __future__ import annotations

import json
import os
import platform
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

Json = dict[str, Any]
Mode = Literal["socket", "events"]

SANDBOX = Path(__file__).resolve().parents[2] / "bot" / "platforms" / "slack"
START_TIMEOUT_S = 10.0
STOP_TIMEOUT_S = 5.0

TEAM = "T01ACME"
APP = "A01APP"
BOT = "U0BOT"
BOT_TOKEN = "xoxb-acme-bot"
APP_TOKEN = "xapp-acme-app"
SIGNING_SECRET = "acme-signing-secret"

MARKETER = "U01MKTR"
MARKETER_2 = "U02MKTR"
LIAISON = "U03LIA"
IT_MANAGER = "U04ITM"
MARKETING_MANAGER = "U05MKM"
ADMIN = "U06ADM"
GUEST = "U07GST"

MARKETING = "C01MKT"
GENERAL = "C02GEN"
NO_BOT = "C03NOB"
IT_PRIVATE = "G01IT"

PEOPLE: tuple[tuple[str, str, str, Json], ...] = (
    (MARKETER, "marketer", "Marketer", {}),
    (MARKETER_2, "second-marketer", "Second Marketer", {}),
    (LIAISON, "liaison", "IT Liaison", {}),
    (IT_MANAGER, "it-manager", "IT Manager", {}),
    (MARKETING_MANAGER, "marketing-manager", "Marketing Manager", {}),
    (ADMIN, "admin", "Admin", {"is_admin": True}),
    (GUEST, "guest", "Guest", {"is_restricted": True}),
)


class LocalSlackMissingError(RuntimeError):
    """The server's binary is not installed; the message says how to get it."""


def find_binary() -> Path:
    """The local-slack binary: LOCAL_SLACK_BIN if set, else the one that npm put into the sandbox folder.

    Raises LocalSlackMissingError when there is none.
    """
    named = os.environ.get("LOCAL_SLACK_BIN")
    if named:
        return _existing(Path(named), "LOCAL_SLACK_BIN names it")
    package = f"local-slack-{_system()}-{_machine()}"
    place = SANDBOX / "node_modules" / package / "bin" / "local-slack"
    return _existing(place, "`make install` puts it there")


def acme(
    mode: Mode = "socket",
    request_url: str | None = None,
    extra_channels: Sequence[Json] = (),
    extra_users: Sequence[Json] = (),
    timezone: str = "Europe/Berlin",
) -> Json:
    """The configuration of the Acme workspace that the tests live in.

    mode "events" needs a URL to post to: request_url, or a free loopback port where StrictSlack will listen.
    Users carry is_admin and is_restricted, which the server drops and StrictSlack adds again.
    """
    app: Json = {"appId": APP, "botUserId": BOT, "botName": "it-liaison", "botToken": BOT_TOKEN}
    app |= {"appToken": APP_TOKEN, "signingSecret": SIGNING_SECRET, "mode": mode}
    if mode == "events":
        app["requestUrl"] = request_url or f"http://127.0.0.1:{free_port()}/slack/events"
    users = [_person(*who, timezone) for who in PEOPLE] + list(extra_users)
    everyone = [user["id"] for user in users]
    channels: list[Json] = [
        {"id": MARKETING, "name": "marketing", "members": [*everyone, BOT]},
        {"id": GENERAL, "name": "general", "members": [*everyone, BOT]},
        {"id": NO_BOT, "name": "no-bot", "members": everyone},
        {"id": IT_PRIVATE, "name": "it-liaison", "is_private": True, "members": [LIAISON, IT_MANAGER, BOT]},
        *extra_channels,
    ]
    workspace = {"name": "Acme", "domain": "acme", "teamId": TEAM}
    return {"workspace": workspace, "apps": [app], "users": users, "channels": channels}


def free_port() -> int:
    """A TCP port of the loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LocalSlack:
    """A running local-slack server; a context manager.

    base_url has no slash at its end; api_url ends in /api/. State lives in memory and ends with the process.
    """

    def __init__(self, config: Json | None = None, port: int | None = None) -> None:
        self.config: Json = config if config is not None else acme()
        self.port = port or free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.api_url = f"{self.base_url}/api/"
        self.ui_url = f"ws://127.0.0.1:{self.port}/ui"
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def app(self) -> Json:
        """The configured app: appId, botUserId, botToken, appToken, signingSecret, mode, requestUrl."""
        return dict(self.config["apps"][0])

    @property
    def pid(self) -> int:
        """The server's process id; only while it runs."""
        assert self._process is not None, "local-slack is not running"
        return self._process.pid

    def start(self) -> LocalSlack:
        """Start the server, return when it takes connections; RuntimeError with its output if it does not."""
        binary = find_binary()
        self._folder = tempfile.TemporaryDirectory(prefix="local-slack-")
        home = Path(self._folder.name)
        (home / "workspace.json").write_text(json.dumps(self.config), encoding="utf-8")
        command = [str(binary), "--config", str(home / "workspace.json"), "--port", str(self.port)]
        command += ["--base-host", "127.0.0.1", "--files-dir", str(home / "files")]
        with (home / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self._await_ready(home / "log")
        return self

    def stop(self) -> None:
        """End the server by its process id and remove its folder; doing it twice is harmless."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP_TIMEOUT_S)
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> LocalSlack:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _await_ready(self, log: Path) -> None:
        end = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        output = log.read_text(encoding="utf-8", errors="replace")
        self.stop()
        raise RuntimeError(f"local-slack did not start on port {self.port}:\n{output}")


def _person(user: str, name: str, real_name: str, flags: Json, timezone: str) -> Json:
    person: Json = {"id": user, "name": name, "real_name": real_name, "email": f"{name}@acme.example"}
    return person | {"tz": timezone} | flags


def _existing(place: Path, how: str) -> Path:
    if not place.is_file():
        raise LocalSlackMissingError(f"No local-slack at {place} ({how}). Run `make install`, or set LOCAL_SLACK_BIN.")
    return place


def _system() -> str:
    return {"windows": "win32"}.get(platform.system().lower(), platform.system().lower())


def _machine() -> str:
    name = platform.machine().lower()
    return {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(name, name)
