"""Runs the migrations on the connection that storage.migrate hands over and commits."""

from alembic import context

from storage.tables_around import QueueRow

context.configure(connection=context.config.attributes["connection"], target_metadata=QueueRow.metadata)
context.run_migrations()
