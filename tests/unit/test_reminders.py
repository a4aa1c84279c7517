"""Who is reminded of what: IT of what it owes, marketing kindly, everybody in their own working hours."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import LIAISON, MARKETER, Office, a_campaign, a_tool, an_office
from tests.unit.test_sla_sweep import notices, sweep


@pytest.fixture
def office() -> Office:
    """A workspace in which the liaison answered Klaviyo at once, and asked something back."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    office.says(LIAISON, "maybe", thread=office.ticket().place.thread)
    office.submits(LIAISON, "wait", {"text": "which plan?"}, ticket="IT-1")
    return office


def test_the_requester_is_reminded_kindly_and_alone_of_an_answer_they_owe(office: Office) -> None:
    sweep(office, days=1, hours=4)
    assert notices(office) == []
    assert office.direct(MARKETER) == [
        "⏳ IT-1: a friendly reminder, @marketer: by 2026-11-24 17:00 IT needs your answer to its questions. "
        "An answer in the thread is enough, and IT goes on at once."
    ]


def test_an_answer_that_does_not_come_is_told_to_them_and_in_the_thread(office: Office) -> None:
    sweep(office, days=2)
    late = (
        "⌛ IT-1: @marketer, IT is still waiting for your answer to its questions; it was wanted by 2026-11-24 17:00. "
        "An answer in the thread is enough, and IT goes on at once."
    )
    assert notices(office) == [late]
    assert office.direct(MARKETER)[-1] == late


def test_the_details_a_campaign_still_lacks_are_named() -> None:
    office = an_office()
    office.says(MARKETER, "the big sale is coming", a_campaign("Sale", date(2027, 1, 11)))
    sweep(office, days=28)
    assert [line for line in office.direct(MARKETER) if "details" in line] == [
        "⌛ IT-1: @marketer, IT is still waiting for the last details of the campaign (leads to); it was wanted by "
        "2026-12-21 09:00. Press Details on the ticket's card; what you don't know yet can be a guess."
    ]


def test_a_start_told_too_late_alarms_nobody() -> None:
    office = an_office()
    office.says(MARKETER, "the sale is next week", a_campaign("Sale", date(2026, 11, 30)))
    sweep(office, days=5)
    assert [line for line in office.direct(MARKETER) if "details" in line] == []


def test_a_breach_at_closing_time_is_told_when_the_receiver_is_back() -> None:
    office = due_at_closing_time()
    sweep(office, hours=8, minutes=5)
    assert notices(office) == []
    assert "(late)" in str(office.card().facts)
    sweep(office, hours=16)
    assert [line.split(" was due")[0] for line in notices(office)] == ["⌛ IT-1: the resolution"]


def test_a_breach_that_is_settled_overnight_is_told_to_nobody() -> None:
    office = due_at_closing_time()
    sweep(office, hours=8, minutes=5)
    office.submits(LIAISON, "resolve", {"text": "bought"}, ticket="IT-1")
    sweep(office, hours=16)
    assert notices(office) == []
    assert not any(line.startswith("⌛") for line in office.direct(LIAISON))


def test_the_breach_of_an_urgent_ticket_is_told_at_once() -> None:
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    sweep(office, hours=7, minutes=45)
    office.submits(LIAISON, "details", {"priority": "urgent"}, ticket="IT-1", kind="new_tool")
    sweep(office, hours=1)
    assert any(line.startswith("⌛ IT-1: the resolution was due 2026-11-23 16:45") for line in notices(office))


def due_at_closing_time() -> Office:
    """A ticket of high priority since Monday at nine: its resolution is due at 17:00, its first answer given."""
    office = an_office()
    office.says(MARKETER, "we'd love to try Klaviyo", a_tool("Klaviyo"))
    office.submits(LIAISON, "details", {"priority": "high"}, ticket="IT-1", kind="new_tool")
    office.says(LIAISON, "maybe", thread=office.ticket().place.thread)
    return office
