"""The goals both sides share: a figure, and the share of it they want to reach. They stand on the road map and are
signed with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Invalid
from bot.domain.involvement import Share

MOST_GOALS = 5


class GoalFigure(StrEnum):
    """What can be measured, each in percents."""

    TOOLS = "tools"
    CAMPAIGNS = "campaigns"
    IDEAS = "ideas"
    IT_SLA = "it-sla"
    MARKETING_SLA = "marketing-sla"
    COSTS = "costs"
    PULSE = "pulse"


GOAL_WORDS = {
    GoalFigure.TOOLS: "of tools known to IT before the decision",
    GoalFigure.CAMPAIGNS: "of campaigns known to IT in time",
    GoalFigure.IDEAS: "of campaigns known to IT before their date was fixed",
    GoalFigure.IT_SLA: "of IT's promises kept in time",
    GoalFigure.MARKETING_SLA: "of marketing's promises kept in time",
    GoalFigure.COSTS: "of tools at most a tenth dearer than their estimate",
    GoalFigure.PULSE: "on board in last month's pulse, on the side that is less so",
}


@dataclass(frozen=True, slots=True)
class Goal:
    """At least so many percents of a figure. Raises Invalid for a share that can't be."""

    figure: GoalFigure
    percent: int

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 100:
            raise Invalid("A goal is a share from 1 to 100 %.")

    def __str__(self) -> str:
        """`90 % of campaigns known to IT in time`."""
        return f"{self.percent} % {GOAL_WORDS[self.figure]}"

    def is_reached(self, share: Share) -> bool:
        """Whether a share is as large; one of nothing is not."""
        return bool(share.of) and 100 * share.count >= self.percent * share.of


def with_goal(goals: Sequence[Goal], figure: GoalFigure, percent: int | None) -> tuple[Goal, ...]:
    """The goals with one of them set or, for None, taken out, in the figures' order. Raises Invalid for a sixth."""
    kept = {one.figure: one for one in goals if one.figure is not figure}
    if percent is not None:
        kept[figure] = Goal(figure, percent)
    if len(kept) > MOST_GOALS:
        example = f"/itcheck roadmap goal {goals[0].figure.value} none"
        raise Invalid(f"There are {MOST_GOALS} shared goals already. Take one out first, such as {example}.")
    return tuple(kept[one] for one in GoalFigure if one in kept)


def read_goal(words: str) -> tuple[GoalFigure, int | None]:
    """What `campaigns 90`, `it-sla 95 %` or `tools none` sets. Raises Invalid, with what there is."""
    name, _, rest = words.strip().casefold().partition(" ")
    if name not in set(GoalFigure):
        known = "; ".join(f"{one.value}: % {GOAL_WORDS[one]}" for one in GoalFigure)
        raise Invalid(f"Which figure? Type it like /itcheck roadmap goal campaigns 90. There are {known}.")
    share = rest.replace("%", "").strip()
    if share in {"none", "-", "no"}:
        return GoalFigure(name), None
    if not (share.isascii() and share.isdigit() and len(share) < 4):
        raise Invalid(f"How much of it? Type it like /itcheck roadmap goal {name} 90, or {name} none.")
    return GoalFigure(name), int(share)
