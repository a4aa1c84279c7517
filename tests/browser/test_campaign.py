"""A big mailing from the first word to the sponsor's yes, as people see it on the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
DAY = datetime.now(tz=UTC).date() + timedelta(days=20)
SAID = "Heads up: our Xmas mailing goes out by e-mail to 400,000 recipients soon. Can the site handle that?"
DETAILS = {
    "First day": DAY.isoformat(),
    "At what time does it start?": "10:00",
    "Which site or page does it lead to?": "https://shop.example/xmas",
}
CAPACITY = {
    "How much does it take?": "53",
    "How was it measured?": "load test with k6",
    "Usual visits a minute": "60",
}
PATIENCE_MS = 20_000


def test_a_mailing_to_400000_is_asked_about_weighed_decided_and_signed(page: SlackPage) -> None:
    page.say(SAID)
    thread = page.open_thread(page.message(SAID))
    asked = awaited(page, "I need a little more", thread)
    page.picture("13-campaign-asked")
    page.press("Campaign details", asked)
    page.fill_form("Details: IT-", DETAILS)
    page.submit()
    unmeasured = awaited(page, "I don't know the site", thread)

    page.act_as("Liaison")
    page.press("Say what the site takes", unmeasured)
    page.fill_form("What a site takes", CAPACITY)
    page.picture("14-capacity")
    page.submit()
    decided_on_a_picture(page, thread)
    page.close_thread()

    page.open_channel("Marketing Manager")
    page.act_as("Marketing Manager")
    question = page.message("do you take the risk?")
    page.picture("17-campaign-risk")
    page.press("Yes, I take it", question)
    page.sees("You take the risk of IT-", page.channel)
    page.act_as("Marketer")
    page.open_channel("marketing")
    told = page.message("that is the answer on", page.open_thread(page.message(SAID)))
    expect(told).to_contain_text("✅ Go with conditions")
    expect(told).to_contain_text("Send it over 4 h or longer — @Marketer")
    told.scroll_into_view_if_needed()
    page.picture("18-campaign-go")
    page.close_thread()


def decided_on_a_picture(page: SlackPage, thread: Locator) -> None:
    """The liaison sees the curve and the window of four hours, and says go with the conditions that are proposed."""
    answer = awaited(page, "No go as planned", thread)
    expect(answer).to_contain_text("4 h or longer")
    picture = answer.locator(".bk-image img").last
    expect(picture).to_be_visible(timeout=PATIENCE_MS)
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 600)")
    picture.scroll_into_view_if_needed()
    page.picture("15-campaign-answer")
    page.press("Confirm or change", answer)
    page.fill_form("Decide: IT-", {})
    page.picture("16-campaign-decision")
    page.submit()
    expect(thread).to_contain_text("once the sponsor has signed", timeout=PATIENCE_MS)


def awaited(page: SlackPage, words: str, thread: Locator) -> Locator:
    """The message with these words, which comes by itself after some seconds."""
    expect(thread).to_contain_text(words, timeout=PATIENCE_MS)
    return page.message(words, thread)
