"""Dates by the conventions of the house, on examples written for these tests."""

from datetime import date

import pytest

from bot.detection import dates, mainday
from bot.detection.reading import read

WEDNESDAY = date(2025, 11, 12)


def day(text: str, american: bool = False, thread: str | None = None) -> date | None:
    found = mainday.main(read(text, WEDNESDAY, american), read(thread, WEDNESDAY, american) if thread else None)
    return found.found.day if found else None


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
        ("two weeks today", date(2025, 11, 26)),
        ("48h from now", date(2025, 11, 14)),
        ("in vierzehn Tagen", date(2025, 11, 26)),
        ("dans quinze jours", date(2025, 11, 26)),
        ("daqui a duas semanas", date(2025, 11, 26)),
        ("dentro de una hora", WEDNESDAY),
        ("dans une heure", WEDNESDAY),
        ("el viernes que viene", date(2025, 11, 21)),
        ("übernächsten Montag", date(2025, 11, 24)),
        ("1-Apr-26", date(2026, 4, 1)),
        ("Onam", date(2026, 8, 26)),
        ("Hari Raya", date(2026, 3, 20)),
        ("Hari Raya Haji", date(2026, 5, 27)),
        ("kal subah live", date(2025, 11, 13)),
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
        ("freitag 8 uhr", date(2025, 11, 14)),
        ("ab Dienstagabend", date(2025, 11, 18)),
        ("começa segunda, 0h01", date(2025, 11, 17)),
        ("quarta às 20h", date(2025, 11, 19)),
        ("jeudi en huit", date(2025, 11, 20)),
        ("a week on Tuesday", date(2025, 11, 25)),
        ("Friday in two weeks", date(2025, 11, 28)),
        ("in einer Woche", date(2025, 11, 19)),
        ("w/c 24 Nov", date(2025, 11, 24)),
        ("la semaine du 11 décembre", date(2025, 12, 8)),
        ("ab KW 48", date(2025, 11, 24)),
        ("Thursday KW 48", date(2025, 11, 27)),
        ("20./21. Juni", date(2026, 6, 20)),
        ("22.–26.4.", date(2026, 4, 22)),
        ("17/18 Jan", date(2026, 1, 17)),
        ("14 y 15 de noviembre", date(2025, 11, 14)),
        ("dias 8, 9 e 10 de agosto", date(2026, 8, 8)),
        ("de 10 a 16/3", date(2026, 3, 10)),
        ("del 18 al 21", date(2025, 11, 18)),
        ("24 a 26 desse mês", date(2025, 11, 24)),
        ("24th, 7am, whole file", date(2025, 11, 24)),
        ("so 27th then", date(2025, 11, 27)),
        ("den 26. verschoben", date(2025, 11, 26)),
        ("sábado 17", date(2026, 1, 17)),
        ("first Tuesday of June", date(2026, 6, 2)),
        ("the last Friday of January", date(2026, 1, 30)),
        ("the first of December", date(2025, 12, 1)),
        ("midnight tonight", date(2025, 11, 13)),
        ("out within the hour", WEDNESDAY),
        ("15/out", date(2026, 10, 15)),
        ("fri 3 p.m.", date(2025, 11, 14)),
        ("out 9am mon", date(2025, 11, 17)),
        ("thurs next wk", date(2025, 11, 20)),
        ("nxt fri", date(2025, 11, 21)),
        ("sexta que vem", date(2025, 11, 21)),
        ("Saturday after next", date(2025, 11, 22)),
        ("übernächste Woche Montag", date(2025, 11, 24)),
        ("vendredi en quinze", date(2025, 11, 28)),
        ("a week tomorrow", date(2025, 11, 20)),
        ("two weeks from today", date(2025, 11, 26)),
        ("1/6 to 15/6", date(2026, 6, 1)),
        ("Nov 28-Dec 1", date(2025, 11, 28)),
        ("20-Nov", date(2025, 11, 20)),
        ("2025/11/20", date(2025, 11, 20)),
        ("the third of December", date(2025, 12, 3)),
        ("EOD 2 Dec", date(2025, 12, 2)),
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
        ("at Gründonnerstag", date(2026, 4, 2)),
        ("on St Stephen's Day", date(2025, 12, 26)),
        ("am 1. Advent", date(2025, 11, 30)),
        ("le jour de la fête des mères", date(2026, 5, 31)),
        ("on leap day", date(2028, 2, 29)),
        ("on 11.11", date(2026, 11, 11)),
        ("Victoria Day", date(2026, 5, 18)),
        ("the day after Thanksgiving", date(2025, 11, 28)),
        ("Dienstag nach Ostern", date(2026, 4, 7)),
        ("the Monday before Black Friday", date(2025, 11, 24)),
        ("Memorial Day weekend", date(2026, 5, 23)),
    ],
)
def test_feasts_and_shopping_days_come_from_the_year_table(text: str, expected: date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in August",
        "next month",
        "Q3",
        "end of the quarter",
        "ASAP",
        "mid December",
        "31 April",
        "24/7",
        "v2.3.1",
        "this may be late",
    ],
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


def test_a_number_beside_a_weekday_is_a_day_only_if_it_can_be() -> None:
    assert day("Wed 12 lakh, fri 30 lakh") == date(2025, 11, 19)
    assert day("from Monday, 14 spots a day") == date(2025, 11, 17)
    assert day("Mon 24: teaser") == date(2025, 11, 24)


def test_the_weekday_beside_a_numeric_date_tells_which_number_is_the_month() -> None:
    assert day("Tue 12/9") == date(2025, 12, 9)
    assert day("Sat 12/9") == date(2026, 9, 12)


def test_month_first_is_read_where_only_so_it_is_soon() -> None:
    assert day("goes 11/12") == date(2025, 12, 11)
    assert day("goes 12/10") == date(2025, 12, 10)


def test_a_french_mon_is_no_monday() -> None:
    assert day("pour la campagne Mon premier voyage, le 1er août") == date(2026, 8, 1)


def test_an_american_zone_or_locale_puts_the_month_first() -> None:
    assert day("3/4 at 9am EST") == date(2026, 3, 4)
    assert day("3/4", american=True) == date(2026, 3, 4)


def test_the_words_of_a_date_stand_where_they_are_said_to_stand() -> None:
    text = "it starts on Friday, 14 November 10:00 sharp"
    (found,) = dates.find(text, WEDNESDAY)
    assert text[found.start : found.end] == found.text == "Friday, 14 November 10:00"
