"""Conversations, people, messages sent and answers on their way, in the database; every call is a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Engine, select

from bot.messages import MessageRef
from bot.ports import Now
from bot.ports.places import DIRECT, Acquaintance, Place
from storage.engine import session
from storage.queue import UNSYNCHRONISED
from storage.sql import insert_into
from storage.tables_around import InboxRow, QueueState
from storage.tables_places import AcquaintanceRow, AwaitedRow, PlaceRow, SentMessageRow

SETTLED = (QueueState.DONE, QueueState.FAILED, QueueState.PARKED)


class SqlPlaces:
    """Implements Places, Acquaintances, SentMessages and Awaited of bot.ports.places."""

    def __init__(self, engine: Engine, now: Now) -> None:
        self._engine = engine
        self._now = now

    def keep(self, place: Place) -> None:
        """Remember a conversation; what is empty leaves what was known."""
        self._put(PlaceRow, asdict(place))

    def place(self, workspace: str, conversation: str) -> Place | None:
        """One conversation."""
        with session(self._engine) as opened:
            row = opened.get(PlaceRow, (workspace, conversation))
            return _place(row) if row else None

    def direct(self, workspace: str, person: str) -> Place | None:
        """Somebody's direct conversation with us."""
        wanted = select(PlaceRow).where(
            PlaceRow.workspace == workspace, PlaceRow.person == person, PlaceRow.kind == DIRECT
        )
        with session(self._engine) as opened:
            row = opened.scalars(wanted.order_by(PlaceRow.id)).first()
            return _place(row) if row else None

    def channels(self, workspace: str, team: str = "") -> Sequence[Place]:
        """The channels and groups we know, of one team or all, in the order of their ids."""
        wanted = select(PlaceRow).where(PlaceRow.workspace == workspace, PlaceRow.kind != DIRECT)
        if team:
            wanted = wanted.where(PlaceRow.team == team)
        with session(self._engine) as opened:
            return [_place(row) for row in opened.scalars(wanted.order_by(PlaceRow.id))]

    def meet(self, people: Sequence[Acquaintance]) -> None:
        """Remember people; what is empty leaves what was known."""
        for one in people:
            self._put(AcquaintanceRow, asdict(one))

    def known(self, workspace: str, person: str) -> Acquaintance | None:
        """One person."""
        with session(self._engine) as opened:
            row = opened.get(AcquaintanceRow, (workspace, person))
            return Acquaintance(**{one.name: getattr(row, one.name) for one in fields(Acquaintance)}) if row else None

    def keep_sent(self, workspace: str, key: str, ref: MessageRef) -> None:
        """It is in the chat. The first one stands."""
        values = {"workspace": workspace, "key": key, "at": self._now(), **asdict(ref)}
        with session(self._engine) as opened:
            opened.execute(insert_into(opened, SentMessageRow).values(values).on_conflict_do_nothing())

    def sent(self, workspace: str, key: str) -> MessageRef | None:
        """The message with a key."""
        with session(self._engine) as opened:
            row = opened.get(SentMessageRow, (workspace, key))
            return MessageRef(row.conversation, row.message) if row else None

    def leave(self, workspace: str, name: str, answer: str) -> bool:
        """Leave an answer; False if it is there already or nobody waits for it any more."""
        values = {"workspace": workspace, "name": name, "answer": answer, "at": self._now()}
        with session(self._engine) as opened:
            made = insert_into(opened, AwaitedRow).values(values).on_conflict_do_nothing()
            new = opened.scalars(made.returning(AwaitedRow.name), execution_options=UNSYNCHRONISED)
            return new.first() is not None

    def collect(self, workspace: str, name: str, *, last: bool = False) -> str | None:
        """The answer, None while there is none. After the `last` time nobody waits any more."""
        if last:
            self.leave(workspace, name, "")
        with session(self._engine) as opened:
            row = opened.get(AwaitedRow, (workspace, name))
            return row.answer or None if row else None

    def is_settled(self, workspace: str, key: str) -> bool:
        """Whether the request with this key was handled or set aside."""
        wanted = select(InboxRow.state).where(InboxRow.workspace == workspace, InboxRow.key == key)
        with session(self._engine) as opened:
            return opened.scalars(wanted).one_or_none() in SETTLED

    def _put(self, row: type[PlaceRow] | type[AcquaintanceRow], values: dict[str, Any]) -> None:
        known = {name: value for name, value in values.items() if value and name not in {"workspace", "id"}}
        with session(self._engine) as opened:
            statement = insert_into(opened, row).values(values)
            opened.execute(statement.on_conflict_do_update(index_elements=["workspace", "id"], set_=known))


def _place(row: PlaceRow) -> Place:
    return Place(**{one.name: getattr(row, one.name) for one in fields(Place)})
