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

COST = {
    "How many people will use it?": "12",
    "Which tool do we have that would do?": "Mailchimp",
    "What does that one cost a year, in EUR?": "7,800",
    "Connections that are switched on in the tool": "1",
    "How much data moves over?": "Below 50,000 records",
}


def test_a_tool_is_approved_with_conditions_by_three_people(page: SlackPage) -> None:
    card = opened(page, "Brevo")
    reckon(page, card)
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

    sign(page, "Marketing Manager")
    page.open_channel("Second Marketer")
    page.act_as("Second Marketer")
    asked = page.message("may we use it?")
    page.picture("11-sign-off")
    page.press("Yes, with conditions", asked)
    page.fill_form("Yes, if", CONDITION)
    page.submit()
    page.sees("said yes, with conditions", page.channel)
    sign(page, "Liaison")

    page.act_as("Marketer")
    page.open_channel("marketing")
    expect(card).to_contain_text("Decided: Approved with conditions")
    thread = page.open_thread(card)
    verdict = page.message("was decided", thread)
    expect(verdict).to_contain_text("Sign a data processing agreement — @Liaison, by Fri 4 Jan")
    verdict.scroll_into_view_if_needed()
    page.picture("12-verdict")
    launch(page, card, thread)
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


def reckon(page: SlackPage, card: Locator) -> None:
    """The liaison adds what the quote leaves out; the real cost stands in the thread with its picture."""
    page.act_as("Liaison")
    page.press("Real cost", card)
    page.fill_form("Real cost: IT-", COST)
    page.picture("13-real-cost-form")
    page.submit()
    thread = page.open_thread(card)
    cost = page.message("really costs", thread)
    expect(cost).to_contain_text("times the vendor's quote of 18,000 EUR")
    expect(cost).to_contain_text("Against Mailchimp")
    expect(cost.locator("img").last).to_be_visible()
    cost.scroll_into_view_if_needed()
    page.picture("14-real-cost")
    page.close_thread()


def launch(page: SlackPage, card: Locator, thread: Locator) -> None:
    """The steps are planned, done by their owner, rated by who asked; the actual cost is set beside the estimate."""
    page.act_as("Liaison")
    page.press("Plan the steps to the launch", page.message("was decided", thread))
    page.fill_form("After the yes: IT-", {"Until when, step 1?": "2030-01-18", "Until when, step 2?": "2030-02-01"})
    page.submit()
    steps = page.message("After the yes", thread)
    expect(card).to_contain_text("Implementation — @Liaison, by Fri 18 Jan")
    steps.get_by_role("button", name="Done").first.click()
    expect(steps).to_contain_text("1 of 2 steps done")
    page.press("Done", steps)
    page.act_as("Marketer")
    page.press("5 ⭐⭐⭐⭐⭐", page.message("How good were IT's answers", thread))
    page.sees("rates IT's answers: ⭐⭐⭐⭐⭐ (5 of 5)", thread)
    page.act_as("Liaison")
    page.press("Enter the actual cost", steps)
    page.fill_form("Actual cost: IT-", {"What did it cost once, in EUR?": "21,000"})
    page.fill_form("Actual cost: IT-", {"What does it cost a year now, in EUR?": "10,900"})
    page.submit()
    beside = page.message("What Brevo cost in the end", thread)
    expect(beside).to_contain_text("21,000 EUR, estimated")
    beside.scroll_into_view_if_needed()
    page.picture("15-after-the-yes")


def sign(page: SlackPage, who: str) -> None:
    """Say yes to one's newest question about a tool whose questions are open, and why all the same."""
    page.open_channel(who)
    page.act_as(who)
    page.press("Yes, in spite of it", page.message("may we use it?"))
    page.fill_form("Yes: IT-", {"Why in spite of it?": "The vendor answers until Friday"})
    page.submit()
    page.sees("said yes", page.channel)
