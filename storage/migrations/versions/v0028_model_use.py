"""What the language model is used for: calls, tokens read and written; and whether it may write in a workspace.

Revision 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "model_use",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens_in", BIG, nullable=False),
        sa.Column("tokens_out", BIG, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "day", "purpose", name="pk_model_use"),
    )
    op.execute("INSERT INTO model_use SELECT workspace, day, 'second_opinion', calls, tokens, 0 FROM usage")
    op.drop_table("usage")
    op.create_table(
        "model_writes",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_model_writes"),
    )
