"""The log says what happened and gives no secret away."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import mask_secrets, masked, set_up_logging


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Put back what the tests change."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, root_level, level = list(root.handlers), root.level, logging.getLogger("bot").level
    yield
    root.handlers[:] = handlers
    root.setLevel(root_level)
    logging.getLogger("bot").setLevel(level)
    structlog.configure(**before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("token xoxb-12-34-abC failed", "token xoxb-*** failed"),
        ("xoxp-1 xoxa-2 xoxe-3", "xoxp-*** xoxa-*** xoxe-***"),
        ("Bearer xapp-1-A02-9-f00", "Bearer xapp-***"),
        ("key sk-proj-ab_cd-12 used", "key sk-*** used"),
        ("postgresql+psycopg://liaison:hunter2@db/x", "postgresql+psycopg://liaison:***@db/x"),
        ("redis://:hunter2@db", "redis://:***@db"),
        ("https://example.org:8080/a@b", "https://example.org:8080/a@b"),
        ("the task-force of IT-12", "the task-force of IT-12"),
    ],
)
def test_tokens_keys_and_passwords_are_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_every_field_of_an_event_is_masked() -> None:
    event = {"event": "started", "url": "postgresql://u:p@db", "attempt": 2}
    assert mask_secrets(None, "info", event) == {"event": "started", "url": "postgresql://u:***@db", "attempt": 2}


def test_an_event_is_one_line_of_json_with_its_time_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info", pretty=False)
    structlog.get_logger().info("post_parked", post="IT-1:card", why="token xoxb-12-34 was revoked")
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "post_parked", "level": "info", "post": "IT-1:card", "why": "token xoxb-*** was revoked",
    }  # fmt: skip


def test_a_traceback_gives_no_password_away(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("info", pretty=False)
    try:
        raise ValueError("cannot reach postgresql://u:hunter2@db")
    except ValueError:
        structlog.get_logger().exception("handler_failed")
    shown = capsys.readouterr().err
    assert "ValueError" in shown
    assert "hunter2" not in shown


def test_warnings_of_libraries_are_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger().handlers.clear()
    set_up_logging("info", pretty=True)
    logging.getLogger("slack_sdk").warning("refused %s", "xoxb-12-34")
    logging.getLogger("slack_sdk").info("chatter")
    assert capsys.readouterr().err == "slack_sdk: refused xoxb-***\n"


@pytest.mark.parametrize(("level", "shown"), [("warning", False), ("debug", True), ("nonsense", True)])
def test_the_level_says_what_is_worth_a_line(level: str, shown: bool, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(level, pretty=True)
    structlog.get_logger().info("hello")
    assert bool(capsys.readouterr().err) == shown
