"""Campaigns: sites, what they take, and the answers on tickets.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("usual_visits_per_min", sa.Double(), nullable=False),
        sa.Column("headroom", sa.Double(), nullable=False),
        sa.Column("session_s", sa.Double(), nullable=False),
        sa.Column("pages_per_visit", sa.Double(), nullable=False),
        sa.Column("dynamic_requests_per_page", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "host", name="pk_site"),
    )
    op.create_table(
        "capacity",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("requests_per_s", sa.Double()),
        sa.Column("sessions", sa.Double()),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_capacity"),
    )
    op.create_index("ix_capacity_workspace", "capacity", ["workspace", "id"])
    op.create_table(
        "readiness",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("readiness", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", name="pk_readiness"),
    )
