"""Alembic runs this for every command: the steps run inside the caller's own transaction."""

from alembic import context

from app.storage.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
