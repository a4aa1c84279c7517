"""Channels, roles, questions, labels, slots and usage of the store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.judgement import Judgement
from bot.domain.people import Role
from bot.domain.usage import Purpose, Used
from bot.domain.workspace import Channel, Roles
from bot.ports import OpenQuestion
from tests.support.memory_state import State

NEVER = datetime.max.replace(tzinfo=UTC)


class MemoryWorkspaces:
    def __init__(self, state: State) -> None:
        self._state = state

    def channel(self, workspace: str, conversation: str) -> Channel | None:
        return self._state.channels.get((workspace, conversation))

    def listening(self, workspace: str = "") -> Sequence[Channel]:
        found = [each for each in self._state.channels.values() if each.listening]
        mine = [each for each in found if not workspace or each.workspace == workspace]
        return sorted(mine, key=lambda each: (each.set_up_at or NEVER, each.workspace, each.id))

    def save_channel(self, channel: Channel) -> None:
        self._state.channels[channel.workspace, channel.id] = channel

    def roles(self, workspace: str) -> Roles:
        return Roles({role: people for (of, role), people in self._state.roles.items() if of == workspace and people})

    def give(self, workspace: str, role: Role, people: Sequence[str]) -> None:
        self._state.roles[workspace, role] = tuple(dict.fromkeys(people))


class MemoryQuestions:
    def __init__(self, state: State) -> None:
        self._state = state

    def ask(self, question: OpenQuestion) -> None:
        self._state.questions[question.workspace, question.id] = question

    def get(self, workspace: str, question: str) -> OpenQuestion | None:
        return self._state.questions.get((workspace, question))

    def answer(self, question: OpenQuestion, answer: str, at: datetime) -> None:
        self._wipe(replace(question, answer=answer, answered_at=at))

    def last(self, workspace: str, person: str, topic: str) -> OpenQuestion | None:
        found = [
            each for each in self._state.questions.values() if (each.workspace, each.person) == (workspace, person)
        ]
        about = [each for each in found if not topic or each.topic == topic]
        return max(about, key=lambda each: (each.asked_at, each.id), default=None)

    def forget(self, before: datetime) -> int:
        old = [each for key, each in self._state.questions.items() if key not in self._state.wiped]
        forgotten = [each for each in old if each.asked_at < before]
        for each in forgotten:
            self._wipe(each)
        return len(forgotten)

    def _wipe(self, question: OpenQuestion) -> None:
        key = (question.workspace, question.id)
        words = {"name": "", "text": "", "value": "", "about_text": "", "view": "", "reply_to": ""}
        request = replace(question.request, **words, values={}, context={}, files=())  # type: ignore[arg-type]
        detection = replace(question.detection, tools=(), campaign=None, why=())
        self._state.questions[key] = replace(question, request=request, detection=detection)
        self._state.wiped.add(key)


class MemoryLabels:
    def __init__(self, state: State) -> None:
        self._state = state

    def keep(self, judgement: Judgement) -> None:
        self._state.labels[judgement.workspace, judgement.conversation, judgement.message, judgement.label] = judgement

    def of(self, workspace: str, conversation: str, message: str) -> Sequence[Judgement]:
        place = (workspace, conversation, message)
        return [self._state.labels[key] for key in sorted(self._state.labels) if key[:3] == place]

    def since(self, since: datetime) -> Sequence[Judgement]:
        found = [(one.at, key) for key, one in self._state.labels.items() if one.at >= since]
        return [self._state.labels[key] for _, key in sorted(found)]

    def forget(
        self, workspace: str = "", conversation: str = "", message: str = "", *, before: datetime | None = None
    ) -> int:
        wanted = (workspace, conversation, message)
        old = [
            (key, one)
            for key, one in self._state.labels.items()
            if all(not wish or wish == part for wish, part in zip(wanted, key, strict=False))
            and (before is None or (one.said_at or one.at) < before)
            and (one.text or one.context)
        ]
        self._state.labels.update({key: replace(one, text="", context="") for key, one in old})
        return len(old)


class MemoryOccurrences:
    def __init__(self, state: State) -> None:
        self._state = state

    def claim(self, workspace: str, job: str, slot: str, at: datetime) -> bool:
        key = (workspace, job, slot)
        if key in self._state.occurrences:
            return False
        self._state.occurrences[key] = at
        return True

    def last(self, workspace: str, job: str) -> tuple[str, datetime] | None:
        slots = [
            (at, slot) for (of, name, slot), at in self._state.occurrences.items() if (of, name) == (workspace, job)
        ]
        newest = max(slots, default=None)
        return None if newest is None else (newest[1], newest[0])


class MemoryUsage:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, workspace: str, day: date, purpose: Purpose, used: Used) -> Used:
        total = self.today(workspace, day, purpose).plus(used)
        self._state.usage[workspace, day, purpose] = total
        return total

    def today(self, workspace: str, day: date, purpose: Purpose) -> Used:
        return self._state.usage.get((workspace, day, purpose), Used())

    def between(self, workspace: str, first: date, last: date) -> Mapping[Purpose, Used]:
        found: dict[Purpose, Used] = {}
        for (where, day, purpose), used in self._state.usage.items():
            if where == workspace and first <= day <= last:
                found[purpose] = found.get(purpose, Used()).plus(used)
        return found

    def may_write(self, workspace: str) -> bool:
        return self._state.model_writes.get(workspace, False)

    def let_write(self, workspace: str, by: str, at: datetime, *, on: bool) -> None:
        self._state.model_writes[workspace] = on
