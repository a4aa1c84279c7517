"""Escalations of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.escalation import Escalation, Patience
from tests.support.memory_state import State


class MemoryEscalations:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str, number: int = 0) -> Sequence[Escalation]:
        mine = [one for one in self._state.escalations.values() if one.workspace == workspace]
        found = [one for one in mine if (one.number == number if number else one.is_open)]
        return sorted(found, key=lambda one: (one.asked_at, one.number, one.cause))

    def save(self, escalation: Escalation) -> None:
        self._state.escalations[escalation.workspace, escalation.number, escalation.cause] = escalation

    def due(self, now: datetime, limit: int) -> Sequence[Escalation]:
        found = [(one.look_at, one) for one in self._state.escalations.values() if one.look_at and one.look_at <= now]
        found.sort(key=lambda pair: (pair[0], pair[1].workspace, pair[1].number, pair[1].cause))
        return [one for _, one in found[:limit]]

    def patience(self, workspace: str) -> Patience:
        return self._state.patience.get(workspace, Patience())

    def be_patient(self, workspace: str, patience: Patience) -> None:
        self._state.patience[workspace] = patience
