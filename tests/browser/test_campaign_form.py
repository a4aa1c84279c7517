"""A campaign typed in one line stands in the form with its day and its reach."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.slack_page import PATIENCE_MS, SlackPage

pytestmark = pytest.mark.browser


def test_what_was_typed_of_a_campaign_fills_its_form(page: SlackPage) -> None:
    page.command("campaign Autumn sale on 27 November to 250k people by e-mail")
    expect(page.form.locator(".modal-title")).to_contain_text("Campaign", timeout=PATIENCE_MS)
    filled = page.form.locator("input")
    expect(filled.nth(0)).to_have_value("Autumn sale")
    expect(filled.nth(1)).to_have_value(re.compile(r"^\d{4}-11-27$"))
    expect(filled.nth(2)).to_have_value("250000")
    page.picture("09-campaign-form")
    page.submit()
    page.message("Autumn sale")
    page.sees("250,000", page.channel)
