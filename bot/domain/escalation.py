"""Escalation: the ladder of each side, who is asked next, how long they have, and how it ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import Invalid
from bot.domain.people import LADDERS, Role, Side
from bot.domain.workspace import Roles

LONGEST_H = 80


class Reason(StrEnum):
    """What an escalation is about."""

    COMMUNICATION = "communication"
    PROCESS = "process"
    OBJECTIVE = "objective"
    BREACH = "breach"


BY_HAND = (Reason.COMMUNICATION, Reason.PROCESS, Reason.OBJECTIVE)


@dataclass(frozen=True, slots=True)
class Patience:
    """Working hours that each level of the ladder has to answer: the managers, then CIO and CMO.

    Invalid for less than a quarter of an hour or more than 80 hours.
    """

    first_h: float = 4.0
    second_h: float = 8.0

    def __post_init__(self) -> None:
        for key, hours in (("first_h", self.first_h), ("second_h", self.second_h)):
            if not 0.25 <= hours <= LONGEST_H:
                raise Invalid(f"Please give them between 0.25 and {LONGEST_H} working hours.", key)

    def seconds(self, level: int) -> float:
        """Working seconds for the people of a level; the managers are level 1."""
        return 3600 * (self.first_h if level <= 1 else self.second_h)


@dataclass(frozen=True, slots=True)
class Missing:
    """A rung nobody stands on: its role, and who left it (empty if nobody was named)."""

    role: Role
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """Where an escalation goes: level, role and person (empty if nobody is left), and the rungs it had to skip."""

    level: int
    role: Role | None = None
    person: str = ""
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """A ticket on its way up the ladder of the side that owes something.

    `cause` is unique within the ticket. `level` 0: nobody was asked yet. `person` has it now. `look_at`: when it
    goes on by itself. `stuck` says why it cannot. Verbs return the escalation as it is afterwards.
    """

    workspace: str
    number: int
    cause: str
    side: Side
    reason: Reason
    why: str
    asked_by: str
    asked_at: datetime
    level: int = 0
    person: str = ""
    look_at: datetime | None = None
    stuck: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def is_open(self) -> bool:
        """True until somebody answered or the ticket was finished."""
        return self.ended_at is None

    def climb(self, rung: Rung, due: datetime) -> Escalation:
        """Somebody has it now, and until `due` to answer."""
        return replace(self, level=rung.level, person=rung.person, look_at=due, stuck="")

    def park(self, why: str) -> Escalation:
        """There is nobody further up: it stays with whoever has it until an admin names somebody."""
        return replace(self, look_at=None, stuck=why)

    def wake(self, at: datetime) -> Escalation:
        """People were named: a parked one is tried again; what it waited for is forgotten once it climbs."""
        return replace(self, look_at=at) if self.is_open and self.stuck else self

    def end(self, by: str, at: datetime) -> Escalation:
        """Answered by somebody, or over with its ticket (`by` empty)."""
        return replace(self, ended_at=at, ended_by=by, look_at=None, stuck="") if self.is_open else self

    def can_be_answered_by(self, person: str, roles: Collection[Role], *, owes_it: bool) -> bool:
        """Whoever has it, and all on its ladder. What was late is answered by anybody who owes it."""
        if person == self.person or set(LADDERS[self.side]) & set(roles):
            return True
        return self.reason is Reason.BREACH and owes_it


def next_rung(escalation: Escalation, roles: Roles, gone: Collection[str], last: str = "") -> Rung:
    """The first rung above with somebody on it who has not `gone`, and above whoever asks if they stand on one.

    `last` is asked only when nobody else is there: the one whose manager is wanted.
    """
    missing: list[Missing] = []
    fallback: tuple[int, Role] | None = None
    ladder = LADDERS[escalation.side]
    first = max(escalation.level - (escalation.person in gone), _own_level(escalation.asked_by, ladder, roles))
    for level, role in enumerate(ladder[first:], first + 1):
        holders = roles.holders.get(role, ())
        here = [person for person in holders if person not in gone]
        free = [person for person in here if person not in {escalation.person, last}]
        if free:
            return Rung(level, role, free[0], tuple(missing))
        if not here:
            missing.append(Missing(role, holders[0] if holders else ""))
        elif last in here and fallback is None:
            fallback = level, role
    if fallback is not None:
        return Rung(*fallback, last, tuple(missing))
    return Rung(len(ladder), missing=tuple(missing))


def _own_level(person: str, ladder: Sequence[Role], roles: Roles) -> int:
    """The rung somebody stands on, 0 for none."""
    held = roles.of(person) if person else frozenset()
    return max((level for level, role in enumerate(ladder, 1) if role in held), default=0)


def candidates(side: Side, roles: Roles) -> tuple[str, ...]:
    """Everybody on the ladder of a side."""
    return tuple(person for role in LADDERS[side] for person in roles.holders.get(role, ()))
