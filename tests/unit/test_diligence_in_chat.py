"""Due diligence in chat: each person's questions, what is kept, the score card, the vendor's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answers import VENDOR
from bot.domain.diligence import Answer, Level, Question
from bot.domain.events import What
from bot.domain.ledger import ClockKind
from bot.domain.ticket import State, WaitingFor
from bot.services.diligence.diligence import summary
from bot.services.diligence.diligence_answers import import_answers
from handlers.routing import check_form
from tests.builders import (
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    words,
)
from tests.support.diligence import (
    CONNECTS,
    DATA,
    DPA,
    LEGACY,
    LEGAL,
    LOCKED,
    NEED,
    Said,
    an_office_with_a_ticket,
    answer,
    asked_to_sign,
    buttons,
    count,
    form,
    labels,
    review,
    score_card,
    told,
)


@pytest.fixture
def office() -> Office:
    return an_office_with_a_ticket()


@pytest.mark.parametrize(
    ("person", "place", "asked"),
    [
        (MARKETER, "IT-1", [NEED, DATA]),
        (LIAISON, "IT-1", [CONNECTS]),
        (LIAISON, "IT-1:vendor", [LOCKED]),
        (LIAISON, "IT-1:marketer", [NEED, DATA]),
        (LIAISON, "IT-1:vendor:99", [LOCKED]),
    ],
)
def test_each_person_sees_the_questions_that_are_theirs(
    office: Office, person: str, place: str, asked: list[Question]
) -> None:
    assert labels(form(office, person, place)) == [
        line for at, one in enumerate(asked, 1) for line in (f"{at}. {one.text}", f"{at}. What shows it, or a remark")
    ]


def test_the_command_opens_the_same_form_as_the_button(office: Office) -> None:
    typed = office.form(office.types(LIAISON, "diligence IT-1 vendor"))
    assert labels(typed) == labels(form(office, LIAISON, "IT-1:vendor"))
    office.types(LIAISON, "diligence")
    assert "Which ticket?" in office.whispers(LIAISON)[-1]


def test_earlier_answers_and_the_review_lead_to_more_questions(office: Office) -> None:
    answer(office, MARKETER, customer_data="yes")
    assert f"2. {DPA.text}" in labels(form(office, LIAISON, "IT-1:vendor"))
    review(office, integration="core")
    assert f"2. {LEGACY.text}" in labels(form(office, LIAISON, "IT-1:it"))


def test_long_lists_come_in_pages_and_the_first_with_something_open_opens() -> None:
    many = [replace(CONNECTS, key=f"q{number}", text=f"Question {number}?") for number in range(23)]
    office = an_office_with_a_ticket(many)
    first = form(office, LIAISON)
    assert len(first.fields) == 20
    assert "IT: 23" not in words(first.intro)
    assert "1 to 10 of 23" in words(first.intro)
    answer(
        office, LIAISON, q0="yes", q1="yes", q2="yes", q3="yes", q4="yes", q5="no", q6="no", q7="no", q8="no", q9="no"
    )
    assert "11 to 20 of 23" in words(form(office, LIAISON).intro)
    assert len(form(office, LIAISON, "IT-1:it:3").fields) == 6


def test_answers_are_kept_with_who_when_and_what_shows_it_in_versions(office: Office) -> None:
    answer(office, LIAISON, encryption="no")
    office.wait(days=1)
    answer(office, LIAISON, {"text.encryption": "https://klaviyo.com/trust"}, encryption="evidenced")
    with office.store.unit_of_work() as uow:
        first, second = uow.answers.of(TEAM, 1)
        events = [one for one in uow.log.events(TEAM, 1) if one.what == "informed"]
    assert (first.answer.level, first.answer.author, first.by, first.version) == ("no", LIAISON, LIAISON, 1)
    assert (second.answer.level, second.answer.evidence) == ("evidenced", "https://klaviyo.com/trust")
    assert (second.version, second.answer.on) == (2, office.clock.at.date())
    assert [one.data for one in events] == [{"encryption": "no"}, {"encryption": "evidenced"}]


def test_a_form_sent_as_it_was_shown_changes_nothing(office: Office) -> None:
    answer(office, MARKETER, purpose="yes")
    answer(office, MARKETER, seen=1, purpose="yes")
    assert count(office) == 1
    assert "Nothing new in it on IT-1." in told(office, MARKETER)


def test_what_somebody_else_answered_meanwhile_stands_and_is_told(office: Office) -> None:
    answer(office, IT_MANAGER, connects="partly")
    answer(office, LIAISON, connects="yes", seen=0)
    assert "Can it be connected? partly, by @it-manager" in told(office, LIAISON)
    assert count(office) == 1


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"level.mfa": "evidenced", "text.mfa": " "}, {"text.mfa": "Say what shows it: a link, a document, a page."}),
        ({"level.mfa": "not_applicable", "text.mfa": ""}, {"text.mfa": "Say why it does not apply."}),
        ({"level.mfa": "", "text.mfa": "hm"}, {"level.mfa": "Please choose an answer too, or leave the remark empty."}),
        ({"level.mfa": "perhaps", "text.mfa": ""}, {"level.mfa": "Please choose one of the answers."}),
        (
            {"level.mfa": "yes", "text.mfa": "x" * 3000},
            {"text.mfa": "Please use at most 2,000 characters; this has 3,000."},
        ),
        ({"level.mfa": "unknown", "text.mfa": ""}, {}),
        ({}, {}),
    ],
)
def test_a_filled_form_is_checked_before_it_is_taken(office: Office, values: Said, wrong: Said) -> None:
    assert check_form(office.submits(LIAISON, "nobody's", values)) == {}
    assert check_form(replace(office.submits(LIAISON, "nobody's", values), name="diligence")) == wrong


def test_answers_of_an_earlier_review_of_the_vendor_are_used_again_until_they_expire() -> None:
    office = an_office_with_a_ticket()
    answer(office, LIAISON, connects="yes", encryption="yes")
    answer(office, MARKETER, purpose="yes")
    office.presses(MARKETER, "dismiss")
    office.wait(days=20)
    office.submits(MARKETER, "new_tool", {"name": "klaviyo.com", "data": "Yes"}, conversation=MARKETING)
    hints = {one.key: one.hint for one in form(office, LIAISON, "IT-2:vendor").fields}
    assert hints["level.encryption"] == "Known from IT-1, answered on 23.11.2026, holds until 23.11.2027."
    assert "2 of 2 questions are open" in words(form(office, MARKETER, "IT-2").intro)
    answer(office, MARKETER, ticket="IT-2", purpose="no")
    assert "Known already\n2 answers from IT-1, the oldest of 23.11.2026" in office.thread(2)[-1]
    office.clock.at += timedelta(days=20)
    (asked, _) = form(office, LIAISON, "IT-2:it").fields
    assert (asked.value, asked.hint) == ("", "")


def test_an_answer_that_is_too_old_is_asked_again_and_may_be_confirmed(office: Office) -> None:
    answer(office, LIAISON, connects="yes")
    office.clock.at += timedelta(days=31)
    (asked, _) = form(office, LIAISON, "IT-1:it").fields
    assert (asked.value, asked.hint) == ("yes", "Answered on 23.11.2026: too old by now, please look again.")
    answer(office, LIAISON, connects="yes")
    assert count(office) == 2
    assert "Nothing is open here any more" in told(office, LIAISON)


def test_the_score_card_stands_once_in_the_thread_and_is_kept_up_to_date(office: Office) -> None:
    review(office)
    assert "Open\n2 with @marketer, 1 with @liaison (IT), 1 with the vendor" in score_card(office)
    assert "@marketer: press Answer questions, 2 short ones in plain words." in score_card(office)
    answer(office, MARKETER, purpose="yes", customer_data="no")
    answer(office, LIAISON, connects="yes")
    assert "@liaison: press Send to vendor" in score_card(office)
    answer(office, LIAISON, encryption="no")
    card = score_card(office)
    assert "⛔ Speaks against it\nIs data encrypted? — no" in card
    assert "medium; what is left of it: high" in card
    assert "▰▰▰▱▱ Integration: 67 %" in card
    answer(office, LIAISON, seen=4, encryption="yes")
    assert "The answers speak for it, with conditions." in score_card(office)
    assert "ask for the sign-offs" in score_card(office)


def test_the_requester_is_asked_the_clock_turns_and_it_goes_on_by_itself(office: Office) -> None:
    office.presses(LIAISON, "diligence_ask")
    assert office.ticket().waiting_for is WaitingFor.REQUESTER
    assert "Brief" in words(office.card())
    assert "@liaison has 2 short questions about “Klaviyo”" in office.direct(MARKETER)[-1]
    answer(office, MARKETER, purpose="yes")
    assert office.ticket().state is State.WAITING
    answer(office, MARKETER, seen=1, purpose="yes", customer_data="no")
    assert office.ticket().state is State.IN_REVIEW
    assert "@marketer has answered the questions on IT-1 “Klaviyo”. Next: IT's." in office.direct(LIAISON)[-1]
    office.presses(LIAISON, "diligence_ask")
    assert "Nothing is open with the requester any more." in office.whispers(LIAISON)[-1]


def test_what_it_answers_in_the_requesters_place_ends_the_wait_but_is_no_answer_of_theirs(office: Office) -> None:
    office.presses(LIAISON, "diligence_ask")
    answer(office, IT_MANAGER, purpose="yes", customer_data="no")
    with office.store.unit_of_work() as uow:
        events = [one.what for one in uow.log.events(TEAM, 1)]
        (brief,) = [one for one in uow.clocks.of(TEAM, 1) if one.kind is ClockKind.BRIEF]
    assert office.ticket().state is State.IN_REVIEW
    assert What.ASKED not in events
    assert brief.is_cancelled


def test_the_vendors_questions_come_as_a_file_with_no_cell_a_formula(office: Office) -> None:
    answer(office, LIAISON, {"text.encryption": "=HYPERLINK(1)"}, encryption="partly")
    office.presses(LIAISON, "diligence_send")
    (file,) = [one.card.file for one in office.posts(office.chat.direct(LIAISON)) if one.card.file]
    assert file.name == "IT-1-questions.csv"
    assert "encryption,security,Is data encrypted?" in file.text
    assert "partly,'=HYPERLINK(1)," in file.text


def test_a_tool_that_is_knocked_out_is_not_approved_without_saying_so() -> None:
    office = asked_to_sign()
    answer(office, LIAISON, encryption="no")
    asked = buttons(office, LEGAL)
    assert asked == ["Yes, in spite of it", "Yes, with conditions", "No", "See the answers"]
    assert "⛔ Speaks against it\nIs data encrypted? — no" in "\n".join(office.direct(LEGAL))
    office.presses(LEGAL, "sign_yes", "IT-1:1")
    assert "Something speaks against this by now: Is data encrypted? — no." in office.whispers(LEGAL)[-1]
    for person in (LEGAL, MARKETING_MANAGER, LIAISON):
        office.submits(person, "sign_anyway", {"text": "Nothing goes in before March"}, sign_off="IT-1:1")
    assert office.ticket().outcome == "Approved"
    assert "In spite of\nIs data encrypted? — no" in office.thread()[-2]


def test_a_yes_with_little_answered_at_a_high_risk_needs_a_reason() -> None:
    office = asked_to_sign()
    assert buttons(office, LEGAL)[0] == "Yes, in spite of it"
    office.presses(LEGAL, "sign_yes", "IT-1:1")
    said = "Due diligence: 0 of 4 questions answered, and the risk that is left is high so far"
    assert f"Something speaks against this by now: {said}." in office.whispers(LEGAL)[-1]
    assert f"⛔ Speaks against it\n{said}" in "\n".join(office.direct(LEGAL))


def test_who_signs_sees_what_is_open_and_with_whom() -> None:
    office = asked_to_sign()
    asked = "\n".join(office.direct(MARKETING_MANAGER))
    assert "risk that is left: high so far; open: 2 with @marketer, 1 with @liaison (IT), 1 with the vendor" in asked


def test_the_record_gets_everything_in_plain_words(office: Office) -> None:
    answer(office, LIAISON, {"text.connects": "by its API"}, connects="partly", encryption="no")
    with office.store.unit_of_work() as uow:
        found = summary(office.desk, uow, uow.tickets.get(TEAM, 1))
    assert found is not None
    assert (found.tier, found.residual, found.against) == (
        "medium",
        "high",
        ("Is data encrypted? — no",),
    )
    assert found.answers[0] == "Can it be connected? partly (by its API), 23.11.2026"
    assert found.open[0] == "Do you know what should be better? (with the requester)"


def test_a_vendors_sheet_brings_answers_and_the_card_up_to_date_once(office: Office) -> None:
    answer(office, LIAISON, encryption="no")
    back = [Answer("encryption", Level.EVIDENCED, VENDOR, office.clock.at.date(), "", "the report\nof May")]
    for kept in (1, 0):
        with office.store.unit_of_work() as uow:
            assert import_answers(office.desk, uow, uow.tickets.get(TEAM, 1), back) == kept
        office.run()
    assert "⛔" not in score_card(office)
    hints = {one.key: one.hint for one in form(office, LIAISON, "IT-1:vendor").fields}
    assert hints["level.encryption"] == "Answered by the vendor on 23.11.2026, holds until 23.11.2027."
    answer(office, LIAISON, {"text.encryption": "the report of May"}, encryption="evidenced")
    assert count(office) == 2
