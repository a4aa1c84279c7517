"""The main job as people see it: a trial is mentioned, IT answers in the thread; the same by command."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.command_line import Practice
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser

TRIAL = "we'd love to try Klaviyo for the newsletter, signed up for a trial yesterday"
ANSWER = "Klaviyo is fine for the newsletter list. Please use the company account."


def test_the_welcome_tells_where_to_go_whom_to_act_as_and_what_to_try(practice: Practice) -> None:
    for words in (
        practice.url,
        "Act as",
        "Marketer, Liaison or IT Manager",
        TRIAL,
        "/itcheck new-tool Hotjar",
        "Ctrl-C",
    ):
        assert words in practice.said


def test_a_message_about_a_trial_brings_the_liaison_into_the_thread(page: SlackPage) -> None:
    page.say(TRIAL)
    thread = page.open_thread(page.message(TRIAL))
    card = page.message("New tool: Klaviyo", thread)
    expect(card).to_contain_text("@Liaison from IT takes a look")
    expect(card).to_contain_text(re.compile(r"First answer\s*by \w{3} \d{1,2} \w{3}, \d\d:\d\d CES?T"))
    ping = page.message("this one is for you", thread)
    expect(ping.locator(".mention").first).to_have_text("@Liaison")
    page.picture("01-ticket-in-thread")

    page.act_as("Liaison")
    page.press("Claim", card)
    page.sees("@Liaison has taken this on.", thread)
    page.press("Answer", card)
    page.fill_form("Answer: IT-", {"Your answer": ANSWER})
    page.submit()
    page.sees(f"@Liaison answers @Marketer: {ANSWER}", thread)
    page.reply("Which list would you like to connect first?")
    page.sees("Which list would you like", thread)
    expect(card).to_contain_text("in review")
    expect(card).not_to_contain_text("First answer")
    page.picture("02-liaison-answers")


def test_the_liaison_is_told_directly_why_it_is_them(page: SlackPage) -> None:
    page.say("we signed up for a trial of Miro yesterday")
    page.open_channel("Liaison")
    told = page.message("New tool: Miro")
    expect(told).to_have_text(
        re.compile(r"IT-\d+ is yours: you are the liaison for #marketing\. New tool: Miro, asked")
    )


def test_a_form_whose_prefilled_name_is_left_alone_opens_a_ticket(page: SlackPage) -> None:
    page.open_by_check("Hotjar")
    answers = {
        "What is it for?": "See where people stop reading",
        "What does it cost?": "39 a month",
        "Will it hold data about customers?": "I don't know",
        "Needed by": "2027-01-15",
    }
    page.fill_form("New tool", answers)
    page.picture("03-new-tool-form")
    page.submit()
    page.message("is open: “Hotjar”")
    card = page.message("New tool: Hotjar")
    for words in ("See where people stop reading", "39 a month", "I don't know", "Fri 15 Jan 2027"):
        expect(card).to_contain_text(words)


def test_help_status_and_list_answer_for_ones_own_eyes(page: SlackPage) -> None:
    page.command("ask may we use the customer's logo?")
    opened = page.message("is open: “may we use").inner_text()
    number = re.findall(r"IT-\d+", opened)[-1]
    page.command("help")
    expect(page.message("What you can type")).to_contain_text("/itcheck new-tool [name]")
    page.command(f"status {number}")
    status = page.message("What happened")
    expect(status).to_contain_text("only visible to you")
    expect(status).to_contain_text("opened by @Marketer")
    page.command("list")
    expect(page.message("Open tickets")).to_contain_text(f"{number} may we use the customer's logo?")
