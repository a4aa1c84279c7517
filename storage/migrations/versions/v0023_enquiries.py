"""What became of answers, without who asked or what.

Revision 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry"),
    )
    op.create_index("ix_enquiry_workspace_at", "enquiry", ["workspace", "at"])
