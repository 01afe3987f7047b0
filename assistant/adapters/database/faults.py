"""Database faults as the service names them. Nothing of the driver's text reaches a caller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc as sql

from assistant.errors import StoreUnavailable

_OURS = (sql.IntegrityError, sql.ProgrammingError, sql.DataError)
"""Not the database's fault: a constraint that answers, or a mistake in our SQL."""


@contextmanager
def translated() -> Iterator[None]:
    """Raises `StoreUnavailable` for a lost connection, a full disk, a lock held too long, a pool run dry."""
    try:
        yield
    except _OURS:
        raise
    except sql.DBAPIError as fault:
        raise StoreUnavailable("the database cannot do this now; try again") from fault
    except sql.TimeoutError as fault:
        raise StoreUnavailable("the database is busy; try again") from fault


@contextmanager
def connecting() -> Iterator[None]:
    """The same around opening a connection, where drivers raise faults of their own."""
    try:
        with translated():
            yield
    except OSError as fault:
        raise StoreUnavailable("the database cannot be reached; try again") from fault
    except Exception as fault:
        if type(fault).__module__.startswith("asyncpg"):
            raise StoreUnavailable("the database takes no connection now; try again") from fault
        raise
