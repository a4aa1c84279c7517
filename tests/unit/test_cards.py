"""The card of a ticket: what it shows in each state, and to whom it gives which buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.kinds import KINDS
from bot.domain.sla import Clock, ClockKind, Priority
from bot.domain.ticket import Intake, Place, State, WaitingFor
from bot.messages import Card, Mention, Style, ThreadLink
from bot.services.sla.sla import start_clocks
from bot.services.tickets.cards import CLOCK_WORDS, owed_words, state_words, ticket_card, ticket_line, ticket_link
from tests.builders import a_channel, words
from tests.support.samples import NOW, a_ticket

HEADLINES = {
    State.NEW: "Nobody at IT has it yet. An admin can name a liaison with /itcheck setup.",
    State.ASSIGNED: "@L from IT takes a look and answers in the thread.",
    State.IN_REVIEW: "@L is on it. Write in the thread to talk to IT.",
    State.DECIDED: "Decided: use what we have. @L takes it from here.",
    State.CLOSED: "Closed: use what we have",
    State.WITHDRAWN: "IT-7 is withdrawn: Canva. Nobody needs to do anything.",
}
TOOL = ["Review", "Due diligence", "Real cost"]
MORE = ["Details", "Reassign", "Escalate", "Note for IT"]


@pytest.mark.parametrize(("state", "headline"), HEADLINES.items())
def test_the_card_says_in_a_sentence_how_it_stands(state: State, headline: str) -> None:
    assert headline in words(card(state=state, outcome="use what we have"))


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        (WaitingFor.REQUESTER, "@U1 to answer in the thread"),
        (WaitingFor.VENDOR, "the vendor"),
        (WaitingFor.SIGN_OFF, "the sign-off"),
    ],
)
def test_a_waiting_card_says_for_whom(whom: WaitingFor, said: str) -> None:
    waiting = words(card(state=State.WAITING, waiting_for=whom))
    assert f"Waiting for {said}. The clock for the resolution is paused." in waiting
    assert f"State\nwaiting for the {whom}" in waiting


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (State.NEW, ["Claim", "Answer", *TOOL]),
        (State.ASSIGNED, ["Claim", "Answer", *TOOL]),
        (State.IN_REVIEW, ["Answer", "Waiting for requester", "Close", *TOOL]),
        (State.WAITING, ["Answer", "Take up again", "Close", *TOOL]),
        (State.CLOSED, ["Reopen"]),
        (State.WITHDRAWN, ["Reopen"]),
    ],
)
def test_each_state_offers_what_can_be_done_in_it(state: State, labels: list[str]) -> None:
    waiting_for = WaitingFor.REQUESTER if state is State.WAITING else None
    shown = card(state=state, waiting_for=waiting_for)
    assert [button.label for button in shown.buttons] == labels
    assert {button.value for button in shown.buttons} == {"IT-7"}
    assert sum(button.style is Style.PRIMARY for button in shown.buttons) <= 1
    assert [button.label for button in shown.more] == ([] if labels == ["Reopen"] else [*MORE, "Withdraw"])


def test_only_a_tool_is_reviewed() -> None:
    assert "review" not in {button.action for button in card(kind="campaign").buttons}


def test_what_was_noticed_can_be_taken_back_with_not_this() -> None:
    noticed = card(state=State.ASSIGNED, intake=Intake.DETECTED)
    assert noticed.buttons[-1].label == "Not this"
    assert noticed.buttons[-1].confirm
    assert "I noticed this in your message. If I got it wrong, press “Not this”." in words(noticed)


def test_once_it_works_on_it_the_card_no_longer_doubts() -> None:
    assert "I noticed this" not in words(card(state=State.IN_REVIEW, intake=Intake.DETECTED))


def test_an_urgent_card_says_how_soon_it_is_answered() -> None:
    assert "IT answers within 15 working minutes" in words(card(priority=Priority.URGENT, state=State.IN_REVIEW))


def test_the_answers_of_the_form_stand_on_the_card_by_their_questions() -> None:
    shown = words(card(facts={"cost": "99 a month", "data": "Yes", "unknown": "?"}))
    assert shown.endswith("Cost\n99 a month\nCustomer data\nYes")


def test_days_and_numbers_stand_on_the_card_as_people_write_them() -> None:
    facts = {"start": "2026-12-24", "audience": "400000", "page": "2026"}
    shown = words(card(kind="campaign", facts=facts))
    assert "Thu 24 Dec 2026" in shown
    assert "400,000" in shown
    assert "Leads to\n2026" in shown


def test_an_answer_that_is_neither_day_nor_number_stands_as_it_is() -> None:
    shown = words(card(kind="campaign", facts={"start": "soon", "audience": "many"}))
    assert "soon" in shown
    assert "many" in shown


def test_due_times_are_shown_while_they_run_and_marked_when_late() -> None:
    ticket = a_ticket()
    first, resolution = start_clocks(ticket)
    shown = words(card(first.breach(NOW + timedelta(hours=4)), resolution))
    assert "First answer\nby 2026-11-23 13:00 (late)" in shown
    assert "Resolution\nby 2026-11-25 17:00" in shown
    answered = words(card(first.meet(NOW), resolution.pause(NOW, "waiting")))
    assert "First answer" not in answered
    assert "Resolution" not in answered


def test_of_many_followers_the_card_names_three() -> None:
    shown = words(card(followers=("A", "B", "C", "D", "E")))
    assert "Asked by\n@U1, @A, @B, @C and 2 more" in shown


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS])
def test_every_kind_has_its_card(kind: str) -> None:
    assert "IT-7" in card(kind=kind).title


def test_a_line_of_a_list_links_to_the_thread() -> None:
    ticket = a_ticket(number=7, place=Place("C1", "1.0"))
    assert ThreadLink("C1", "1.0", "IT-7") in ticket_line(ticket).text
    assert words(ticket_line(ticket)) == "🧰 IT-7 Canva — new, nobody yet"


def test_before_there_is_a_thread_the_link_goes_to_the_message_or_nowhere() -> None:
    assert ticket_link(a_ticket(number=7, place=Place("C1", "", "0.9"))) == (ThreadLink("C1", "0.9", "IT-7"),)
    assert words(ticket_link(a_ticket(number=7))) == "IT-7"


@pytest.mark.parametrize("title", ["<!channel>", "*bold* `code`", "<@U2>"])
def test_a_title_is_shown_as_it_was_written_and_pings_nobody(title: str) -> None:
    text = ticket_line(a_ticket(title=title)).text
    assert title in text
    assert Mention("U2") not in text


def test_every_state_and_every_clock_has_its_words() -> None:
    assert [state_words(a_ticket(state=state)) for state in State] == [
        "new", "assigned", "in review", "waiting", "decided", "in delivery", "closed", "withdrawn",
    ]  # fmt: skip
    assert set(CLOCK_WORDS) == set(ClockKind)
    assert (owed_words(ClockKind.RESOLUTION), owed_words(ClockKind.NEXT_RESPONSE)) == ("resolution", "next answer")


def card(*clocks: Clock, **given: Any) -> Card:
    ticket = a_ticket(**({"number": 7, "liaison": "L"} | given))
    return ticket_card(ticket, clocks, a_channel())
