"""Texts as numbers: the same that the encoder's own tokenizer gives."""

import pytest

from bot.detection import shipped
from bot.detection.wordpiece import WordPiece, words

WORDS = WordPiece.load(shipped.FOLDER / shipped.VOCABULARY)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Can we get Klaviyo? It's 49 € a month",
         (101, 2064, 2057, 2131, 1047, 14973, 28008, 2080, 1029, 2009, 1005, 1055, 4749, 1574, 1037, 3204, 102)),
        ("Größe: naïve Café, 12.000 Empfänger",
         (101, 24665, 2080, 17499, 1024, 15743, 7668, 1010, 2260, 1012, 2199, 7861, 14376, 25121, 102)),
        ("¿Probamos Hotjar mañana? 🚀 #go",
         (101, 1094, 4013, 3676, 15530, 2980, 16084, 24951, 2532, 1029, 100, 1001, 2175, 102)),
        ("东京 launch – 20/11", (101, 100, 1755, 4888, 1516, 2322, 1013, 2340, 102)),
        ("", (101, 102)),
    ],
)  # fmt: skip
def test_a_text_has_the_numbers_of_the_original_tokenizer(text: str, ids: tuple[int, ...]) -> None:
    assert WORDS.read(text).ids == ids


def test_a_reply_and_its_thread_are_two_segments() -> None:
    read = WORDS.read("approved", "Can we try Hotjar?")
    assert read.ids == (101, 4844, 102, 2064, 2057, 3046, 2980, 16084, 1029, 102)
    assert read.segments == (0, 0, 0, 1, 1, 1, 1, 1, 1, 1)


def test_a_long_text_is_cut_and_of_a_long_thread_the_end_is_kept() -> None:
    read = WORDS.read("hello " * 500, "first " * 500 + "last", most=20, most_context=5)
    assert len(read.ids) == len(read.segments) == 20 + 6
    assert read.ids[-2] == WORDS.pieces("last")[0]


def test_a_word_of_a_thousand_letters_is_unknown() -> None:
    assert WORDS.pieces("x" * 1000) == [100]


def test_half_a_sign_and_control_signs_are_left_out() -> None:
    assert words("a\ud83d b\x00c\u200d d\tE") == ["a", "bc", "d", "e"]
