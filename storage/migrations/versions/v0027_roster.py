"""Who can talk to whom: what people speak and where they sit, and who speaks for marketing about what.

Revision 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "person", "place")),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name="pk_profile"),
    )
    op.create_table(
        "marketing_delegate",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workspace", "about", "person", "by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "about", name="pk_marketing_delegate"),
    )
