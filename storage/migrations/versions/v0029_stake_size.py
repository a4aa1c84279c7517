"""From which size on a ticket has a sponsor.

Revision 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stake_size",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("yearly", sa.Text(), nullable=False),
        sa.Column("audience", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_stake_size"),
    )
