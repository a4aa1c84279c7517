"""What detection looks at first, to spare the long way: it must never leave out what the long way would find."""

import pytest

from bot.detection import dates, days, frames, literals
from bot.detection.names import mark
from bot.detection.training import corpus


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\breplac(?:e|ing) {d}{-Q} (?:with|by) {d}{+Q}", ("replac",)),
        (r"\b(?:Lizenz(?:en)?|Demo) (?:für|von) {+N}", ("lizenz", "demo")),
        (r"^(?:just |now )?(?:try|test)ing {+Q}", ("ing ",)),
        (r"(?<!you )\bwants? us to {d}{+S}", (" us to ",)),
        (r"{+N} or {+S}|{-Q} is out", ()),
        (r"{+N}[^.!?]{0,12}(?:[$€£] ?\d|\d+ ?eur)", ()),
    ],
)
def test_a_pattern_needs_words_that_no_fitting_text_lacks(pattern: str, expected: tuple[str, ...]) -> None:
    assert literals.needed(pattern) == expected


def test_no_frame_is_passed_over_that_fits_a_message() -> None:
    texts = [mark(row.text).text for row in corpus.voice("mixed") if row.tools][:40]
    fitting = [(frame, text) for frame in frames.all_frames() for text in texts if frame.pattern.search(text)]
    assert len(fitting) > 40
    assert all(frame.may_fit(text.lower()) for frame, text in fitting)


def test_a_way_of_writing_a_date_needs_the_signs_outside_its_brackets() -> None:
    assert dates.needs(r"{W0}\b{M}[ -](?:the )?{D}\b(?:,? (?P<year>20\d\d))?{T}") == {"{M}", "{D}"}
    assert dates.needs(r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})(?: (?:{M}|{W}))?") == {"{D}", "/"}
    assert dates.needs(r"\b{W} (?:after next)\b|\b(?:week after next) {D}") == frozenset()


def test_names_that_begin_alike_make_one_pattern() -> None:
    assert days.any_of(["mon", "monday", "mo", "tue"]) == "(?:m(?:o(?:n(?:d(?:a(?:y)))?)?)|t(?:u(?:e)))"
