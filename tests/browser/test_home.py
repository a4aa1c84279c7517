"""The bot's Home, and the set-up of a channel, as a marketer, a liaison and an IT manager see them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from bot.now import utc_now
from tests.support.command_line import ZONE
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser


def test_a_marketer_sees_what_waits_their_tickets_and_the_week(page: SlackPage) -> None:
    page.open_by_check("Typeform")
    page.fill_form("New tool", {})
    page.submit()
    page.command("campaign Advent calendar")
    page.fill_form("Campaign", {"First day": today().isoformat(), "How many people will it reach?": "400k"})
    page.submit()
    expect(page.message("Campaign: Advent calendar")).to_contain_text("400,000")
    page.act_as("Liaison")
    thread = page.open_thread(page.message("New tool: Typeform"))
    card = page.message("New tool: Typeform", thread)
    page.press("Claim", card)
    page.press("Waiting for requester", card)
    page.fill_form("Wait", {"What do you need from them?": "Who will have access?"})
    page.submit()
    page.sees("@Marketer, IT needs something from you before it can go on: Who will have access?", thread)
    page.close_thread()
    page.act_as("Marketer")
    home = page.open_home()
    page.sees("Next sync", home)
    told = home.inner_text()
    waiting, _, rest = told.partition("My tickets")
    assert "Typeform — waiting for the requester" in waiting
    assert "Advent calendar — assigned, @Liaison · lead time at short notice" in waiting
    assert "Advent calendar" in rest.partition("Campaigns this week")[2]
    assert "Set-up" not in told
    page.picture("04-home")


def test_a_liaison_sees_what_is_theirs_to_do(page: SlackPage) -> None:
    page.say("we signed up for a trial of Asana yesterday")
    expect(page.message("trial of Asana").locator(".thread-summary")).to_be_visible()
    page.act_as("Liaison")
    home = page.open_home()
    page.sees("Next sync", home)
    assert "Asana — assigned" in home.inner_text().partition("My tickets")[0]


def test_an_it_manager_sets_the_channel_up_from_home(page: SlackPage) -> None:
    page.act_as("IT Manager")
    home = page.open_home()
    page.sees("Set-up", home)
    page.press("Change", home)
    page.fill_form("Set up this channel", {"Weekly sync: day": "Thursday"})
    page.picture("06-setup")
    page.fill_form("Set up this channel", {"Time zone": "Berlin"})
    page.send_form()
    assert page.errors() == {"zone": "I don't know this time zone. Did you mean Europe/Berlin?"}
    page.fill_form("Set up this channel", {"Time zone": "Europe/Berlin"})
    page.submit()
    page.open_channel("marketing")
    page.message("is set up as you said")
    page.sees("Thu", page.open_home())


def test_setup_in_the_channel_is_for_admins(page: SlackPage) -> None:
    page.act_as("IT Manager")
    page.command("setup")
    page.fill_form("Set up this channel", {})
    page.cancel()
    page.act_as("Marketer")
    page.command("setup")
    page.sees("Only an admin can set this up", page.form)
    page.cancel()


def today() -> date:
    return datetime.astimezone(utc_now(), ZoneInfo(ZONE)).date()
