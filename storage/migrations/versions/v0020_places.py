"""Where a platform without a memory of its own is reached, whom we met there, and what was sent.

Revision 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _texts("place", ("workspace", "id"), ("kind", "service_url", "name", "team", "person"))
    op.create_index("ix_place_person", "place", ["workspace", "person"])
    op.create_index("ix_place_team", "place", ["workspace", "team"])
    _texts("acquaintance", ("workspace", "id"), ("conversation", "name", "email", "zone"))
    _texts("sent_message", ("workspace", "key"), ("conversation", "message"), dated=True)
    op.create_index("ix_sent_message_at", "sent_message", ["at"])
    _texts("awaited", ("workspace", "name"), ("answer",), dated=True)
    op.create_index("ix_awaited_at", "awaited", ["at"])


def _texts(table: str, key: tuple[str, ...], others: tuple[str, ...], *, dated: bool = False) -> None:
    columns = [sa.Column(name, sa.Text(), nullable=False) for name in (*key, *others)]
    when = [sa.Column("at", WHEN, nullable=False)] if dated else []
    op.create_table(table, *columns, *when, sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"))
