"""Whatever people paste into a form: it is kept as text, pings nobody, and what is wrong is said at its field."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, expect

from bot.platforms.slack.sandbox import BOT, MARKETING, SECOND_MARKETER
from tests.support.command_line import Practice
from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser

HOSTILE = f"<!channel> <!here|here> <@{SECOND_MARKETER}> @everyone *b* `c` & <https://evil.example|free> 🦄🧑‍🚀"
TOO_LONG = (HOSTILE + "🎉 long " * 500)[:3001]

# The fields of each form: label, key, and the most it takes.
FORMS = {
    "New tool": (
        "new-tool",
        {"Which tool?": ("name", 150), "What is it for?": ("purpose", 2000), "What does it cost?": ("cost", 300)},
    ),
    "Campaign": (
        "campaign",
        {
            "What is the campaign called?": ("name", 150),
            "Which site or page does it lead to?": ("page", 500),
            "What do you need from IT?": ("needs", 2000),
        },
    ),
    "Question": ("ask", {"What would you like to know?": ("name", 2000)}),
    "Integration": (
        "integration",
        {"What should be connected?": ("name", 150), "What should flow, and what for?": ("purpose", 2000)},
    ),
}


@pytest.mark.parametrize("title", FORMS)
def test_a_form_that_opens_a_ticket_takes_any_text_but_not_too_much(
    title: str, page: SlackPage, practice: Practice
) -> None:
    command, fields = FORMS[title]
    page.command(command)
    page.fill_form(title, dict.fromkeys(fields, TOO_LONG))
    page.send_form()
    assert page.errors() == {
        key: f"Please use at most {most} characters; this has 3001." for key, most in fields.values()
    }
    page.fill_form(title, {label: f"{title} {TOO_LONG}"[:most] for label, (_, most) in fields.items()})
    page.submit()
    card = page.message(f"{title}: {title} <!channel>")
    expect(card.get_by_role("button", name="Claim")).to_be_visible()
    shows_it_harmless(card)
    pings_nobody(practice)


def test_an_audience_that_is_no_number_is_refused_at_its_field(page: SlackPage) -> None:
    page.command("campaign 🎪🎪🎪")
    for wrong in ("<!channel>", "🎉", "minus four", "9" * 3000):
        page.fill_form("Campaign", {"How many people will it reach?": wrong})
        page.send_form()
        assert list(page.errors()) == ["audience"]
    page.fill_form("Campaign", {"How many people will it reach?": "1.2M"})
    page.submit()
    expect(page.message("Campaign: 🎪🎪🎪")).to_contain_text("1,200,000")


def test_a_name_of_blanks_is_no_name(page: SlackPage) -> None:
    page.command("new-tool")
    page.fill_form("New tool", {"Which tool?": "   "})
    page.send_form()
    assert page.errors() == {"name": "Please fill this in."}
    page.cancel()


def test_a_long_question_can_be_read_to_its_end(page: SlackPage) -> None:
    page.command(f"ask May we {'really ' * 60} do this?")
    expect(page.message("Question: May we really")).to_contain_text("really do this?")


def test_a_name_of_500_characters_is_refused_in_words(page: SlackPage) -> None:
    page.command("new-tool " + "Z" * 500)
    page.message("A tool's name has at most 150 characters; this has 500.")


def test_the_buttons_of_a_ticket_take_any_text_but_not_too_much(page: SlackPage, practice: Practice) -> None:
    page.say("we signed up for a trial of Airtable yesterday")
    thread = page.open_thread(page.message("trial of Airtable"))
    card = page.message("New tool: Airtable", thread)
    page.act_as("Liaison")
    page.press("Claim", card)
    for button, title, label, reply in (
        ("Answer", "Answer", "Your answer", "answers @Marketer: answer"),
        ("Waiting for requester", "Wait", "What do you need from them?", "before it can go on: waiting"),
        ("Escalate", "Escalate", "Why?", "to step in (process): escalate"),
        ("Close", "Close the ticket", "What came out of it?", "for @Marketer: close"),
    ):
        press_and_fill(page, card, button, title, label)
        page.sees(reply, thread)
    shows_it_harmless(thread)
    pings_nobody(practice)


def test_a_note_for_it_takes_any_text_and_never_reaches_the_thread(page: SlackPage, practice: Practice) -> None:
    page.say("we signed up for a trial of Figma yesterday")
    thread = page.open_thread(page.message("trial of Figma"))
    card = page.message("New tool: Figma", thread)
    page.act_as("Liaison")
    press_and_fill(page, card, "Note for IT", "Note for IT", "Note")
    number = card.locator(".bk-header").inner_text().split()[1]
    page.command(f"status {number}")
    status = page.message("Notes for IT")
    expect(status).to_contain_text("@Liaison: note")
    shows_it_harmless(status)
    expect(thread).not_to_contain_text("evil.example")
    page.act_as("Marketer")
    page.command("list late")
    page.message("Nothing is late")
    pings_nobody(practice)


def test_a_message_full_of_markup_and_emoji_becomes_a_ticket_like_any_other(
    page: SlackPage, practice: Practice
) -> None:
    page.say(f"we signed up for a trial of Mixpanel yesterday and connected it to our shop. {HOSTILE}")
    thread = page.open_thread(page.message("trial of Mixpanel"))
    page.message("New tool: Mixpanel", thread)
    page.message("this one is for you", thread)
    pings_nobody(practice)


def press_and_fill(page: SlackPage, card: Locator, button: str, title: str, label: str) -> None:
    """Send a button's form with too much, see it refused at its field, then with as much as it takes."""
    word = button.split(maxsplit=1)[0].lower()
    (page.choose if button in {"Escalate", "Note for IT"} else page.press)(button, card)
    answers = {label: TOO_LONG}
    if button == "Escalate":
        answers["What is it about?"] = "Process: it is stuck, or with the wrong people"
    page.fill_form(f"{title}: IT-", answers)
    page.send_form()
    assert page.errors() == {"text": "Please use at most 3000 characters; this has 3001."}
    page.fill_form(f"{title}: IT-", {label: f"{word} {TOO_LONG}"[:3000]})
    page.submit()


def shows_it_harmless(shown: Locator) -> None:
    """What was typed is shown as typed: no link of theirs, no mention of somebody who has no part in it."""
    assert "@Second Marketer" not in shown.locator(".mention").all_inner_texts()
    expect(shown.locator("a[href*=evil]")).to_have_count(0)


def pings_nobody(practice: Practice) -> None:
    """In what the bot sent of what was typed there is no command to ping a channel, a group or an outsider."""
    found: Any = httpx.get(f"{practice.url}/_control/messages/{MARKETING}", trust_env=False).json()
    sent = [json.dumps(one, ensure_ascii=False) for one in found["messages"] if one.get("user") == BOT]
    typed = [words for words in sent if "evil.example" in words]
    assert typed
    assert not [words for words in sent if "<!" in words]
    for words in typed:
        assert f"<@{SECOND_MARKETER}>" not in words
