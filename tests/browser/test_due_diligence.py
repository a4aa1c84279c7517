"""Due diligence as people see it: the marketer's questions, IT's, the score card, a yes in spite of something."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser
SHOWN = "Yes, and I say below what shows it"


def test_from_the_marketers_questions_to_a_yes_in_spite_of_what_speaks_against_it(page: SlackPage) -> None:
    card = opened(page, "Jotform")
    ask_the_requester(page, card)
    answer_as_the_marketer(page)
    answer_as_it(page, card)
    page.open_channel("Liaison")
    page.sees("questions.csv", page.channel)

    page.open_channel("Marketing Manager")
    page.act_as("Marketing Manager")
    asked = page.message("As marketing manager: may we use it?")
    expect(asked).to_contain_text("Can it be connected to everything it needs? — no")
    page.picture("15-in-spite-of-it")
    page.press("Yes, in spite of it", asked)
    page.fill_form("Yes: IT-", {"Why in spite of it?": "By hand until the connector comes in March"})
    page.submit()
    page.sees("said yes.", page.channel)


def ask_the_requester(page: SlackPage, card: Locator) -> None:
    """The liaison reviews the tool, sees what is open with whom, and asks."""
    page.act_as("Liaison")
    page.press("Review", card)
    answers = {
        "How is it connected?": "Switched on in the tool",
        "What kind of tool is it?": "Collaboration and design",
    }
    page.fill_form("Review: IT-", answers)
    page.submit()
    score = page.message("🧾 Due diligence: Jotform", page.open_thread(card))
    expect(score).to_contain_text("8 with @Marketer")
    page.press("Ask the requester", score)
    page.close_thread()


def answer_as_the_marketer(page: SlackPage) -> None:
    """The marketer answers what is theirs from the direct message, once without saying what shows it."""
    page.open_channel("Marketer")
    page.act_as("Marketer")
    page.press("Answer questions", page.message("8 short questions about “Jotform”"))
    page.fill_form("Questions: IT-", {"1. Do you know what should be better with it and how you will see that?": SHOWN})
    page.send_form()
    assert page.errors() == {"text.purpose": "Say what shows it: a link, a document, a page."}
    page.fill_form("Questions: IT-", {"1. What shows it, or a remark": "20 % more answers, in the survey report"})
    fill_in_all(page, "Yes")
    page.picture("13-questions")
    page.submit()
    page.sees("Nothing is open here any more.", page.channel)


def answer_as_it(page: SlackPage, card: Locator) -> None:
    """The liaison answers a question that knocks the tool out, sends the vendor's, and asks for the sign-offs."""
    page.open_channel("marketing")
    page.act_as("Liaison")
    thread = page.open_thread(card)
    score = page.message("🧾 Due diligence: Jotform", thread)
    page.press("Answer questions", score)
    page.fill_form("Questions: IT-", {"1. Can it be connected to everything it needs?": "No"})
    page.submit()
    expect(score).to_contain_text("Speaks against it")
    score.scroll_into_view_if_needed()
    page.picture("14-score-card")
    page.press("Send to vendor", score)
    page.press("Ask for sign-offs", page.message("the standard lane", thread))
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


def fill_in_all(page: SlackPage, label: str) -> None:
    """Give every question that has no answer yet the same one."""
    for choice in page.form.locator("select").all():
        if not choice.input_value():
            choice.select_option(label=label)
