"""Slack's web clients as we use them: no retries behind our back, no proxy on the way to this machine."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk.web import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import Passing
from bot.platforms.slack.access import is_local

TIMEOUT_S = 10


def sdk_logger(name: str) -> logging.Logger:
    """A logger for Slack's packages: warnings only, for below that they log what people wrote; one line each."""
    logger = logging.getLogger(f"bot.platforms.slack.{name}")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(_without_traceback)
    return logger


def web_client(token: str, api_url: str, timeout_s: int = TIMEOUT_S) -> WebClient:
    """The client for calls from any thread; each call is tried once."""
    kind = _DirectClient if is_local(api_url) else WebClient
    # The SDK's own retry after a broken connection would post a message twice.
    return kind(token, base_url=api_url, timeout=timeout_s, retry_handlers=[], logger=_quiet())


def async_client(token: str, api_url: str, timeout_s: int = TIMEOUT_S) -> AsyncWebClient:
    """The client of the event loop, for Bolt and Socket Mode."""
    client = AsyncWebClient(token or None, base_url=api_url, timeout=timeout_s, retry_handlers=[], logger=_quiet())
    if is_local(api_url):
        client.proxy = None
    return client


def answer(url: str, body: Mapping[str, Any], timeout_s: int = TIMEOUT_S) -> int:
    """Send a message to a response_url, which answers one person; the HTTP status."""
    if not url.startswith(("http://", "https://")):
        return 0
    data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
    request = Request(url, data, headers, method="POST")  # noqa: S310 - Slack signed the address, and it is HTTP
    opener = build_opener(ProxyHandler({})) if is_local(url) else build_opener()
    try:
        with opener.open(request, timeout=timeout_s) as answered:
            return int(answered.status)
    except HTTPError as error:
        error.close()
        return error.code


def told(url: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Tell the sandbox's server something; what it answers. Raises Passing if it does not."""
    headers = {"Content-Type": "application/json"}
    request = Request(url, json.dumps(body).encode(), headers, method="POST")  # noqa: S310 - our own server's address
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=TIMEOUT_S) as answered:
            found: dict[str, Any] = json.load(answered)
    except OSError as error:
        raise Passing(f"The sandbox did not take it: {error}") from error
    return found


def upload(url: str, content: bytes, timeout_s: int = TIMEOUT_S) -> None:
    """Bring a file's bytes to the address that Slack gave for them. Raises OSError (URLError) if they do not arrive."""
    if not url.startswith(("http://", "https://")):
        raise URLError("no address to upload to")
    head = {"Content-Type": "application/octet-stream"}
    request = Request(url, content, head, method="POST")  # noqa: S310 - Slack gave the address, and it is HTTP
    opener = build_opener(ProxyHandler({})) if is_local(url) else build_opener()
    with opener.open(request, timeout=timeout_s):
        pass


class _DirectClient(WebClient):
    """A client that takes no proxy from the environment: the server is on this machine."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        opener = build_opener(ProxyHandler({}), HTTPSHandler(context=self.ssl))
        with opener.open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.status, "headers": answer.headers, "body": body}


def _quiet() -> logging.Logger:
    """The SDK logs every failed call as an error; here the caller says what it means."""
    logger = logging.getLogger("bot.platforms.slack.web.sdk")
    logger.setLevel(logging.CRITICAL)
    return logger


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = record.exc_text = None
    return True
