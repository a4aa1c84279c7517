"""Dates by the conventions of the house, on examples written for these tests."""

from datetime import date

import pytest

from bot.detection import dates

WEDNESDAY = date(2025, 11, 12)


def day(text: str, american: bool = False) -> date | None:
    found = dates.main(text, dates.find(text, WEDNESDAY, american), WEDNESDAY)
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("goes out tomorrow", date(2025, 11, 13)),
        ("live tonight at 8", WEDNESDAY),
        ("the day after tomorrow", date(2025, 11, 14)),
        ("fri 10am", date(2025, 11, 14)),
        ("this Friday", date(2025, 11, 14)),
        ("on Wednesday", date(2025, 11, 19)),
        ("next Friday", date(2025, 11, 21)),
        ("next Monday", date(2025, 11, 17)),
        ("Thursday week", date(2025, 11, 20)),
        ("Friday next week", date(2025, 11, 21)),
        ("wk of the 19th", date(2025, 11, 17)),
        ("w 50", date(2025, 12, 8)),
        ("on the 12th", WEDNESDAY),
        ("on the 11th", date(2025, 12, 11)),
        ("27 Nov", date(2025, 11, 27)),
        ("3 February", date(2026, 2, 3)),
        ("Tuesday, December 2nd", date(2025, 12, 2)),
        ("1-4 June", date(2026, 6, 1)),
        ("24 March–6 April", date(2026, 3, 24)),
        ("17/12", date(2025, 12, 17)),
        ("12/17", date(2025, 12, 17)),
        ("3/4", date(2026, 4, 3)),
        ("goes out 3/4", date(2026, 4, 3)),
        ("15.12. um 18 Uhr", date(2025, 12, 15)),
        ("2026-02-28", date(2026, 2, 28)),
        ("29 February", date(2028, 2, 29)),
        ("in 3 days", date(2025, 11, 15)),
        ("48h left", date(2025, 11, 14)),
        ("Freitag um 10", date(2025, 11, 14)),
        ("übermorgen", date(2025, 11, 14)),
        ("du 1er au 15 décembre", date(2025, 12, 1)),
        ("mardi à 18h", date(2025, 11, 18)),
        ("mañana a las 9", date(2025, 11, 13)),
        ("el 15 de enero", date(2026, 1, 15)),
        ("dia 20/11", date(2025, 11, 20)),
        ("na sexta-feira", date(2025, 11, 14)),
    ],
)
def test_a_day_is_resolved_from_the_day_of_the_message(text: str, expected: date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our Black Friday mail", date(2025, 11, 28)),
        ("on Cyber Monday", date(2025, 12, 1)),
        ("for Diwali", date(2026, 11, 8)),
        ("on Valentine's Day", date(2026, 2, 14)),
        ("starts on mother's day", date(2026, 5, 10)),
        ("el Buen Fin", date(2025, 11, 14)),
        ("on Easter Monday", date(2026, 4, 6)),
        ("for Eid al-Fitr", date(2026, 3, 20)),
        ("Super Bowl ad", date(2026, 2, 8)),
        ("the fourth of July", date(2026, 7, 4)),
    ],
)
def test_feasts_and_shopping_days_come_from_the_year_table(text: str, expected: date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    ["in August", "next month", "Q3", "end of the quarter", "ASAP", "mid December", "31 April", "24/7", "v2.3.1"],
)
def test_what_names_no_day_has_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moved from Tue to Thu 20 Nov", date(2025, 11, 20)),
        ("sale moved from the 20th to the 22nd", date(2025, 11, 22)),
        ("runs until 30 Nov, starts on Monday", date(2025, 11, 17)),
        ("Black Friday teaser goes out on 25 Nov", date(2025, 11, 25)),
        ("Mon teaser, Wed SMS, Fri main mail", date(2025, 11, 17)),
    ],
)
def test_of_several_days_the_first_of_load_counts(text: str, expected: date) -> None:
    assert day(text) == expected


def test_an_american_zone_or_locale_puts_the_month_first() -> None:
    assert day("3/4 at 9am EST") == date(2026, 3, 4)
    assert day("3/4", american=True) == date(2026, 3, 4)


def test_the_words_of_a_date_stand_where_they_are_said_to_stand() -> None:
    text = "it starts on Friday, 14 November 10:00 sharp"
    (found,) = dates.find(text, WEDNESDAY)
    assert text[found.start : found.end] == found.text == "Friday, 14 November 10:00"
