"""The web server, which leaves Ctrl-C to the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


class Server(uvicorn.Server):
    """The web server without signal handlers of its own: the program ends it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave Ctrl-C to the program."""
        yield


def make_server(site: FastAPI, host: str, port: int) -> Server:
    """A server of this site, not started yet."""
    return Server(uvicorn.Config(site, host, port, log_level="warning", lifespan="off", access_log=False))
