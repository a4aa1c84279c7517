"""HTTP events with the proxy in the middle: signed posts to the bot, tried again without a 2xx in time."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

import aiohttp

from tests.support.strict_courier import NotAckedError
from tests.support.strict_state import COMMANDS, EVENTS, INTERACTIVE, Delivery, State

Json = dict[str, Any]

AT_ONCE = 100
FORM = "application/x-www-form-urlencoded"
REASONS = {"timeout": "http_timeout", "connection_failed": "connection_failed"}
SIGNED = ("X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type")


class HttpTransport:
    """Posts to forward_to, the bot's URL; nothing arrives while it is None."""

    def __init__(self, state: State) -> None:
        self.forward_to: str | None = None
        self._state = state
        self._free = asyncio.Semaphore(AT_ONCE)

    async def send(self, delivery: Delivery, attempt: int, reason: str | None) -> Json | None:
        """See Transport. The first try keeps the server's bytes and signature if nothing was changed."""
        await self._state.lit.wait()
        if self.forward_to is None:
            raise NotAckedError("connection_failed")
        async with self._free:
            body, head = self._signed(delivery, attempt)
            if attempt:
                head |= {
                    "X-Slack-Retry-Num": str(attempt),
                    "X-Slack-Retry-Reason": REASONS.get(str(reason), "http_error"),
                }
            return await self._post(delivery, body, head)

    async def _post(self, delivery: Delivery, body: bytes, head: dict[str, str]) -> Json | None:
        assert self.forward_to is not None
        now = time.monotonic()
        delivery.sent.append(now)
        limit = aiohttp.ClientTimeout(total=self._state.faults.ack_timeout)
        try:
            async with self._state.http.post(self.forward_to, data=body, headers=head, timeout=limit) as reply:
                text = await reply.text()
        except TimeoutError as error:
            raise NotAckedError("timeout") from error
        except aiohttp.ClientError as error:
            raise NotAckedError("connection_failed") from error
        if not 200 <= reply.status < 300:
            raise NotAckedError("error")
        answer = _parsed(text)
        self._state.acknowledge(delivery, now, answer)
        return answer

    def _signed(self, delivery: Delivery, attempt: int) -> tuple[bytes, dict[str, str]]:
        if delivery.raw is not None and attempt == 0:
            body, head = delivery.raw
            return body, dict(head)
        body, content_type = encode(delivery.kind, delivery.payload)
        return body, sign(str(self._state.upstream.app["signingSecret"]), body, content_type)


def sign(secret: str, body: bytes, content_type: str, at: int | None = None) -> dict[str, str]:
    """Slack's headers for a request: v0, HMAC-SHA256 of "v0:<epoch seconds>:<body>" with the secret."""
    moment = str(int(time.time()) if at is None else at)
    digest = hmac.new(secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return dict(zip(SIGNED, (f"v0={digest}", moment, content_type), strict=True))


def encode(kind: str, payload: Json) -> tuple[bytes, str]:
    """The body and content type that Slack uses for this kind of payload."""
    if kind == EVENTS:
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == COMMANDS else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), FORM


def decode(body: bytes, content_type: str) -> tuple[str, Json]:
    """The kind and payload of a request that the server sends."""
    if content_type.startswith("application/json"):
        return EVENTS, json.loads(body)
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    if "payload" in form:
        return INTERACTIVE, json.loads(form["payload"])
    return COMMANDS, dict(form)


def _parsed(text: str) -> Json | None:
    try:
        found = json.loads(text)
    except ValueError:
        return {"text": text} if text else None
    return found if isinstance(found, dict) else None
