"""The real bot as a real process, with settings of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import httpx

from tests.support.local_slack import free_port
from tests.support.workspace import wait_for

START_S = 45.0
STOP_S = 15.0
KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")


class BotProcess:
    """`python -m bot run …`; a context manager. Of our environment it sees `environment` and what it needs to start."""

    def __init__(self, data: Path, environment: Mapping[str, str], *arguments: str) -> None:
        self.port = free_port()
        self.output = data / "output.txt"
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {"DATA_DIR": str(data), "PORT": str(self.port), "LOG_LEVEL": "info"}
        self._environment = {**kept, **own, **environment}
        self._command = [sys.executable, "-m", "bot", *(arguments or ("run",))]
        self._process: subprocess.Popen[bytes] | None = None
        data.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> BotProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text(errors="replace")

    def start(self) -> None:
        """Start it and wait until it is healthy; what does not become so in time is ended."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command, env=self._environment, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
        try:
            wait_for(self.is_healthy, START_S, lambda: self.said)
        except AssertionError:
            self.kill()
            raise

    def is_healthy(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.said
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=2, trust_env=False).is_success
        except httpx.TransportError:
            return False

    def stop(self) -> int:
        """End it as Ctrl-C does; its exit code."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"it did not end by itself:\n{self.said}") from None

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
