"""Words in their common form: stems, notions in five languages, phrases, compounds."""

from __future__ import annotations

import pytest

from bot.retrieval.reading import MeaningReader
from bot.retrieval.wording import notions_in, stem, thesaurus, tokens, words


@pytest.mark.parametrize(
    ("first", "second", "notion"),
    [
        ("Who pays the invoice?", "Wer bezahlt die Rechnung?", "invoice"),
        ("mot de passe", "my passwords", "password"),
        ("Ich kündige den Vertrag", "rescindir el contrato", "contract"),
        ("We sign in from home", "o acesso à conta", "account"),
        ("working hours", "die Arbeitszeiten", "workinghours"),
        ("Newsletterversand", "envoyer une infolettre", "newsletter"),
    ],
)
def test_words_of_different_languages_stand_for_the_same_notion(first: str, second: str, notion: str) -> None:
    assert notion in notions_in(words(first))
    assert notion in notions_in(words(second))


def test_a_compound_stands_for_each_of_its_parts() -> None:
    assert notions_in(words("Rabattcode-Freigabe")) == ["discount", "voucher", "approv"]
    assert set(notions_in(words("Kundenvertrag"))) == {"customer", "contract"}


def test_empty_words_are_left_out_and_numbers_are_joined() -> None:
    assert words("What is the ...") == ()
    assert tokens("50.000 or 1,800 or 3.5") == ["50000", "or", "1800", "or", "3", "5"]


def test_endings_go_but_four_letters_stay() -> None:
    assert [stem(word) for word in ("redirects", "redirecting", "gas", "buses")] == [
        "redirect",
        "redirect",
        "gas",
        "buse",
    ]


@pytest.mark.parametrize("text", ["", "🎉🎉", "日本語", "x" * 100_000, "\u0000\ud800", "(((", "a" * 59 + " b"])
def test_any_text_can_be_read(text: str) -> None:
    assert all(len(word) < 100 for word in words(text))


def test_every_line_of_the_thesaurus_is_a_notion_of_its_own() -> None:
    known = thesaurus()
    assert len({name for names in (*known.whole.values(), *known.begun.values()) for name in names}) > 250


def test_a_reader_without_an_encoder_reads_words_alone() -> None:
    assert MeaningReader(lambda _: None).read("the password").vector is None
    assert MeaningReader(lambda _: [1.0]).read("the password").vector == pytest.approx([0.7071, 0.7071], abs=1e-4)


def test_a_question_is_compared_with_a_passage_and_its_title_in_any_language() -> None:
    reader = MeaningReader(lambda _: [1.0], Known())
    asked, found = reader.read("Wo ist das?").vector, reader.read_passage("Title", "Place", "Text").vector
    assert asked and found
    assert sum(a * b for a, b in zip(asked, found, strict=True)) == pytest.approx(1 + 2 * 0.5 + 2 * 0.25)


class Known:
    """An encoder that finds every question half as near to a passage as can be, and a quarter to a title."""

    def question(self, text: str) -> list[float]:
        return [1.0]

    def passage(self, text: str) -> list[float]:
        return [0.25 if text == "Title" else 0.5]
