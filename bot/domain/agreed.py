"""What a workspace agreed on, with its history: targets and calendars in all their editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.clock import Clock
from bot.domain.hours import Calendar
from bot.domain.targets import Targets

WORKSPACE = "workspace"
OFFICE = "office:"


def of_channel(conversation: str) -> str:
    """Whose calendar the hours of a channel's team are."""
    return f"channel:{conversation}"


def of_setup(conversation: str) -> str:
    """Whose calendar the plain office hours in the zone of a channel's set-up are."""
    return f"setup:{conversation}"


def of_person(person: str) -> str:
    """Whose calendar the hours of a person are."""
    return f"person:{person}"


@dataclass(frozen=True, slots=True)
class CalendarEdition:
    """One edition of somebody's calendar: the `version` counts up from 1 for each owner. `region`: whose public
    holidays are in it, such as DE-BE.
    """

    owner: str
    version: int
    at: datetime
    calendar: Calendar
    by: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class TargetsEdition:
    """One edition of the targets; the `version` counts up from 1."""

    version: int
    at: datetime
    targets: Targets
    by: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar with whose it is and its version."""

    owner: str
    version: int
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the clocks of one ticket are counted by: all editions that may concern them, oldest first.

    conversation, zone: of the channel the ticket is agreed in; without any hours of a person, the channel or the
    workspace it is Monday to Friday, 09:00 to 17:00 in that zone.
    """

    conversation: str = ""
    zone: str = "UTC"
    targets: tuple[TargetsEdition, ...] = ()
    calendars: tuple[CalendarEdition, ...] = ()
    _found: dict[tuple[str, int], Calendar] = field(default_factory=dict, init=False, repr=False, compare=False)
    _hours: dict[tuple[str, datetime], Hours] = field(default_factory=dict, init=False, repr=False, compare=False)

    def targets_at(self, at: datetime) -> Targets:
        """The targets that were in force at a time."""
        return next((each.targets for each in reversed(self.targets) if each.at <= at), _DEFAULTS)

    def hours_for(self, person: str, at: datetime) -> Hours:
        """The hours somebody's clock counted in at a time: their own, else the channel's, else the workspace's."""
        wanted = (person, at)
        if wanted not in self._hours:
            self._hours[wanted] = self._in_force(person, at)
        return self._hours[wanted]

    def calendar_of(self, clock: Clock) -> Calendar:
        """The calendar a clock counts in."""
        wanted = (clock.counted_in, clock.calendar_version)
        if wanted not in self._found:
            self._found[wanted] = self._edition(*wanted)
        return self._found[wanted]

    def _in_force(self, person: str, at: datetime) -> Hours:
        for owner in owners_for(self.conversation, [person]):
            for each in reversed(self.calendars):
                if each.owner == owner and each.at <= at:
                    return Hours(owner, each.version, each.calendar)
        return Hours(f"{OFFICE}{self.zone}", 1, Calendar.office(self.zone))

    def _edition(self, owner: str, version: int) -> Calendar:
        for each in self.calendars:
            if (each.owner, each.version) == (owner, version):
                return each.calendar
        return Calendar.office(owner.removeprefix(OFFICE) if owner.startswith(OFFICE) else self.zone)


def owners_for(conversation: str, people: Iterable[str]) -> tuple[str, ...]:
    """Whose calendars may count for these people in a channel, those that go first first."""
    persons = (of_person(person) for person in people if person)
    return (*persons, of_channel(conversation), WORKSPACE, of_setup(conversation))


_DEFAULTS = Targets()
