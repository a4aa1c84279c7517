"""The check on the page: one private answer, one obvious next step."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser


def test_the_check_names_what_is_approved_and_leads_to_a_ticket(page: SlackPage) -> None:
    page.command("new-tool Omnisnd")
    told = page.message("I took it for Omnisend")
    expect(told).to_contain_text("only visible to you")
    for words in ("E-mail and automation", "Approved alreadyMailchimp (Email", "fast lane, about 2 working days"):
        expect(told).to_contain_text(words)
    page.picture("09-check")
    page.press("Open a ticket", told)
    page.fill_form("New tool", {})
    page.submit()
    page.message("is open: “Omnisend”")
    page.act_as("IT Manager")
    page.command("new-tool omnisend.com")
    page.tab.locator(".msg").filter(has_text="is with IT already").last.get_by_role("button", name="Join").click()
    page.message("I added you to it")


def test_a_rejected_tool_says_why(page: SlackPage) -> None:
    page.command("new-tool surveymonkey")
    told = page.message("SurveyMonkey was rejected")
    expect(told).to_contain_text("No contract on customer data could be had")
    expect(told.get_by_role("button", name="Open a ticket")).to_be_visible()
