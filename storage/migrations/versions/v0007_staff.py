"""What the people of IT look after, and when they are out of office.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "person", "skill")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", "skill", name="pk_skill"),
    )
    op.create_table(
        "absence",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "person", "source")),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("delegate", "zone")),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace", "person", "source", name="pk_absence"),
    )
    some = sa.text("look_at IS NOT NULL")
    op.create_index("ix_absence_look", "absence", ["look_at"], sqlite_where=some, postgresql_where=some)
