"""The road map on the page: proposed by marketing, put in order by IT, signed by both managers, seen as a picture."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from bot.domain.quarters import Quarter
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
TODAY = datetime.now(tz=UTC).date()
FIRST, MIDDLE, SECOND, LAST = ((TODAY + timedelta(days=days)).isoformat() for days in (20, 80, 81, 260))
NEXT = Quarter.of(TODAY).after
FEED = {"What does marketing need?": "Clean product feed", "Starts": FIRST, "Ends": MIDDLE}
SEARCH = {
    "What does marketing need?": "Customers find what they look for",
    "What will be better?": "More orders from search",
    "How will we see it?": "orders a month",
    "From": "120",
    "To": "200",
    "Which technology?": "Searchly",
    "Starts": SECOND,
    "Ends": LAST,
}
MORE = {
    "Rank": "1",
    "Which items must be done before?": "RM-1",
    "Sponsor in marketing": "marketing-manager",
    "What does it cost, in EUR?": f"{NEXT.name}: capex 10,000, opex 500\n{NEXT.after.name}: opex 500",
    "Why this change?": "because customers ask for it",
}
PATIENCE_MS = 30_000


def test_a_road_map_is_proposed_signed_by_both_sides_and_seen(page: SlackPage) -> None:
    page.act_as("Marketer")
    propose(page, FEED | {"Ends": TODAY.isoformat()})
    page.send_form()
    assert "before it starts" in str(page.errors())
    page.fill_form("Road map item", FEED)
    page.submit()
    propose(page, SEARCH)
    page.picture("22-roadmap-item")
    page.submit()
    page.open_channel("marketing")

    page.act_as("Liaison")
    page.command("roadmap people RM-2")
    page.fill_form("RM-2: people, money", MORE)
    page.submit()
    page.open_channel("marketing")
    page.command("roadmap")
    listed = page.message("Road map")
    expect(listed).to_contain_text("Customers find what they look for → Searchly")
    listed.scroll_into_view_if_needed()
    page.picture("23-roadmap")
    page.press("Changes (2)", listed)
    drafted = page.message("Changes in the draft")
    expect(drafted).to_contain_text("because customers ask for it")
    page.press("Put it before both sides", drafted)
    page.sees("Revision 1 is before both sides.", page.channel)

    signed_by(page, "Marketing Manager", "It holds once the other side has said yes too.", "24-roadmap-signature")
    signed_by(page, "IT Manager", "It is in force now.")
    reviewed_and_drawn(page)


def reviewed_and_drawn(page: SlackPage) -> None:
    """The review as it stands, and the picture that came directly."""
    page.act_as("Liaison")
    page.open_channel("marketing")
    page.command("roadmap review")
    reviewed = page.message("Road map review, as it stands")
    expect(reviewed).to_contain_text("has no sponsor in marketing and IT")
    reviewed.scroll_into_view_if_needed()
    page.picture("25-roadmap-review")
    page.open_channel("Liaison")
    picture = page.channel.locator('.bk-image img[alt*="RM-1 Clean product feed"]').last
    expect(picture).to_be_visible(timeout=PATIENCE_MS)
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 600)")
    picture.scroll_into_view_if_needed()
    page.picture("23-roadmap-picture")


def propose(page: SlackPage, values: dict[str, str]) -> None:
    page.open_channel("marketing")
    page.command("roadmap add")
    page.fill_form("Road map item", values)


def signed_by(page: SlackPage, person: str, then: str, picture: str = "") -> None:
    """A manager says yes in the direct message."""
    page.act_as(person)
    page.open_channel(person)
    asked = page.message("Road map, revision 1: your signature")
    if picture:
        page.picture(picture)
    page.press("Yes", asked)
    page.sees(then, page.channel)


def test_how_early_it_was_involved_is_told_with_its_tickets(page: SlackPage) -> None:
    page.open_by_check("Zeplin")
    page.fill_form("New tool", {"How far are you with it?": "Bought or in use"})
    page.submit()
    page.message("New tool: Zeplin")
    page.command("involvement")
    told = page.message("IT involved")
    expect(told).to_contain_text(", after it IT-")
    told.scroll_into_view_if_needed()
    page.picture("26-involvement")
