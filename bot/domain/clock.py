"""A clock: one running target of a ticket, derived from its ledger and a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Unpack

from bot.domain.clock_record import clock_fields, stored
from bot.domain.errors import Invalid
from bot.domain.hours import Calendar
from bot.domain.ledger import (
    AIMS,
    STOPS,
    ClockKind,
    Entry,
    Judgement,
    Run,
    Stage,
    StageKind,
    Step,
    Terms,
    aimed,
    checked_target,
    in_utc,
    is_breach_told,
    last_of,
    last_turn,
    runs_of,
    runs_unstopped,
    warned_share,
)
from bot.domain.people import Side


@dataclass(frozen=True, slots=True)
class Clock:
    """One running target of a ticket, owed by a side.

    target_s: working seconds, at most 400 days; for a lead time those wanted before the campaign starts.
    shares: percentages of the target at which to warn. person: who owed it when it began, and `counted_in`
    (with calendar_version) whose calendar it counts in. fixed_due: when a lead time is due, which no pause extends.
    due_at: its due time as last written down (see `stamp`), an index and no truth of its own.

    A verb returns the clock as it is afterwards, and the clock itself where there is nothing to do; a stopped
    one (met or cancelled) only reopens, or goes on in its next cycle. Times are aware and the events' own.
    Invalid: a naive time, a turn before the one it follows, a target of nothing or of more than 400 days.
    """

    kind: ClockKind
    owed_by: Side
    target_s: float
    ledger: tuple[Entry, ...]
    cycle: int = 1
    shares: tuple[int, ...] = (75,)
    calendar_version: int = 1
    fixed_due: datetime | None = None
    person: str = ""
    counted_in: str = ""
    due_at: datetime | None = None

    def __post_init__(self) -> None:
        checked_target(self.target_s)
        if not self.ledger or self.ledger[0].what is not Step.STARTED:
            raise Invalid("A clock begins with its start.")
        if (self.fixed_due is None) == (self.kind is ClockKind.LEAD_TIME):
            raise Invalid("A lead time is due at a fixed time, and nothing else is.")
        if not all(0 < share < 100 for share in self.shares):
            raise Invalid("Warn at a share of the target between 1 and 99 %.")

    @classmethod
    def start(
        cls,
        kind: ClockKind,
        owed_by: Side,
        target_s: float,
        at: datetime,
        reason: str = "",
        **terms: Unpack[Terms],
    ) -> Clock:
        """A clock that runs from `at`; a lead time needs its `fixed_due` (or see lead_time)."""
        at, due = in_utc(at), terms.get("fixed_due")
        due = terms["fixed_due"] = due and in_utc(due)
        return cls(kind, owed_by, target_s, (aimed(Step.STARTED, at, reason, target_s, due),), **terms)

    @classmethod
    def lead_time(
        cls, campaign_start: datetime, lead_s: float, calendar: Calendar, at: datetime, **terms: Unpack[Terms]
    ) -> Clock:
        """What marketing owes IT: the facts of a campaign `lead_s` working seconds before its start."""
        terms["fixed_due"] = calendar.sub(campaign_start, checked_target(lead_s))
        return cls.start(ClockKind.LEAD_TIME, Side.MARKETING, lead_s, at, "campaign announced", **terms)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Clock:
        """The clock that `to_dict` gave; Invalid if it is not one."""
        try:
            return cls(**clock_fields(stored))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(f"This is not a stored clock: {error}.") from error

    def to_dict(self) -> dict[str, Any]:
        """The clock as JSON, its times in ISO format."""
        return stored(self)

    @property
    def started_at(self) -> datetime:
        """When it began."""
        return self.ledger[0].at

    @property
    def is_open(self) -> bool:
        """True until it is met or cancelled."""
        return last_turn(self.ledger).what not in STOPS

    @property
    def is_paused(self) -> bool:
        """True while it is paused. To be outside working hours is no pause."""
        return last_turn(self.ledger).what is Step.PAUSED

    @property
    def stopped_at(self) -> datetime | None:
        """When it was met or cancelled; None while it is open."""
        return None if self.is_open else last_turn(self.ledger).at

    @property
    def is_cancelled(self) -> bool:
        """True if it stopped without being met."""
        return last_turn(self.ledger).what is Step.CANCELLED

    @property
    def is_breached(self) -> bool:
        """True once a breach was noted: a fact that nothing takes back."""
        return any(entry.what is Step.BREACHED for entry in self.ledger)

    @property
    def is_late_on_arrival(self) -> bool:
        """True if a lead time was over when we were told of the start: recorded, but no cause for alarm."""
        return self.fixed_due is not None and self.fixed_due < last_of(AIMS, self.ledger).at

    def pause(self, at: datetime, reason: str, by: Side | None = None) -> Clock:
        """Stop counting. What the owing side itself does (`by`) does not pause a first response."""
        own = self.kind is ClockKind.FIRST_RESPONSE and by is self.owed_by
        return self if own or self.is_paused or not self.is_open else self._turn(Step.PAUSED, at, reason)

    def resume(self, at: datetime, reason: str = "") -> Clock:
        """Count on after a pause."""
        return self._turn(Step.RESUMED, at, reason) if self.is_paused else self

    def meet(self, at: datetime, reason: str = "") -> Clock:
        """What was owed is done. News of a later pause, change or breach may have come before it."""
        return self._stop(Step.MET, at, reason)

    def cancel(self, at: datetime, reason: str = "") -> Clock:
        """It is owed no more, and was neither met nor late: the ticket was withdrawn or merged."""
        return self._stop(Step.CANCELLED, at, reason)

    def reopen(self, at: datetime, reason: str = "") -> Clock:
        """Count on after it was met; the time in between counts as a pause."""
        return self._turn(Step.RESUMED, at, reason) if last_turn(self.ledger).what is Step.MET else self

    def again(self, at: datetime, reason: str = "") -> Clock:
        """The next cycle, from `at`, once this one is stopped; while it is open, nothing moves."""
        if self.is_open:
            return self
        entry = aimed(Step.STARTED, in_utc(at), reason, self.target_s, self.fixed_due)
        return replace(self, cycle=self.cycle + 1, ledger=(entry,))

    def retarget(self, target_s: float, at: datetime, reason: str) -> Clock:
        """Another target; what was consumed stays. Invalid for a lead time, which is moved."""
        if self.kind is ClockKind.LEAD_TIME:
            raise Invalid("A lead time hangs on the campaign's start: move it.")
        return self._retarget(checked_target(target_s), None, at, reason)

    def move(self, campaign_start: datetime, lead_s: float, calendar: Calendar, at: datetime, reason: str) -> Clock:
        """Another start of the campaign or another lead: a lead time's due moves. Invalid for other kinds."""
        if self.kind is not ClockKind.LEAD_TIME:
            raise Invalid("Only a lead time moves with the campaign's start.")
        return self._retarget(lead_s, calendar.sub(campaign_start, checked_target(lead_s)), at, reason)

    def recount(
        self, calendar_version: int, counted_in: str | None = None, shares: tuple[int, ...] | None = None
    ) -> Clock:
        """Count in an edited or another calendar, and warn at other shares. A stopped clock stays as it was judged."""
        if not self.is_open:
            return self
        counted_in, shares = self.counted_in if counted_in is None else counted_in, shares or self.shares
        return replace(self, calendar_version=calendar_version, counted_in=counted_in, shares=shares)

    def stamp(self, calendar: Calendar) -> Clock:
        """The same with its due time written down."""
        return replace(self, due_at=self.due(calendar))

    def warn(self, share: int, at: datetime) -> Clock:
        """Note a warning at this percentage, which settles the lower ones. Invalid if it is not a share."""
        if share not in self.shares:
            raise Invalid(f"This clock does not warn at {share} %.")
        return self._note(Step.WARNED, at, share) if share > warned_share(self.ledger, *self._aim) else self

    def breach(self, at: datetime) -> Clock:
        """Note that the due time passed: once, and once more for each stricter target."""
        return self._note(Step.BREACHED, at)

    def consumed(self, calendar: Calendar, at: datetime) -> float:
        """Working seconds counted until `at`."""
        at = in_utc(at)
        runs = ((a, at if b is None else min(at, b)) for a, b in self._runs)
        return sum(calendar.between(a, b) for a, b in runs if a < b)

    def remaining(self, calendar: Calendar, at: datetime) -> float:
        """Working seconds left at `at`, negative once overdue; those of a stopped clock stay."""
        if self.fixed_due is None:
            return self.target_s - self.consumed(calendar, at)
        return calendar.between(at if self.is_open else last_turn(self.ledger).at, self.fixed_due)

    def due(self, calendar: Calendar) -> datetime | None:
        """When the target is used up, not before it was set; None while a pause leaves that open."""
        return self.fixed_due or self._reached(calendar, 1)

    def next_stage(self, calendar: Calendar, now: datetime | None = None) -> Stage | None:
        """The stage to look at next; of several at one instant, or past by `now`, only the highest."""
        stages = sorted(self._stages(calendar, now), key=lambda stage: (stage.at, stage.share))
        if not stages:
            return None
        until = max(now or stages[0].at, stages[0].at)
        return [stage for stage in stages if stage.at <= until][-1]

    def judged(self, calendar: Calendar) -> Judgement | None:
        """Met at or before its due or late, by the event's own time; None unless it is met."""
        turn, due = last_turn(self.ledger), self.due(calendar)
        if turn.what is not Step.MET:
            return None
        return Judgement.MET if due is None or turn.at <= due else Judgement.LATE

    def _turn(self, what: Step, at: datetime, reason: str) -> Clock:
        last, at = last_turn(self.ledger), in_utc(at)
        if at < last.at:
            raise Invalid(f"A clock cannot be {what} before it was {last.what}.")
        return self._add(Entry(at, what, reason))

    def _stop(self, what: Step, at: datetime, reason: str) -> Clock:
        at = in_utc(at)
        if at < self.started_at:
            raise Invalid(f"A clock cannot be {what} before it was started.")
        return self._add(Entry(at, what, reason)) if self.is_open else self

    def _note(self, what: Step, at: datetime, share: int | None = None) -> Clock:
        if not self.is_open or is_breach_told(self.ledger, *self._aim):
            return self
        return self._add(Entry(in_utc(at), what, "", self.target_s, self.fixed_due, share))

    def _retarget(self, target_s: float, due: datetime | None, at: datetime, reason: str) -> Clock:
        entry = aimed(Step.RETARGETED, in_utc(at), reason, target_s, due)
        if entry.at < last_of(AIMS, self.ledger).at:
            raise Invalid("A clock cannot be retargeted before its target was set.")
        if (target_s, due) == self._aim or not self.is_open:
            return self
        return replace(self._add(entry), target_s=target_s, fixed_due=due)

    def _add(self, entry: Entry) -> Clock:
        return replace(self, ledger=(*self.ledger, entry))

    @property
    def _aim(self) -> tuple[float, datetime | None]:
        return self.target_s, self.fixed_due

    @property
    def _runs(self) -> list[Run]:
        if self.fixed_due is None:
            return runs_of(self.ledger)
        return [(self.started_at, None if self.is_open else last_turn(self.ledger).at)]

    def _stages(self, calendar: Calendar, now: datetime | None) -> list[Stage]:
        if not self.is_open or self.is_late_on_arrival or is_breach_told(self.ledger, *self._aim):
            return []
        due = self.due(calendar)
        breach = [Stage(due, StageKind.BREACH, 100)] if due else []
        if due and now and due <= now:
            return breach  # no warning comes after it
        warned = warned_share(self.ledger, *self._aim)
        shares = (share for share in self.shares if share > warned)
        reached = ((self._reached(calendar, share / 100), share) for share in shares)
        return breach + [Stage(at, StageKind.WARNING, share) for at, share in reached if at is not None]

    def _reached(self, calendar: Calendar, part: float) -> datetime | None:
        """When a part of the target is used up; where a new target puts that into the past, at the change."""
        since = last_of(AIMS, self.ledger).at
        if self.fixed_due is not None:
            span = calendar.between(self.started_at, self.fixed_due)
            return max(since, calendar.add(self.started_at, max(span, 0) * part))
        left = self.target_s * part
        for start, end in runs_unstopped(self.ledger):
            at = calendar.add(start, left)
            if end is None or at < end:
                return max(since, at)
            left = max(left - calendar.between(start, end), 0)
        return None
