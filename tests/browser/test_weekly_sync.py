"""The weekly sync as a marketer and a liaison see it on the page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from bot.now import utc_now
from tests.support.command_line import ZONE, Practice
from tests.support.past import sync_is_due
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
NEXT_LOOK_MS = 45_000  # the schedule looks every 30 seconds


def test_a_marketer_sees_the_next_sync_and_adds_a_topic(page: SlackPage) -> None:
    page.command("agenda add Who pays for the newsletter?")
    page.sees("is on the agenda", page.channel)
    page.command("agenda")
    preview = page.message("Only you can see this. To add something")
    expect(preview).to_contain_text("Who pays for the newsletter?")


def test_the_sync_is_held_on_its_agenda(page: SlackPage, practice: Practice) -> None:
    local = datetime.astimezone(utc_now(), ZoneInfo(ZONE))
    page.open_by_check("Trello")
    page.fill_form("New tool", {})
    page.submit()
    page.message("New tool: Trello")
    page.command("campaign Winter sale")
    page.fill_form("Campaign", {"First day": f"{local.date():%Y-%m-%d}", "How many people will it reach?": "400k"})
    page.submit()
    page.message("Campaign: Winter sale")
    sync_is_due(Path(practice.data_folder) / "sandbox.db", local.weekday(), local.hour)
    expect(page.channel.locator(".msg").filter(has_text="Weekly sync ·").last).to_be_visible(timeout=NEXT_LOOK_MS)
    agenda = page.message("Weekly sync ·")
    page.act_as("Liaison")
    page.press("New action", agenda)
    page.fill_form("New action", {"What is to be done?": "Send the mailing list to IT", "Who does it?": "marketer"})
    page.picture("08-new-action")
    page.submit()
    expect(agenda).to_contain_text("☐ Send the mailing list to IT — @Marketer")
    page.press("Record a decision", agenda)
    what = "No launches in the last week of the year"
    page.fill_form("Record a decision", {"What was decided?": what, "Who decided?": "it-manager"})
    page.submit()
    expect(agenda).to_contain_text(f"{what} — decided by @IT Manager")
    agenda.scroll_into_view_if_needed()
    page.picture("07-weekly-agenda")
    page.act_as("Marketer")
    mine = agenda.locator("div").filter(has_text="Send the mailing list to IT")
    page.press("Done", mine.filter(has=page.tab.get_by_role("button", name="Done", exact=True)).last)
    expect(agenda).to_contain_text("✅ Send the mailing list to IT — done by @Marketer")
