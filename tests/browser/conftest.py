"""The bot with its practice workspace, started as a person starts it, and a tab with its page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.command_line import ROOT, ZONE, Practice
from tests.support.slack_page import HEIGHT, WIDTH, SlackPage, browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """`python -m bot run` with a fresh data folder; the files' names put the cleanest channel first."""
    with Practice(tmp_path_factory.mktemp("practice")) as running:
        yield running


@pytest.fixture(scope="session")
def tab(chromium: Browser, practice: Practice) -> Iterator[SlackPage]:
    """A tab on the practice workspace."""
    context = chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", timezone_id=ZONE, color_scheme="light"
    )
    yield SlackPage(context.new_page(), practice.url, album())
    context.close()


@pytest.fixture
def page(tab: SlackPage) -> Iterator[SlackPage]:
    """The tab as the marketer has it before them. The page's own script must not have failed at the end."""
    tab.start_over()
    yield tab
    assert tab.faults == []


def album() -> Path | None:
    """The folder for pictures, if the environment names one in SCREENSHOTS."""
    named = os.environ.get("SCREENSHOTS")
    if not named:
        return None
    folder = ROOT / named
    folder.mkdir(parents=True, exist_ok=True)
    return folder
