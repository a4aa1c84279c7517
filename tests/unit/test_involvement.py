"""How early IT was involved: a kind word where a campaign comes late, and the share of those in time by month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.events import Event, What
from bot.domain.involvement import Involvement, Share, before_the_date, date_fixed_at, in_time
from bot.messages import ThreadLink
from tests.builders import LIAISON, MARKETER, MARKETING, MONDAY_NINE, Office, a_campaign, an_office
from tests.support.samples import DAY, HOUR, NOW

KNEW = Involvement(1, date(2026, 12, 1), NOW, NOW)
LATE_WORD = "comes at short notice"


@pytest.mark.parametrize(
    ("due", "fixed_at", "timely", "early"),
    [
        (NOW, NOW, True, False),
        (NOW + DAY, NOW + HOUR, True, True),
        (NOW - HOUR, None, False, False),
        (NOW - HOUR, NOW + DAY, False, True),
    ],
)
def test_in_time_is_by_the_lead_time_early_is_before_the_date(
    due: object, fixed_at: object, timely: bool, early: bool
) -> None:
    one = Involvement(1, date(2026, 12, 1), NOW, due, fixed_at)  # type: ignore[arg-type]
    assert (one.is_in_time, one.is_before_the_date) == (timely, early)


def test_shares_are_rounded_down_and_of_nothing_are_nothing() -> None:
    late = Involvement(2, KNEW.first_day, NOW, NOW - HOUR, NOW + HOUR)
    assert in_time([KNEW, KNEW, late]) == Share(2, 3)
    assert in_time([KNEW, KNEW, late]).percent == 66
    assert before_the_date([KNEW, late]) == Share(1, 2)
    assert in_time([]).percent == 0


def test_the_date_is_fixed_when_the_log_first_tells_one() -> None:
    events = [
        Event(What.OPENED, NOW, data={"start": ""}),
        Event(What.ANSWERED, NOW, data={"start": "2026-12-01"}),
        Event(What.CHANGED, NOW + HOUR, data={"start": "2026-12-01"}),
        Event(What.CHANGED, NOW + DAY, data={"start": "2026-12-02"}),
    ]
    assert date_fixed_at(events) == NOW + HOUR
    assert date_fixed_at(events[:2]) is None


def told(office: Office) -> list[str]:
    return [one for one in office.channel() if LATE_WORD in one]


def test_what_comes_too_late_is_said_once_and_kindly() -> None:
    office = an_office()
    office.says(MARKETER, "Our mailing goes out", a_campaign("Black Friday", date(2026, 11, 30)))
    office.presses(LIAISON, "claim")
    (said,) = told(office)
    assert said == (
        f"⏱️ @{MARKETER}, this comes at short notice: for a campaign of this size IT likes to know 15 working days"
        " before, so by 2026-11-09 09:00. IT does what it can."
        "\nNext time tell us as soon as it is an idea: the date can follow."
    )
    office.submits(MARKETER, "details", {"start": "2026-11-27", "audience": "400000"}, ticket="IT-1", kind="campaign")
    assert len(told(office)) == 2


def test_what_comes_in_time_is_not_complained_of() -> None:
    office = an_office()
    office.says(MARKETER, "Our mailing goes out", a_campaign("Spring sale", date(2027, 3, 1)))
    office.says(MARKETER, "We plan something", a_campaign("Idea"))
    assert told(office) == []


def a_year() -> Office:
    """Campaigns of November and December: told late, in time, and before there was a date."""
    office = an_office()
    office.says(MARKETER, "one", a_campaign("Late", date(2026, 11, 30)))
    office.says(MARKETER, "two", a_campaign("In time", date(2026, 12, 28)))
    office.says(MARKETER, "three", a_campaign("An idea"))
    office.says(MARKETER, "four", a_campaign("None at all", date(2026, 12, 29)))
    office.presses(LIAISON, "dismiss", "IT-4")
    office.clock.at += timedelta(hours=1)
    office.submits(MARKETER, "details", {"start": "2026-12-30", "audience": "900"}, ticket="IT-3", kind="campaign")
    office.clock.at = MONDAY_NINE + timedelta(days=20)
    return office


def test_the_report_tells_shares_by_month_and_links_the_tickets() -> None:
    office = a_year()
    office.types(MARKETER, "calendar report")
    said = office.whispers(MARKETER)[-1].splitlines()
    assert said[:7] == [
        "📊 Campaigns and IT · December 2026",
        "IT knew of 2 of 2 (100 %) in time, and of 1 of 2 (50 %) before the date was fixed.",
        "Month by month",
        "December 2026: in time 2 of 2 (100 %) IT-2 IT-3; before the date 1 of 2 (50 %) IT-3; late none",
        "November 2026: in time 0 of 1 (0 %); before the date 0 of 1 (0 %); late IT-1",
        "In time: IT knew at least the lead time for its size before the first day (/itcheck targets). "
        "Before the date: the ticket was there before anybody said a first day. Only you can see this.",
    ]
    card = next(one.card for one in reversed(office.chat.said) if one.only_for == MARKETER)
    links = [span for line in card.sections[0].lines for span in line.text if isinstance(span, ThreadLink)]
    assert [(one.label, one.conversation) for one in links] == [
        ("IT-2", MARKETING), ("IT-3", MARKETING), ("IT-3", MARKETING), ("IT-1", MARKETING),
    ]  # fmt: skip


def test_a_past_month_names_what_was_late_and_the_sheet_has_a_line_each() -> None:
    office = a_year()
    office.types(MARKETER, "calendar report november")
    assert "IT-1 Late: begins Mon 30 Nov, IT knew Mon 23 Nov, wanted by Mon 9 Nov" in office.whispers(MARKETER)[-1]
    (file,) = [one.card.file for one in office.chat.said if one.card.file]
    assert file is not None
    assert file.name == "campaigns-2026-11.csv"
    assert file.text.splitlines()[1:] == [
        "2026-11,IT-1,Late,2026-11-30,400000,2026-11-23T09:00+00:00,2026-11-09T09:00+00:00,no,2026-11-23T09:00+00:00,no"
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "No campaign begins in this month"), ("2030-01", "has not begun"), ("soonish", "which month")],
)
def test_without_campaigns_or_a_month_it_says_so(typed: str, words: str) -> None:
    office = an_office()
    office.types(MARKETER, f"calendar report {typed}")
    assert words in office.whispers(MARKETER)[-1]
    assert office.direct(MARKETER) == []
