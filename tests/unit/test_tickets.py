"""What people do with a ticket, and what everybody then sees."""

from __future__ import annotations

import pytest

from bot.domain.clock import Clock
from bot.domain.people import Role
from bot.domain.sla import ClockKind
from bot.domain.ticket import State, WaitingFor
from tests.builders import (
    COLLEAGUE,
    ENGINEER,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    TEAM,
    TWO_LIAISONS,
    Office,
    a_channel,
    a_tool,
    an_office,
    words,
)

RESPONSE, RESOLUTION = ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION


@pytest.fixture
def office() -> Office:
    """A workspace in which the marketer has just mentioned Klaviyo."""
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    return office


def test_a_claim_shows_in_the_thread_and_on_the_card(office: Office) -> None:
    office.presses(LIAISON, "claim")
    assert office.thread()[-1] == "@liaison has taken this on."
    assert "@liaison is on it. Write in the thread to talk to IT." in words(office.card())
    assert labels(office)[:3] == ["Answer", "Waiting for requester", "Close"]


def test_a_double_click_on_claim_is_one_claim(office: Office) -> None:
    office.presses(LIAISON, "claim")
    office.presses(LIAISON, "claim")
    assert [line for line in office.thread() if "taken this on" in line] == ["@liaison has taken this on."]


def test_a_second_liaison_whom_it_was_given_to_may_claim_it(office: Office) -> None:
    office.submits(LIAISON, "reassign", {"liaison": ENGINEER}, ticket="IT-1")
    office.presses(ENGINEER, "claim")
    assert office.ticket().state is State.IN_REVIEW


def test_an_answer_reaches_the_thread_and_stops_the_first_clock(office: Office) -> None:
    office.wait(hours=1)
    office.submits(LIAISON, "answer", {"text": "We have Mailchimp. Would that do?"}, ticket="IT-1")
    assert office.thread()[-1] == "@liaison answers @marketer: We have Mailchimp. Would that do?"
    assert [clock(office, RESPONSE).is_open, clock(office, RESOLUTION).is_open] == [False, True]
    assert "First answer" not in words(office.card())


def test_waiting_asks_the_requester_and_stops_the_clock_until_they_answer(office: Office) -> None:
    office.submits(LIAISON, "wait", {"text": "which plan?"}, ticket="IT-1")
    assert office.thread()[-1] == "@marketer, IT needs something from you before it can go on: which plan?"
    assert "Waiting for @marketer to answer in the thread. The clock for the resolution is paused." in words(
        office.card()
    )
    assert clock(office, RESOLUTION).is_paused
    assert labels(office)[1] == "Take up again"
    office.wait(hours=3)
    office.says(MARKETER, "the small one", thread=office.ticket().place.thread)
    assert office.ticket().state is State.IN_REVIEW
    assert not clock(office, RESOLUTION).is_paused


def test_waiting_needs_no_reason(office: Office) -> None:
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    assert office.thread()[-1] == "@marketer, IT needs something from you before it can go on."


def test_it_can_take_a_waiting_ticket_up_again(office: Office) -> None:
    office.submits(LIAISON, "wait", {}, ticket="IT-1")
    office.wait(hours=3)
    office.presses(LIAISON, "resume")
    office.presses(LIAISON, "resume")
    assert office.ticket().waiting_for is None
    assert clock(office, RESOLUTION).consumed(a_channel().calendar, office.clock.at) == 0


def test_resolving_tells_the_requester_what_came_out_and_stops_all_clocks(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    assert office.thread()[-1] == (
        "@liaison closed IT-1 for @marketer: Use Mailchimp.\nNot done? Press Reopen on the card."
    )
    assert "Closed: Use Mailchimp." in words(office.card())
    assert labels(office) == ["Reopen"]
    assert [clock(office, kind).is_open for kind in (RESPONSE, RESOLUTION)] == [False, False]


@pytest.mark.parametrize("who", [MARKETER, LIAISON])
def test_a_closed_ticket_is_reopened_by_who_asked_or_by_it(office: Office, who: str) -> None:
    office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    office.wait(days=1)
    office.presses(who, "reopen")
    office.presses(who, "reopen")
    assert office.ticket().state is State.IN_REVIEW
    assert office.thread()[-1] == f"@{who} reopened this."
    assert clock(office, RESOLUTION).is_open


def test_after_14_days_a_reopened_ticket_has_a_clock_of_its_own(office: Office) -> None:
    office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    office.wait(days=15)
    office.presses(MARKETER, "reopen")
    assert [(one.cycle, one.is_open) for one in clocks(office, RESOLUTION)] == [(1, False), (2, True)]
    office.submits(LIAISON, "resolve", {"text": "Still Mailchimp."}, ticket="IT-1")
    assert not clocks(office, RESOLUTION)[1].is_open


def test_a_withdrawn_ticket_shrinks_to_a_line_and_owes_nothing(office: Office) -> None:
    office.presses(MARKETER, "dismiss")
    assert words(office.card()) == "IT-1 is withdrawn: Klaviyo. Nobody needs to do anything."
    assert not clock(office, RESPONSE).is_open
    assert [(one.said, one.said_at) for one in office.store.state.labels.values()] == [("no", office.clock.at)]
    assert len(office.thread()) == 2


def test_whoever_was_called_for_a_ticket_that_was_none_reads_so_in_the_same_place(office: Office) -> None:
    office.presses(MARKETER, "dismiss")
    assert office.thread()[-1] == "IT-1 turned out to be nothing for IT: no need to look."
    assert office.direct(LIAISON) == ["IT-1 turned out to be nothing for IT: it is withdrawn, no need to look."]


def test_a_ticket_that_was_asked_for_is_withdrawn_without_a_judgement_of_the_detector() -> None:
    office = an_office()
    office.types(MARKETER, "ask can we track clicks?")
    office.presses(MARKETER, "dismiss")
    office.presses(MARKETER, "dismiss")
    assert office.ticket().state is State.WITHDRAWN
    assert office.store.state.labels == {}


def test_the_new_liaison_is_called_in_the_thread_and_directly(office: Office) -> None:
    office.submits(LIAISON, "reassign", {"liaison": ENGINEER}, ticket="IT-1")
    assert office.ticket().liaison == ENGINEER
    assert office.thread()[-2] == "@engineer, this one is for you: @liaison handed it to you."
    assert len(office.direct(ENGINEER)) == 1


def test_a_new_liaison_is_picked_from_the_rest_of_the_it_side_alone(office: Office) -> None:
    (field,) = office.form(office.presses(LIAISON, "reassign")).fields
    assert [choice.value for choice in field.choices] == [ENGINEER, IT_MANAGER]
    office.submits(LIAISON, "reassign", {"liaison": MARKETER}, ticket="IT-1")
    assert office.ticket().liaison == LIAISON
    assert office.direct(LIAISON)[-1].startswith("Marketer is not on the IT side, and only IT has tickets.")


def test_where_nobody_else_is_of_it_who_reassigns_is_told_how_one_is_named() -> None:
    office = an_office(holders={Role.LIAISON: (LIAISON,)})
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    shown = office.chat.forms[office.presses(LIAISON, "reassign").view]
    assert "Nobody else is on the IT side yet. An admin can name more: /itcheck people liaison @one @two" in words(
        shown
    )


def test_handed_over_and_back_everybody_is_called_each_time(office: Office) -> None:
    for to in (ENGINEER, LIAISON, ENGINEER, ENGINEER):
        office.submits(LIAISON, "reassign", {"liaison": to}, ticket="IT-1")
    assert [len(office.direct(person)) for person in (ENGINEER, LIAISON)] == [2, 2]


def test_a_guest_is_never_made_liaison(office: Office) -> None:
    office.submits(LIAISON, "reassign", {"liaison": GUEST}, ticket="IT-1")
    assert office.ticket().liaison == LIAISON
    assert office.direct(LIAISON)[-1] == "Please choose a colleague: guests and bots can't be liaisons."


def test_a_note_for_it_is_kept_and_said_nowhere(office: Office) -> None:
    office.submits(LIAISON, "note", {"text": "They never read the policy"}, ticket="IT-1")
    assert "policy" not in "".join(words(one.card) for one in office.chat.said)
    with office.store.unit_of_work() as uow:
        note = uow.log.entries(TEAM, 1)[-1]
    assert (note.text, note.internal, note.message) == ("They never read the policy", True, "")


def test_two_equal_notes_are_two_notes(office: Office) -> None:
    for _ in range(2):
        office.submits(LIAISON, "note", {"text": "called the vendor"}, ticket="IT-1")
    with office.store.unit_of_work() as uow:
        assert [one.internal for one in uow.log.entries(TEAM, 1)] == [False, True, True]


@pytest.mark.parametrize("action", ["claim", "answer", "wait", "resume", "resolve", "reassign", "note", "dismiss"])
def test_a_click_of_the_wrong_person_changes_nothing_and_says_who_may(office: Office, action: str) -> None:
    pressed = office.presses(COLLEAGUE, action)
    said = office.chat.forms[pressed.view] if pressed.view else office.whispers(COLLEAGUE)[-1]
    assert "the IT side" in words(said)
    assert office.ticket().revision == 0


def test_a_form_sent_by_the_wrong_person_changes_nothing(office: Office) -> None:
    office.submits(COLLEAGUE, "resolve", {"text": "done!"}, ticket="IT-1")
    assert "Only the IT side can do that" in office.direct(COLLEAGUE)[0]
    assert office.ticket().state is State.ASSIGNED


@pytest.mark.parametrize("action", ["claim", "answer", "wait", "resume", "resolve", "reassign", "escalate", "dismiss"])
def test_a_click_on_the_card_of_a_closed_ticket_says_how_it_stands(office: Office, action: str) -> None:
    office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    pressed = office.presses(LIAISON, action)
    said = office.chat.forms[pressed.view] if pressed.view else office.whispers(LIAISON)[-1]
    assert words(said).startswith("IT-1 is closed already. Press Reopen")


@pytest.mark.parametrize("form", ["answer", "wait", "resolve", "escalate"])
def test_a_form_sent_after_the_ticket_was_closed_is_not_lost_in_silence(office: Office, form: str) -> None:
    office.submits(LIAISON, "resolve", {"text": "Use Mailchimp."}, ticket="IT-1")
    before = len(office.thread())
    office.submits(IT_MANAGER, form, {"text": "one more thing", "reason": "process"}, ticket="IT-1")
    assert office.direct(IT_MANAGER)[-1].startswith("IT-1 is closed already. Press Reopen")
    assert len(office.thread()) == before


@pytest.mark.parametrize(
    ("number", "said"), [("IT-99", "There is no ticket IT-99 here."), ("IT-", "“IT-” is not a ticket number.")]
)
def test_a_number_nobody_knows_is_answered_kindly(office: Office, number: str, said: str) -> None:
    office.presses(LIAISON, "claim", number)
    assert office.whispers(LIAISON)[0].startswith(said)


def test_a_command_without_a_number_says_what_is_missing(office: Office) -> None:
    office.types(MARKETER, "sla")
    assert office.whispers(MARKETER)[0].startswith("Which ticket?")


def test_the_ticket_of_another_workspace_does_not_exist_here(office: Office) -> None:
    ticket = office.ticket()
    ticket.workspace, ticket.number = "T2", 0
    with office.store.unit_of_work() as uow:
        uow.tickets.add(ticket)
        uow.tickets.add(ticket)
    office.presses(LIAISON, "claim", "IT-2")
    assert office.whispers(LIAISON)[0].startswith("There is no ticket IT-2 here.")


def test_whatever_is_done_nothing_is_posted_under_the_same_key_twice(office: Office) -> None:
    for _ in range(2):
        office.presses(LIAISON, "claim")
        office.submits(LIAISON, "wait", {}, ticket="IT-1")
        office.presses(LIAISON, "resume")
        office.submits(MARKETER, "escalate", {"reason": "process", "text": "stuck"}, ticket="IT-1")
        office.submits(LIAISON, "answer", {"text": "yes"}, ticket="IT-1")
        office.submits(LIAISON, "resolve", {"text": "bought"}, ticket="IT-1")
        office.presses(MARKETER, "reopen")
        office.presses(MARKETER, "dismiss")
        office.presses(MARKETER, "reopen")
    keys = [row.key for row in office.store.state.outbox]
    assert len(keys) == len(set(keys))
    said = [line for line in office.thread() if "reopened this" in line or "taken this on" in line]
    assert said == ["@liaison has taken this on.", *["@marketer reopened this."] * 4]


def test_the_vendor_can_be_waited_for_without_the_marketers_words_ending_it(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, 1)
        ticket.wait(WaitingFor.VENDOR, LIAISON, office.clock.at)
        uow.tickets.save(ticket)
    office.says(MARKETER, "any news?", thread=office.ticket().place.thread)
    assert "Waiting for the vendor" in words(office.card())


def labels(office: Office) -> list[str]:
    return [button.label for button in office.card().buttons]


def clocks(office: Office, kind: ClockKind) -> list[Clock]:
    with office.store.unit_of_work() as uow:
        return [one for one in uow.clocks.of(TEAM, 1) if one.kind is kind]


def clock(office: Office, kind: ClockKind) -> Clock:
    (found,) = clocks(office, kind)
    return found
