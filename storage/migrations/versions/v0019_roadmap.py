"""The road map: its draft, its revisions, its reviews.

Revision 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "roadmap_draft",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_roadmap_draft"),
    )
    op.create_table(
        "roadmap_revision",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("signed_at", WHEN),
        sa.Column("revision", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", name="pk_roadmap_revision"),
    )
    op.create_table(
        "roadmap_review",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("review", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "slot", name="pk_roadmap_review"),
    )
