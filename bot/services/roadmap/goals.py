"""The shared goals: set in the draft, signed with the road map, their progress told in agenda and review."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.goals import read_goal, with_goal
from bot.messages import Card, Code, Line, Request, Section, say
from bot.services.campaigns.goal_progress import goal_lines
from bot.services.desk import Desk
from bot.services.roadmap.roadmap import require_keeper, view_of, with_currency

SINCE = "Over the last three months, this one included; the pulse of last month. Which tickets they are: "


def set_goal(desk: Desk, request: Request, words: str) -> Card:
    """Set a goal in the draft (`campaigns 90`), or take it out (`campaigns none`). Raises NotAllowed, Invalid."""
    who = desk.person(request.workspace, request.actor)
    figure, percent = read_goal(words)
    with desk.unit_of_work() as uow:
        require_keeper(who, uow.workspaces.roles(request.workspace))
        draft = with_currency(desk, uow, request.workspace, uow.roadmap_drafts.get(request.workspace))
        goals = with_goal(draft.road_map.goals, figure, percent)
        uow.roadmap_drafts.save(request.workspace, replace(draft, road_map=replace(draft.road_map, goals=goals)))
    lines = tuple(Line((str(one),)) for one in goals)
    text = "In the draft, the shared goals are now:" if lines else "In the draft there are no shared goals any more."
    return Card(
        text=(text,),
        sections=(Section("", lines),) if lines else (),
        note=say("They hold once both sides have signed: {how}", how=Code("/itcheck roadmap sign")),
    )


def goals_card(desk: Desk, request: Request) -> Card:
    """How far the goals are that both sides signed. Raises Conflict without a marketing channel."""
    with desk.look() as uow:
        view = view_of(desk, uow, request.workspace, request.conversation)
        lines = goal_lines(uow, view.channel, desk.at())
    none = "No goals were signed yet. Set one in the draft, such as /itcheck roadmap goal campaigns 90."
    return Card(
        title="🎯 Shared goals",
        text=() if lines else (none,),
        sections=(Section("", lines),) if lines else (),
        note=say("{since}{how}. Only you can see this.", since=SINCE, how=Code("/itcheck involvement")),
    )
