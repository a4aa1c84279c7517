"""What the light model counts: the same numbers on every machine, and the logistic regression over them."""

import numpy as np

from bot.detection.features import ROOM, Sparse, counted, counted_signs, weighed
from bot.detection.light import Light
from bot.detection.training.linear import Rows, fit
from bot.detection.view import look


def test_the_buckets_of_a_text_never_change() -> None:
    found = counted("Hotjar it")
    assert len(found.at) == 31
    assert (int(found.at.sum()), int(found.at.max())) == (3588784, 260665)


def test_words_of_the_thread_stand_in_buckets_of_their_own() -> None:
    alone, answered = counted("yes"), counted("yes", "try hotjar")
    assert set(alone.at) < set(answered.at)
    assert not set(counted("try").at) & (set(answered.at) - set(alone.at))


def test_a_word_said_often_counts_a_little_more() -> None:
    once, often = counted("go"), counted("go go go go")
    bucket = once.at[0]
    assert 1 < often.value[list(often.at).index(bucket)] < 4


def test_a_weighed_text_is_one_long_and_an_unknown_one_is_nothing() -> None:
    assert np.isclose(np.linalg.norm(weighed(counted("Hotjar"), np.ones(ROOM, np.float32)).value), 1)
    assert not weighed(counted("Hotjar"), np.zeros(ROOM, np.float32)).value.any()
    assert len(counted("").at) == len(counted_signs("").at) == 0


def test_names_become_signs_quotes_become_context() -> None:
    view = look("> shall we take Hotjar?\nlet's try Klaviyo", "which one?")
    assert view.text.strip() == "let's try Klaviyo"
    assert view.context == "which one? shall we take Hotjar?"
    assert view.marked.split() == ["let's", "try", "nam0"]


def test_a_message_that_is_all_quote_speaks_for_itself() -> None:
    assert "Hotjar" in look("> shall we take Hotjar?").text


def test_the_regression_learns_what_tells_rows_apart() -> None:
    def row(*at: int) -> list[Sparse]:
        return [Sparse(np.array(at, np.int64), np.ones(len(at), np.float32))]

    rows = Rows.of([row(0, 2), row(0), row(1, 2), row(1)] * 5, 3)
    found = fit(rows, np.array([True, True, False, False] * 5), strength=10.0)
    assert found[0] > 1 > -1 > found[1]
    assert abs(found[2]) < 0.01


def test_the_light_model_adds_up_its_weights() -> None:
    ones = np.ones(ROOM, np.float32)
    light = Light(ones, np.stack([ones, -ones]), np.array([0.5, 0.0], np.float32))
    yes, no = light.log_odds(look("try Hotjar"))
    assert np.isclose(yes - 0.5, -no)
    assert yes > 0.5
