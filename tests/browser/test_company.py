"""A made-up company's half year, played by one command and looked at on the page: what each person finds there."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.demo.cast import WORKSPACE
from bot.demo.items import GOALS
from bot.demo.keeping import DATABASE, read_written
from bot.demo.showing import recent
from bot.domain.kinds import CAMPAIGN
from bot.domain.months import Month
from bot.domain.people import Side
from bot.now import utc_now
from bot.ports import TicketFilter, ToolFilter
from bot.practice import SANDBOX_FILE
from bot.services.campaigns.involved import involved_in
from storage.engine import make_engine
from storage.store import Store
from tests.browser.conftest import album
from tests.builders import words
from tests.support.command_line import ZONE, Practice, clean_environment
from tests.support.slack_page import HEIGHT, WIDTH, SlackPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
PLAYED_S = 800.0  # a minute on a quiet machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`python -m bot demo company`, to its end."""
    there = tmp_path_factory.mktemp("company")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "company", "acme"],
        cwd=there,
        env=clean_environment(there, {}),
        capture_output=True,
        text=True,
        timeout=PLAYED_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "DATA_DIR=acme make run" in done.stdout
    assert done.stderr == ""
    return there / "acme"


@pytest.fixture(scope="module")
def company(folder: Path, chromium: Browser) -> Iterator[SlackPage]:
    """The page of its sandbox, as a person opens it."""
    context = chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", timezone_id=ZONE, color_scheme="light"
    )
    with Practice(folder.parent, {"DATA_DIR": str(folder)}, patience_s=PLAYED_S) as running:
        assert "company of forty people" in running.said
        yield SlackPage(context.new_page(), running.url, album())
    context.close()


def test_the_half_year_is_all_there(folder: Path) -> None:
    played, written = read_written(folder)
    assert (played.weeks, played.today) == (26, datetime.now(tz=UTC).date())
    with closing(sqlite3.connect(folder / DATABASE)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = Store(make_engine(f"sqlite:///{folder / DATABASE}"), utc_now)
    with closing(store), store.unit_of_work() as uow:
        assert len(uow.catalogue.search(WORKSPACE, ToolFilter(limit=100))) == 12
        assert len(uow.tickets.search(WORKSPACE, TicketFilter(kind=CAMPAIGN.key, limit=100))) == 30
        assert len(uow.roadmap_drafts.get(WORKSPACE).road_map.items) == 25
        assert len([one for one in uow.roadmap_revisions.heads(WORKSPACE) if one.signed_at]) >= 2
        channel, last = uow.workspaces.listening(WORKSPACE)[0], Month(played.today.year, played.today.month)
        assert not any(month.is_empty for month in involved_in(uow, channel, last.before, 6))
        for name in (last.before.name, last.before.before.name):
            assert all(uow.pulses.get(WORKSPACE, name, side).is_shown for side in Side)
            assert len(uow.sponsor_words.of(WORKSPACE, name)) >= 4
    cards = {one.key: words(one.card) for one in written if one.key}
    assert len([key for key in cards if key.startswith("agenda:") and key.count(":") == 2]) >= 20
    reviews = [told for key, told in cards.items() if key.startswith("roadmap-review:") and ":decision:" not in key]
    assert 5 <= len(reviews) <= 7
    assert any("fewer than 5 answers, so nothing is shown" in told for told in reviews)
    assert "Gap between the sides" in reviews[-1]
    shown = [int(found) for told in reviews for found in re.findall(r"of 5 from (\d+) answers", told)]
    assert min(shown) >= 5


def test_no_message_on_the_page_is_known_by_the_id_it_had(folder: Path, company: SlackPage) -> None:
    played, written = read_written(folder)
    shown = recent(written, datetime.combine(played.today, datetime.min.time(), UTC))
    with closing(sqlite3.connect(folder / SANDBOX_FILE)) as opened:
        known = set(re.findall(r"\d{10}\.\d{6}", "\n".join(opened.iterdump())))
    assert known.isdisjoint(one.ref.message for one in shown)


def test_each_finds_what_is_theirs_on_the_page(company: SlackPage) -> None:
    page = company
    page.act_as("Brand Lead")
    page.open_channel("brand")
    agenda = page.message("Weekly sync · ")
    expect(agenda).to_contain_text("Shared goals")
    at_its_top(agenda)
    page.picture("33-company-agenda")
    review = page.message("Road map review ·")
    for part in ("In the words of the sponsors", "Shared goals", "Is everybody on board?"):
        expect(review).to_contain_text(part)
    at_its_top(review)
    page.picture("34-company-review")
    thread = page.open_thread(review)
    expect(thread).to_contain_text("decided: RM-")
    page.picture("35-company-decisions")
    page.close_thread()

    asked_directly(page)
    what_can_be_asked(page)
    goes_on(page)
    assert page.faults == []


def asked_directly(page: SlackPage) -> None:
    """The pulse and the sponsor's question; a sponsor can still say a word."""
    page.open_channel("Brand Lead")
    expect(page.message("Is everybody on board?")).to_contain_text("Anonymous")
    question = page.message("A word from the sponsor")
    expect(question).to_contain_text("RM-")
    question.scroll_into_view_if_needed()
    page.picture("36-company-sponsor-and-pulse")


def what_can_be_asked(page: SlackPage) -> None:
    """Involvement, goals and revisions, by whoever wants to know."""
    page.act_as("Liaison Berlin")
    page.open_channel("brand")
    page.command("involvement")
    told = page.message("IT involved")
    expect(told).to_contain_text("Month by month")
    at_its_top(told)
    page.picture("37-company-involvement")
    page.command("roadmap goal")
    goals = page.message("🎯 Shared goals")
    for percent in GOALS.values():
        expect(goals).to_contain_text(f"{percent} % of")
    page.command("roadmap history")
    history = page.message("Revisions of the road map")
    expect(history).to_contain_text("Revision 2")
    history.scroll_into_view_if_needed()
    page.picture("38-company-goals-and-revisions")


def goes_on(page: SlackPage) -> None:
    """The bot works with what stands on the page: an action changes the agenda in its place."""
    agenda = page.message("Weekly sync · ")
    page.press("New action", agenda)
    page.fill_form("New action", {"What is to be done?": "Show the demo to the board", "Who does it?": "cmo"})
    page.submit()
    expect(page.message("Weekly sync · ")).to_contain_text("Show the demo to the board")


def at_its_top(message: Locator) -> None:
    message.evaluate("one => one.scrollIntoView({block: 'start'})")
