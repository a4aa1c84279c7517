"""Whom each channel of a campaign reaches: as told, else by the rule, which the answer names."""

from __future__ import annotations

import pytest

from bot.domain.campaign import lacking
from bot.domain.channel_words import channels_in, known_channels, parts_in
from bot.domain.errors import Invalid
from bot.domain.reach import all_told, reached
from tests.builders import an_office, words
from tests.support.campaigns import XMAS, answer, measure, plan


@pytest.mark.parametrize(
    ("typed", "channels", "people"),
    [
        ("e-mail", ["email"], (400_000,)),
        ("e-mail, paid social", ["email", "paid_social"], (200_000, 200_000)),
        ("E-mail: 300,000 and SMS (80k)", ["email", "sms"], (300_000, 80_000)),
        ("300k by e-mail; 20% push", ["email", "push"], (300_000, 80_000)),
        ("e-mail 70 %, sms, push", ["email", "sms", "push"], (280_000, 60_000, 60_000)),
        ("e-mail 100 %, SMS 100 %", ["email", "sms"], (400_000, 400_000)),
        ("e-mail 400.000, SMS", ["email", "sms"], (400_000, 200_000)),
        ("b2b e-mail 1,2M, TV spot", ["email_b2b", "tv"], (1_200_000, 200_000)),
        ("e-mail, sms, push", ["email", "sms", "push"], (133_334, 133_334, 133_334)),
    ],
)
def test_an_audience_of_400_000_is_reached_as_told_or_shared_evenly(
    typed: str, channels: list[str], people: tuple[int, ...]
) -> None:
    assert [one.key for one in channels_in(typed)] == channels
    assert reached(400_000, parts_in(typed)) == people


@pytest.mark.parametrize("typed", ["e-mail 150 %", "SMS 0", "SMS 0 %", "300k", "smoke signals 30 %"])
def test_a_part_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        known_channels(typed)


def test_channels_that_all_tell_their_people_need_no_audience() -> None:
    facts = {"start": "2026-12-12", "channel": "e-mail 300k, SMS 80k"}
    assert lacking(facts) == ()
    assert all_told(parts_in(facts["channel"])) == 380_000
    assert lacking({**facts, "channel": "e-mail 300k, SMS"}) == ("audience",)


@pytest.mark.parametrize(
    ("channel", "said", "visits"),
    [
        (
            "email, sms",
            "E-mail 200,000, SMS 200,000 people: shared evenly, each person once. To change that, write “E-mail 70 %, ",
            "15,400",
        ),
        ("email 300k, sms", "E-mail 300,000, SMS 100,000 people: what you told, the rest shared evenly.", "11,100"),
        ("email 100 %, sms 100 %", "E-mail 400,000, SMS 400,000 people, as told.", "30,800"),
    ],
)
def test_the_answer_says_whom_each_channel_is_reckoned_to_reach_and_by_which_rule(
    channel: str, said: str, visits: str
) -> None:
    office = an_office()
    measure(office, 100)
    plan(office, {**XMAS, "channel": channel})
    card = answer(office)
    assert said in words(card.note)
    assert words(card.facts[0].value).startswith(f"{visits} in all")
