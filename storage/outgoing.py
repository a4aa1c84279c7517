"""The outbox as a unit of work sees it: posts are stored with what they tell of, and sent afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from bot.messages import Post
from bot.ports import Now
from storage.codec import Dumped, post_texts
from storage.queue import wake
from storage.tables_around import OutboxRow, QueueState
from storage.unfolded import among_rows, insert_many, rows_text

SUPERSEDED = "superseded"
WITHDRAWN = "withdrawn"


class SqlOutgoing:
    """Implements bot.ports.Outgoing within one transaction."""

    def __init__(self, session: Session, now: Now) -> None:
        self._session = session
        self._now = now

    def put(self, posts: Iterable[Post]) -> None:
        """Store messages to be sent. A key that is known already is left as it is.

        An update that nobody has tried to send yet gives way to a newer one of the same message: it is kept as
        done, so that its key stays known.
        """
        now = self._now()
        posts = list(posts)
        rows = [_values(post, payload, now) for post, payload in zip(posts, post_texts(posts), strict=True)]
        insert_many(self._session, OutboxRow, rows, on_known=(), same=_NEW | {"created_at": now})
        updates: dict[str, set[str]] = {}
        for row in rows:
            if row["update_of"]:
                updates.setdefault(row["workspace"], set()).add(row["update_of"])
        for workspace, keys in sorted(updates.items()):
            self._supersede(workspace, keys, now)

    def wake(self, workspace: str) -> None:
        """What was parked may be tried again at once: its cause may be gone."""
        wake(self._session, OutboxRow, workspace, self._now())

    def withdraw(self, workspace: str, key: str) -> bool:
        """Do not send a post any more: it is kept as done, without its card. False if it was sent, or may have been."""
        waiting = (OutboxRow.state.in_([QueueState.READY, QueueState.PARKED]), OutboxRow.maybe_sent.is_(False))
        done = {"state": QueueState.DONE, "why": WITHDRAWN, "payload": null(), "finished_at": self._now()}
        gone = self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.workspace == workspace, OutboxRow.key == key, *waiting)
            .values(**done, parked_at=None)
            .returning(OutboxRow.id),
            execution_options={"synchronize_session": False},
        )
        return gone.first() is not None

    def take_back(self, workspace: str, prefix: str) -> None:
        """Take back what still waits for its time, under all keys that begin so; they stay known."""
        now = self._now()
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.workspace == workspace, OutboxRow.key.startswith(prefix, autoescape=True))
            .where(OutboxRow.finished_at.is_(None), OutboxRow.next_at > now, *_UNTRIED)
            .values(state=QueueState.DONE, why=WITHDRAWN, payload=null(), finished_at=now),
            execution_options={"synchronize_session": False},
        )

    def _supersede(self, workspace: str, keys: Collection[str], now: datetime) -> None:
        these = among_rows(self._session, OutboxRow, "workspace", "update_of")
        waiting = select(OutboxRow.id, OutboxRow.update_of).where(these, OutboxRow.finished_at.is_(None))
        rows = {"rows": rows_text(((workspace, key) for key in keys), "workspace", "update_of")}
        ids: dict[str, list[int]] = {}
        for row in self._session.execute(waiting, rows):
            ids.setdefault(row.update_of, []).append(row.id)
        older = [one for of_one in ids.values() for one in of_one if one != max(of_one)]
        if older:
            self._session.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(older), OutboxRow.finished_at.is_(None), *_UNTRIED)
                .values(state=QueueState.DONE, why=SUPERSEDED, payload=null(), finished_at=now),
                execution_options={"synchronize_session": False},
            )


_NEW = {
    "state": QueueState.READY, "fence": 0, "attempts": 0, "why": "", "maybe_sent": False,
    "conversation": "", "thread": "", "message": "",
}  # fmt: skip
_UNTRIED = (OutboxRow.state == QueueState.READY, OutboxRow.attempts == 0)


def _values(post: Post, payload: Dumped, now: datetime) -> dict[str, Any]:
    return {
        "workspace": post.workspace,
        "key": post.key,
        "lane": post.lane,
        "next_at": max(now, post.not_before or now),
        "payload": payload,
        "update_of": post.update_of,
        "in_thread_of": post.in_thread_of,
        "anchors": post.anchors,
    }
