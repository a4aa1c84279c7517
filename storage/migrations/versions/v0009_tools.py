"""What a tool costs, when it renews, until when it is tried, and who decided about it.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXTS = ("currency", "decided_by", "decided_under", "note")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("catalogue", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("catalogue", sa.Column("notice_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("catalogue", sa.Column("yearly", sa.Text()))
    op.add_column("catalogue", sa.Column("seats", sa.Integer()))
    op.add_column("catalogue", sa.Column("renews_on", sa.Date()))
    op.add_column("catalogue", sa.Column("trial_until", sa.Date()))
    op.add_column("catalogue", sa.Column("decided_at", sa.DateTime(timezone=True)))
    renews = sa.text("renews_on IS NOT NULL")
    op.create_index("ix_catalogue_status", "catalogue", ["workspace", "status", "category", "tool"])
    op.create_index(
        "ix_catalogue_renews", "catalogue", ["workspace", "renews_on"], sqlite_where=renews, postgresql_where=renews
    )
    op.create_index("ix_catalogue_name_tool", "catalogue_name", ["workspace", "tool"])
