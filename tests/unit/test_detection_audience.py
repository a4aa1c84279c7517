"""Numbers of people, on examples written for these tests."""

from datetime import date

import pytest

from bot.detection import audience
from bot.detection.reading import read


def reach(text: str) -> int | None:
    found = audience.main(text, list(read(text, date(2025, 11, 12)).amounts))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("goes to 400k subscribers", 400_000),
        ("to 1.2M customers", 1_200_000),
        ("sms to 2 lakh customers", 200_000),
        ("push to 3 cr users", 30_000_000),
        ("mandamos el correo a 350 mil clientes", 350_000),
        ("Mailing an 12 Tsd. Empfänger", 12_000),
        ("Mailing an 12.000 Empfänger", 12_000),
        ("mail to 12,000 people", 12_000),
        ("on envoie le mail à 150 000 abonnés", 150_000),
        ("2 mio users", 2_000_000),
        ("half a million households", 500_000),
        ("we expect 15-20k visitors", 20_000),
        ("80 to 100 thousand people", 100_000),
        ("email to 300k, push to 80k app users", 300_000),
        ("4 waves, 250k each", 1_000_000),
        ("85k on the list (last year: 120k)", 85_000),
        ("seg: active_12m (303,118)", 303_118),
        ("900 Anmeldungen bisher", 900),
        ("26.000er Mailing", 26_000),
        ("mail aux 84 000", 84_000),
        ("mailing a 61.000", 61_000),
        ("Versand an 6'200 Schreinereien", 6_200),
        ("an rund 5.600 Betreiber", 5_600),
        ("1,2 milhão de contatos", 1_200_000),
        ("invitamos a 10.000 contadores", 10_000),
        ("five million viewers", 5_000_000),
        ("forty-two journalists have accepted", 42),
        ("24 CFOs confirmed", 24),
        ("70L push", 7_000_000),
        ("target 2m views", 2_000_000),
        ("about 2000 leads", 2_000),
        ("Full send. 590,000. Weds", 590_000),
        ("420 (nice) attendees", 420),
        ("14 lakh at nine, 6 lakh at seven, total 20 lakh", 2_000_000),
        ("23k instead of 40k", 23_000),
        ("5,000 regs, the licence maxes at 1k", 5_000),
        ("200 guests, it is free until 500 persons", 200),
        ("first 300 get a stool", 300),
        ("capacity 400", 400),
        ("~90 per city", 90),
    ],
)
def test_the_number_of_people_is_read(text: str, expected: int) -> None:
    assert reach(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "budget of 400k",
        "$30k for ads",
        "300k€ in four weeks",
        "9k a month",
        "31% open rate",
        "at 10:00",
        "in 2026",
        "500 pieces",
        "v2.5",
        "50 pages",
        "3,800 products",
        "40 stores",
        "in 30 Tagen",
        "99 $ al mes",
        "₹40,000",
        "last year it was 9k orders",
        "letztes Jahr 12.000 Anmeldungen",
        "27 November",
    ],
)
def test_money_times_and_things_are_no_audience(text: str) -> None:
    assert reach(text) is None
