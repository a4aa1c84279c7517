"""Shared goals: set in the draft, signed with the road map, their progress told in agenda and review."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import Invalid
from bot.domain.goals import Goal, GoalFigure, read_goal, with_goal
from bot.domain.involvement import Share
from bot.domain.people import Side
from bot.domain.project import Actual
from bot.domain.pulse import Pulse, on_board
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_edition import Draft
from tests.builders import (
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    MONDAY_NINE,
    TEAM,
    Office,
    a_campaign,
    an_office,
)
from tests.support.roadmaps import FULL_MAP
from tests.support.roadmaps_in_chat import draft, said

AHEAD = Goal(GoalFigure.CAMPAIGNS, 90)
TOOLS = Goal(GoalFigure.TOOLS, 50)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("campaigns 90", (GoalFigure.CAMPAIGNS, 90)),
        ("IT-SLA 95 %", (GoalFigure.IT_SLA, 95)),
        ("tools none", (GoalFigure.TOOLS, None)),
    ],
)
def test_a_goal_is_a_figure_and_a_share(words: str, read: tuple[GoalFigure, int | None]) -> None:
    assert read_goal(words) == read


@pytest.mark.parametrize("words", ["", "happiness 90", "tools", "tools lots", "tools 9000", "tools -5"])
def test_what_is_no_goal_is_told_with_what_there_is(words: str) -> None:
    with pytest.raises(Invalid, match="Type it like"):
        read_goal(words)


def test_a_figure_has_one_goal() -> None:
    goals = with_goal(with_goal((), GoalFigure.CAMPAIGNS, 80), GoalFigure.TOOLS, 50)
    assert with_goal(goals, GoalFigure.CAMPAIGNS, 90) == (TOOLS, AHEAD)
    assert with_goal(goals, GoalFigure.CAMPAIGNS, None) == (TOOLS,)
    for percent in (0, 101):
        with pytest.raises(Invalid):
            Goal(GoalFigure.TOOLS, percent)


def test_there_are_five_goals_at_most() -> None:
    five = tuple(Goal(figure, 80) for figure in list(GoalFigure)[:5])
    assert with_goal(five, GoalFigure.TOOLS, 90)[0] == Goal(GoalFigure.TOOLS, 90)
    with pytest.raises(Invalid, match="Take one out first, such as /itcheck roadmap goal tools none"):
        with_goal(five, GoalFigure.PULSE, 80)


@pytest.mark.parametrize(
    ("it", "marketing", "share"),
    [
        ((0, 0, 0, 5, 0), (0, 0, 0, 0, 5), Share(20, 25)),
        ((0, 0, 0, 0, 4), (0, 0, 0, 0, 9), Share(0, 0)),
        ((5, 0, 0, 0, 0), (5, 0, 0, 0, 0), Share(5, 25)),
    ],
)
def test_the_pulse_is_that_of_the_side_less_on_board_once_both_have_five_answers(
    it: tuple[int, ...], marketing: tuple[int, ...], share: Share
) -> None:
    assert on_board([Pulse("T1", "2026-11", Side.IT, it), Pulse("T1", "2026-11", Side.MARKETING, marketing)]) == share


@pytest.mark.parametrize(("actual", "kept"), [(110, True), (111, False), (0, True)])
def test_a_cost_keeps_to_its_estimate_up_to_a_tenth_more(actual: int, kept: bool) -> None:
    cost = Actual(Decimal(10), Decimal(actual - 10), "EUR", LIAISON, MONDAY_NINE)
    assert cost.keeps_to(Decimal(60), Decimal(40)) is kept


def test_the_pulse_of_last_month_is_a_goal_too() -> None:
    office = an_office()
    draft(office, Draft(FULL_MAP))
    for words in ("pulse 80", "costs 75"):
        office.types(LIAISON, f"roadmap goal {words}")
    office.types(LIAISON, "roadmap sign")
    for person in (IT_MANAGER, MARKETING_MANAGER):
        office.presses(person, "roadmap_yes", "1")
    with office.store.unit_of_work() as uow:
        for side, counts in ((Side.IT, (0, 0, 0, 5, 0)), (Side.MARKETING, (0, 0, 0, 0, 5))):
            uow.pulses.save(Pulse(TEAM, "2026-10", side, counts))
    told = said(office, MARKETER, "roadmap goal")
    assert "✅ 80 % on board in last month's pulse, on the side that is less so: 20 of 25 (80 %)" in told
    assert "… 75 % of tools at most a tenth dearer than their estimate: nothing to count yet" in told


@pytest.mark.parametrize(("share", "reached"), [(Share(9, 10), True), (Share(89, 99), False), (Share(0, 0), False)])
def test_a_goal_is_reached_by_the_share_itself_not_by_its_rounding(share: Share, reached: bool) -> None:
    assert AHEAD.is_reached(share) is reached


def test_goals_stand_among_the_changes() -> None:
    old, new = RoadMap(goals=(AHEAD,)), RoadMap(goals=(Goal(GoalFigure.CAMPAIGNS, 95), TOOLS))
    assert [str(one) for one in differences(old, new)] == [
        "the shared goal 95 % of campaigns known to IT in time instead of 90 %; "
        "a new shared goal: 50 % of tools known to IT before the decision"
    ]
    assert "no shared goal any more: 50 % of tools" in str(differences(new, RoadMap())[0])


def a_signed_office() -> Office:
    """Goals for campaigns, tools and IT's promises, set by the liaison and signed by both sides."""
    office = an_office()
    draft(office, Draft(FULL_MAP))
    for words in ("campaigns 90", "tools 50", "it-sla 95"):
        office.types(LIAISON, f"roadmap goal {words}")
    office.types(LIAISON, "roadmap sign")
    for person in (IT_MANAGER, MARKETING_MANAGER):
        office.presses(person, "roadmap_yes", "1")
    return office


def test_goals_hold_once_both_sides_have_signed() -> None:
    office = an_office()
    assert "Only a liaison" in said(office, MARKETER, "roadmap goal tools 90")
    assert "In the draft, the shared goals are now:\n90 % of tools" in said(office, LIAISON, "roadmap goal tools 90")
    assert "No goals were signed yet" in said(office, LIAISON, "roadmap goals")
    assert "no shared goals any more" in said(office, LIAISON, "roadmap goal tools none")
    assert "🎯 Shared goals\n… 50 % of tools known" in said(a_signed_office(), MARKETER, "roadmap goal")


def test_progress_stands_in_goals_review_and_agenda() -> None:
    office = a_signed_office()
    values = {"name": "Ideal", "stage": "Just an idea"}
    office.submits(MARKETER, "new_tool", values, conversation=MARKETING)
    office.says(MARKETER, "one", a_campaign("Late", date(2026, 11, 30)))
    office.clock.at += timedelta(days=2)
    office.submits(MARKETER, "details", values | {"stage": "Chosen"}, ticket="IT-1", kind="new_tool")
    told = [
        "✅ 50 % of tools known to IT before the decision: 1 of 1 (100 %)",
        "🎯 90 % of campaigns known to IT in time: 0 of 1 (0 %)",
        "🎯 95 % of IT's promises kept in time: 0 of",
    ]
    for words in ("roadmap goals", "roadmap review", "agenda"):
        shown = said(office, MARKETER, words)
        assert all(line in shown for line in told)


def test_a_quiet_agenda_stays_quiet() -> None:
    assert "Shared goals" not in said(a_signed_office(), MARKETER, "agenda")
