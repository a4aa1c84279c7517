"""What people say of a detection is kept, with the words only where the channel learns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.detection import Action
from bot.domain.judgement import Judgement
from bot.messages import Came, Request
from bot.services.intake.judgements import forget_words
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    GENERAL,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    SILENCE,
    UNSURE,
    Office,
    a_channel,
    a_tool,
    an_office,
)

SAID = "we may buy Klaviyo"
PERHAPS = a_tool("Klaviyo", sure=UNSURE)
AGREED = {
    "liaison": LIAISON, "it_manager": IT_MANAGER, "marketing_manager": MARKETING_MANAGER, "zone": "UTC",
}  # fmt: skip


@pytest.mark.parametrize(("said", "kept"), [("yes", "yes"), ("no", "no"), ("later", ""), ("mute", "")])
def test_an_answer_to_the_question_is_kept_without_the_words(said: str, kept: str) -> None:
    office = an_office()
    asked = asks(office)
    office.presses(MARKETER, "question", f"{said}:{asked.key}")
    (found,) = judgements(office)
    assert (found.label, found.action, found.said, found.confidence) == ("new_tool", Action.ASK, kept, UNSURE)
    assert (found.text, found.at) == ("", office.clock.at)


def test_where_the_channel_learns_the_words_are_kept_once_somebody_has_answered() -> None:
    office = an_office(a_channel(learning=True))
    asked = asks(office)
    assert judgements(office)[0].text == ""
    office.presses(MARKETER, "question", f"no:{asked.key}")
    assert judgements(office)[0].text == SAID


@pytest.mark.parametrize(
    ("press", "said"), [("", ""), ("dismiss", "no"), ("resolve", "yes")], ids=["untouched", "not this", "resolved"]
)
def test_what_becomes_of_an_opened_ticket_says_whether_it_was_one(press: str, said: str) -> None:
    office = an_office()
    office.says(MARKETER, SAID, a_tool("Klaviyo"))
    settle(office, press)
    (found,) = judgements(office)
    assert (found.action, found.said, found.text) == (Action.OPEN, said, "")


def test_a_withdrawn_ticket_that_is_reopened_takes_the_no_back() -> None:
    office = an_office()
    office.says(MARKETER, SAID, a_tool("Klaviyo"))
    office.presses(MARKETER, "dismiss")
    office.presses(MARKETER, "reopen")
    assert (judgements(office)[0].said, judgements(office)[0].said_at) == ("", None)


def test_not_this_keeps_the_words_where_the_channel_learns_by_now() -> None:
    office = an_office()
    office.says(MARKETER, SAID, a_tool("Klaviyo"))
    learns(office, "on")
    office.presses(MARKETER, "dismiss")
    assert judgements(office)[0].text == SAID


def test_a_ticket_opened_by_hand_for_a_message_that_was_ignored_is_a_miss() -> None:
    office = an_office()
    said = office.says(MARKETER, SAID, SILENCE)
    office.does(Came.REACTION, COLLEAGUE, name="ticket", conversation=MARKETING, message=said.message)
    (found,) = judgements(office)
    assert (found.label, found.action, found.said) == ("question", Action.IGNORE, "yes")


def test_a_ticket_by_hand_where_the_bot_does_not_listen_is_no_miss() -> None:
    office = an_office()
    said = office.says(MARKETER, SAID, SILENCE, conversation=GENERAL)
    office.does(
        Came.SHORTCUT, MARKETER, name="open_ticket", conversation=GENERAL, message=said.message, about_text=SAID
    )
    assert (office.tickets(), judgements(office)) == (1, [])


def test_a_ticket_by_command_is_no_judgement() -> None:
    office = an_office()
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo"}, conversation=MARKETING)
    office.presses(MARKETER, "dismiss")
    assert (office.tickets(), judgements(office)) == (1, [])


def test_switching_learning_on_and_off_is_told_in_the_channel_and_off_wipes_the_words() -> None:
    office = an_office()
    learns(office, "on")
    assert office.channel()[-1].startswith("From now on I learn from your answers here")
    asked = asks(office)
    office.presses(MARKETER, "question", f"no:{asked.key}")
    assert SAID in repr(office.store.state.labels)
    learns(office, "off")
    assert "The texts kept for it are wiped." in office.channel()[-1]
    assert SAID not in repr(office.store.state.labels)
    assert judgements(office)[0].said == "no"


def test_the_form_says_what_learning_keeps_and_it_is_off_at_first() -> None:
    office = an_office()
    form = office.form(office.types(ADMIN, "setup"))
    (field,) = [field for field in form.fields if field.key == "learning"]
    assert (field.value, "kept here for a year" in field.hint) == ("off", True)


def test_a_deleted_message_takes_its_words_from_what_was_learnt() -> None:
    office = an_office(a_channel(learning=True))
    asked = asks(office)
    office.presses(MARKETER, "question", f"no:{asked.key}")
    office.does(Came.DELETION, MARKETER, conversation=MARKETING, message=asked.message)
    assert judgements(office)[0].text == ""


def test_after_a_year_the_words_go_and_the_judgement_stays() -> None:
    office = an_office(a_channel(learning=True))
    asked = asks(office)
    office.presses(MARKETER, "question", f"no:{asked.key}")
    office.clock.at += timedelta(days=365)
    forget_words(office.desk)
    assert judgements(office)[0].text == SAID
    office.clock.at += timedelta(seconds=1)
    forget_words(office.desk)
    assert (judgements(office)[0].text, judgements(office)[0].said) == ("", "no")


def asks(office: Office) -> Request:
    return office.says(MARKETER, SAID, PERHAPS)


def settle(office: Office, press: str) -> None:
    if press == "resolve":
        office.submits(LIAISON, "resolve", {"text": "approved"}, ticket="IT-1")
    elif press:
        office.presses(MARKETER, press)


def learns(office: Office, switch: str) -> None:
    office.submits(ADMIN, "setup", AGREED | {"learning": switch}, conversation=MARKETING)


def judgements(office: Office) -> list[Judgement]:
    return list(office.store.state.labels.values())
