"""The real programs that a bench starts, measures, kills and ends: each by its own process id."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from bot.domain.errors import Permanent

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
POLL_S = 0.02
STOP_S = 20.0
LOG_END = 1500


class Program:
    """A Python module of ours as a process with settings of its own; what it says goes to a file in `folder`.

    It does not see the settings file of the project. A context manager; start() after kill() starts it anew.
    """

    def __init__(self, name: str, folder: Path, module: Sequence[str], settings: Mapping[str, str]) -> None:
        self.name = name
        self._folder = folder
        self._log = folder / f"{name}.log"
        # `env` adds to what we were started with, of which the settings alone may read.
        given = [f"{key}={value}" for key, value in {**settings, "PYTHONPATH": str(ROOT)}.items()]
        self._command = ["env", *given, sys.executable, "-m", *module]
        self._process: subprocess.Popen[bytes] | None = None

    def check(self) -> int:
        """Its process id. Raises Permanent if it has ended by itself."""
        if self._process is None or self._process.poll() is not None:
            raise Permanent(f"{self.name} has ended by itself. It said: {self.said()}", "bench")
        return self._process.pid

    def start(self) -> None:
        """Start it; it may need a while before it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """End it at once, without a chance to finish anything (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait; doing it twice is harmless."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def said(self) -> str:
        """The end of what it said."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-LOG_END:] if self._log.is_file() else ""

    def resident_mb(self) -> float:
        """The memory it holds (resident set), in MB. Raises Permanent without psutil."""
        try:
            import psutil
        except ImportError as error:
            raise Permanent("This bench needs psutil.", "package", "Install it with: make install-dev") from error
        return float(psutil.Process(self.check()).memory_info().rss) / 1_000_000

    def __enter__(self) -> Program:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def free_port() -> int:
    """A port of this machine's own that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Ask every 20 ms until it is so. Raises Permanent, with `what` was waited for, when the time is up."""
    end = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > end:
            raise Permanent(f"After {timeout_s:.0f} s still not: {what}.", "bench")
        time.sleep(POLL_S)
