"""A small HTTP server that answers chat completions as it is told to: late, broken, lying, or not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Said:
    """One answer: `before_s` seconds of silence, then the body, `drip_s` seconds between its bytes."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before_s: float = 0.0
    drip_s: float = 0.0
    cut: bool = False


def a_completion(content: str | None, tokens: int = 42) -> Said:
    """A well-formed chat completion."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": tokens - 2, "completion_tokens": 2, "total_tokens": tokens}
    return Said(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage}))


@dataclass
class Endpoint:
    """What the server says next (the last answer again and again), and what it was asked."""

    url: str
    answers: list[Said] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextmanager
def scripted_endpoint() -> Iterator[Endpoint]:
    """Start it on a free port, end it afterwards."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    server.endpoint = endpoint  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Answer one chat completion."""
        endpoint: Endpoint = self.server.endpoint  # type: ignore[attr-defined]
        assert self.path == "/v1/chat/completions", self.path
        endpoint.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        endpoint.keys.append(self.headers["Authorization"])
        said = endpoint.answers.pop(0) if len(endpoint.answers) > 1 else endpoint.answers[0]
        time.sleep(said.before_s)
        try:
            self._say(said)
        except OSError:
            return  # the other side has hung up, as it may

    def _say(self, said: Said) -> None:
        body = said.body.encode()
        self.send_response(said.status)
        for name, value in {"Content-Type": "application/json", **said.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + said.cut))
        self.end_headers()
        if not said.drip_s:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(said.drip_s)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class calls it
        """Keep quiet."""
