"""The SLA report: for who asks, by itself on the first working day, and in the agenda."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.attachments import Document
from bot.services.agenda.agenda import post_agendas
from bot.services.sla.sla_report import post_reports
from bot.services.sla.sweep import look_at_clocks
from tests.builders import (
    ENGINEER,
    LIAISON,
    MARKETER,
    MARKETING,
    TWO_LIAISONS,
    Office,
    a_campaign,
    a_channel,
    a_tool,
    an_office,
)

ELSEWHERE = "C-other"
TUESDAY_ONE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def office() -> Office:
    """One ticket answered in an hour and settled late, one that nobody answered."""
    office = an_office()
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    office.says(MARKETER, "=Hotjar", a_tool("=Hotjar"))
    office.wait(hours=1)
    office.submits(LIAISON, "answer", {"text": "Which list?"}, ticket="IT-1")
    office.wait(days=4)
    while look_at_clocks(office.desk):
        continue
    office.submits(LIAISON, "resolve", {"text": "Approved"}, ticket="IT-1")
    return office


def at(office: Office, moment: datetime) -> None:
    """Let it be that time, and do what is due."""
    office.clock.at = office.chat.now = moment
    post_reports(office.desk)
    office.run()


def reports(office: Office, conversation: str = MARKETING) -> list[str]:
    return [text for text in office.channel(conversation) if text.startswith("📊 SLA report")]


def test_whoever_asks_sees_the_figures_alone(office: Office) -> None:
    office.types(MARKETER, "sla report")
    assert office.whispers(MARKETER) == ["\n".join((
        "📊 SLA report · November 2026 so far",
        "In time: IT 1 of 4 (25 %).",
        "IT: first answer",
        "1 of 2 in time (50 %)",
        "median 1 h, 90 % within 1 h",
        "IT: resolution",
        "0 of 2 in time (0 %)",
        "median 4 working days 1 h, 90 % within 4 working days 1 h",
        "Late: 3",
        "⌛ IT-1 Klaviyo — resolution, IT: @liaison, 25 Nov",
        "⌛ IT-2 =Hotjar — resolution, IT: @liaison, 25 Nov",
        "⌛ IT-2 =Hotjar — first answer, IT: @liaison, 23 Nov",
        "Only you can see this. Its picture and the CSV are in our direct messages.",
    ))]  # fmt: skip
    assert reports(office) == []


def test_the_picture_comes_directly_and_says_in_words_what_it_shows(office: Office) -> None:
    office.types(MARKETER, "sla report november")
    card, file = (one.card for one in office.posts(office.chat.direct(MARKETER)))
    assert card.picture is not None
    assert card.picture.alt == ("SLA report · November 2026 so far, by week: 23–29 Nov 1 in time, 3 late: IT.")
    assert card.facts
    assert file.file is not None


def test_short_notice_is_no_lateness_and_open_promises_are_told_with_their_tickets() -> None:
    office = an_office()
    office.says(MARKETER, "Black Friday", a_campaign("Black Friday", date(2026, 11, 24)))
    office.types(MARKETER, "sla report")
    told = office.whispers(MARKETER)[-1]
    assert "In time: marketing 0 of 1 (0 %, 1 campaign at short notice). 2 promises on 1 ticket are still open." in told
    assert "marketing: lead time\n0 of 1 in time (0 %), 1 at short notice\n" in told
    assert "Short notice: 1\n⏱️ IT-1 Black Friday — lead time, marketing: @marketer, 23 Nov" in told
    assert "Late:" not in told
    office.types(MARKETER, "list late")
    assert office.whispers(MARKETER)[-1] == "Nothing is late."


def test_the_csv_has_a_line_for_each_clock_and_no_formula(office: Office) -> None:
    office.types(MARKETER, "sla report")
    csv = the_csv(office)
    lines = csv.text.splitlines()
    assert csv.name == "sla-2026-11.csv"
    assert lines[0].startswith("ticket,title,owed,by,person,cycle,outcome,started,due,decided,working_seconds,why")
    assert lines[1] == (
        "IT-1,Klaviyo,first_response,it,Liaison,1,in time,"
        "2026-11-23T09:00:00+00:00,2026-11-23T13:00:00+00:00,2026-11-23T10:00:00+00:00,3600,"
    )
    assert lines[4].startswith("IT-2,'=Hotjar,resolution,it,Liaison,1,late,")
    assert len(lines) == 5


def the_csv(office: Office) -> Document:
    (found,) = [one.card.file for one in office.posts(office.chat.direct(MARKETER)) if one.card.file]
    return found


def test_asked_directly_it_is_said_once(office: Office) -> None:
    office.types(MARKETER, "sla report", conversation=office.chat.direct(MARKETER), is_direct=True)
    assert len(office.direct(MARKETER)) == 2


def test_a_late_one_is_put_down_to_whoever_had_the_ticket_then() -> None:
    office = an_office(holders=TWO_LIAISONS)
    office.says(MARKETER, "Klaviyo", a_tool("Klaviyo"))
    office.wait(hours=1)
    office.submits(LIAISON, "reassign", {"liaison": ENGINEER}, ticket="IT-1")
    office.wait(days=1)
    office.submits(LIAISON, "reassign", {"liaison": LIAISON}, ticket="IT-1")
    office.types(MARKETER, "sla report")
    assert f"first answer, IT: @{ENGINEER}, 23 Nov" in office.whispers(MARKETER)[-1]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("sla report smarch", "I can't tell which month “smarch” is. Try 2026-10, or “last month”."),
        ("sla report 2027-01", "January 2027 has not begun yet, so there is nothing to report."),
        ("sla report october", "Nobody owed anybody an answer. Enjoy the quiet!"),
    ],
)
def test_a_month_without_figures_is_answered_in_words(office: Office, typed: str, answer: str) -> None:
    office.types(MARKETER, typed)
    assert answer in office.whispers(MARKETER)[-1]
    assert office.direct(MARKETER) == []


def test_the_report_is_posted_once_on_the_first_working_day(office: Office) -> None:
    at(office, TUESDAY_ONE - timedelta(minutes=1))
    assert reports(office) == []
    at(office, TUESDAY_ONE)
    at(office, TUESDAY_ONE + timedelta(seconds=30))
    at(office, TUESDAY_ONE + timedelta(days=20))
    (report,) = reports(office)
    assert report.startswith("📊 SLA report · November 2026 · #marketing\nIn time: IT 1 of 4 (25 %).")
    assert "/itcheck sla report last month" in report


def test_a_report_missed_by_a_day_comes_late_and_by_more_than_two_not_at_all(office: Office) -> None:
    at(office, TUESDAY_ONE + timedelta(days=1))
    assert len(reports(office)) == 1
    at(office, datetime(2027, 1, 4, tzinfo=UTC))
    at(office, datetime(2027, 1, 5, tzinfo=UTC))
    assert len(reports(office)) == 1


def test_a_clock_set_back_posts_nothing_twice(office: Office) -> None:
    at(office, TUESDAY_ONE)
    at(office, TUESDAY_ONE - timedelta(hours=1))
    at(office, TUESDAY_ONE)
    assert len(reports(office)) == 1


def test_a_month_in_which_nothing_was_owed_has_no_report() -> None:
    office = an_office()
    at(office, TUESDAY_ONE)
    assert office.channel() == []


def test_a_channel_gets_its_own_tickets_and_the_first_one_those_from_elsewhere(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(id=ELSEWHERE, name="other", set_up_at=office.clock.at))
    office.chat.rooms[ELSEWHERE] = (MARKETER,)
    office.says(MARKETER, "Asana", a_tool("Asana"), conversation=ELSEWHERE)
    at(office, TUESDAY_ONE)
    assert "In time: IT 1 of 4 (25 %)." in reports(office)[0]
    (other,) = reports(office, ELSEWHERE)
    assert "Klaviyo" not in other


def test_the_agenda_tells_the_same_figures(office: Office) -> None:
    office.clock.at = office.chat.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    post_agendas(office.desk)
    office.run()
    (agenda,) = [text for text in office.channel() if "Weekly sync" in text]
    assert "In time: IT 1 of 4 (25 %)." in agenda
