"""Knowledge: articles, passages, and their full-text index.

Revision 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# SQLite's index holds no text of its own: it reads the table it follows, and triggers tell it of changes.
SQLITE = (
    "CREATE VIRTUAL TABLE passage_text USING fts5(words, content='passage', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER passage_text_added AFTER INSERT ON passage BEGIN"
    " INSERT INTO passage_text(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER passage_text_removed AFTER DELETE ON passage BEGIN"
    " INSERT INTO passage_text(passage_text, rowid, words) VALUES ('delete', old.id, old.words); END",
)
# The words are in their common form already: they become lexemes as they stand.
POSTGRES = ("CREATE INDEX passage_text ON passage USING gin (array_to_tsvector(string_to_array(words, ' ')))",)


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("updated", sa.Date(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_article"),
    )
    op.create_table(
        "passage",
        sa.Column("id", BIG, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passage_workspace", "passage", ["workspace", "id"])
    op.create_index("ix_passage_article", "passage", ["workspace", "article"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
