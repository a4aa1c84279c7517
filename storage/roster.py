"""Who can talk to whom, in the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.roster import MarketingDelegate, Profile
from storage.reviews import FRESH
from storage.sql import insert_into
from storage.tables_staff import MarketingDelegateRow, ProfileRow


class SqlRosterEntries:
    """Implements bot.ports.RosterEntries within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def profiles(self, workspace: str) -> Mapping[str, Profile]:
        """What was said of each person, by person."""
        wanted = select(ProfileRow).where(ProfileRow.workspace == workspace).order_by(ProfileRow.person)
        rows = self._session.scalars(wanted, execution_options=FRESH)
        return {row.person: Profile(workspace, row.person, tuple(row.languages), row.place) for row in rows}

    def save_profile(self, profile: Profile) -> None:
        """From now on this is so."""
        fresh = {"languages": list(profile.languages), "place": profile.place}
        row = insert_into(self._session, ProfileRow).values(workspace=profile.workspace, person=profile.person, **fresh)
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace", "person"], set_=fresh))

    def delegates(self, workspace: str) -> Mapping[str, MarketingDelegate]:
        """Marketing's delegates by what they speak about."""
        of = MarketingDelegateRow
        rows = self._session.scalars(
            select(of).where(of.workspace == workspace).order_by(of.about), execution_options=FRESH
        )
        return {
            row.about: MarketingDelegate(workspace, row.about, row.person, row.by, row.at, tuple(row.languages))
            for row in rows
        }

    def name_delegate(self, delegate: MarketingDelegate) -> None:
        """From now on they speak for marketing about it, in place of whoever did before."""
        fresh = {
            "person": delegate.person,
            "by": delegate.by,
            "at": delegate.at,
            "languages": list(delegate.languages),
        }
        row = insert_into(self._session, MarketingDelegateRow).values(
            workspace=delegate.workspace, about=delegate.about, **fresh
        )
        self._session.execute(row.on_conflict_do_update(index_elements=["workspace", "about"], set_=fresh))
