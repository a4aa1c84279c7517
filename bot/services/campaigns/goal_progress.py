"""How far the goals are that both sides signed, from the event log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.attainment import Verdict, score
from bot.domain.goals import Goal, GoalFigure
from bot.domain.involvement import Share, before_the_date, before_the_decision, in_time
from bot.domain.months import Month, Period
from bot.domain.people import Side
from bot.domain.pulse import months_before, on_board
from bot.domain.workspace import Channel
from bot.messages import Line
from bot.ports import UnitOfWork
from bot.services.campaigns.involved import Involved, ToolTold, involved_in
from bot.services.campaigns.involvement import share_words
from bot.services.sla.attainment import record_of

MONTHS = 3
REACHED, NOT_YET, NOTHING = "✅", "🎯", "…"
BY_LOG = frozenset({GoalFigure.TOOLS, GoalFigure.CAMPAIGNS, GoalFigure.IDEAS, GoalFigure.COSTS})
BY_CLOCKS = frozenset({GoalFigure.IT_SLA, GoalFigure.MARKETING_SLA})


def goal_lines(uow: UnitOfWork, channel: Channel, now: datetime) -> tuple[Line, ...]:
    """A line for each goal both sides signed, with how far it is; none without any."""
    signed = uow.roadmap_revisions.signed(channel.workspace)
    goals = signed.road_map.goals if signed else ()
    if not goals:
        return ()
    shares = _shares(uow, channel, now, {one.figure for one in goals})
    return tuple(Line((_told(one, shares[one.figure]),)) for one in goals)


def _told(goal: Goal, share: Share) -> str:
    if not share.of:
        return f"{NOTHING} {goal}: nothing to count yet"
    return f"{REACHED if goal.is_reached(share) else NOT_YET} {goal}: {share_words(share)}"


def _shares(uow: UnitOfWork, channel: Channel, now: datetime, wanted: set[GoalFigure]) -> Mapping[GoalFigure, Share]:
    last = Month.of(now, channel.tz)
    months: list[Involved] = []
    if wanted & BY_LOG:
        months = involved_in(uow, channel, last, MONTHS)
    tools = [one.involvement for month in months for one in month.tools]
    campaigns = [one.involvement for month in months for one in month.campaigns]
    found = {
        GoalFigure.TOOLS: before_the_decision(tools),
        GoalFigure.CAMPAIGNS: in_time(campaigns),
        GoalFigure.IDEAS: before_the_date(campaigns),
        GoalFigure.COSTS: _as_estimated([one for month in months for one in month.tools]),
        GoalFigure.PULSE: _on_board(uow, channel, now),
    }
    verdicts: Iterable[Verdict] = ()
    if wanted & BY_CLOCKS:
        first = last.before.before.period(channel.tz).since
        verdicts = record_of(uow, channel, Period(first, now, channel.tz), now).verdicts
    kept = {GoalFigure.IT_SLA: _kept(verdicts, Side.IT), GoalFigure.MARKETING_SLA: _kept(verdicts, Side.MARKETING)}
    return {**found, **kept}


def _as_estimated(tools: Iterable[ToolTold]) -> Share:
    """The tools that cost what they were reckoned to, of those whose actual cost was entered beside an estimate."""
    pairs = [(one.actual, one.sheet) for one in tools if one.actual and one.sheet]
    kept = [
        actual.keeps_to(sheet.once, sheet.first_year) for actual, sheet in pairs if actual.currency == sheet.currency
    ]
    return Share(sum(kept), len(kept))


def _on_board(uow: UnitOfWork, channel: Channel, now: datetime) -> Share:
    last, _ = months_before(now, channel.tz)
    return on_board([uow.pulses.get(channel.workspace, last, side) for side in Side])


def _kept(verdicts: Iterable[Verdict], side: Side) -> Share:
    found = score([one for one in verdicts if one.side is side])
    return Share(found.in_time, found.in_time + found.late)
