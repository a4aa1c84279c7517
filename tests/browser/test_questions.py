"""When the bot is unsure it asks the author alone; when it was wrong, one press puts it right."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.phrases import unsure_about_tools
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser


def test_a_no_to_a_private_question_opens_nothing_and_takes_its_place(page: SlackPage) -> None:
    tool, said = unsure_about_tools(2)[0]
    page.say(said)
    question = page.message("Just between us")
    expect(question).to_contain_text("only visible to you")
    expect(question).to_contain_text(f"this sounds like a new tool ({tool}): you wrote")
    page.picture("05-private-question")
    page.press("No", question)
    page.message("Nothing was opened")
    expect(page.channel).not_to_contain_text("Just between us")
    page.command("list open")
    expect(page.message("Open tickets")).not_to_contain_text(tool)


def test_a_yes_to_a_private_question_opens_a_ticket_where_it_was_said(page: SlackPage) -> None:
    tool, said = unsure_about_tools(2)[1]
    page.say(said)
    page.press("Yes, open a ticket", page.message("Just between us"))
    page.message(f"is open: “{tool}”")
    thread = page.open_thread(page.message(said))
    page.message(f"New tool: {tool}", thread)


def test_not_this_withdraws_what_was_noticed_wrongly(page: SlackPage) -> None:
    said = "we signed up for a trial of Calendly yesterday"
    page.say(said)
    thread = page.open_thread(page.message(said))
    page.press("Not this", page.message("New tool: Calendly", thread))
    withdrawn = page.message("is withdrawn: Calendly", thread)
    expect(withdrawn.get_by_role("button", name="Reopen")).to_be_visible()
    expect(withdrawn.get_by_role("button", name="Claim")).to_be_hidden()


def test_talk_about_nothing_new_stays_between_people(page: SlackPage) -> None:
    page.say("lunch at twelve?")
    page.command("list late")
    page.message("Nothing is late")
    expect(page.message("lunch at twelve?").locator(".thread-summary")).to_be_hidden()
