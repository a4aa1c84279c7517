"""Numbers of people, on examples written for these tests."""

import pytest

from bot.detection import audience


def reach(text: str) -> int | None:
    found = audience.main(text, audience.find(text))
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
    ],
)
def test_money_times_and_things_are_no_audience(text: str) -> None:
    assert reach(text) is None
