"""The weekly sync: agendas, topics, actions, decisions.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _agenda()
    _topic()
    _action()
    _decision()
    _take_over()


def _agenda() -> None:
    op.create_table(
        "agenda",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("since", WHEN, nullable=False),
        sa.Column("posted_at", WHEN, nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "conversation", "slot", name="pk_agenda"),
    )
    op.create_index("ix_agenda_last", "agenda", ["workspace", "conversation", "at"])


def _topic() -> None:
    op.create_table(
        "topic",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
    )
    op.create_index("ix_topic_at", "topic", ["workspace", "conversation", "at"])


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("carried_at", WHEN, nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("settled_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    unfinished = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_action_unfinished",
        "action",
        ["workspace", "conversation"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.create_index("ix_action_settled", "action", ["workspace", "conversation", "settled_at"])


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_at", "decision", ["workspace", "conversation", "at"])


def _take_over() -> None:
    """Agendas that were posted before are known by their slots, so that none of them is told to be missed."""
    op.execute(
        """
        INSERT INTO agenda (workspace, conversation, slot, at, since, posted_at, skipped, withdrawn, revision, items)
        SELECT workspace, substr(job, 8), slot, at, at, at, false, false, 0,
            '{"decisions": [], "late": [], "opened": [], "campaigns": [], "settled": []}'
        FROM occurrence WHERE substr(job, 1, 7) = 'agenda:'
        """
    )
