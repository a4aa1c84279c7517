"""Escalations, absences, skills and the roster of the store in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.absence import Absence
from bot.domain.escalation import Escalation, Patience
from bot.domain.roster import MarketingDelegate, Profile
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


class MemorySkills:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str) -> Mapping[str, tuple[str, ...]]:
        return {person: skills for (of, person), skills in self._state.skills.items() if of == workspace and skills}

    def learn(self, workspace: str, person: str, skills: Sequence[str]) -> None:
        self._state.skills[workspace, person] = tuple(dict.fromkeys(skills))

    def loads(self, workspace: str) -> Mapping[str, int]:
        mine = (ticket for ticket in self._state.tickets.values() if ticket.workspace == workspace)
        return Counter(ticket.liaison for ticket in mine if ticket.liaison and not ticket.is_finished)


class MemoryRosterEntries:
    def __init__(self, state: State) -> None:
        self._state = state

    def profiles(self, workspace: str) -> Mapping[str, Profile]:
        return {person: one for (of, person), one in sorted(self._state.profiles.items()) if of == workspace}

    def save_profile(self, profile: Profile) -> None:
        self._state.profiles[profile.workspace, profile.person] = profile

    def delegates(self, workspace: str) -> Mapping[str, MarketingDelegate]:
        return {about: one for (of, about), one in sorted(self._state.delegates.items()) if of == workspace}

    def name_delegate(self, delegate: MarketingDelegate) -> None:
        self._state.delegates[delegate.workspace, delegate.about] = delegate


class MemoryAbsences:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str) -> Sequence[Absence]:
        return [one for key, one in sorted(self._state.absences.items()) if one.workspace == workspace]

    def save(self, absence: Absence) -> None:
        self._state.absences[absence.workspace, absence.person, absence.source] = absence

    def drop(self, absence: Absence) -> None:
        self._state.absences.pop((absence.workspace, absence.person, absence.source), None)

    def due(self, now: datetime, limit: int) -> Sequence[Absence]:
        found = [(one.look_at, one.person, one) for one in self._state.absences.values()]
        due = sorted((look, person, one) for look, person, one in found if look and look <= now)
        return [one for _, _, one in due[:limit]]
