"""Runs the migrations on the connection that the store hands in. Alembic imports this file."""

from alembic import context

from assistant.adapters.database.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
