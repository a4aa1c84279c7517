"""A ticket: what can happen to it, what it then says of itself, and what its log keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.errors import Conflict
from bot.domain.events import Event, What
from bot.domain.ticket import REOPENS_WITHIN, State, Ticket, WaitingFor
from tests.support.samples import HOUR, MINUTE, NOW, a_ticket

LATER = NOW + HOUR
CHANGES: dict[str, Callable[[Ticket], object]] = {
    "assign": lambda ticket: ticket.assign("L2", LATER, "M", "reassigned"),
    "claim": lambda ticket: ticket.claim("L2", LATER),
    "wait": lambda ticket: ticket.wait(WaitingFor.VENDOR, "L", LATER),
    "resolve": lambda ticket: ticket.resolve("bought", "L", LATER),
    "escalate": lambda ticket: ticket.escalate("M", 1, "U1", LATER, "stuck"),
}


def test_a_ticket_is_called_by_its_number() -> None:
    assert a_ticket(number=12).name == "IT-12"


def test_opening_notes_who_asked_and_which_way_it_came() -> None:
    ticket = a_ticket()
    ticket.open()
    (event,) = ticket.pending
    assert (event.what, event.at, event.by, event.data["intake"]) == (What.OPENED, NOW, "U1", "command")
    assert ticket.situation.after(event) == ticket.situation


def test_assigning_a_new_ticket_makes_it_assigned() -> None:
    ticket = a_ticket()
    assert ticket.assign("L", LATER, "", "liaison of the channel")
    assert (ticket.liaison, ticket.state) == ("L", State.ASSIGNED)
    assert ticket.pending == [Event(What.ASSIGNED, LATER, "", "liaison of the channel", {"to": "L"})]


def test_assigning_it_to_whom_it_belongs_changes_nothing() -> None:
    ticket = a_ticket(liaison="L", state=State.ASSIGNED)
    assert not ticket.assign("L", LATER, "M", "reassigned")
    assert ticket.pending == []


def test_a_ticket_in_work_stays_in_its_state_when_somebody_else_gets_it() -> None:
    ticket = a_ticket(liaison="L", state=State.IN_REVIEW)
    ticket.assign("L2", LATER, "M", "reassigned")
    assert (ticket.liaison, ticket.state) == ("L2", State.IN_REVIEW)


def test_claiming_begins_the_review() -> None:
    ticket = a_ticket(liaison="L", state=State.ASSIGNED)
    assert ticket.claim("L", LATER)
    assert (ticket.liaison, ticket.state) == ("L", State.IN_REVIEW)


def test_claiming_twice_changes_nothing() -> None:
    ticket = a_ticket()
    ticket.claim("L", LATER)
    assert not ticket.claim("L", LATER)
    assert whats(ticket) == [What.CLAIMED]


def test_somebody_else_can_claim_what_is_in_work() -> None:
    ticket = a_ticket(liaison="L", state=State.IN_REVIEW)
    assert ticket.claim("L2", LATER)
    assert ticket.liaison == "L2"


def test_a_claimed_ticket_that_waits_goes_on_waiting() -> None:
    ticket = a_ticket(liaison="L", state=State.WAITING, waiting_for=WaitingFor.VENDOR)
    ticket.claim("L2", LATER)
    assert (ticket.state, ticket.waiting_for) == (State.WAITING, WaitingFor.VENDOR)


def test_the_first_answer_begins_the_review() -> None:
    ticket = a_ticket(liaison="L", state=State.ASSIGNED)
    ticket.answer("L", LATER)
    assert (ticket.state, whats(ticket)) == (State.IN_REVIEW, [What.ANSWERED])


def test_an_answer_to_a_ticket_that_waits_does_not_end_the_wait() -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=WaitingFor.REQUESTER)
    ticket.answer("L", LATER)
    assert ticket.state is State.WAITING


def test_waiting_says_for_whom() -> None:
    ticket = a_ticket(state=State.IN_REVIEW)
    assert ticket.wait(WaitingFor.REQUESTER, "L", LATER, "which plan?")
    assert (ticket.state, ticket.waiting_for) == (State.WAITING, WaitingFor.REQUESTER)
    assert ticket.pending == [Event(What.WAITING, LATER, "L", "which plan?", {"for": "requester"})]


def test_waiting_for_the_same_twice_changes_nothing() -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=WaitingFor.REQUESTER)
    assert not ticket.wait(WaitingFor.REQUESTER, "L", LATER)
    assert ticket.wait(WaitingFor.VENDOR, "L", LATER)


def test_the_requesters_words_end_the_wait_for_them() -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=WaitingFor.REQUESTER)
    assert ticket.hear_requester("U1", LATER)
    assert (ticket.state, ticket.waiting_for) == (State.IN_REVIEW, None)
    assert whats(ticket) == [What.ASKED, What.RESUMED]


@pytest.mark.parametrize("waiting_for", [WaitingFor.VENDOR, WaitingFor.SIGN_OFF])
def test_the_requesters_words_do_not_end_the_wait_for_others(waiting_for: WaitingFor) -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=waiting_for)
    assert not ticket.hear_requester("U1", LATER)
    assert ticket.waiting_for is waiting_for


def test_taking_up_again_ends_any_wait_and_only_a_wait() -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=WaitingFor.VENDOR)
    assert ticket.resume("L", LATER)
    assert not ticket.resume("L", LATER)
    assert (ticket.state, ticket.waiting_for) == (State.IN_REVIEW, None)


def test_resolving_closes_it_with_its_outcome() -> None:
    ticket = a_ticket(state=State.WAITING, waiting_for=WaitingFor.VENDOR)
    ticket.resolve("use Mailchimp, we have it", "L", LATER)
    assert (ticket.state, ticket.waiting_for, ticket.finished_at) == (State.CLOSED, None, LATER)
    assert ticket.outcome == "use Mailchimp, we have it"
    assert ticket.is_finished


def test_dismissing_withdraws_it_once() -> None:
    ticket = a_ticket()
    assert ticket.dismiss("U1", LATER, "not this")
    assert not ticket.dismiss("U1", LATER, "not this")
    assert (ticket.state, whats(ticket)) == (State.WITHDRAWN, [What.WITHDRAWN])


def test_a_closed_ticket_cannot_be_dismissed() -> None:
    with pytest.raises(Conflict, match="IT-3 is closed already"):
        a_ticket(number=3, state=State.CLOSED).dismiss("U1", LATER, "not this")


@pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_done_with_a_finished_ticket_and_the_words_say_how_it_stands(
    change: Callable[[Ticket], object], state: State
) -> None:
    ticket = a_ticket(number=3, state=state)
    with pytest.raises(Conflict, match=f"IT-3 is {state} already. Press Reopen"):
        change(ticket)
    assert (ticket.state, ticket.pending) == (state, [])


def test_what_is_said_in_the_thread_of_a_finished_ticket_does_not_wake_it() -> None:
    ticket = a_ticket(state=State.CLOSED)
    ticket.answer("L", LATER)
    assert not ticket.hear_requester("U1", LATER)
    assert (ticket.state, ticket.pending) == (State.CLOSED, [])


@pytest.mark.parametrize(("liaison", "state"), [("L", State.IN_REVIEW), ("", State.NEW)])
def test_a_reopened_ticket_goes_on_with_its_liaison_or_begins_anew(liaison: str, state: State) -> None:
    ticket = a_ticket(state=State.CLOSED, liaison=liaison, outcome="bought", finished_at=NOW)
    assert ticket.reopen("U1", LATER)
    assert (ticket.state, ticket.outcome, ticket.finished_at) == (state, "", None)


def test_an_open_ticket_is_not_reopened() -> None:
    ticket = a_ticket()
    assert not ticket.reopen("U1", LATER)
    assert ticket.pending == []


@pytest.mark.parametrize(("after", "cycle"), [(REOPENS_WITHIN, 1), (REOPENS_WITHIN + MINUTE, 2)])
def test_reopened_after_14_days_it_is_a_new_cycle(after: timedelta, cycle: int) -> None:
    ticket = a_ticket(state=State.CLOSED, finished_at=NOW)
    ticket.reopen("U1", NOW + after)
    assert ticket.cycle == cycle
    assert ticket.pending == [Event(What.REOPENED, NOW + after, "U1", "", {"cycle": str(cycle)})]


def test_each_escalation_is_one_level_higher() -> None:
    ticket = a_ticket()
    ticket.escalate("M", 1, "U1", LATER, "no answer")
    ticket.escalate("C", 2, "U1", LATER, "still none")
    assert ticket.level == 2
    assert [event.data for event in ticket.pending] == [{"to": "M", "level": "1"}, {"to": "C", "level": "2"}]


def test_who_asks_for_the_same_follows_along_once() -> None:
    ticket = a_ticket()
    assert ticket.join("U2", LATER, "asked for the same")
    assert not ticket.join("U2", LATER, "asked for the same")
    assert not ticket.join("U1", LATER, "asked for the same")
    assert (ticket.followers, whats(ticket)) == (("U2",), [What.JOINED])


def test_a_note_an_edit_and_a_missed_time_stand_in_the_log_without_any_words_of_people() -> None:
    ticket = a_ticket()
    ticket.note("L", LATER)
    ticket.note_fact(What.SOURCE_EDITED, "U1", LATER)
    ticket.note_sla(What.BREACHED, LATER, "resolution", "due time passed")
    assert whats(ticket) == [What.NOTED, What.SOURCE_EDITED, What.BREACHED]
    assert [event.data for event in ticket.pending] == [{}, {}, {"clock": "resolution"}]


def test_a_renamed_ticket_has_a_new_title_topic_and_facts() -> None:
    ticket = a_ticket()
    ticket.rename("Canva Pro", "canvapro", {"cost": "99"}, LATER.date(), "U1", LATER)
    assert (ticket.title, ticket.topic, ticket.facts) == ("Canva Pro", "canvapro", {"cost": "99"})
    assert ticket.starts_on == LATER.date()


def whats(ticket: Ticket) -> list[What]:
    return [event.what for event in ticket.pending]
