"""What sponsors say of their items each month.

Revision 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sponsor_word",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "month", "item", "by", "mood", "words")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "month", "item", "by", name="pk_sponsor_word"),
    )
