"""Agendas, topics, actions and decisions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.action import Action, ActionState
from bot.domain.agenda import Agenda, Alarm, Decision, Slot, Topic
from bot.domain.errors import NotFound
from storage.sql import insert_into
from storage.tables import Base
from storage.tables_agenda import ActionRow, AgendaRow, DecisionRow, TopicRow

Kept = TypeVar("Kept", Topic, Action, Decision)


class SqlAgendas:
    """Implements bot.ports.Agendas within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, agenda: Agenda) -> None:
        """Store an agenda, new or changed; it is known by its channel and week."""
        key = {"workspace": agenda.workspace, "conversation": agenda.conversation, "slot": agenda.slot.name}
        values = {name: getattr(agenda, name) for name in _ALIKE} | {"at": agenda.slot.at, "items": _items(agenda)}
        statement = insert_into(self._session, AgendaRow).values(**key, **values)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=values),
            execution_options={"synchronize_session": False},
        )

    def get(self, workspace: str, conversation: str, slot: str) -> Agenda | None:
        """One agenda, locked until the transaction ends."""
        return self._find(workspace, conversation, AgendaRow.slot == slot)

    def last(self, workspace: str, conversation: str) -> Agenda | None:
        """The newest agenda of a channel that was not withdrawn, locked until the transaction ends."""
        return self._find(workspace, conversation, AgendaRow.withdrawn.is_(False))

    def _find(self, workspace: str, conversation: str, more: Any) -> Agenda | None:
        wanted = select(AgendaRow).where(AgendaRow.workspace == workspace, AgendaRow.conversation == conversation, more)
        newest = wanted.order_by(AgendaRow.at.desc(), AgendaRow.slot.desc()).limit(1)
        fresh = {"populate_existing": True}
        row = self._session.scalars(newest.with_for_update(), execution_options=fresh).one_or_none()
        return None if row is None else _agenda_from(row)


class SqlTopics:
    """Implements bot.ports.Topics within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, topic: Topic) -> Topic:
        """Keep a topic; it comes back with its id."""
        return _added(self._session, TopicRow, topic)

    def between(self, workspace: str, conversation: str, since: datetime, until: datetime) -> Sequence[Topic]:
        """The topics of a channel added from `since` until before `until`, oldest first."""
        wanted = select(TopicRow).where(TopicRow.workspace == workspace, TopicRow.conversation == conversation)
        during = wanted.where(TopicRow.at >= since, TopicRow.at < until).order_by(TopicRow.at, TopicRow.id)
        return [Topic(**_values(row, Topic)) for row in self._session.scalars(during)]

    def remove(self, workspace: str, topic: int, by: str) -> bool:
        """Take back a topic of one's own. False if there is none."""
        mine = (TopicRow.workspace == workspace, TopicRow.id == topic, TopicRow.by == by)
        return self._session.execute(delete(TopicRow).where(*mine).returning(TopicRow.id)).first() is not None


class SqlActions:
    """Implements bot.ports.Actions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, action: Action) -> Action:
        """Keep a new action; it comes back with its id."""
        return _added(self._session, ActionRow, action)

    def get(self, workspace: str, action: int) -> Action:
        """One action, locked until the transaction ends. Raises NotFound."""
        wanted = select(ActionRow).where(ActionRow.workspace == workspace, ActionRow.id == action)
        fresh = {"populate_existing": True}
        row = self._session.scalars(wanted.with_for_update(), execution_options=fresh).one_or_none()
        if row is None:
            raise NotFound("This action is not there any more.")
        return _action_from(row)

    def save(self, action: Action) -> None:
        """Store a changed action."""
        values = _values(action, Action)
        mine = (ActionRow.workspace == values.pop("workspace"), ActionRow.id == values.pop("id"))
        options = {"synchronize_session": False}
        self._session.execute(update(ActionRow).where(*mine).values(values), execution_options=options)

    def of(self, workspace: str, conversation: str, settled_since: datetime) -> Sequence[Action]:
        """The unfinished actions of a channel and those settled at or after a time, oldest first."""
        mine = (ActionRow.workspace == workspace, ActionRow.conversation == conversation)
        wanted = or_(ActionRow.settled_at.is_(None), ActionRow.settled_at >= settled_since)
        found = select(ActionRow).where(*mine, wanted).order_by(ActionRow.id)
        fresh = {"populate_existing": True}
        return [_action_from(row) for row in self._session.scalars(found, execution_options=fresh)]


class SqlDecisions:
    """Implements bot.ports.Decisions within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, decision: Decision) -> Decision:
        """Keep a decision; it comes back with its id."""
        return _added(self._session, DecisionRow, decision)

    def since(self, workspace: str, conversation: str, since: datetime) -> Sequence[Decision]:
        """The decisions of a channel taken down at or after a time, oldest first."""
        mine = (DecisionRow.workspace == workspace, DecisionRow.conversation == conversation)
        found = select(DecisionRow).where(*mine, DecisionRow.at >= since).order_by(DecisionRow.id)
        return [Decision(**_values(row, Decision)) for row in self._session.scalars(found)]


_ALIKE = ("since", "posted_at", "skipped", "withdrawn", "revision")
_BY_NUMBER = ("decisions", "opened", "campaigns", "settled")


def _added(session: Session, row: type[Base], kept: Kept) -> Kept:
    values = {name: value for name, value in _values(kept, type(kept)).items() if name != "id"}
    number = session.execute(insert(row).values(values).returning(row.__table__.c.id)).scalar_one()
    return replace(kept, id=number)


def _values(holder: object, like: type[Any]) -> dict[str, Any]:
    return {field.name: getattr(holder, field.name) for field in fields(like)}


def _action_from(row: ActionRow) -> Action:
    return Action(**(_values(row, Action) | {"state": ActionState(row.state)}))


def _items(agenda: Agenda) -> dict[str, Any]:
    late = [[alarm.number, alarm.clock, alarm.at.isoformat(), alarm.breached] for alarm in agenda.late]
    return {name: list(getattr(agenda, name)) for name in _BY_NUMBER} | {"late": late}


def _agenda_from(row: AgendaRow) -> Agenda:
    items: dict[str, Any] = row.items
    late = tuple(Alarm(int(n), str(clock), datetime.fromisoformat(at), bool(b)) for n, clock, at, b in items["late"])
    given: dict[str, Any] = {name: getattr(row, name) for name in ("workspace", "conversation", *_ALIKE)}
    given |= {name: tuple(items[name]) for name in _BY_NUMBER}
    return Agenda(slot=Slot(row.slot, row.at), late=late, **given)
