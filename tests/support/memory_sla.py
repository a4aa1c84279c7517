"""Targets, calendars and recounts of the store in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.agreed import CalendarEdition, TargetsEdition
from bot.domain.errors import Conflict
from bot.ports import Recount
from tests.support.memory_state import State


class MemoryAgreements:
    def __init__(self, state: State) -> None:
        self._state = state

    def targets(self, workspace: str) -> Sequence[TargetsEdition]:
        return self._state.targets.get(workspace, ())

    def save_targets(self, workspace: str, edition: TargetsEdition) -> None:
        before = self._state.targets.get(workspace, ())
        if any(each.version == edition.version for each in before):
            raise Conflict("Somebody else changed this just now.")
        self._state.targets[workspace] = (*before, edition)

    def calendars(self, workspace: str, owners: Collection[str]) -> Sequence[CalendarEdition]:
        return [each for owner in sorted(set(owners)) for each in self._state.calendars.get((workspace, owner), ())]

    def save_calendar(self, workspace: str, edition: CalendarEdition) -> None:
        before = self._state.calendars.get((workspace, edition.owner), ())
        if any(each.version == edition.version for each in before):
            raise Conflict("Somebody else changed this just now.")
        self._state.calendars[workspace, edition.owner] = (*before, edition)


class MemoryRecounts:
    def __init__(self, state: State) -> None:
        self._state = state

    def ask(self, workspace: str, why: str) -> None:
        self._state.recounts[workspace] = Recount(workspace, 0, why)

    def next(self) -> Recount | None:
        return min(self._state.recounts.values(), key=lambda each: each.workspace, default=None)

    def advance(self, workspace: str, after: int | None) -> None:
        if after is None:
            del self._state.recounts[workspace]
        else:
            self._state.recounts[workspace] = replace(self._state.recounts[workspace], after=after)
