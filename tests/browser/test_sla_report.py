"""The SLA report as a marketer sees it on the page: figures at once, then the picture and the file directly."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser


def test_a_marketer_asks_for_the_report_and_sees_its_picture(page: SlackPage) -> None:
    page.open_by_check("Basecamp")
    page.fill_form("New tool", {})
    page.submit()
    card = page.message("New tool: Basecamp")
    page.act_as("Liaison")
    page.open_thread(card)
    page.reply("Fine with me. Who will have access?")
    page.close_thread()
    page.act_as("Marketer")
    page.command("sla report")
    page.sees("Its picture and the CSV are in our direct messages.", page.channel)
    expect(page.tab.get_by_role("button", name="Marketer", exact=True)).to_be_visible(timeout=60_000)
    page.open_channel("Marketer")
    picture = page.channel.locator('.bk-image img[alt*="by week"]').last  # others may be in the conversation too
    expect(picture).to_be_visible(timeout=20_000)
    assert is_drawn(picture)
    page.sees(".csv", page.channel)
    picture.scroll_into_view_if_needed()
    page.picture("09-sla-report")


def is_drawn(picture: Locator) -> bool:
    """Whether the browser has the picture itself and not only its place."""
    return bool(picture.evaluate("one => one.decode().then(() => one.naturalWidth > 600)"))
