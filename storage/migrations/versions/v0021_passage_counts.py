"""How many passages each word stands in, kept as a number, and a version of each workspace's index.

Revision 0021, after 0020.
"""

from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PASSAGE = sa.table("passage", sa.column("workspace"), sa.column("audience"), sa.column("words"))
ALL_OF_THEM = ""  # the word whose number is that of all passages


def upgrade() -> None:
    counts = op.create_table(
        "passage_count",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "audience", "word", name="pk_passage_count"),
    )
    op.create_table(
        "knowledge_version",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_knowledge_version"),
    )
    found: Counter[tuple[str, str, str]] = Counter()
    for workspace, audience, words in op.get_bind().execute(sa.select(*PASSAGE.c)):
        found.update((workspace, audience, word) for word in {ALL_OF_THEM, *words.split()})
    rows = [dict(zip(("workspace", "audience", "word"), key, strict=True), passages=n) for key, n in found.items()]
    if rows:
        op.bulk_insert(counts, rows)
