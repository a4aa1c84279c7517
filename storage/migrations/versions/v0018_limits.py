"""What systems take at most.

Revision 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "system_limit",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "key", "system")),
        sa.Column("most", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("words", "cannot")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("owner", "beyond", "told_by")),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_system_limit"),
    )
