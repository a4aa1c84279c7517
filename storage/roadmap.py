"""The road map in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.domain.errors import Conflict
from bot.domain.roadmap_edition import Draft, RevisionHead, RoadMapRevision
from bot.domain.roadmap_review import RoadMapReview
from storage.reviews import CHANGED, FRESH, UNSYNCED
from storage.sql import insert_into
from storage.tables_roadmap import RoadMapDraftRow, RoadMapReviewRow, RoadMapRevisionRow


class SqlRoadMapDrafts:
    """Implements bot.ports.RoadMapDrafts within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, workspace: str) -> Draft:
        """The draft, locked until the transaction ends; an empty one where there is none."""
        wanted = select(RoadMapDraftRow).where(RoadMapDraftRow.workspace == workspace)
        row = self._session.scalars(wanted.with_for_update(), execution_options=FRESH).first()
        return replace(_drafts().validate_python(row.draft), version=row.version) if row else Draft()

    def save(self, workspace: str, draft: Draft) -> Draft:
        """Store it in place of the one of its version. Raises Conflict if somebody else changed it."""
        newer = replace(draft, version=draft.version + 1)
        fresh = {"version": newer.version, "draft": _drafts().dump_python(newer, mode="json")}
        statement = insert_into(self._session, RoadMapDraftRow).values(workspace=workspace, **fresh)
        stored = statement.on_conflict_do_update(
            index_elements=["workspace"], set_=fresh, where=RoadMapDraftRow.version == draft.version
        )
        if self._session.execute(stored.returning(RoadMapDraftRow.version)).first() is None:
            raise Conflict(CHANGED)
        return newer

    def workspaces(self) -> Sequence[str]:
        """The workspaces that have one."""
        return self._session.scalars(select(RoadMapDraftRow.workspace).order_by(RoadMapDraftRow.workspace)).all()


class SqlRoadMapRevisions:
    """Implements bot.ports.RoadMapRevisions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, workspace: str, revision: RoadMapRevision) -> None:
        """Store a revision. Raises Conflict if this number is there already."""
        plain = {name: getattr(revision, name) for name in ("number", "by", "at", "signed_at")}
        kept: dict[str, Any] = {"revision": _revisions().dump_python(revision, mode="json")}
        row = insert_into(self._session, RoadMapRevisionRow).values({"workspace": workspace, **plain, **kept})
        added = self._session.execute(row.on_conflict_do_nothing().returning(RoadMapRevisionRow.number))
        if added.first() is None:
            raise Conflict(CHANGED)

    def get(self, workspace: str, number: int) -> RoadMapRevision | None:
        """One revision, locked until the transaction ends."""
        mine = (RoadMapRevisionRow.workspace == workspace, RoadMapRevisionRow.number == number)
        wanted = select(RoadMapRevisionRow).where(*mine).with_for_update()
        return _revision(self._session.scalars(wanted, execution_options=FRESH).first())

    def signed(self, workspace: str) -> RoadMapRevision | None:
        """The one that holds: of those signed by both sides the newest."""
        mine = (RoadMapRevisionRow.workspace == workspace, RoadMapRevisionRow.signed_at.is_not(None))
        newest = select(RoadMapRevisionRow).where(*mine).order_by(RoadMapRevisionRow.number.desc()).limit(1)
        return _revision(self._session.scalars(newest, execution_options=FRESH).first())

    def enforce(self, workspace: str, number: int, at: datetime) -> None:
        """From now on a revision holds."""
        mine = (RoadMapRevisionRow.workspace == workspace, RoadMapRevisionRow.number == number)
        self._session.execute(update(RoadMapRevisionRow).where(*mine).values(signed_at=at), execution_options=UNSYNCED)

    def heads(self, workspace: str) -> Sequence[RevisionHead]:
        """All revisions without what they say, oldest first."""
        row = RoadMapRevisionRow
        wanted = select(row.number, row.by, row.at, row.signed_at).where(row.workspace == workspace)
        return [RevisionHead(*found) for found in self._session.execute(wanted.order_by(row.number))]


class SqlRoadMapReviews:
    """Implements bot.ports.RoadMapReviews within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, review: RoadMapReview) -> None:
        """Store a review, in place of the one of the same month."""
        fresh = {"at": review.posted_at, "review": _reviews().dump_python(review, mode="json")}
        key = {"workspace": review.workspace, "slot": review.slot.name}
        row = insert_into(self._session, RoadMapReviewRow).values({**key, **fresh})
        self._session.execute(row.on_conflict_do_update(index_elements=list(key), set_=fresh))

    def last(self, workspace: str) -> RoadMapReview | None:
        """The newest one."""
        mine = select(RoadMapReviewRow).where(RoadMapReviewRow.workspace == workspace)
        newest = mine.order_by(RoadMapReviewRow.at.desc()).limit(1)
        row = self._session.scalars(newest, execution_options=FRESH).first()
        return _reviews().validate_python(row.review) if row else None


def _revision(row: RoadMapRevisionRow | None) -> RoadMapRevision | None:
    return replace(_revisions().validate_python(row.revision), signed_at=row.signed_at) if row else None


# Built on first use: importing does nothing.
@cache
def _drafts() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)


@cache
def _revisions() -> TypeAdapter[RoadMapRevision]:
    return TypeAdapter(RoadMapRevision)


@cache
def _reviews() -> TypeAdapter[RoadMapReview]:
    return TypeAdapter(RoadMapReview)
