"""A team gets another liaison: who it is, what they can be asked, and half an hour for two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar as CalendarFile

from bot.domain.absence import Absence, Source
from bot.domain.agreed import CalendarEdition, of_person
from bot.domain.first_meeting import place_of_both, time_for_all
from bot.domain.hours import Calendar
from bot.domain.people import Person
from bot.domain.roster import Profile
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    ENGINEER,
    LIAISON,
    MARKETING,
    MARKETING_MANAGER,
    MONDAY_NINE,
    TEAM,
    TWO_LIAISONS,
    Office,
    a_channel,
    an_office,
)

BERLIN, CHICAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NIGHTS = Calendar("Europe/Berlin", {"mon": [("20:00", "23:00")]})
HOUR = timedelta(hours=1)


def office_in(zone: str, *holidays: int) -> Calendar:
    return Calendar.office(zone, [date(2026, 11, day) for day in holidays])


@pytest.mark.parametrize(
    ("calendars", "taken", "expected"),
    [
        ((office_in("UTC"), office_in("UTC")), [], MONDAY + timedelta(days=1)),
        ((office_in("Europe/Berlin"), office_in("America/Chicago")), [], datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ((office_in("UTC", 24), office_in("UTC", 25)), [], MONDAY + timedelta(days=3)),
        ((office_in("UTC"), office_in("UTC")), [(MONDAY + 24 * HOUR, MONDAY + 25 * HOUR)], MONDAY + 25 * HOUR),
        ((office_in("UTC"), office_in("UTC")), [(MONDAY, MONDAY + timedelta(days=10))], None),
        ((office_in("Europe/Berlin"), NIGHTS), [], None),
        ((office_in("Europe/Berlin"), office_in("Pacific/Auckland")), [], None),
    ],
)
def test_the_first_half_hour_that_suits_everybody_within_five_working_days(
    calendars: tuple[Calendar, ...], taken: list[tuple[datetime, datetime]], expected: datetime | None
) -> None:
    assert time_for_all(calendars, taken, MONDAY, ZoneInfo("UTC")) == expected


def test_the_end_of_the_fifth_working_day_is_the_last_chance() -> None:
    fridays = Calendar("UTC", {"fri": [("16:30", "17:00")]})
    mondays = Calendar("UTC", {"mon": [("09:00", "09:29")]})
    assert time_for_all((office_in("UTC"), fridays), [], MONDAY, ZoneInfo("UTC")) == MONDAY + timedelta(
        days=4, hours=7.5
    )
    assert time_for_all((office_in("UTC"), mondays), [], MONDAY, ZoneInfo("UTC")) is None


@pytest.mark.parametrize(
    ("one", "other", "where"), [("Berlin", " berlin ", "Berlin"), ("Berlin", "Lyon", ""), ("", "", "")]
)
def test_they_meet_in_person_where_they_share_a_place(one: str, other: str, where: str) -> None:
    assert place_of_both(one, other) == where


@pytest.fixture
def office() -> Office:
    """A team in Berlin; its next liaison looks after e-mail."""
    office = an_office(a_channel(zone="Europe/Berlin"), TWO_LIAISONS)
    with office.store.unit_of_work() as uow:
        uow.skills.learn(TEAM, ENGINEER, ["email"])
        uow.roster.save_profile(Profile(TEAM, ENGINEER, ("English", "German"), "Berlin"))
    return office


def change(office: Office, liaison: str = ENGINEER, **more: str) -> None:
    form = office.form(office.presses(ADMIN, "roster_team", MARKETING))
    office.submits(ADMIN, form.name, {"liaison": liaison} | more, **form.context)


def invited(office: Office, person: str) -> CalendarFile:
    (post,) = [one for one in office.posts(office.chat.direct(person)) if one.card.file]
    assert post.card.file
    assert post.card.file.name == "first-meeting.ics"
    return CalendarFile.from_ical(post.card.file.text)


def test_the_channel_hears_once_who_it_is_and_what_they_can_be_asked(office: Office) -> None:
    change(office)
    change(office)
    (told,) = office.channel()
    assert told == (
        "🤝 Your new IT liaison\n"
        "@engineer is the IT liaison of this channel from now on. What @liaison has on the desk stays there.\n"
        "Ask them about\nemail\nSpeaks\nEnglish, German\nSits in\nBerlin\nWorks\nMon-Fri 09:00-17:00 (Europe/Berlin)\n"
        "They and @marketing-manager are invited to meet on 2026-11-24 08:00."
    )


def test_both_get_the_same_meeting_as_a_file(office: Office) -> None:
    change(office)
    files = [invited(office, one) for one in (ENGINEER, MARKETING_MANAGER)]
    (event,) = files[0].events
    assert event.start == datetime(2026, 11, 24, 9, tzinfo=BERLIN)
    assert event.duration == timedelta(minutes=30)
    assert (event["location"], event["uid"]) == ("By call", files[1].events[0]["uid"])
    (told,) = office.direct(MARKETING_MANAGER)
    assert "You and @engineer work together for #C-marketing from now on" in told
    assert "can be asked about email; speaks English, German" in told
    assert "suits both your calendars: 2026-11-24 08:00, by call" in told


def test_they_meet_in_person_at_the_place_they_share_and_who_speaks_for_the_team_is_who_meets(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.roster.save_profile(Profile(TEAM, COLLEAGUE, (), "berlin"))
    change(office, delegate=COLLEAGUE)
    assert invited(office, COLLEAGUE).events[0]["location"] == "berlin"
    assert office.direct(MARKETING_MANAGER) == []
    office.submits(ADMIN, "roster_team", {"liaison": LIAISON, "delegate": COLLEAGUE}, conversation=MARKETING)
    assert len(office.channel()) == 2


def test_the_hours_of_each_and_their_absences_count(office: Office) -> None:
    office.chat.people[ENGINEER] = Person(ENGINEER, "Engineer", zone="America/Chicago")
    late = Calendar("Europe/Berlin", {day: [("12:00", "20:00")] for day in ("mon", "tue", "wed", "thu", "fri")})
    until = datetime(2026, 11, 26, tzinfo=BERLIN)
    with office.store.unit_of_work() as uow:
        uow.agreements.save_calendar(TEAM, CalendarEdition(of_person(MARKETING_MANAGER), 1, MONDAY_NINE, late))
        uow.absences.save(Absence(TEAM, ENGINEER, Source.SAID, MONDAY_NINE, until))
    change(office)
    assert invited(office, ENGINEER).events[0].start == datetime(2026, 11, 26, 9, tzinfo=CHICAGO)


def test_where_no_half_hour_suits_both_they_are_told_so_without_a_file(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.agreements.save_calendar(TEAM, CalendarEdition(of_person(ENGINEER), 1, MONDAY_NINE, NIGHTS))
    change(office)
    for person in (ENGINEER, MARKETING_MANAGER):
        assert "please agree on one yourselves" in office.direct(person)[-1]
    assert "invited" not in office.channel()[-1]


def test_a_new_liaison_by_the_set_up_is_introduced_too(office: Office) -> None:
    form = office.form(office.types(ADMIN, "setup"))
    values = {field.key: field.value for field in form.fields} | {"liaison": ENGINEER}
    office.submits(ADMIN, "setup", values, **form.context)
    assert "🤝 Your new IT liaison" in office.channel()[-1]
    assert invited(office, MARKETING_MANAGER).events[0].start == datetime(2026, 11, 24, 9, tzinfo=BERLIN)


def test_a_manager_who_left_is_not_invited(office: Office) -> None:
    office.chat.people[MARKETING_MANAGER] = Person(MARKETING_MANAGER, "Gone", is_gone=True)
    change(office)
    assert office.direct(ENGINEER) == []
    assert "🤝 Your new IT liaison" in office.channel()[-1]
