"""Policies, reviews, sign-offs and answers of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.answers import Given
from bot.domain.cost_sheet import CostSheet
from bot.domain.errors import Conflict
from bot.domain.own_questions import OwnQuestion
from bot.domain.project import Project
from bot.domain.review import Edition, Review
from bot.domain.signoff import SignOff
from tests.support.memory_state import State


class MemoryPolicies:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, workspace: str, edition: Edition) -> None:
        if (workspace, edition.version) in self._state.policies:
            raise Conflict("Somebody else changed this just now.")
        self._state.policies[workspace, edition.version] = edition

    def get(self, workspace: str, version: int) -> Edition | None:
        return self._state.policies.get((workspace, version))

    def latest(self, workspace: str) -> Edition | None:
        return max(self._of(workspace), key=lambda one: one.version, default=None)

    def in_force(self, workspace: str) -> Edition | None:
        signed = [one for one in self._of(workspace) if one.in_force_at is not None]
        return max(signed, key=lambda one: one.version, default=None)

    def enforce(self, workspace: str, version: int, at: datetime) -> None:
        known = self._state.policies[workspace, version]
        self._state.policies[workspace, version] = replace(known, in_force_at=at)

    def _of(self, workspace: str) -> list[Edition]:
        return [edition for (owner, _), edition in self._state.policies.items() if owner == workspace]


class MemoryReviews:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, review: Review) -> None:
        if self._key(review) in self._state.reviews:
            raise Conflict("Somebody else changed this just now.")
        self._state.reviews[self._key(review)] = review

    def of(self, workspace: str, number: int) -> Sequence[Review]:
        mine = [one for key, one in self._state.reviews.items() if key[:2] == (workspace, number)]
        return sorted(mine, key=lambda one: one.version)

    def save(self, review: Review) -> None:
        self._state.reviews[self._key(review)] = review

    def _key(self, review: Review) -> tuple[str, int, int]:
        return review.workspace, review.number, review.version


class MemoryCosts:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, sheet: CostSheet) -> None:
        if (sheet.workspace, sheet.number, sheet.version) in self._state.costs:
            raise Conflict("Somebody else changed this just now.")
        self._state.costs[sheet.workspace, sheet.number, sheet.version] = sheet

    def of(self, workspace: str, number: int) -> Sequence[CostSheet]:
        mine = [one for key, one in self._state.costs.items() if key[:2] == (workspace, number)]
        return sorted(mine, key=lambda one: one.version)


class MemoryProjects:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str, number: int) -> Project:
        return self._state.projects.get((workspace, number)) or Project(workspace, number)

    def save(self, project: Project) -> None:
        self._state.projects[project.workspace, project.number] = project


class MemorySignOffs:
    def __init__(self, state: State) -> None:
        self._state = state

    def ask(self, workspace: str, subject: str, signoffs: Sequence[SignOff]) -> None:
        self._state.signoffs[workspace, subject] = (*self.of(workspace, subject), *signoffs)

    def of(self, workspace: str, subject: str) -> Sequence[SignOff]:
        return self._state.signoffs.get((workspace, subject), ())

    def answer(self, workspace: str, subject: str, signoff: SignOff) -> None:
        asked, known = replace(signoff, signature=None), list(self.of(workspace, subject))
        if asked not in known:
            raise Conflict("This is answered already, or not asked any more.")
        known[known.index(asked)] = signoff
        self._state.signoffs[workspace, subject] = tuple(known)

    def take_back(self, workspace: str, subject: str) -> None:
        kept = [one for one in self.of(workspace, subject) if one.signature is not None]
        self._state.signoffs[workspace, subject] = tuple(kept)


class MemoryAnswers:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, workspace: str, given: Sequence[Given]) -> None:
        for one in given:
            key = (one.number, one.answer.question, one.version)
            if key in {(other.number, other.answer.question, other.version) for other in self._all(workspace)}:
                raise Conflict("Somebody else answered the same just now.")
            self._state.answers[workspace] = (*self._all(workspace), one)

    def of(self, workspace: str, number: int) -> Sequence[Given]:
        return [one for one in self._all(workspace) if one.number == number]

    def about(self, workspace: str, vendor: str, besides: int) -> Sequence[Given]:
        return [one for one in self._all(workspace) if vendor and one.vendor == vendor and one.number != besides]

    def _all(self, workspace: str) -> tuple[Given, ...]:
        return self._state.answers.get(workspace, ())


class MemoryOwnQuestions:
    def __init__(self, state: State) -> None:
        self._state = state

    def of(self, workspace: str) -> Sequence[OwnQuestion]:
        return self._state.own_questions.get(workspace, ())

    def add(self, workspace: str, one: OwnQuestion) -> None:
        known = self._state.own_questions.get(workspace, ())
        if (one.question.key, one.version) in {(other.question.key, other.version) for other in known}:
            raise Conflict("Somebody else changed these questions just now.")
        self._state.own_questions[workspace] = (*known, one)
