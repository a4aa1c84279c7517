"""A question finds its answer on the page: from a person first, from what is written the next time."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.slack_page import SlackPage

pytestmark = pytest.mark.browser

ASKED, SAID = "Who renews the licence of our newsletter tool?", "Ines in IT does, every March."
IN_OTHER_WORDS = "Wer verlängert die Lizenz unseres Newsletter-Werkzeugs?"
NOT_SAID = "What does our newsletter tool cost?"
TOUCHY, ANSWERED = "Whom do I tell that a colleague reads our mails?", "Come to the security desk, they keep it quiet."


def test_an_answer_is_kept_and_shown_to_the_next_who_asks(page: SlackPage) -> None:
    page.command(f"ask {ASKED}")
    page.message(f"is open: “{ASKED}")
    page.act_as("Liaison")
    card = page.message(f"Question: {ASKED}")
    page.press("Claim", card)
    page.press("Answer", page.message(f"Question: {ASKED}"))
    page.fill_form("Answer", {"Your answer": SAID})
    page.submit()
    page.press("Keep as knowledge", page.message(f"Question: {ASKED}"))
    page.fill_form("Keep as knowledge", {"Who looks after it?": "Marketing systems"})
    page.picture("30-keep-as-knowledge")
    page.submit()
    page.message("Kept:")
    page.command("knowledge")
    expect(page.message("📚 Written down")).to_contain_text(ASKED)
    page.act_as("Marketer")
    page.command(f"ask {IN_OTHER_WORDS}")
    shown = page.message(f"“{SAID}”")
    expect(shown).to_contain_text("only visible to you")
    expect(shown).to_contain_text("Marketing systems")
    page.picture("31-asked-again")
    page.press("Not quite", shown)
    page.press("Ask the liaison", page.message("Shall the liaison answer"))
    page.message(f"is open: “{IN_OTHER_WORDS}")
    page.command(f"ask {NOT_SAID}")
    expect(page.message(f"is open: “{NOT_SAID}")).to_contain_text("I am not sure enough")


def test_who_asks_anonymously_is_named_nowhere_and_answered_directly(page: SlackPage) -> None:
    page.command(f"ask --anonymous {TOUCHY}")
    page.message(f"is open: “{TOUCHY}")
    page.act_as("Liaison")
    card = page.message(f"Question: {TOUCHY}")
    expect(card).to_contain_text("somebody who asked anonymously")
    page.press("Claim", card)
    page.press("Answer", page.message(f"Question: {TOUCHY}"))
    page.fill_form("Answer", {"Your answer": ANSWERED})
    page.submit()
    page.picture("32-asked-anonymously")
    page.act_as("Marketer")
    page.open_channel("Marketer")
    told = page.message(ANSWERED)
    expect(told).to_contain_text("IT on your question")
    page.press("Reply, still anonymously", told)
    page.fill_form("Reply", {"Your reply": "Thanks, I will"})
    page.submit()
    page.open_channel("marketing")
    thread = page.open_thread(page.message(f"Question: {TOUCHY}"))
    page.message("somebody who asked anonymously replies: Thanks, I will", thread)
