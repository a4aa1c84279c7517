"""Agendas, topics, actions and decisions of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.action import Action
from bot.domain.agenda import Agenda, Decision, Topic
from bot.domain.errors import NotFound
from tests.support.memory_state import State


class MemoryAgendas:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, agenda: Agenda) -> None:
        self._state.agendas[agenda.workspace, agenda.conversation, agenda.slot.name] = agenda

    def get(self, workspace: str, conversation: str, slot: str) -> Agenda | None:
        return self._state.agendas.get((workspace, conversation, slot))

    def last(self, workspace: str, conversation: str) -> Agenda | None:
        found = [one for one in self._state.agendas.values() if not one.withdrawn]
        mine = [one for one in found if (one.workspace, one.conversation) == (workspace, conversation)]
        return max(mine, key=lambda one: one.slot.at, default=None)


class MemoryTopics:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, topic: Topic) -> Topic:
        number = max(self._state.topics, default=0) + 1
        self._state.topics[number] = replace(topic, id=number)
        return self._state.topics[number]

    def between(self, workspace: str, conversation: str, since: datetime, until: datetime) -> Sequence[Topic]:
        found = [one for one in self._state.topics.values() if since <= one.at < until]
        mine = [one for one in found if (one.workspace, one.conversation) == (workspace, conversation)]
        return sorted(mine, key=lambda one: (one.at, one.id))

    def remove(self, workspace: str, topic: int, by: str) -> bool:
        found = self._state.topics.get(topic)
        if found is None or (found.workspace, found.by) != (workspace, by):
            return False
        del self._state.topics[topic]
        return True


class MemoryActions:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, action: Action) -> Action:
        number = max(self._state.actions, default=0) + 1
        self._state.actions[number] = replace(action, id=number)
        return self._state.actions[number]

    def get(self, workspace: str, action: int) -> Action:
        found = self._state.actions.get(action)
        if found is None or found.workspace != workspace:
            raise NotFound("This action is not there any more.")
        return found

    def save(self, action: Action) -> None:
        self._state.actions[action.id] = action

    def of(self, workspace: str, conversation: str, settled_since: datetime) -> Sequence[Action]:
        found = [
            one for one in self._state.actions.values() if one.settled_at is None or one.settled_at >= settled_since
        ]
        mine = [one for one in found if (one.workspace, one.conversation) == (workspace, conversation)]
        return sorted(mine, key=lambda one: one.id)


class MemoryDecisions:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, decision: Decision) -> Decision:
        number = max(self._state.decisions, default=0) + 1
        self._state.decisions[number] = replace(decision, id=number)
        return self._state.decisions[number]

    def since(self, workspace: str, conversation: str, since: datetime) -> Sequence[Decision]:
        found = [one for one in self._state.decisions.values() if one.at >= since]
        mine = [one for one in found if (one.workspace, one.conversation) == (workspace, conversation)]
        return sorted(mine, key=lambda one: one.id)
