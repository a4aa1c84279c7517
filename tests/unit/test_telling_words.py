"""The words of a message that a private question quotes."""

from datetime import date

import pytest

from bot.detection.reading import read
from bot.detection.rules import RuleDetector
from bot.detection.telling import telling_words
from bot.domain.detection import Heard

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "labels", "words"),
    [
        ("Morning all! I signed up for a trial of Hotjar, coffee anyone?", ("new_tool",),
         "I signed up for a trial of Hotjar"),
        ("hi, we'd love to try *Klaviyo* for the newsletter; thoughts?", ("new_tool",),
         "we'd love to try Klaviyo for the newsletter"),
        ("FYI all. The newsletter goes out to 400k people on Friday. Fingers crossed.", ("campaign",),
         "The newsletter goes out to 400k people on Friday"),
        ("Moin! Der Newsletter geht am 5. Dezember an 80.000 Leute. Danke", ("campaign",),
         "Der Newsletter geht am 5. Dezember an 80.000 Leute"),
        ("we bought Monday.com today", ("new_tool",), "we bought Monday.com today"),
        ("?!", ("new_tool",), ""),
        ("", ("campaign",), ""),
    ],
)  # fmt: skip
def test_the_clause_with_the_strongest_cue_is_quoted(text: str, labels: tuple[str, ...], words: str) -> None:
    assert telling_words(read(text, MONDAY), labels) == words


@pytest.mark.parametrize(
    ("reply", "leans"),
    [
        ("yes, go ahead", True),
        ("the second one", True),
        ("Friday", True),
        ("400k people", True),
        ("Klaviyo", True),
        ("see you at lunch", False),
        ("yes " * 60, False),
    ],
)
def test_a_short_reply_that_agrees_chooses_or_names_something_leans_on_its_thread(reply: str, leans: bool) -> None:
    assert RuleDetector().leans_on_thread(Heard(reply, MONDAY)) is leans
