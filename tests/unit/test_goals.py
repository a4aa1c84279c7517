"""Shared goals: set in the draft, signed with the road map, their progress told in agenda and review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.errors import Invalid
from bot.domain.goals import Goal, GoalFigure, read_goal, with_goal
from bot.domain.involvement import Share
from bot.domain.roadmap import RoadMap
from bot.domain.roadmap_diff import differences
from bot.domain.roadmap_edition import Draft
from tests.builders import IT_MANAGER, LIAISON, MARKETER, MARKETING, MARKETING_MANAGER, Office, a_campaign, an_office
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
