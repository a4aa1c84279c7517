"""The report of how right detection was, as people judged it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cli.feedback import described, lines
from bot.domain.detection import Action
from bot.domain.judgement import Judgement, Period, Tally, by_period, tally

SUNDAY_LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
OPENED = Judgement("T1", "C1", "1", "new_tool", Action.OPEN, 0.97, SUNDAY_LATE)
ASKED = replace(OPENED, action=Action.ASK)
WEEK = Period("T1", "C1", "2026-W48")


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        (OPENED, Tally(unjudged=1)),
        (OPENED.judged("yes", SUNDAY_LATE), Tally(right=1)),
        (OPENED.judged("no", SUNDAY_LATE), Tally(wrong=1)),
        (ASKED, Tally(unanswered=1)),
        (ASKED.judged("yes", SUNDAY_LATE), Tally(yes=1)),
        (ASKED.judged("no", SUNDAY_LATE), Tally(no=1)),
        (replace(OPENED, action=Action.IGNORE, said="yes"), Tally(missed=1)),
    ],
    ids=lambda one: "",
)
def test_a_judgement_counts_where_it_belongs(one: Judgement, counted: Tally) -> None:
    assert tally([one]) == counted


def test_weeks_begin_when_they_begin_in_the_zone_of_the_channel() -> None:
    berlin = {("T1", "C1"): ZoneInfo("Europe/Berlin")}
    elsewhere = replace(OPENED, conversation="C2")
    assert [period.week for period in by_period([OPENED, elsewhere], berlin)] == ["2026-W47", "2026-W48"]
    assert by_period([OPENED], berlin) == {WEEK: Tally(unjudged=1)}


def test_precision_is_of_what_was_judged_and_unknown_before() -> None:
    assert Tally(right=3, wrong=1, unjudged=9).opened_precision == 0.75
    assert Tally(yes=1, no=3, unanswered=9).asked_precision == 0.25
    assert Tally(unjudged=9, unanswered=9).opened_precision is None


def test_the_table_names_channel_and_week_and_sums_up() -> None:
    found = lines({WEEK: Tally(right=3, wrong=1, unanswered=2)}, {("T1", "C1"): "marketing"})
    assert found[1].split() == ["2026-W48", "#marketing", "4", "3", "1", "75", "%", "2", "0", "0", "–", "0"]
    assert found[2].split() == ["all", "4", "3", "1", "75", "%", "2", "0", "0", "–", "0"]


def test_the_json_has_every_period_and_the_total() -> None:
    periods = {WEEK: Tally(right=2, wrong=1), WEEK._replace(week="2026-W49"): Tally(yes=1)}
    found = described(periods, {("T1", "C1"): "marketing"})
    assert [row["week"] for row in found["periods"]] == ["2026-W48", "2026-W49"]
    assert (found["periods"][0]["channel"], found["periods"][0]["opened_precision"]) == ("marketing", 0.6667)
    assert (found["total"]["right"], found["total"]["yes"], found["total"]["asked_precision"]) == (2, 1, 1.0)


def test_a_judgement_taken_back_has_no_time() -> None:
    judged = OPENED.judged("no", SUNDAY_LATE + timedelta(hours=1))
    assert judged.judged("", SUNDAY_LATE) == OPENED
