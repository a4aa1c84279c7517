"""The clocks of a ticket, rule by rule, as people make them run through the product."""

from __future__ import annotations

import pytest

from bot.domain.events import What
from bot.domain.people import Side
from bot.domain.sla import WORKING_DAY_S, ClockKind
from bot.services.tickets.tickets import settle
from tests.builders import (
    COLLEAGUE,
    ENGINEER,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    TEAM,
    TWO_LIAISONS,
    a_tool,
    an_office,
)
from tests.support.clock_stories import (
    Story,
    assert_the_log_tells_the_same,
    clocks,
    pressed,
    sent,
    shown,
    sweep,
    waited,
    wrote,
)

# Monday 23 November 2026, 09:00: a ticket with a first answer due at 13:00 and a resolution due on Wednesday at 17:00.
STORIES: dict[str, tuple[list[Story], str]] = {
    "a new ticket owes a first answer and a resolution": (
        [], "first_response due 23 13:00; resolution due 25 17:00",
    ),
    "the first answer of it in the thread meets the first response": (
        [waited(hours=2), wrote(LIAISON)], "first_response met 23 11:00; resolution due 25 17:00",
    ),
    "words of a colleague, a note and a claim are no answer": (
        [wrote(COLLEAGUE), sent(LIAISON, "note", text="hm"), pressed(LIAISON, "claim")],
        "first_response due 23 13:00; resolution due 25 17:00",
    ),
    "an answer through the form is an answer": (
        [sent(LIAISON, "answer", text="yes")], "first_response met 23 09:00; resolution due 25 17:00",
    ),
    "before the first answer another message of the requester starts nothing": (
        [waited(hours=1), wrote(MARKETER)], "first_response due 23 13:00; resolution due 25 17:00",
    ),
    "a message of the requester after it starts the next response and further ones do not move it": (
        [wrote(LIAISON), waited(hours=1), wrote(MARKETER), waited(hours=1), wrote(MARKETER)],
        "first_response met 23 09:00; next_response due 23 14:00; resolution due 25 17:00",
    ),
    "an answer of anybody at it ends the next response": (
        [wrote(LIAISON), wrote(MARKETER), waited(hours=2), wrote(IT_MANAGER)],
        "first_response met 23 09:00; next_response met 23 11:00; resolution due 25 17:00",
    ),
    "each unanswered message after an answer is a cycle of its own": (
        [wrote(LIAISON), wrote(MARKETER), waited(hours=1), wrote(LIAISON), waited(hours=1), wrote(MARKETER)],
        "first_response met 23 09:00; next_response met 23 10:00; next_response due 23 15:00; resolution due 25 17:00",
    ),
    "a colleague who chimes in and a note start no next response": (
        [wrote(LIAISON), wrote(COLLEAGUE), sent(LIAISON, "note", text="hm")],
        "first_response met 23 09:00; resolution due 25 17:00",
    ),
    "waiting for the requester pauses what it owes but not the first answer and asks for the brief": (
        [waited(hours=2), sent(LIAISON, "wait", text="which plan?")],
        "brief due 25 11:00; first_response due 23 13:00; resolution paused (waiting for requester)",
    ),
    "the questions are asked once": (
        [sent(LIAISON, "wait"), waited(hours=1), sent(LIAISON, "wait"), sent(LIAISON, "wait", whom="vendor"),
         sent(LIAISON, "wait")],
        "brief due 24 17:00; first_response due 23 13:00; resolution paused (waiting for requester)",
    ),
    "the requester's answer meets the brief, and then it is for it to answer": (
        [wrote(LIAISON), sent(LIAISON, "wait"), waited(hours=3), wrote(MARKETER)],
        "brief met 23 12:00; first_response met 23 09:00; next_response due 23 16:00; resolution due 26 12:00",
    ),
    "details that the requester fills in are their answer too": (
        [wrote(LIAISON), sent(LIAISON, "wait"), waited(hours=3), sent(MARKETER, "details", cost="99 a month")],
        "brief met 23 12:00; first_response met 23 09:00; next_response due 23 16:00; resolution due 26 12:00",
    ),
    "it may go on without the brief": (
        [sent(LIAISON, "wait"), waited(hours=1), pressed(LIAISON, "resume")],
        "brief cancelled (IT went on without it); first_response due 23 13:00; resolution due 26 10:00",
    ),
    "a vendor is waited for without asking the requester": (
        [wrote(LIAISON), waited(hours=1), sent(LIAISON, "wait", whom="vendor"), waited(days=2), wrote(MARKETER)],
        "first_response met 23 09:00; next_response due 25 14:00; resolution paused (waiting for vendor)",
    ),
    "a wait also holds the next response": (
        [wrote(LIAISON), wrote(MARKETER), waited(hours=1), sent(LIAISON, "wait"), waited(hours=2),
         pressed(LIAISON, "resume")],
        "brief cancelled (IT went on without it); first_response met 23 09:00; next_response due 23 15:00; "
        "resolution due 26 11:00",
    ),
    "resolving meets what it owes": (
        [waited(hours=1), sent(LIAISON, "resolve", text="no")],
        "first_response met 23 10:00; resolution met 23 10:00",
    ),
    "closed time counts as a pause when it is reopened": (
        [wrote(LIAISON), waited(hours=1), sent(LIAISON, "resolve", text="no"), waited(hours=4),
         pressed(MARKETER, "reopen")],
        "first_response met 23 09:00; resolution due 26 13:00",
    ),
    "after fourteen days a reopening starts a new cycle": (
        [wrote(LIAISON), sent(LIAISON, "resolve", text="no"), waited(days=15), pressed(MARKETER, "reopen")],
        "first_response met 23 09:00; resolution met 23 09:00; resolution due 10 17:00",
    ),
    "withdrawn, it owes nothing": (
        [pressed(MARKETER, "dismiss")], "first_response cancelled (withdrawn); resolution cancelled (withdrawn)",
    ),
    "withdrawn by mistake and reopened, it owes all of it again": (
        [pressed(MARKETER, "dismiss"), waited(hours=1), pressed(MARKETER, "reopen")],
        "first_response cancelled (withdrawn); first_response due 23 14:00; "
        "resolution cancelled (withdrawn); resolution due 26 10:00",
    ),
    "a higher priority keeps what has elapsed": (
        [waited(minutes=30), sent(LIAISON, "details", priority="high")],
        "first_response due 23 10:00; resolution due 23 17:00",
    ),
    "a priority whose time is over already is a breach at the change": (
        [waited(hours=2), sent(LIAISON, "details", priority="urgent"), waited(minutes=1)],
        "first_response due 23 11:00 late; resolution due 23 13:00",
    ),
    "a lower priority takes no breach back": (
        [waited(hours=5), sent(LIAISON, "details", priority="low"), waited(minutes=1)],
        "first_response due 23 17:00 late; resolution due 27 17:00",
    ),
    "the requester cannot make their own ticket urgent": (
        [sent(MARKETER, "details", priority="urgent")], "first_response due 23 13:00; resolution due 25 17:00",
    ),
    "given to somebody else, nothing happens": (
        [waited(hours=1), sent(LIAISON, "reassign", liaison=ENGINEER)],
        "first_response due 23 13:00; resolution due 25 17:00",
    ),
    "an answer that comes late is late even if no sweep looked in time": (
        [lambda office: office.wait(hours=5), wrote(LIAISON)],
        "first_response met 23 14:00 late; resolution due 25 17:00",
    ),
    "a pause after the due time does not take the breach back": (
        [lambda office: office.wait(days=3), sent(LIAISON, "wait"), waited(minutes=1)],
        "brief due 27 17:00; first_response due 23 13:00 late; resolution paused (waiting for requester) late",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("story", "expected"), STORIES.values(), ids=list(STORIES))
def test_what_happens_to_a_ticket_moves_its_clocks(story: list[Story], expected: str) -> None:
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    for act in story:
        act(office)
    assert "; ".join(shown(clock) for clock in clocks(office)) == expected
    assert_the_log_tells_the_same(office)


def test_each_breach_stands_in_the_log_with_what_a_report_needs() -> None:
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=5)
    with office.store.unit_of_work() as uow:
        (breach,) = [event for event in uow.log.events(TEAM, 1) if event.what is What.BREACHED]
    assert breach.data == {
        "clock": "first_response",
        "cycle": "1",
        "side": "it",
        "target": "14400",
        "due": "2026-11-23T13:00:00+00:00",
    }


def test_merged_into_another_ticket_whoever_waits_longest_goes_on_waiting() -> None:
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=1)
    office.says(COLLEAGUE, "shall we take Mailchimp?", a_tool("Mailchimp"))
    office.says(LIAISON, "yes, why not", thread=office.ticket(2).place.thread)
    sweep(office, hours=1)
    office.types(LIAISON, "merge IT-1 IT-2")
    assert [shown(clock) for clock in clocks(office)] == [
        "first_response cancelled (merged into IT-2)",
        "resolution cancelled (merged into IT-2)",
    ]
    assert [shown(clock) for clock in clocks(office, 2)] == [
        "first_response met 23 10:00", "next_response due 23 13:00", "resolution due 26 10:00",
    ]  # fmt: skip
    assert office.ticket(2).followers == (MARKETER,)
    for number in (1, 2):
        assert_the_log_tells_the_same(office, number)


def test_a_merged_ticket_that_was_answered_starts_nothing() -> None:
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    wrote(LIAISON)(office)
    office.says(COLLEAGUE, "shall we take Mailchimp?", a_tool("Mailchimp"))
    office.types(LIAISON, "merge IT-1 into IT-2")
    assert [shown(clock) for clock in clocks(office, 2)] == [
        "first_response due 23 13:00", "resolution due 25 17:00",
    ]  # fmt: skip
    assert office.thread(2)[-1] == "IT-1 became part of this: “Klaviyo”."


def test_each_person_who_is_asked_to_sign_has_a_clock_of_their_side() -> None:
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, 1)
        ticket.ask_sign_off(IT_MANAGER, Side.IT, LIAISON, office.clock.at, "verdict")
        ticket.ask_sign_off(MARKETER, Side.MARKETING, LIAISON, office.clock.at, "verdict")
        settle(uow, ticket)
    office.wait(hours=1)
    with office.store.unit_of_work() as uow:
        ticket = uow.tickets.get(TEAM, 1)
        ticket.sign(MARKETER, office.clock.at, "yes")
        settle(uow, ticket)
    signs = [clock for clock in clocks(office) if clock.kind is ClockKind.SIGN_OFF]
    assert [(clock.person, clock.owed_by, shown(clock)) for clock in signs] == [
        (IT_MANAGER, Side.IT, "sign_off due 24 17:00"),
        (MARKETER, Side.MARKETING, "sign_off met 23 10:00"),
    ]
    assert signs[0].target_s == 2 * WORKING_DAY_S
    assert_the_log_tells_the_same(office)
