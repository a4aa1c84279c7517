"""The vectors of passages, kept in memory as one matrix for each workspace, for as long as they are the newest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.knowledge import Audience
from storage.tables_knowledge import KnowledgeVersionRow, PassageRow

CHANGED = "passages changed"  # in a session's info: what it reads is not committed, and may never be


@dataclass(frozen=True, slots=True)
class Shelf:
    """The vectors of one workspace (passages, size) in one version of its index, the ids they belong to in their
    order, and whether each is only for IT."""

    version: int
    ids: NDArray[np.int64]
    for_it: NDArray[np.bool_]
    vectors: NDArray[np.float32]

    def only(self, ids: Collection[int]) -> Shelf:
        """Those that are still among some ids."""
        still = np.isin(self.ids, np.fromiter(ids, np.int64, len(ids)))
        return Shelf(self.version, self.ids[still], self.for_it[still], self.vectors[still])


class Vectors:
    """Exact search over all vectors of a workspace, shared by all transactions on one engine."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelves: dict[str, Shelf] = {}

    def nearest(
        self,
        session: Session,
        workspace: str,
        audiences: Sequence[Audience],
        asked: NDArray[np.float32],
        most: int,
    ) -> Sequence[int]:
        """The ids of the `most` passages nearest to a vector (size) among those that the audiences may read."""
        shelf = self._shelf(session, workspace)
        if not len(shelf.ids) or shelf.vectors.shape[1] != len(asked):
            return []
        near = shelf.vectors @ asked
        if Audience.IT not in audiences:
            near[shelf.for_it] = -np.inf
        best = np.argsort(-near, kind="stable")[:most] if len(near) <= most else np.argpartition(-near, most)[:most]
        return [int(shelf.ids[at]) for at in best if near[at] > -np.inf]

    def _shelf(self, session: Session, workspace: str) -> Shelf:
        newest = select(KnowledgeVersionRow.version).where(KnowledgeVersionRow.workspace == workspace)
        version = session.scalar(newest) or 0
        is_changed = session.info.get(CHANGED, False)
        with self._lock:
            known = self._shelves.get(workspace)
        if known is not None and known.version == version and not is_changed:
            return known
        fresh = _read(session, workspace, version, known)
        if not is_changed:
            with self._lock:
                self._shelves[workspace] = fresh
        return fresh


def _read(session: Session, workspace: str, version: int, known: Shelf | None) -> Shelf:
    """The vectors as they are now: those that are known are kept, the others are read."""
    mine = (PassageRow.workspace == workspace, PassageRow.vector.is_not(None))
    there = session.execute(select(PassageRow.id, PassageRow.audience).where(*mine))
    audiences = dict(there.all())
    kept = known.only(audiences) if known is not None else None
    last = int(kept.ids[-1]) if kept is not None and len(kept.ids) else 0
    newer = select(PassageRow.id, PassageRow.vector).where(*mine, PassageRow.id > last).order_by(PassageRow.id)
    rows = [(id_, vector) for id_, vector in session.execute(newer) if vector]
    size = len(rows[-1][1]) // 2 if rows else (kept.vectors.shape[1] if kept is not None else 0)
    if kept is not None and len(kept.ids) and kept.vectors.shape[1] != size:
        return _read(session, workspace, version, None)
    rows = [row for row in rows if len(row[1]) == 2 * size]  # of an encoder from before, the others are left out
    vectors = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").reshape(len(rows), size).astype(np.float32)
    ids = np.array([id_ for id_, _ in rows], np.int64)
    if kept is not None and len(kept.ids):
        ids, vectors = np.concatenate([kept.ids, ids]), np.concatenate([kept.vectors, vectors])
    for_it = np.array([audiences[int(id_)] != Audience.EVERYONE for id_ in ids], np.bool_)
    return Shelf(version, ids, for_it, vectors)
