"""The lead time of a campaign: what marketing tells IT, so many working days before the start."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.agreed import Hours
from bot.domain.board import Board
from bot.domain.clock import Clock
from bot.domain.kinds import kind_of
from bot.domain.ledger import ClockKind


def plan(board: Board) -> None:
    """The lead time of a campaign: begun once its start is known, moved with it, met once IT was told all."""
    now = board.now
    if not kind_of(now.kind).owed or now.starts_on is None:
        board.cancel([ClockKind.LEAD_TIME], "no campaign with a start any more")
        return
    clock = board.latest(ClockKind.LEAD_TIME)
    if clock is not None and clock.is_open:
        _move(board, clock)
    elif clock is None or clock.is_cancelled or _is_sooner(board, clock):
        _announce(board, clock)
    if now.is_told:
        board.meet([ClockKind.LEAD_TIME], "IT was told all it asked for")


def _announce(board: Board, before: Clock | None) -> None:
    hours, targets = _lead_hours(board), board.agreed.targets_at(board.event.at)
    clock = Clock.lead_time(
        _start(board),
        targets.lead_for(board.now.reach),
        hours.calendar,
        board.event.at,
        cycle=before.cycle + 1 if before else 1,
        shares=targets.shares,
        calendar_version=hours.version,
        counted_in=hours.owner,
        person=board.now.requester,
    )
    board.put(None, clock)


def _move(board: Board, clock: Clock) -> None:
    lead_s = board.agreed.targets_at(board.event.at).lead_for(board.now.reach)
    calendar, why = board.agreed.calendar_of(clock), board.event.why or "the start moved"
    board.put(clock, clock.move(_start(board), lead_s, calendar, board.aimed_after(clock), why))


def _is_sooner(board: Board, met: Clock) -> bool:
    """Whether what was told in time is now asked at short notice, because the campaign was brought forward."""
    lead_s = board.agreed.targets_at(board.event.at).lead_for(board.now.reach)
    due = _lead_hours(board).calendar.sub(_start(board), lead_s)
    return met.fixed_due is not None and due < met.fixed_due and due < board.event.at


def _lead_hours(board: Board) -> Hours:
    return board.agreed.hours_for(board.now.requester, board.event.at)


def _start(board: Board) -> datetime:
    day = board.now.starts_on or board.event.at.date()
    return datetime.combine(day, time(), ZoneInfo(board.agreed.zone))
