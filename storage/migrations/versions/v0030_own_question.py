"""A workspace's own questions of due diligence, in versions.

Revision 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_question",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "key")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", "version", name="pk_own_question"),
    )
