"""Out of office: who stands in, what is handed over, and who is told when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.absence import away_from, last_day, reads_as_away
from bot.domain.errors import Invalid
from bot.domain.people import Role
from bot.services.people.standing_in import follow_absences
from bot.services.people.statuses import read_statuses
from handlers.routing import check_form
from tests.builders import (
    ADMIN,
    CIO,
    COLLEAGUE,
    ENGINEER,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MONDAY_NINE,
    TEAM,
    Office,
    a_tool,
    an_office,
)


@pytest.fixture
def office() -> Office:
    """On Monday at nine, with two liaisons; the channel's own one has IT-1."""
    office = an_office(holders=HOLDERS | {Role.LIAISON: (LIAISON, ENGINEER)})
    office.says(MARKETER, "we'd love to try Klaviyo, can you look?", a_tool("Klaviyo"))
    return office


def test_whole_days_are_counted_in_the_zone_of_the_person() -> None:
    absence = away_from("T1", "U1", date(2026, 12, 21), date(2027, 1, 4), "", "America/Chicago")
    assert absence.starts_at == datetime(2026, 12, 21, 6, tzinfo=UTC)
    assert absence.ends_at == datetime(2027, 1, 5, 6, tzinfo=UTC)
    assert last_day(absence) == date(2027, 1, 4)
    assert [absence.is_on(at) for at in (absence.starts_at, absence.ends_at)] == [True, False]


@pytest.mark.parametrize(
    ("last", "delegate", "words"),
    [
        (date(2026, 12, 20), "", "before the first"),
        (date(2028, 1, 1), "", "more than a year"),
        (date(2026, 12, 22), "U1", "stand in for yourself"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(last: date, delegate: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        away_from("T1", "U1", date(2026, 12, 21), last, delegate, "UTC")


@pytest.mark.parametrize(
    ("status", "away"),
    [
        (":palm_tree: Vacationing", True),
        (":face_with_thermometer: Out sick", True),
        ("On leave until 4 Jan", True),
        ("OOO", True),
        ("Urlaub", True),
        (":spiral_calendar_pad: In a meeting", False),
        (":house_with_garden: Working remotely", False),
        (":bus: Commuting", False),
        ("planning the holiday campaign", False),
        ("", False),
    ],
)
def test_a_status_is_read(status: str, away: bool) -> None:
    assert reads_as_away(status) is away


def test_open_tickets_go_to_the_delegate_with_a_summary_and_stay_until_handed_back(office: Office) -> None:
    office.types(LIAISON, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    assert office.whispers(LIAISON) == [
        "Noted: you are out of office until Fri 27 Nov 2026, included. "
        "Your tickets go to @engineer, who keeps them until handed back."
    ]
    follow(office)
    assert office.ticket().liaison == ENGINEER
    told, summary = office.thread()[-2:]
    assert told == (
        "@liaison is out of office until Fri 27 Nov 2026; @engineer has this meanwhile, and keeps it until it is "
        "handed back."
    )
    assert summary.startswith("To take over: new tool “Klaviyo”, asked by @marketer on 2026-11-23 09:00.")
    assert office.direct(ENGINEER)[0].startswith("You stand in for @liaison until Fri 27 Nov 2026.")
    follow(office, days=5)
    assert office.ticket().liaison == ENGINEER
    assert office.direct(LIAISON)[-1].splitlines() == [
        "Welcome back! New tickets come to you again. These stay where they went, for they know them by now. ",
        "IT-1 Klaviyo: with @engineer",
        "To take one back, type /itcheck reassign IT-1 @you.",
    ]
    follow(office)
    assert len([line for line in office.direct(LIAISON) if "Welcome" in line]) == 1


def test_new_tickets_go_to_the_delegate_while_away_and_to_the_liaison_before_and_after(office: Office) -> None:
    office.types(LIAISON, f"away 2026-11-25 2026-11-26 @{ENGINEER}")
    follow(office)
    assert asked(office) == LIAISON
    follow(office, days=2)
    assert asked(office) == ENGINEER
    assert office.thread(3)[-1] == "@engineer, this one is for you: you stand in for @liaison, who is away."
    follow(office, days=2)
    assert asked(office) == LIAISON


def test_a_delegate_who_is_away_too_is_passed_over(office: Office) -> None:
    office.types(ENGINEER, "away 2026-11-23 2026-11-27")
    with office.store.unit_of_work() as uow:
        uow.workspaces.give(TEAM, Role.LIAISON, (LIAISON, ENGINEER, CIO))
    office.types(LIAISON, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    follow(office)
    assert office.ticket().liaison == CIO
    assert asked(office) == CIO


def test_without_a_delegate_tickets_stay_and_new_ones_go_to_others(office: Office) -> None:
    office.types(LIAISON, "away 2026-11-23 2026-11-27")
    follow(office)
    assert office.ticket().liaison == LIAISON
    assert asked(office) == ENGINEER
    assert "and @liaison is away" in office.thread(2)[-1]


def test_many_tickets_are_handed_over_in_portions_and_each_once(office: Office) -> None:
    for _ in range(10):
        asked(office)
    office.types(LIAISON, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    follow(office)
    assert {office.ticket(number).liaison for number in range(1, 12)} == {ENGINEER}
    assert len(office.direct(ENGINEER)) == 2


def test_a_hand_over_moves_no_clock(office: Office) -> None:
    clocks = dict(office.store.state.clocks)
    office.types(LIAISON, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    follow(office)
    assert office.store.state.clocks == clocks


def test_back_early_ends_it(office: Office) -> None:
    office.types(LIAISON, f"away 2026-11-23 2026-11-27 @{ENGINEER}")
    follow(office)
    office.types(LIAISON, "back")
    follow(office)
    assert "Welcome back!" in office.direct(LIAISON)[-1]
    assert asked(office) == LIAISON
    office.types(LIAISON, "back")
    assert office.whispers(LIAISON)[-1].startswith("You are not away")


def test_a_status_sends_new_tickets_to_others_until_it_changes(office: Office) -> None:
    has_status(office, ":palm_tree: Vacationing")
    assert asked(office) == ENGINEER
    assert office.ticket().liaison == LIAISON
    assert len([line for line in office.direct(LIAISON) if "Your status says" in line]) == 1
    has_status(office, "")
    assert asked(office) == LIAISON


def test_a_status_that_runs_out_counts_no_longer(office: Office) -> None:
    has_status(office, ":face_with_thermometer: Out sick", MONDAY_NINE + timedelta(hours=8))
    assert asked(office) == ENGINEER
    follow(office, hours=8)
    assert asked(office) == LIAISON


def test_the_form_is_prefilled_and_says_what_is_wrong(office: Office) -> None:
    office.types(LIAISON, f"away 2026-12-21 2027-01-04 @{ENGINEER}")
    form = office.form(office.types(LIAISON, "away"))
    assert [field.value for field in form.fields] == ["2026-12-21", "2027-01-04", ENGINEER]
    wrong = office.submits(LIAISON, "away", {"starts": "2026-12-21", "ends": "2026-12-20"})
    assert list(check_form(wrong)) == ["ends"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("away soon", "Type it like this: /itcheck away 2026-12-21"),
        ("away soon later", "“soon” is no day."),
        ("away 2026-12-21 2026-12-20", "The last day is before the first one."),
        ("away 2026-01-01 2026-01-02", "That is over already."),
        (f"away 2026-12-21 2026-12-22 @{GUEST}", "Guest can't do that"),
        (f"away 2026-12-21 2026-12-22 @{LIAISON}", "You can't stand in for yourself."),
        (f"away 2026-12-21 2026-12-22 @{MARKETER}", "Marketer is not on the IT side, and only IT has tickets."),
    ],
)
def test_what_cannot_be_said_is_answered_kindly(office: Office, typed: str, said: str) -> None:
    office.types(LIAISON, typed)
    assert office.whispers(LIAISON)[0].startswith(said)
    assert office.store.state.absences == {}


@pytest.mark.parametrize(
    ("who", "may"),
    [(LIAISON, True), (ENGINEER, True), (IT_MANAGER, True), (ADMIN, True), (COLLEAGUE, False), (GUEST, False)],
)
def test_whoever_can_get_tickets_may_be_away(office: Office, who: str, may: bool) -> None:
    office.types(who, "away 2026-12-21 2026-12-22")
    assert bool(office.store.state.absences) == may
    assert may or office.whispers(who)[0].startswith("That is for people who get tickets.")


def follow(office: Office, **duration: float) -> None:
    """Let time pass, then do what follows from absences as the job does."""
    office.wait(**duration)
    while follow_absences(office.desk):
        pass
    office.run()


def asked(office: Office) -> str:
    """Somebody asks a question; who gets it."""
    office.types(MARKETER, "ask can we track clicks?")
    return office.ticket(office.tickets()).liaison


def has_status(office: Office, status: str, until: datetime | None = None) -> None:
    """The liaison shows a status; it is looked at twice."""
    shown = replace(office.chat.people[LIAISON], status=status, status_until=until)
    office.chat.people[LIAISON] = shown
    for _ in range(2):
        read_statuses(office.desk)
    office.run()
