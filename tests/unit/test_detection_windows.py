"""A long message is judged in pieces, too: one sentence that matters must not drown in chatter."""

from datetime import date

import pytest

from bot.detection.learned import make_detector
from bot.detection.windows import windows
from bot.domain.detection import Action, Heard, decide

DAY = date(2026, 3, 4)
DETECTOR = make_detector()
CHATTER = (
    "The canteen has lasagne today. My train was late again, forty minutes in Leeds. Did anybody see the match? "
    "The printer on three is out of paper. Remember the stand-up is at ten tomorrow. "
    "I have put the photos of the fair in the folder. The weather is supposed to get better at the weekend."
)
TRIAL = "we’d love to try Klaviyo for the newsletter, signed up for a trial yesterday."
MAILING = "our Xmas mailing goes out by e-mail to 400,000 recipients on Monday."


@pytest.mark.parametrize("text", [f"{TRIAL} {CHATTER}", f"{CHATTER}\n{TRIAL}", f"{CHATTER} {MAILING} {CHATTER}"])
def test_a_sentence_that_matters_is_asked_about_within_long_chatter(text: str) -> None:
    assert decide(DETECTOR.detect(Heard(text, DAY))) is Action.ASK


def test_the_name_is_that_of_the_sentence() -> None:
    assert DETECTOR.detect(Heard(f"{CHATTER} {TRIAL}", DAY)).tools == ("Klaviyo",)


def test_long_chatter_alone_is_left_alone() -> None:
    assert decide(DETECTOR.detect(Heard(f"{CHATTER} {CHATTER}", DAY))) is Action.IGNORE


def test_a_message_of_two_sentences_is_judged_as_a_whole() -> None:
    assert windows(f"{TRIAL} {MAILING}") == []


def test_a_short_sentence_takes_the_next_one_along_and_the_pieces_are_few() -> None:
    assert windows(CHATTER)[0].endswith("forty minutes in Leeds.")
    assert len(windows("Yes it is. No it is not. " * 400)) < 20
