"""Targets, calendars and recounts in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.domain.agreed import CalendarEdition, TargetsEdition
from bot.domain.errors import Conflict
from bot.domain.hours import Calendar
from bot.domain.targets import Targets
from bot.ports import Recount
from storage.sql import insert_into
from storage.tables_sla import CalendarRow, RecountRow, TargetsRow

FEW = 50  # owners that a statement may name; most people have no calendar of their own
CHANGED = "Somebody else changed this just now. Open the form again to see how it stands."


class SqlAgreements:
    """Implements bot.ports.Agreements within one transaction; what was read is kept until something is saved."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._targets: dict[str, Sequence[TargetsEdition]] = {}
        self._calendars: dict[tuple[str, str], list[CalendarEdition]] = {}

    def targets(self, workspace: str) -> Sequence[TargetsEdition]:
        """All editions of the targets, oldest first."""
        if workspace not in self._targets:
            wanted = select(TargetsRow).where(TargetsRow.workspace == workspace).order_by(TargetsRow.version)
            rows = self._session.scalars(wanted)
            found = [TargetsEdition(row.version, row.at, Targets.from_dict(row.targets), row.by) for row in rows]
            self._targets[workspace] = found
        return self._targets[workspace]

    def save_targets(self, workspace: str, edition: TargetsEdition) -> None:
        """Add an edition. Raises Conflict if somebody else added this version."""
        self._targets.clear()
        values = {"workspace": workspace, "version": edition.version, "at": edition.at, "by": edition.by}
        row = insert_into(self._session, TargetsRow).values(values | {"targets": edition.targets.to_dict()})
        added = self._session.execute(row.on_conflict_do_nothing().returning(TargetsRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)

    def calendars(self, workspace: str, owners: Collection[str]) -> Sequence[CalendarEdition]:
        """All editions of the calendars of some owners, oldest first."""
        unread = sorted({owner for owner in owners if (workspace, owner) not in self._calendars})
        if unread:
            self._calendars |= {(workspace, owner): [] for owner in unread}
            unread = self._with_one(workspace, unread) if len(unread) > FEW else unread
            wanted = select(CalendarRow).where(CalendarRow.workspace == workspace, CalendarRow.owner.in_(unread))
            for row in self._session.scalars(wanted.order_by(CalendarRow.version)) if unread else ():
                self._calendars[workspace, row.owner].append(_calendar_from(row))
        return [edition for owner in sorted(set(owners)) for edition in self._calendars[workspace, owner]]

    def save_calendar(self, workspace: str, edition: CalendarEdition) -> None:
        """Add an edition. Raises Conflict if somebody else added this version."""
        self._calendars.clear()
        key = {"workspace": workspace, "owner": edition.owner, "version": edition.version}
        values = {"at": edition.at, "by": edition.by, "region": edition.region, "calendar": edition.calendar.to_dict()}
        row = insert_into(self._session, CalendarRow).values(key | values)
        added = self._session.execute(row.on_conflict_do_nothing().returning(CalendarRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)

    def _with_one(self, workspace: str, owners: Collection[str]) -> list[str]:
        """Those of many owners who have a calendar at all."""
        theirs = select(CalendarRow.owner).where(CalendarRow.workspace == workspace).distinct()
        return sorted({*self._session.scalars(theirs)} & {*owners})


class SqlRecounts:
    """Implements bot.ports.Recounts within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, workspace: str, why: str) -> None:
        """Count all open clocks of a workspace anew; from the start if it is under way already."""
        values = {"after": 0, "why": why}
        row = insert_into(self._session, RecountRow).values(values | {"workspace": workspace})
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace"], set_=values))

    def next(self) -> Recount | None:
        """One that is not done, claimed for this unit of work; None if there is none, or others hold them all."""
        wanted = select(RecountRow).order_by(RecountRow.workspace).limit(1).with_for_update(skip_locked=True)
        row = self._session.scalars(wanted).first()
        return None if row is None else Recount(row.workspace, row.after, row.why)

    def advance(self, workspace: str, after: int | None) -> None:
        """All tickets up to this number are done; None: all of them."""
        mine = RecountRow.workspace == workspace
        change = delete(RecountRow).where(mine) if after is None else update(RecountRow).where(mine).values(after=after)
        self._session.execute(change, execution_options={"synchronize_session": False})


def _calendar_from(row: CalendarRow) -> CalendarEdition:
    return CalendarEdition(row.owner, row.version, row.at, Calendar.from_dict(row.calendar), row.by, row.region)
