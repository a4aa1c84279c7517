"""The road map in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Conflict
from bot.domain.roadmap_edition import Draft, RevisionHead, RoadMapRevision
from bot.domain.roadmap_review import RoadMapReview
from tests.support.memory_state import State


class MemoryRoadMapDrafts:
    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, workspace: str) -> Draft:
        return self._state.roadmap_drafts.get(workspace, Draft())

    def save(self, workspace: str, draft: Draft) -> Draft:
        if self.get(workspace).version != draft.version:
            raise Conflict("Somebody else changed this just now.")
        newer = replace(draft, version=draft.version + 1)
        self._state.roadmap_drafts[workspace] = newer
        return newer

    def workspaces(self) -> Sequence[str]:
        return sorted(self._state.roadmap_drafts)


class MemoryRoadMapRevisions:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, workspace: str, revision: RoadMapRevision) -> None:
        if self.get(workspace, revision.number):
            raise Conflict("Somebody else changed this just now.")
        self._state.roadmap_revisions[workspace, revision.number] = revision

    def get(self, workspace: str, number: int) -> RoadMapRevision | None:
        return self._state.roadmap_revisions.get((workspace, number))

    def signed(self, workspace: str) -> RoadMapRevision | None:
        holding = [one for one in self._of(workspace) if one.signed_at]
        return holding[-1] if holding else None

    def enforce(self, workspace: str, number: int, at: datetime) -> None:
        kept = self._state.roadmap_revisions[workspace, number]
        self._state.roadmap_revisions[workspace, number] = replace(kept, signed_at=at)

    def heads(self, workspace: str) -> Sequence[RevisionHead]:
        return [RevisionHead(one.number, one.by, one.at, one.signed_at) for one in self._of(workspace)]

    def _of(self, workspace: str) -> list[RoadMapRevision]:
        return [one for key, one in sorted(self._state.roadmap_revisions.items()) if key[0] == workspace]


class MemoryRoadMapReviews:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, review: RoadMapReview) -> None:
        self._state.roadmap_reviews[review.workspace, review.slot.name] = review

    def last(self, workspace: str) -> RoadMapReview | None:
        mine = [one for key, one in self._state.roadmap_reviews.items() if key[0] == workspace]
        return max(mine, key=lambda one: one.posted_at, default=None)
