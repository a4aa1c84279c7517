"""Open proposals of a tool, and words that make a tool or a campaign unlikely, on examples written for these tests."""

from datetime import date

import numpy as np
import pytest

from bot.detection.candidates import Candidate
from bot.detection.doubts import doubted
from bot.detection.learned import LearnedDetector
from bot.detection.mentions import Kind
from bot.detection.names import mark
from bot.detection.picking import telling
from bot.detection.proposals import SURE, proposes
from bot.detection.training import fitting
from bot.detection.view import look
from bot.domain.detection import NEW_TOOL, Heard

DAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    "text",
    [
        "Thinking of using Typeform for the survey, what do you all think?",
        "How about we use Miro for the workshop on Thursday?",
        "what do you all think of Typeform for the survey?",
        "Maybe we should try Later for scheduling the posts",
        "Anyone against us using Tally for the sign-up form?",
        "Überlege, Typeform für die Umfrage zu nehmen, was meint ihr?",
        "Je pense utiliser Typeform pour le sondage, vous en pensez quoi ?",
        "Estoy pensando en usar Typeform para la encuesta, ¿qué os parece?",
        "Tô pensando em usar o Typeform pra pesquisa, o que acham?",
    ],
)
def test_an_open_proposal_of_a_tool_is_seen(text: str) -> None:
    assert proposes(mark(text))


@pytest.mark.parametrize(
    "text",
    [
        "Thinking of using the Leeds photo for the newsletter, what do you all think?",
        "what do you think of the new logo?",
        "How about Thursday for the workshop?",
        "what do you think about the Typeform results?",
        "not thinking of using Typeform for the survey",
        "can we use Zoom for the call?",
    ],
)
def test_what_is_no_proposal_of_a_tool_is_none(text: str) -> None:
    assert not proposes(mark(text))


def test_an_open_proposal_is_sure_enough_for_a_question() -> None:
    found = LearnedDetector().detect(Heard("what do you all think of Typeform for the survey?", DAY))
    assert found.confidence[NEW_TOOL] == pytest.approx(SURE)
    assert found.tools == ("Typeform",)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("we tried Typeform once in 2019, years ago", (1, 0)),
        ("my cousin swears by Notion", (1, 0)),
        ("Weihnachtsfeier am 12.12., 40 Leute", (0, 1)),
        ("the competitor runs a sale on Friday", (0, 1)),
        ("we signed up for Typeform today", (0, 0)),
        ("the mail goes to 40k people on Friday", (0, 0)),
    ],
)
def test_the_past_others_and_staff_parties_are_doubted(text: str, labels: tuple[int, int]) -> None:
    assert tuple(doubted(look(text))) == labels


def test_how_much_doubtful_words_count_is_learned() -> None:
    source = np.random.default_rng(3)
    encoder = (source.normal(size=(4000, 2)) * 2).astype(np.float32)
    doubts = (source.random((4000, 2)) < 0.2).astype(np.float32)
    light = (source.normal(size=(4000, 2)) * 2).astype(np.float32)
    wanted = source.random((4000, 2)) < fitting.share(encoder + light - 2 * doubts)
    assert np.allclose(fitting.doubt(encoder, light, doubts, wanted), 2, atol=0.4)


def test_a_name_within_a_longer_one_is_told_from_it() -> None:
    short = Candidate("Figma", "figma", "t", 0, 5, (), (1.0,) * 6, Kind.KNOWN)
    longer = Candidate("Figma Slides", "figmaslides", "t", 0, 12, (), (1.0,) * 6)
    other = Candidate("Figma", "figma", "c", 0, 5, (), (1.0,) * 6, Kind.KNOWN)
    told, apart = telling([short, longer], [0.0, 0.0], 0.9), telling([other, longer], [0.0, 0.0], 0.9)
    assert np.flatnonzero(told[1] != apart[1]).size > np.flatnonzero(told[1, :18] != apart[1, :18]).size
