"""Which of several dates is the campaign's, on examples written for these tests."""

from datetime import date

import pytest

from bot.detection import entities, mainday
from bot.detection.reading import read

WEDNESDAY = date(2025, 11, 12)


def day(text: str, thread: str | None = None) -> date | None:
    found = mainday.main(read(text, WEDNESDAY), read(thread, WEDNESDAY) if thread else None)
    return found.found.day if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the offer runs until 30 Nov, mail on 20 Nov", date(2025, 11, 20)),
        ("sweeps closes to new entries Sunday, farewell mail Saturday", date(2025, 11, 15)),
        ("prices change on 1 January, we tell all customers on 1 December", date(2025, 12, 1)),
        ("Neue AGB gelten ab 1. Februar, Versand am 5. Januar", date(2026, 1, 5)),
        ("roadshow brought forward from the 24th to the 17th", date(2025, 11, 17)),
        ("5-8 June becomes 12-15 June", date(2026, 6, 12)),
        ("preview is Thursday now (was Friday)", date(2025, 11, 13)),
        ("4. Mai war Entwurf, gültig ist 11. Mai", date(2026, 5, 11)),
        ("account opened today, raffle from 1 Dec", date(2025, 12, 1)),
        ("contract signed Friday, live on 24 Nov", date(2025, 11, 24)),
        ("1 Dec, 8 Dec, 15 Dec, main one is the 15th", date(2025, 12, 15)),
        ("goes Thursday, sorry, no, Friday", date(2025, 11, 14)),
        ("our Pink Friday sale goes live on Monday", date(2025, 11, 17)),
        ("a page in the Sunday Times, 3 December", date(2025, 12, 3)),
        ("goes by text Monday, before Black Friday", date(2025, 11, 17)),
        ("teaser 4 Dec, VIP 24th, all 28th", date(2025, 12, 4)),
        ("Messe in Wels 4. bis 6. März, die Einladung geht morgen raus", date(2025, 11, 13)),
        ("festival on 9 May, ticket sales from 1 December", date(2025, 12, 1)),
        ("wave 1 on Monday, wave 2 on Tuesday", date(2025, 11, 17)),
        ("we did it yesterday, next one on 4 Dec", date(2025, 12, 4)),
        ("test send Monday, the real one on the 20th", date(2025, 11, 20)),
        ("registration closes on 18 Nov, webinar on 20 Nov", date(2025, 11, 20)),
        ("Thursday's no good, it goes on Monday", date(2025, 11, 17)),
        ("offer valid to 30 Nov, mail goes 20 Nov", date(2025, 11, 20)),
        ("we signed it today, the Christmas sale starts 1 Dec", date(2025, 12, 1)),
    ],
)
def test_ends_errands_and_days_that_no_longer_hold_yield_to_the_day_of_load(text: str, expected: date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "thread", "expected"),
    [
        ("yes, all set", "mail on 20 Nov?", date(2025, 11, 20)),
        ("no, 27th", "press gets it on 20 November, right?", date(2025, 11, 27)),
        ("yes, and bought the badges this morning", "Dealer Day 12 March?", date(2026, 3, 12)),
        ("from midnight, not from nine", "is the 30th confirmed?", date(2025, 11, 30)),
    ],
)
def test_a_reply_answers_its_thread(text: str, thread: str, expected: date) -> None:
    assert day(text, thread) == expected


def test_a_time_without_a_day_is_today() -> None:
    assert entities.facts(read("pushing to all 310k app users at noon", WEDNESDAY)).iso_date == WEDNESDAY


def test_a_time_beside_a_month_names_no_day() -> None:
    assert entities.facts(read("mail to 310k at 9am, some day in March", WEDNESDAY)).iso_date is None


def test_a_forwarded_mail_fills_what_the_message_leaves_out() -> None:
    found = entities.facts(read("fyi, the plan:\n> Mailing to 43,000 homes from 2 December", WEDNESDAY))
    assert (found.iso_date, found.audience) == (date(2025, 12, 2), 43_000)
