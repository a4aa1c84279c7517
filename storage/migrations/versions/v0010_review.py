"""Reviews of tools: policies, reviews, sign-offs.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("in_force_at", WHEN),
        sa.PrimaryKeyConstraint("workspace", "version", name="pk_policy"),
    )
    op.create_table(
        "review",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("policy", sa.Integer(), nullable=False),
        sa.Column("review", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "version", name="pk_review"),
    )
    op.create_table(
        "sign_off",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("said", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_sign_off"),
        sa.UniqueConstraint("workspace", "subject", "version", "role", name="uq_sign_off_role"),
    )
