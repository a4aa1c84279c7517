"""The roster on the page: everybody says what they can be asked, a manager names another liaison, who is introduced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
PATIENCE_MS = 30_000
INTRODUCED = "@IT Manager is the IT liaison of this channel from now on."


@pytest.fixture
def with_liaison(page: SlackPage) -> Iterator[SlackPage]:
    """The page, whose team has its own liaison again in the end."""
    yield page
    page.start_over()
    page.act_as("IT Manager")
    name_liaison(page, "liaison")


def test_a_new_liaison_is_introduced_and_two_get_an_invitation(with_liaison: SlackPage) -> None:
    page = with_liaison
    for person, languages in (("Marketing Manager", "English, French"), ("IT Manager", "english, German")):
        page.act_as(person)
        page.open_channel("marketing")
        page.command("roster me")
        page.fill_form("Who can be asked what", {"Languages": "C++", "Sits in": "Berlin, house 3"})
        page.send_form()
        assert "is no language I can take" in page.errors()["languages"]
        page.fill_form("Who can be asked what", {"Languages": languages})
        page.submit()
    name_liaison(page, "it-manager", "French")
    told = page.message(INTRODUCED)
    expect(told).to_contain_text("English, German")
    expect(told).to_contain_text("are invited to meet on")
    told.scroll_into_view_if_needed()
    page.picture("28-new-liaison")
    page.command("roster")
    listed = page.message("Who can talk to whom")
    expect(listed).to_contain_text("#marketing works in French: nobody in IT speaks that")
    expect(listed).to_contain_text(
        "#marketing: @IT Manager · whatever comes up · English, German · Berlin, house 3 · Mon-Fri 09:00-17:00"
    )
    listed.scroll_into_view_if_needed()
    page.picture("27-roster")
    page.act_as("Marketing Manager")
    page.open_channel("Marketing Manager")
    directly = page.message("You and @IT Manager work together for #marketing from now on")
    expect(directly).to_contain_text("in person, Berlin, house 3")
    expect(directly).to_contain_text("first-meeting.ics", timeout=PATIENCE_MS)
    page.picture("29-first-meeting")


def name_liaison(page: SlackPage, name: str, languages: str = "") -> None:
    """Name the team's liaison and its languages by its form."""
    page.open_channel("marketing")
    page.command("roster team")
    page.fill_form("A team and its liaison", {"IT liaison": name, "Languages": languages})
    page.submit()
    page.message("is the liaison of #marketing.")
