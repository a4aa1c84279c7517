"""Channels and roles of a workspace in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.domain.people import Role
from bot.domain.workspace import Channel, Roles
from storage.sql import insert_into
from storage.tables_around import ChannelRow, RoleRow
from storage.tickets import SqlTickets


class SqlWorkspaces:
    """Implements bot.ports.Workspaces within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def channel(self, workspace: str, conversation: str) -> Channel | None:
        """One channel, if it was ever set up or offered."""
        wanted = select(ChannelRow).where(ChannelRow.workspace == workspace, ChannelRow.id == conversation)
        row = self._session.scalars(wanted).one_or_none()
        return None if row is None else _channel_from(row)

    def listening(self, workspace: str = "") -> Sequence[Channel]:
        """The marketing channels (of one workspace, or of all), oldest set-up first."""
        wanted = select(ChannelRow).where(ChannelRow.listening)
        if workspace:
            wanted = wanted.where(ChannelRow.workspace == workspace)
        order = (ChannelRow.set_up_at.nulls_last(), ChannelRow.workspace, ChannelRow.id)
        return [_channel_from(row) for row in self._session.scalars(wanted.order_by(*order))]

    def save_channel(self, channel: Channel) -> None:
        """Store a channel."""
        values = asdict(channel)
        changed = {name: value for name, value in values.items() if name not in {"workspace", "id"}}
        statement = insert_into(self._session, ChannelRow).values(values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["workspace", "id"], set_=changed))

    def roles(self, workspace: str) -> Roles:
        """Who holds which roles."""
        wanted = select(RoleRow).where(RoleRow.workspace == workspace).order_by(RoleRow.position)
        holders: dict[Role, tuple[str, ...]] = {}
        for row in self._session.scalars(wanted):
            holders[Role(row.role)] = (*holders.get(Role(row.role), ()), row.person)
        return Roles(holders)

    def give(self, workspace: str, role: Role, people: Sequence[str]) -> None:
        """Give a role to exactly these people, the first one being the one to turn to."""
        SqlTickets(self._session).lock_intake(workspace)  # two who give the same role do it one after the other
        self._session.execute(delete(RoleRow).where(RoleRow.workspace == workspace, RoleRow.role == role))
        rows = [
            {"workspace": workspace, "role": role, "person": person, "position": position}
            for position, person in enumerate(dict.fromkeys(people))
        ]
        if rows:
            self._session.execute(insert(RoleRow), rows)


def _channel_from(row: ChannelRow) -> Channel:
    return Channel(**{field.name: getattr(row, field.name) for field in fields(Channel)})
