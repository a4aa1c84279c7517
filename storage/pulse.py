"""The pulse in the database: one row a side and month, written anew as a whole with every answer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.people import Side
from bot.domain.pulse import Pulse
from storage.reviews import FRESH
from storage.sql import insert_into
from storage.tables_roadmap import PulseRow


class SqlPulses:
    """Implements bot.ports.Pulses within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, workspace: str, month: str, side: Side) -> Pulse:
        """One record, locked until the transaction ends; an empty one where there is none."""
        key = {"workspace": workspace, "month": month, "side": side.value}
        mine = [getattr(PulseRow, name) == value for name, value in key.items()]
        row = self._session.scalars(select(PulseRow).where(*mine).with_for_update(), execution_options=FRESH).first()
        if row is None:
            return Pulse(workspace, month, side)
        kept = row.tally
        return Pulse(workspace, month, side, tuple(kept["counts"]), tuple(kept["lines"]), tuple(kept["ballots"]))

    def save(self, pulse: Pulse) -> None:
        """Store a record in place of what was there."""
        key = {"workspace": pulse.workspace, "month": pulse.month, "side": pulse.side.value}
        row = insert_into(self._session, PulseRow).values({**key, "tally": _tally(pulse)})
        self._session.execute(row.on_conflict_do_update(index_elements=list(key), set_={"tally": _tally(pulse)}))


def _tally(pulse: Pulse) -> dict[str, list[int] | list[str]]:
    return {"counts": list(pulse.counts), "lines": list(pulse.lines), "ballots": list(pulse.ballots)}
