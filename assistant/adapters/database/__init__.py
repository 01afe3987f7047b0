"""The database behind the `Store` port: SQLite by default, PostgreSQL at scale. SQL lives here and nowhere else."""

from assistant.adapters.database.store import DatabaseStore, open_store

__all__ = ["DatabaseStore", "open_store"]
