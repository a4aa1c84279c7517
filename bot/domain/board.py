"""The clocks of one ticket while events are applied to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from bot.domain.agreed import Agreed
from bot.domain.clock import Clock
from bot.domain.events import Event, What
from bot.domain.ledger import AIMS, ClockKind, last_of
from bot.domain.people import Side
from bot.domain.situation import Situation

NEVER = Event(What.OPENED, datetime.min.replace(tzinfo=UTC))


class Board:
    """The clocks of one ticket while events are applied to them, one after the other."""

    def __init__(self, clocks: Sequence[Clock], now: Situation, agreed: Agreed) -> None:
        self.clocks = tuple(clocks)
        self.now = now
        self.agreed = agreed
        self.event = NEVER

    def latest(self, kind: ClockKind) -> Clock | None:
        """The clock of a kind with the highest cycle."""
        return max((clock for clock in self.clocks if clock.kind is kind), key=lambda each: each.cycle, default=None)

    def is_running(self, *kinds: ClockKind) -> bool:
        """Whether something of these kinds is owed now."""
        return any(clock.is_open for clock in self.clocks if clock.kind in kinds)

    def start(self, kind: ClockKind, side: Side, reason: str, at: datetime | None = None, person: str = "") -> None:
        """Begin the next cycle of a kind; owed by `person`, else by the liaison or the requester."""
        at = at or self.event.at
        person = person or (self.now.liaison if side is Side.IT else self.now.requester)
        targets, hours = self.agreed.targets_at(self.event.at), self.agreed.hours_for(person, self.event.at)
        before = self.latest(kind)
        target_s = targets.of(kind, self.now.priority, self.now.kind)
        clock = Clock.start(
            kind,
            side,
            target_s,
            at,
            reason,
            cycle=before.cycle + 1 if before else 1,
            shares=targets.shares,
            calendar_version=hours.version,
            counted_in=hours.owner,
            person=person,
        )
        self.clocks = (*self.clocks, clock)

    def meet(self, kinds: Iterable[ClockKind], reason: str) -> None:
        """What was owed is there."""
        self.change(kinds, lambda clock: self.judge(clock).meet(self.since(clock.started_at), reason))

    def cancel(self, kinds: Iterable[ClockKind], reason: str) -> None:
        """It is owed no more."""
        self.change(kinds, lambda clock: self.judge(clock).cancel(self.since(clock.started_at), reason))

    def judge(self, clock: Clock) -> Clock:
        """A breach that no sweep has seen yet is a fact all the same."""
        due = clock.due(self.agreed.calendar_of(clock))
        late = due is not None and due < self.event.at and not clock.is_late_on_arrival
        return clock.breach(due) if late and due else clock

    def change(self, kinds: Iterable[ClockKind], verb: Callable[[Clock], Clock]) -> None:
        """Do something with all open clocks of some kinds."""
        wanted = frozenset(kinds)
        self.clocks = tuple(verb(each) if each.is_open and each.kind in wanted else each for each in self.clocks)

    def since(self, earliest: datetime) -> datetime:
        """The event's time. The chat's clock and ours differ a little: nothing happens to a clock before it can."""
        return max(self.event.at, earliest)

    def aimed_after(self, clock: Clock) -> datetime:
        """The event's time, not before the clock's target was set last."""
        return self.since(last_of(AIMS, clock.ledger).at)

    def put(self, old: Clock | None, new: Clock) -> None:
        """Put a clock in another one's place, or beside the others."""
        kept = tuple(new if each is old else each for each in self.clocks)
        self.clocks = kept if old in self.clocks else (*kept, new)
