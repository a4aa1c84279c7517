"""The first tables.

Revision 0001, after none.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_workspace()
    _create_ticket()
    _create_ticket_person()
    _create_clock()
    _create_event()
    _create_entry()
    _create_channel()
    _create_role()
    _create_question()
    _create_label()
    _create_occurrence()
    _create_inbox()
    _create_outbox()


def _create_workspace() -> None:
    op.create_table(
        "workspace",
        _column("workspace", sa.Text()),
        _column("last_number", sa.Integer()),
        sa.PrimaryKeyConstraint("workspace", name="pk_workspace"),
    )


def _create_ticket() -> None:
    op.create_table(
        "ticket",
        _column("workspace", sa.Text()),
        _column("number", sa.Integer(), autoincrement=False),
        _column("kind", sa.Text()),
        _column("title", sa.Text()),
        _column("topic", sa.Text()),
        _column("requester", sa.Text()),
        _column("conversation", sa.Text()),
        _column("thread", sa.Text()),
        _column("message", sa.Text()),
        _column("opened_at", sa.DateTime(timezone=True)),
        _column("intake", sa.Text()),
        _column("priority", sa.Text()),
        _column("state", sa.Text()),
        _column("liaison", sa.Text()),
        _column("followers", sa.JSON()),
        _column("facts", sa.JSON()),
        _column("starts_on", sa.Date(), nullable=True),
        _column("waiting_for", sa.Text(), nullable=True),
        _column("level", sa.Integer()),
        _column("outcome", sa.Text()),
        _column("finished_at", sa.DateTime(timezone=True), nullable=True),
        _column("cycle", sa.Integer()),
        _column("revision", sa.Integer()),
        sa.PrimaryKeyConstraint("workspace", "number", name="pk_ticket"),
    )
    is_open = _only("state NOT IN ('closed', 'withdrawn')")
    op.create_index("ix_ticket_open", "ticket", ["workspace", "number"], **is_open)
    op.create_index("ix_ticket_open_liaison", "ticket", ["workspace", "liaison", "number"], **is_open)
    op.create_index("ix_ticket_open_topic", "ticket", ["workspace", "topic", "number"], **is_open)
    op.create_index("ix_ticket_message", "ticket", ["workspace", "message", "number"])
    op.create_index("ix_ticket_opened", "ticket", ["workspace", "opened_at"])
    op.create_index("ix_ticket_requester", "ticket", ["workspace", "requester", "number"])
    op.create_index("ix_ticket_starts", "ticket", ["workspace", "starts_on"], **_only("starts_on IS NOT NULL"))
    op.create_index("ix_ticket_thread", "ticket", ["workspace", "conversation", "thread", "number"])


def _create_ticket_person() -> None:
    op.create_table(
        "ticket_person",
        _column("workspace", sa.Text()),
        _column("person", sa.Text()),
        _column("number", sa.Integer(), autoincrement=False),
        sa.ForeignKeyConstraint(
            ["workspace", "number"],
            ["ticket.workspace", "ticket.number"],
            name="fk_ticket_person_ticket",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "person", "number", name="pk_ticket_person"),
    )
    op.create_index("ix_ticket_person_ticket", "ticket_person", ["workspace", "number"])


def _create_clock() -> None:
    op.create_table(
        "clock",
        _column("workspace", sa.Text()),
        _column("number", sa.Integer(), autoincrement=False),
        _column("kind", sa.Text()),
        _column("cycle", sa.Integer(), autoincrement=False),
        _column("state", sa.Text()),
        _column("breached", sa.Boolean()),
        _column("look_at", sa.DateTime(timezone=True), nullable=True),
        _column("ledger", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["ticket.workspace", "ticket.number"], name="fk_clock_ticket", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "number", "kind", "cycle", name="pk_clock"),
    )
    op.create_index("ix_clock_late", "clock", ["workspace", "number"], **_only("state = 'open'"))
    op.create_index("ix_clock_look", "clock", ["look_at"], **_only("look_at IS NOT NULL"))


def _create_event() -> None:
    op.create_table(
        "event",
        _column("id", BIG_ID),
        _column("workspace", sa.Text()),
        _column("number", sa.Integer()),
        _column("what", sa.Text()),
        _column("at", sa.DateTime(timezone=True)),
        _column("by", sa.Text()),
        _column("why", sa.Text()),
        _column("data", sa.JSON()),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["ticket.workspace", "ticket.number"], name="fk_event_ticket", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_ticket", "event", ["workspace", "number", "id"])
    op.create_index("ix_event_what", "event", ["workspace", "what", "at"])


def _create_entry() -> None:
    op.create_table(
        "entry",
        _column("id", BIG_ID),
        _column("workspace", sa.Text()),
        _column("number", sa.Integer()),
        _column("message", sa.Text()),
        _column("author", sa.Text()),
        _column("text", sa.Text()),
        _column("at", sa.DateTime(timezone=True)),
        _column("files", sa.JSON()),
        _column("internal", sa.Boolean()),
        _column("edited_at", sa.DateTime(timezone=True), nullable=True),
        _column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "number"], ["ticket.workspace", "ticket.number"], name="fk_entry_ticket", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_ticket", "entry", ["workspace", "number", "at"])
    op.create_index(
        "uq_entry_message", "entry", ["workspace", "message", "number"], unique=True, **_only("message <> ''")
    )


def _create_channel() -> None:
    op.create_table(
        "channel",
        _column("workspace", sa.Text()),
        _column("id", sa.Text()),
        _column("name", sa.Text()),
        _column("listening", sa.Boolean()),
        _column("liaison", sa.Text()),
        _column("zone", sa.Text()),
        _column("sync_weekday", sa.Integer()),
        _column("sync_hour", sa.Integer()),
        _column("sensitivity", sa.Text()),
        _column("reaction", sa.Text()),
        _column("set_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_channel"),
    )


def _create_role() -> None:
    op.create_table(
        "role",
        _column("workspace", sa.Text()),
        _column("role", sa.Text()),
        _column("person", sa.Text()),
        _column("position", sa.Integer()),
        sa.PrimaryKeyConstraint("workspace", "role", "person", name="pk_role"),
    )


def _create_question() -> None:
    op.create_table(
        "question",
        _column("workspace", sa.Text()),
        _column("id", sa.Text()),
        _column("person", sa.Text()),
        _column("topic", sa.Text()),
        _column("request", sa.JSON()),
        _column("detection", sa.JSON()),
        _column("asked_at", sa.DateTime(timezone=True)),
        _column("answer", sa.Text()),
        _column("answered_at", sa.DateTime(timezone=True), nullable=True),
        _column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_question"),
    )
    op.create_index("ix_question_person", "question", ["workspace", "person", "asked_at"])
    op.create_index("ix_question_unwiped", "question", ["asked_at"], **_only("wiped_at IS NULL"))


def _create_label() -> None:
    op.create_table(
        "label",
        _column("workspace", sa.Text()),
        _column("conversation", sa.Text()),
        _column("message", sa.Text()),
        _column("label", sa.Text()),
        _column("said", sa.Text()),
        _column("at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace", "conversation", "message", "label", name="pk_label"),
    )


def _create_occurrence() -> None:
    op.create_table(
        "occurrence",
        _column("workspace", sa.Text()),
        _column("job", sa.Text()),
        _column("slot", sa.Text()),
        _column("at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("workspace", "job", "slot", name="pk_occurrence"),
    )
    op.create_index("ix_occurrence_last", "occurrence", ["workspace", "job", "at"])


def _create_inbox() -> None:
    _create_queue("inbox", _column("outcome", sa.Text()))


def _create_outbox() -> None:
    _create_queue(
        "outbox",
        _column("update_of", sa.Text()),
        _column("in_thread_of", sa.Text()),
        _column("anchors", sa.Integer(), nullable=True),
        _column("maybe_sent", sa.Boolean()),
        _column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        _column("conversation", sa.Text()),
        _column("thread", sa.Text()),
        _column("message", sa.Text()),
    )
    unfinished = _only("finished_at IS NULL")
    op.create_index("ix_outbox_in_thread_of", "outbox", ["workspace", "in_thread_of"], **unfinished)
    op.create_index("ix_outbox_update_of", "outbox", ["workspace", "update_of"], **unfinished)


def _create_queue(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _column("id", BIG_ID),
        _column("workspace", sa.Text()),
        _column("key", sa.Text()),
        _column("lane", sa.Text()),
        _column("state", sa.Text()),
        _column("next_at", sa.DateTime(timezone=True)),
        _column("lease_until", sa.DateTime(timezone=True), nullable=True),
        _column("fence", sa.Integer()),
        _column("attempts", sa.Integer()),
        _column("why", sa.Text()),
        _column("parked_at", sa.DateTime(timezone=True), nullable=True),
        _column("created_at", sa.DateTime(timezone=True)),
        _column("finished_at", sa.DateTime(timezone=True), nullable=True),
        _column("payload", sa.JSON(), nullable=True),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("workspace", "key", name=f"uq_{table}_workspace_key"),
        sqlite_autoincrement=True,
    )
    unfinished = _only("finished_at IS NULL")
    op.create_index(f"ix_{table}_unfinished", table, ["id"], **unfinished)
    op.create_index(f"ix_{table}_lane", table, ["workspace", "lane", "id"], **unfinished)
    op.create_index(f"ix_{table}_finished", table, ["finished_at"], **_only("finished_at IS NOT NULL"))


def _column(name: str, kind: sa.types.TypeEngine[Any], *, nullable: bool = False, **more: Any) -> sa.Column[Any]:
    """A column, NOT NULL unless said otherwise."""
    return sa.Column(name, kind, nullable=nullable, **more)


def _only(condition: str) -> dict[str, Any]:
    """An index of the rows for which a condition holds."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
