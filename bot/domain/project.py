"""What goes on around a tool besides its verdict: who runs it, its steps after the yes, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.domain.errors import Conflict, Invalid, NotAllowed

STARS = 5
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class ProjectStep:
    """Something to be done after the yes: what, by whom, until when; `done_at` and `done_by` once it is."""

    what: str
    owner: str
    due: date
    done_at: datetime | None = None
    done_by: str = ""

    @property
    def planned(self) -> tuple[str, str, date]:
        """The step without what became of it."""
        return self.what, self.owner, self.due


@dataclass(frozen=True, slots=True)
class Rating:
    """How good the answers of IT were, from 1 to 5, and perhaps a line about it."""

    stars: int
    by: str
    at: datetime
    words: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= STARS:
            raise Invalid(f"A rating is a number from 1 to {STARS}.")


@dataclass(frozen=True, slots=True)
class Actual:
    """What it cost in the end: once, and a year from now on, in one currency."""

    once: Decimal
    yearly: Decimal
    currency: str
    by: str
    at: datetime

    def keeps_to(self, once: Decimal, yearly: Decimal) -> bool:
        """Whether it is at most a tenth dearer than these estimates: once and for a year, together."""
        return (self.once + self.yearly) * 10 <= (once + yearly) * 11


@dataclass(frozen=True, slots=True)
class Project:
    """The project of one ticket. `manager`: who runs it, named by somebody at a time."""

    workspace: str
    number: int
    manager: str = ""
    named_by: str = ""
    named_at: datetime | None = None
    steps: tuple[ProjectStep, ...] = ()
    rating: Rating | None = None
    actual: Actual | None = None

    @property
    def open_steps(self) -> tuple[ProjectStep, ...]:
        """What is still to be done, by its day."""
        return tuple(sorted((step for step in self.steps if step.done_at is None), key=lambda step: step.due))

    @property
    def is_done(self) -> bool:
        """True once there were steps and all are done."""
        return bool(self.steps) and not self.open_steps

    def name_manager(self, person: str, by: str, at: datetime) -> Project:
        """The project with who runs it."""
        return replace(self, manager=person, named_by=by, named_at=at)

    def plan(self, steps: Sequence[ProjectStep]) -> Project:
        """The project with these steps; those that were done and are planned unchanged stay done."""
        done = {step.planned: step for step in self.steps if step.done_at}
        return replace(self, steps=tuple(done.get(step.planned, step) for step in steps[:MOST_STEPS]))

    def finish(self, place: int, by: str, stands_in_for: str, at: datetime) -> Project:
        """The project with one step done, by its owner or by who stands in for them.

        Raises Conflict for a step that is gone or done, NotAllowed for anybody else.
        """
        if not 0 <= place < len(self.steps):
            raise Conflict("The steps were planned anew. Look at the newest list in the thread.")
        step = self.steps[place]
        if step.done_at is not None:
            raise Conflict("This step is done already.")
        if by not in {step.owner, stands_in_for}:
            raise NotAllowed("A step is marked as done by its owner. If somebody else has it now, change the steps.")
        done = replace(step, done_at=at, done_by=by)
        return replace(self, steps=(*self.steps[:place], done, *self.steps[place + 1 :]))

    def rate(self, rating: Rating) -> Project:
        """The project with its rating. Raises Conflict if there is one."""
        if self.rating is not None:
            raise Conflict(f"You have rated this already: {self.rating.stars} of {STARS}. Thank you!")
        return replace(self, rating=rating)
