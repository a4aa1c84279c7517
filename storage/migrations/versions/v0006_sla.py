"""What was agreed for the clocks, in editions; recounts; when a clock stopped.

Revision 0006, after 0005.
"""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
CLOCK = sa.table(
    "clock",
    *(sa.column(name) for name in ("workspace", "number", "kind", "cycle", "state")),
    sa.column("ledger", sa.JSON()),
    sa.column("stopped_at", WHEN),
)


def upgrade() -> None:
    op.create_table(
        "targets",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "version", name="pk_targets"),
    )
    op.create_table(
        "calendar",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("calendar", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "owner", "version", name="pk_calendar"),
    )
    op.create_table(
        "recount",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_recount"),
    )
    op.add_column("clock", sa.Column("stopped_at", WHEN))
    _note_stops()
    stopped = sa.text("stopped_at IS NOT NULL")
    op.create_index(
        "ix_clock_stopped", "clock", ["workspace", "stopped_at"], sqlite_where=stopped, postgresql_where=stopped
    )


def _note_stops() -> None:
    """When the clocks of an older version stopped stands at the end of their ledgers."""
    connection = op.get_bind()
    key = [CLOCK.c.workspace, CLOCK.c.number, CLOCK.c.kind, CLOCK.c.cycle]
    closed = connection.execute(sa.select(*key, CLOCK.c.ledger).where(CLOCK.c.state == "closed")).all()
    for *values, ledger in closed:
        entries = (json.loads(ledger) if isinstance(ledger, str) else ledger)["ledger"]
        stop = next((one["at"] for one in reversed(entries) if one["what"] in {"met", "cancelled"}), None)
        if stop is not None:
            mine = sa.and_(*(column == value for column, value in zip(key, values, strict=True)))
            connection.execute(sa.update(CLOCK).where(mine).values(stopped_at=datetime.fromisoformat(stop)))
