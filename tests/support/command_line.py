"""`python -m bot …` as a person types it: in a clean environment, in an empty folder, with a real exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.support.local_slack import free_port
from tests.support.workspace import wait_for

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT")
LONGEST_S = 30.0
ZONE = "Europe/Berlin"


def clean_environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """What a fresh machine would hand on, and `settings`. Data goes to `folder`/data unless they say otherwise."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"PYTHONPATH": str(ROOT), "TZ": ZONE, "LANG": "C.UTF-8"}
    return {**kept, **own, "DATA_DIR": str(folder / "data"), **settings}


def type_command(folder: Path, settings: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` with these arguments to its end. It starts in `folder`, so no `.env` of ours is read."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=clean_environment(folder, settings),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


class Practice:
    """`python -m bot run` without tokens, on free ports: the bot with its practice workspace. A context manager.

    `took_s`: seconds from its start to its welcome. `options`: of the verb. `patience_s`: how long that may take.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str] | None = None,
        *options: str,
        patience_s: float = LONGEST_S,
    ) -> None:
        self._options, self._patience_s = options, patience_s
        self.port, self.sandbox_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.sandbox_port}"
        self.took_s = 0.0
        self.settings = {"PORT": str(self.port), "SANDBOX_PORT": str(self.sandbox_port)} | dict(settings or {})
        self._folder = folder
        self._output = folder / "output.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Practice:
        began = time.monotonic()
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", *self._options],
                cwd=self._folder,
                env=clean_environment(self._folder, self.settings),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for(self._has_welcomed, self._patience_s, lambda: self.said)
        except AssertionError:
            self.interrupt()
            raise
        self.took_s = time.monotonic() - began
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.interrupt()

    @property
    def data_folder(self) -> str:
        """Where it keeps its data."""
        return self.settings.get("DATA_DIR", str(self._folder / "data"))

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def interrupt(self) -> int:
        """Ctrl-C, as a terminal sends it: to the whole group. Its exit code."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        os.killpg(process.pid, signal.SIGINT)
        try:
            return process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"Ctrl-C did not end it:\n{self.said}") from None

    def children(self) -> list[int]:
        """The processes it has started and that run, as Linux's /proc tells."""
        assert self._process is not None
        parent = str(self._process.pid)
        running = (int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit())
        return [one for one in running if (status := _status(one)) and status[1] == parent]

    def _has_welcomed(self) -> bool:
        assert self._process is not None
        ended = self._process.poll()
        if ended is not None:
            raise RuntimeError(f"it ended with {ended}:\n{self.said}")
        return "Ctrl-C" in self.said


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    return bool(_status(process))


def _status(process: int) -> list[str]:
    """State, parent and so on of a process; empty if it is gone or only waits to be buried."""
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [] if status[0] == "Z" else status
