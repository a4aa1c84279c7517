"""A day in forty seconds, with the product's clock running faster: ticket, warning, breach, escalation, agenda."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import album
from tests.support.command_line import ZONE, Practice
from tests.support.slack_page import HEIGHT, WIDTH, SlackPage

pytestmark = pytest.mark.browser

TRIAL = "we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday"
SOON_MS = 35_000


@pytest.fixture(scope="module")
def fast_page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackPage]:
    """A tab on a practice workspace in which a second is ten minutes."""
    with Practice(tmp_path_factory.mktemp("fast"), None, "--speed", "600") as practice:
        assert "a second is 10 minutes here" in practice.said
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", timezone_id=ZONE, color_scheme="light"
        )
        yield SlackPage(context.new_page(), practice.url, album())
        context.close()


def test_a_ticket_is_warned_of_late_escalated_and_on_the_agenda_while_one_watches(fast_page: SlackPage) -> None:
    page = fast_page
    page.start_over()
    began = time.monotonic()
    page.say(TRIAL)
    thread = page.open_thread(page.message(TRIAL))
    card = page.message("New tool: Klaviyo", thread)
    expect(thread).to_contain_text("75 % of the time is used", timeout=SOON_MS)
    page.picture("10-warning")
    expect(thread).to_contain_text("and is late", timeout=SOON_MS)
    expect(thread).to_contain_text("@IT Manager is asked to step in", timeout=SOON_MS)
    expect(card).to_contain_text("(late)")
    page.picture("11-late-and-escalated")
    expect(page.channel).to_contain_text("Weekly sync ·", timeout=SOON_MS)
    page.close_thread()
    expect(page.message("Weekly sync ·")).to_contain_text("Klaviyo")
    page.picture("12-agenda")
    took_s = time.monotonic() - began
    print(f"\nfrom the ticket to the agenda: {took_s:.0f} s")
    assert page.faults == []
