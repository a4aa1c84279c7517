"""The vectors of passages, kept in memory as one matrix for each workspace, for as long as they are the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.knowledge import Audience
from storage.tables_knowledge import PassageRow

Stamp = tuple[int, int]

CHANGED = "passages changed"  # in a session's info: what it reads is not committed, and may never be


@dataclass(frozen=True, slots=True)
class Shelf:
    """The vectors of one workspace (passages, size), the ids they belong to, and whether each is only for IT."""

    stamp: Stamp
    ids: NDArray[np.int64]
    for_it: NDArray[np.bool_]
    vectors: NDArray[np.float32]


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
        mine = (PassageRow.workspace == workspace, PassageRow.vector.is_not(None))
        newest, number = session.execute(select(func.max(PassageRow.id), func.count()).where(*mine)).one()
        stamp = (newest or 0, number)
        is_changed = session.info.get(CHANGED, False)
        with self._lock:
            known = None if is_changed else self._shelves.get(workspace)
        if known is not None and known.stamp == stamp:
            return known
        columns = select(PassageRow.id, PassageRow.audience, PassageRow.vector).where(*mine).order_by(PassageRow.id)
        fresh = _shelf(stamp, [(id_, audience, vector) for id_, audience, vector in session.execute(columns) if vector])
        if not is_changed:
            with self._lock:
                self._shelves[workspace] = fresh
        return fresh


def _shelf(stamp: Stamp, rows: Sequence[tuple[int, str, bytes]]) -> Shelf:
    """What was read; vectors of another size than the newest (of an encoder from before) are left out."""
    size = len(rows[-1][2]) if rows else 0
    rows = [row for row in rows if len(row[2]) == size]
    vectors = np.frombuffer(b"".join(vector for _, _, vector in rows), "<f2").reshape(len(rows), size // 2)
    return Shelf(
        stamp,
        np.array([id_ for id_, _, _ in rows], np.int64),
        np.array([audience != Audience.EVERYONE for _, audience, _ in rows], np.bool_),
        vectors.astype(np.float32),
    )
