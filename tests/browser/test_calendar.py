"""A freeze and a campaign that falls into it, from the form to the exception and the calendar, on the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
TODAY = datetime.now(tz=UTC).date()
FIRST, DAY, LAST = (TODAY + timedelta(days=days) for days in (32, 34, 40))
FREEZE = {
    "Name": "Holiday freeze",
    "First day": FIRST.isoformat(),
    "Last day": LAST.isoformat(),
    "Site": "https://raffle.example.com",
    "Who can grant an exception?": "The IT manager",
}
CAMPAIGN = {
    "What is the campaign called?": "Advent raffle",
    "First day": DAY.isoformat(),
    "Which site or page does it lead to?": "raffle.example.com/win",
}
PATIENCE_MS = 30_000


def test_a_campaign_in_a_freeze_is_told_granted_and_seen_in_the_calendar(page: SlackPage) -> None:
    page.act_as("Liaison")
    page.command("calendar add freeze")
    page.fill_form("Calendar entry", FREEZE | {"Last day": TODAY.isoformat()})
    page.send_form()
    assert "ends before it begins" in str(page.errors())
    page.fill_form("Calendar entry", FREEZE)
    page.picture("19-calendar-entry")
    page.submit()

    page.act_as("Marketer")
    page.command("campaign")
    page.fill_form("Campaign", CAMPAIGN)
    page.submit()
    card = page.message("Campaign: Advent raffle")
    seen_in_the_calendar(page, "falls into the freeze Holiday freeze")
    page.open_channel("marketing")
    granted(page, card)
    page.act_as("Marketer")
    page.open_channel("marketing")
    page.command("calendar link")
    page.sees("Subscribe to this address in your calendar: http://127.0.0.1", page.channel)


def seen_in_the_calendar(page: SlackPage, conflict: str) -> None:
    """The list with what does not go together, then its picture."""
    page.command("calendar")
    listed = page.message("Campaign calendar,")
    expect(listed).to_contain_text(conflict)
    listed.scroll_into_view_if_needed()
    page.picture("20-calendar")
    page.open_channel("Marketer")
    picture = page.channel.locator('.bk-image img[alt*="Holiday freeze"]').last  # others' pictures may stand there too
    expect(picture).to_be_visible(timeout=PATIENCE_MS)
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 600)")
    picture.scroll_into_view_if_needed()
    page.picture("21-calendar-picture")


def granted(page: SlackPage, card: Locator) -> None:
    """The thread asks the IT manager, whom alone its buttons obey."""
    thread = page.open_thread(card)
    expect(thread).to_contain_text("falls into the freeze Holiday freeze", timeout=PATIENCE_MS)
    asked = page.message("falls into the freeze", thread)
    page.act_as("IT Manager")
    page.press("Grant an exception", asked)
    page.fill_form("Grant: IT-", {"Why?": "The page is static, and two of us are on call"})
    page.submit()
    told = page.message("granted the exception from the freeze Holiday freeze", thread)
    told.scroll_into_view_if_needed()
    page.picture("22-exception")
    page.close_thread()
