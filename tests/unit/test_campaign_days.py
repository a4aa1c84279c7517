"""The eve, the start and the day after a campaign, once each; and what a look back keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.agreed import WORKSPACE, CalendarEdition
from bot.domain.hours import Calendar
from bot.messages import Form
from bot.services.campaigns.campaign_days import walk_campaigns
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    GUEST,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    an_office,
    words,
)
from tests.support.campaigns import XMAS, answer, decide, measure, plan, settle

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SEEN = {"peak": "92", "incomplete": "1,200", "orders_lost": "3"}


@pytest.fixture
def office() -> Office:
    """An office with a campaign on Saturday, 12 December, 10:00."""
    office = an_office()
    measure(office, 100)
    plan(office)
    return office


def test_the_eve_asks_who_is_on_call_and_names_what_is_not_done(office: Office) -> None:
    decide(office)
    at(office, 11, 13, 59)
    before = len(office.thread())
    at(office, 11, 14)
    assert "“Xmas” starts 2026-12-12 10:00. The sponsor has not signed yet. Who is on call" in office.thread()[-1]
    at(office, 11, 15)
    assert len(office.thread()) == before + 1
    again = an_office()
    measure(again, 100)
    plan(again)
    decide(again)
    again.presses(MARKETING_MANAGER, "risk_yes", "IT-1:2")
    at(again, 11, 14)
    assert "Decided: go with conditions." in again.thread()[-1]
    assert "Not done yet\nSend it over 4 h — @marketer, by Fri 11 Dec" in again.thread()[-1]


def test_a_start_on_monday_is_announced_on_friday() -> None:
    office = an_office()
    plan(office, {**XMAS, "start": "2026-12-14"})
    at(office, 11, 14)
    assert "starts 2026-12-14 10:00. IT has not decided on it yet." in office.thread()[-1]


def test_a_holiday_is_no_day_for_a_question() -> None:
    office = an_office()
    with office.store.unit_of_work() as uow:
        closed = Calendar.office("Europe/Berlin", [date(2026, 12, day) for day in (24, 25, 28)])
        uow.agreements.save_calendar(TEAM, CalendarEdition(WORKSPACE, 1, LONG_AGO, closed))
    plan(office, {**XMAS, "start": "2026-12-26"})
    at(office, 23, 13, 59)
    before = len(office.thread())
    at(office, 23, 14)
    assert "“Xmas” starts 2026-12-26 10:00." in office.thread()[before]
    at(office, 28, 10)
    assert len(office.thread()) == before + 1
    at(office, 29, 10)
    assert "how did “Xmas” go?" in office.thread()[-1]


def test_where_nobody_works_for_weeks_it_is_the_very_next_day() -> None:
    office = an_office()
    with office.store.unit_of_work() as uow:
        days = [date(2026, 12, 1) + timedelta(days=number) for number in range(60)]
        closed = Calendar.office("Europe/Berlin", days)
        uow.agreements.save_calendar(TEAM, CalendarEdition(WORKSPACE, 1, LONG_AGO, closed))
    plan(office, {**XMAS, "start": "2026-12-26"})
    at(office, 25, 14)
    assert "“Xmas” starts 2026-12-26 10:00." in office.thread()[-1]


def test_the_start_says_what_is_expected_but_not_hours_later(office: Office) -> None:
    at(office, 12, 10, 1)
    assert office.thread()[-1] == (
        "🚀 “Xmas” starts now. I reckon with 84 requests a second around 2026-12-12 10:40. "
        "Whoever sees trouble, say it here."
    )
    late = an_office()
    plan(late)
    at(late, 12, 12, 1)
    assert "starts now" not in late.thread()[-1]


def test_a_moved_campaign_is_announced_anew(office: Office) -> None:
    at(office, 11, 14)
    office.submits(MARKETER, "details", {**XMAS, "start": "2026-12-16"}, ticket="IT-1", kind="campaign")
    at(office, 15, 14)
    assert "starts 2026-12-16 10:00" in office.thread()[-1]


def test_the_day_after_three_questions_are_asked_and_the_answer_is_kept(office: Office) -> None:
    at(office, 14, 10)
    assert "how did “Xmas” go?" in office.thread()[-1]
    form = office.form(office.presses(MARKETER, "look_back", "IT-1"))
    assert [field.key for field in form.fields] == ["peak", "incomplete", "orders_lost"]
    office.submits(MARKETER, "look_back", SEEN, **form.context)
    assert office.thread()[-1] == (
        "🔎 @marketer looks back: 92 requests a second at the peak (forecast 84, +9%); "
        "1,200 transactions not completed; 3 orders lost. "
        "From now on I reckon with 1.76 % of the recipients for E-mail (shipped: 1.7 %)."
    )
    with office.store.unit_of_work() as uow:
        ready = uow.readiness.get(TEAM, 1)
    assert ready is not None
    assert ready.seen is not None
    assert (ready.seen.peak_requests_per_s, ready.seen.incomplete, ready.seen.by) == (92.0, 1200, MARKETER)


def test_the_next_campaign_reckons_with_what_was_seen_and_a_correction_counts_once(office: Office) -> None:
    at(office, 14, 10)
    plan(office, {**XMAS, "name": "New Year", "start": "2026-12-28"})
    for peak, rate in (("92", "1.76"), ("200", "2.53"), ("143", "2.12")):
        form = office.form(office.presses(MARKETER, "look_back", "IT-1"))
        office.submits(MARKETER, "look_back", {"peak": peak}, **form.context)
        settle(office)
        note = words(answer(office, 2).note)
        assert f"Reckoned with: E-mail, {rate} % visit (usual, your last e-mail campaign; shipped: 1.7 %, " in note
    form = office.form(office.presses(MARKETER, "look_back", "IT-1"))
    assert [field.value for field in form.fields] == ["143", "", ""]
    details = office.form(office.presses(MARKETER, "details", "IT-2"))
    assert any(
        "Usual for E-mail: 2.12 % of the recipients (your last e-mail campaign" in one.hint for one in details.fields
    )


@pytest.mark.parametrize("person", [MARKETER, COLLEAGUE, GUEST, LIAISON, IT_MANAGER, CIO, ADMIN])
def test_only_who_asked_and_it_look_back(office: Office, person: str) -> None:
    may = person in {MARKETER, LIAISON, IT_MANAGER}
    shown = office.chat.forms[office.presses(person, "look_back", "IT-1").view]
    assert isinstance(shown, Form) == may
    before = len(office.thread())
    office.submits(person, "look_back", SEEN, ticket="IT-1")
    assert (len(office.thread()) > before) == may


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "peak"),
        ({"peak": "many"}, "peak"),
        ({"incomplete": "-1"}, "incomplete"),
        ({"orders_lost": "1e99"}, "orders_lost"),
    ],
)
def test_what_is_wrong_in_a_look_back_is_said_at_its_field(office: Office, values: dict[str, str], field: str) -> None:
    assert list(check_form(office.submits(MARKETER, "look_back", values, ticket="IT-1"))) == [field]


def test_a_campaign_that_is_off_is_not_announced(office: Office) -> None:
    no_go = {"verdict": "no_go", "reason": "too late"}
    office.submits(LIAISON, "go_decide", no_go, decision="IT-1:1", conversation=MARKETING)
    before = office.thread()
    at(office, 11, 14)
    at(office, 12, 10)
    assert office.thread() == before


def at(office: Office, day: int, hour: int, minute: int = 0) -> None:
    """It is then, and whatever is due is said."""
    office.clock.at = datetime(2026, 12, day, hour, minute, tzinfo=UTC)
    while walk_campaigns(office.desk):
        office.run()
