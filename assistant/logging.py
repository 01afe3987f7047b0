"""Log lines of the server: one per call, in `key=value` form. Never a message text, a slot value or an exception's words.

An exception may quote what it failed on (a SQL error shows its parameters), so tracebacks are written as frames and
class names only.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from types import TracebackType
from typing import TypeAlias

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]  # as logging declares it
)


class RedactingFormatter(logging.Formatter):
    """Writes exceptions as the frames they came through and the class of each cause, without their messages."""

    def formatException(self, ei: _ExcInfo) -> str:
        """The frames and classes of an exception and its causes, outermost first."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            for frame in traceback.extract_tb(error.__traceback__):
                lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def set_up_logging(level: str) -> None:
    """Send log lines to standard error.

    Args:
        level: DEBUG, INFO, WARNING or ERROR for our own lines; other libraries are heard from WARNING on.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("assistant").setLevel(level)


def alias(identifier: str) -> str:
    """A short stand-in for an id that a client chose (it may be a phone number); the same id gives the same one."""
    return hashlib.blake2b(identifier.encode(), digest_size=6).hexdigest() if identifier else "-"
