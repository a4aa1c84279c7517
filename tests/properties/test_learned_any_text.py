"""Whatever somebody types, the detector answers, and soon."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.detection.learned import LearnedDetector
from bot.domain.detection import Heard

DAY = date(2026, 3, 4)
DETECTOR = LearnedDetector()
LONG_S = 0.2
PIECES = st.sampled_from(
    [
        "we signed up for ",
        "Hotjar ",
        "> ",
        "\n",
        "<@U1>",
        "```",
        "27 Nov",
        "400k ",
        "🚀",
        "\u202e",
        "\ud83d",
        "launch ",
        "&lt;",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(codec=None), max_size=400) | st.lists(PIECES, max_size=60).map("".join),
    st.none() | st.text(st.characters(codec=None), max_size=200),
)
def test_any_text_is_answered(text: str, thread: str | None) -> None:
    found = DETECTOR.detect(Heard(text, DAY, thread))
    assert all(0 <= sure <= 1 for sure in found.confidence.values())
    assert set(found.labels) <= {"new_tool", "campaign"}


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Ab ",
        "\n> ",
        "we signed up for Hotjar on 27 Nov, 400k mails. ",
        "🚀",
        "x.com/",
        "```",
        "<",
        "1,000 ",
        "Ünder ",
    ],
)
def test_forty_thousand_characters_are_answered_within_a_fifth_of_a_second(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    DETECTOR.detect(Heard(text[:500], DAY))
    assert min(taken_for(text) for _ in range(3)) < LONG_S


def taken_for(text: str) -> float:
    """Seconds of processor time for a text in a thread of the same."""
    begin = time.process_time()
    DETECTOR.detect(Heard(text, DAY, text))
    return time.process_time() - begin
