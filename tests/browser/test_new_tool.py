"""A new tool from the command to its verdict, as people see it on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
CONDITION = {
    "What must be done?": "Sign a data processing agreement",
    "Who does it?": "liaison",
    "Until when?": "2030-01-04",
}


def test_a_tool_is_approved_with_conditions_by_three_people(page: SlackPage) -> None:
    card = opened(page, "Brevo")
    page.act_as("Liaison")
    page.press("Review", card)
    answers = {"How is it connected?": "Switched on in the tool"}
    page.fill_form("Review: IT-", answers)
    page.picture("10-review-form")
    page.submit()
    thread = page.open_thread(card)
    review = page.message("the standard lane", thread)
    expect(review).to_contain_text("6,000 EUR")
    page.press("Ask for sign-offs", review)
    expect(review).to_contain_text("⏳ legal: @Second Marketer")
    page.close_thread()

    sign(page, "Marketing Manager", "Yes")
    page.open_channel("Second Marketer")
    page.act_as("Second Marketer")
    asked = page.message("may we use it?")
    page.picture("11-sign-off")
    page.press("Yes, with conditions", asked)
    page.fill_form("Yes, if", CONDITION)
    page.submit()
    page.sees("said yes, with conditions", page.channel)
    sign(page, "Liaison", "Yes")

    page.act_as("Marketer")
    page.open_channel("marketing")
    expect(card).to_contain_text("Decided: Approved with conditions")
    thread = page.open_thread(card)
    verdict = page.message("was decided", thread)
    expect(verdict).to_contain_text("Sign a data processing agreement — @Liaison, by Fri 4 Jan")
    verdict.scroll_into_view_if_needed()
    page.picture("12-verdict")
    page.close_thread()


def opened(page: SlackPage, tool: str) -> Locator:
    """The card of a ticket for a tool with customer data, where somebody is named for legal."""
    page.act_as("IT Manager")
    page.command("people legal @second-marketer")
    page.act_as("Marketer")
    page.open_by_check(tool)
    page.fill_form("New tool", {"What does it cost?": "500 EUR a month", "Will it hold data about customers?": "Yes"})
    page.submit()
    return page.message(f"New tool: {tool}")


def sign(page: SlackPage, who: str, label: str) -> None:
    """Answer one's newest question about a tool."""
    page.open_channel(who)
    page.act_as(who)
    page.press(label, page.message("may we use it?"))
    page.sees("said yes", page.channel)
