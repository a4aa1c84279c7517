"""Tickets on their way up the ladder.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("escalated_to", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "escalation",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("side", "reason", "why", "asked_by")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.Column("stuck", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "cause", name="pk_escalation"),
        sa.ForeignKeyConstraint(
            ["workspace", "number"],
            ["ticket.workspace", "ticket.number"],
            name="fk_escalation_ticket",
            ondelete="CASCADE",
        ),
    )
    _partial("ix_escalation_look", ["look_at"], "look_at IS NOT NULL", unique=False)
    _partial("uq_escalation_open", ["workspace", "number", "side"], "ended_at IS NULL", unique=True)
    op.create_table(
        "patience",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("first_h", sa.Double(), nullable=False),
        sa.Column("second_h", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_patience"),
    )


def _partial(name: str, columns: list[str], where: str, *, unique: bool) -> None:
    some = sa.text(where)
    op.create_index(name, "escalation", columns, unique=unique, sqlite_where=some, postgresql_where=some)
