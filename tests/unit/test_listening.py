"""What the bot does with what it hears: a ticket, a private question, or silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.detection import THRESHOLDS, Detection, Sensitivity
from bot.messages import Request
from bot.services.intake.questions import forget_questions
from tests.builders import (
    COLLEAGUE,
    GENERAL,
    MARKETER,
    UNSURE,
    Office,
    a_campaign,
    a_channel,
    a_new_office,
    a_tool,
    a_tool_and_a_campaign,
    an_office,
)

PERHAPS = a_tool("Klaviyo", sure=UNSURE)
ASKED = "Just between us: this sounds like a new tool (Klaviyo): you wrote “we may buy Klaviyo”. Shall I bring IT in?"


@pytest.mark.parametrize("sensitivity", list(Sensitivity))
@pytest.mark.parametrize(
    ("threshold", "below", "outcome"),
    [("open", 0.0, "ticket"), ("open", 0.01, "question"), ("ask", 0.0, "question"), ("ask", 0.01, "silence")],
)
def test_a_sure_message_opens_a_ticket_an_unsure_one_asks_its_author(
    sensitivity: Sensitivity, threshold: str, below: float, outcome: str
) -> None:
    office = an_office(a_channel(sensitivity=sensitivity))
    sure = getattr(THRESHOLDS[sensitivity], threshold) - below
    office.says(MARKETER, "Klaviyo?", a_tool("Klaviyo", sure=sure))
    assert outcome_of(office) == outcome


def test_a_label_that_is_only_likely_opens_no_second_ticket_beside_a_sure_one() -> None:
    office = an_office()
    both = a_tool_and_a_campaign("Klaviyo", "Spring sale")
    office.says(MARKETER, "Klaviyo for the sale", replace(both, confidence={"new_tool": 0.99, "campaign": UNSURE}))
    assert office.tickets() == 1
    assert office.ticket().kind == "new_tool"


def test_small_talk_leaves_nothing_behind() -> None:
    office = an_office()
    office.says(MARKETER, "lunch at one?")
    (row,) = office.store.state.inbox
    assert (row.item, row.outcome, office.chat.said) == (None, "done", [])
    assert office.store.state.entries == []


@pytest.mark.parametrize("channel", [a_channel(listening=False), a_channel(id=GENERAL)])
def test_where_it_does_not_listen_it_says_nothing(channel: Any) -> None:
    office = an_office(channel)
    office.says(MARKETER, "let's buy Klaviyo", a_tool("Klaviyo"))
    assert outcome_of(office) == "silence"


def test_a_private_question_is_seen_by_its_author_only() -> None:
    office = an_office()
    ask(office)
    (question,) = office.whispers(MARKETER)
    assert question == f"{ASKED}\nOnly you can see this."
    assert office.channel() == office.whispers(COLLEAGUE) == []
    assert [button.label for button in office.chat.said[0].card.buttons] == [
        "Yes, open a ticket", "No", "Not now", "Don't ask me again",
    ]  # fmt: skip


def test_a_question_about_a_campaign_tells_what_was_understood() -> None:
    office = an_office()
    office.says(MARKETER, "big one in spring", a_campaign("Spring Sale", sure=0.2))
    office.says(COLLEAGUE, "a big one in spring", a_campaign("Spring Sale", date(2026, 12, 24), sure=UNSURE))
    assert office.whispers(MARKETER) == []
    assert office.whispers(COLLEAGUE)[0].startswith(
        "Just between us: this sounds like a campaign (Spring Sale, Thu 24 Dec, 400,000 people): "
        "you wrote “a big one in spring”."
    )


def test_a_question_quotes_the_words_the_detector_names() -> None:
    office = an_office()
    both = a_tool_and_a_campaign("Klaviyo", "")
    unsure = replace(both, confidence={"new_tool": UNSURE, "campaign": UNSURE}, why=("buys", "wrote: we may buy"))
    office.says(MARKETER, "hello all, we may buy", unsure)
    assert "like a new tool (Klaviyo) and a campaign: you wrote “we may buy”." in office.whispers(MARKETER)[0]


def test_a_long_message_is_quoted_in_part() -> None:
    office = an_office()
    office.says(MARKETER, "we may " * 40, replace(PERHAPS, tools=()))
    said = office.whispers(MARKETER)[0]
    assert "this sounds like a new tool: you wrote “we may we may" in said
    assert len(said) < 200


def test_yes_opens_the_ticket_in_the_thread_of_the_message() -> None:
    office = an_office()
    asked = ask(office)
    answer(office, "yes", asked)
    assert office.ticket().place.thread == asked.message
    assert office.ticket().requester == MARKETER
    assert office.whispers(MARKETER)[-1].startswith("IT-1 is open: “Klaviyo”.")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("no", "Thanks, noted. Nothing was opened."),
        ("later", "All right, not now."),
        ("mute", "Fine, I won't ask you again. You can always type /itcheck new-tool."),
    ],
)
def test_any_other_answer_opens_nothing_and_is_confirmed(said: str, words: str) -> None:
    office = an_office()
    answer(office, said, ask(office))
    assert (office.tickets(), office.whispers(MARKETER)[-1]) == (0, words)


@pytest.mark.parametrize("said", ["yes", "no", "later", "mute"])
def test_once_answered_nothing_is_left_of_what_was_written(said: str) -> None:
    office = an_office()
    answer(office, said, ask(office))
    assert "buy" not in repr(office.store.state.questions)


@pytest.mark.parametrize(("said", "hours"), [("", 4), ("later", 24), ("no", 30 * 24)], ids=["no answer", "later", "no"])
def test_the_same_is_not_asked_again_before_its_time(said: str, hours: int) -> None:
    office = an_office()
    asked = ask(office)
    if said:
        answer(office, said, asked)
    office.wait(hours=hours, seconds=-1)
    assert not is_asked_about(office, PERHAPS)
    office.wait(seconds=1)
    assert is_asked_about(office, PERHAPS)


def test_while_a_question_is_open_nothing_else_is_asked_of_that_person() -> None:
    office = an_office()
    ask(office)
    other = a_tool("Hotjar", sure=UNSURE)
    assert not is_asked_about(office, other)
    assert is_asked_about(office, other, COLLEAGUE)


@pytest.mark.parametrize("said", ["no", "later"])
def test_after_an_answer_another_tool_may_be_asked_about(said: str) -> None:
    office = an_office()
    answer(office, said, ask(office))
    assert is_asked_about(office, a_tool("Hotjar", sure=UNSURE))


def test_who_wants_no_questions_gets_none_even_after_writing_to_the_bot() -> None:
    office = an_office()
    answer(office, "mute", ask(office))
    office.wait(days=40)
    offered = office.tells_us(MARKETER, "can you look at Asana", a_tool("Asana"))
    office.presses(MARKETER, "question", f"no:{offered.key}", conversation=offered.conversation, is_direct=True)
    office.wait(days=40)
    assert not is_asked_about(office, a_tool("Hotjar", sure=UNSURE))
    assert is_asked_about(office, a_tool("Hotjar", sure=UNSURE), COLLEAGUE)


def test_who_wants_no_questions_still_gets_tickets_for_what_is_obvious() -> None:
    office = an_office()
    answer(office, "mute", ask(office))
    office.says(MARKETER, "we bought Hotjar", a_tool("Hotjar"))
    assert office.tickets() == 1


@pytest.mark.parametrize("value", ["yes:{id}", "yes:unknown", "perhaps:{id}", "nonsense"])
def test_an_answer_of_another_person_or_without_sense_opens_nothing(value: str) -> None:
    office = an_office()
    asked = ask(office)
    office.presses(COLLEAGUE, "question", value.format(id=asked.key))
    assert office.tickets() == 0
    assert office.whispers(COLLEAGUE)[0].startswith("That question is no longer open.")
    answer(office, "yes", asked)
    assert office.tickets() == 1


def test_pressing_yes_twice_opens_one_ticket() -> None:
    office = an_office()
    asked = ask(office)
    answer(office, "yes", asked)
    answer(office, "yes", asked)
    assert office.tickets() == 1
    assert office.whispers(MARKETER)[-1].startswith("That question is no longer open.")


def test_a_yes_that_cannot_be_done_leaves_the_question_open() -> None:
    office = a_new_office()
    asked = office.tells_us(MARKETER, "can you look at Asana", a_tool("Asana"))
    press = {"conversation": asked.conversation, "is_direct": True}
    office.presses(MARKETER, "question", f"yes:{asked.key}", **press)
    assert "There is no marketing channel set up yet" in office.direct(MARKETER)[-1]
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel())
    office.presses(MARKETER, "question", f"yes:{asked.key}", **press)
    assert office.ticket().title == "Asana"


def test_of_a_question_nobody_answers_within_a_day_the_message_is_wiped() -> None:
    office = an_office()
    ask(office)
    office.wait(days=1)
    forget_questions(office.desk)
    assert "buy" in repr(office.store.state.questions)
    office.wait(seconds=1)
    forget_questions(office.desk)
    assert "buy" not in repr(office.store.state.questions)


def test_a_direct_message_is_asked_about_before_the_team_sees_it() -> None:
    office = an_office()
    asked = office.tells_us(MARKETER, "is Klaviyo fine?", a_tool("Klaviyo"))
    (offer,) = office.direct(MARKETER)
    assert offer == "Shall I open a ticket for “Klaviyo” in #marketing? IT answers there, where your team can see it."
    assert office.tickets() == 0
    office.presses(MARKETER, "question", f"yes:{asked.key}", conversation=asked.conversation, is_direct=True)
    assert office.ticket().place.conversation == "C-marketing"
    assert office.channel()[0].startswith("🧰 IT-1 · New tool: Klaviyo")


def test_a_direct_message_about_anything_else_becomes_a_question_to_it() -> None:
    office = an_office()
    asked = office.tells_us(MARKETER, "my laptop is slow")
    office.presses(MARKETER, "question", f"yes:{asked.key}", conversation=asked.conversation, is_direct=True)
    assert (office.ticket().kind, office.ticket().title) == ("question", "my laptop is slow")


def test_yes_to_a_message_about_both_opens_both() -> None:
    office = an_office(a_channel(sensitivity="quiet"))
    said = office.says(MARKETER, "Klaviyo for Spring", a_tool_and_a_campaign("Klaviyo", "Spring"))
    answer(office, "yes", said)
    assert [office.ticket(number).kind for number in (1, 2)] == ["new_tool", "campaign"]


def ask(office: Office) -> Request:
    return office.says(MARKETER, "we may buy Klaviyo", PERHAPS)


def answer(office: Office, said: str, asked: Request) -> None:
    office.presses(asked.actor, "question", f"{said}:{asked.key}")


def is_asked_about(office: Office, heard: Detection, person: str = MARKETER) -> bool:
    before = len(office.whispers(person))
    office.says(person, f"I like {heard.tools[0]}", heard)
    return len(office.whispers(person)) > before


def outcome_of(office: Office) -> str:
    if office.tickets():
        return "ticket"
    return "question" if office.whispers(MARKETER) else "silence"
