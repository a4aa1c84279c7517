"""What was done about a judged message, how sure we were, and its words where the channel learns.

Revision 0003, after 0002. What was judged before counts as asked, with no confidence known.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channel", sa.Column("learning", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("label", sa.Column("action", sa.Text(), nullable=False, server_default="ask"))
    op.add_column("label", sa.Column("confidence", sa.Double(), nullable=False, server_default="0"))
    op.add_column("label", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("label", sa.Column("text", sa.Text(), nullable=False, server_default=""))
    op.add_column("label", sa.Column("context", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE label SET said_at = at")
    op.create_index("ix_label_at", "label", ["at"])
