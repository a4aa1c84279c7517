"""The campaign calendar: what is planned beside the tickets.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
WORDS = ("site", "owner", "grants", "tool", "note", "series")


def upgrade() -> None:
    op.create_table(
        "planned",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=False),
        sa.Column("is_day", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_planned"),
    )
    op.create_index("ix_planned_ends", "planned", ["workspace", "ends_at", "starts_at"])
