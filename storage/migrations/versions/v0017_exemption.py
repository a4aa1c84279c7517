"""Exceptions from freezes, and secret links to the calendar.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "exemption",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("freeze", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "window", "granter", "post")),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("at", WHEN),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("standing", "by", "reason")),
        sa.PrimaryKeyConstraint("workspace", "number", "freeze", name="pk_exemption"),
    )
    op.create_table(
        "feed",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name="pk_feed"),
    )
    op.create_index("ix_feed_digest", "feed", ["digest"], unique=True)
