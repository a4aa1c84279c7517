"""Logging: events with fields, one line each; never message bodies or secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET = re.compile(r"\b(xox[a-z]-|xapp-|sk-)[\w-]+|(?<=://)([^:/@\s]*):[^@/\s]+(?=@)")


def set_up_logging(level: str, *, pretty: bool) -> None:
    """Send our events and the libraries' warnings to standard error. `pretty`: for people, else JSON."""
    colours = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer(colors=colours) if pretty else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_secrets,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=max(_number(level), logging.WARNING), stream=sys.stderr, format="%(name)s: %(message)s")
    logging.getLogger("bot").setLevel(_number(level))
    logging.getLogger().handlers[0].addFilter(_Masking())


def mask_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace tokens and passwords in every field of an event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = masked(value)
    return event


def masked(text: str) -> str:
    """The text without tokens, keys and passwords in addresses."""
    return SECRET.sub(lambda found: f"{found[1] or found[2] + ':'}***", text)


class _Masking(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        return True


def _number(level: str) -> int:
    return logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
