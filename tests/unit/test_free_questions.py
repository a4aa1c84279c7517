"""A question that is typed without the command for it."""

from __future__ import annotations

import pytest

from tests.builders import MARKETER, an_office


@pytest.mark.parametrize(
    "typed",
    ["Können wir 20.000 Zuschauer streamen", "can we stream to 20,000?", "peut-on faire ça ?", "Wer zahlt das?"],
)
def test_a_question_without_a_command_is_offered_to_it(typed: str) -> None:
    office = an_office()
    office.types(MARKETER, typed)
    (card,) = (one.card for one in office.chat.said if one.only_for == MARKETER)
    question = typed[0].upper() + typed[1:]
    assert [(button.label, button.action, button.value) for button in card.buttons] == [
        ("Ask IT", "answer_liaison", question)
    ]
    office.presses(MARKETER, "answer_liaison", question)
    assert office.ticket().title == question


def test_a_question_without_a_command_is_never_asked_anonymously_by_mistake() -> None:
    office = an_office()
    office.types(MARKETER, "who earns what? --anonymous")
    assert office.whispers(MARKETER)[0].startswith("Here your name can't be hidden")
