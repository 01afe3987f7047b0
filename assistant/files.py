"""Files: those that are there whole or not at all, and what is in them by its hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def sha256_of(path: Path) -> str:
    """The sha256 of a file in hexadecimal, read without holding it in memory. Raises `OSError` where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, lines: Iterable[str]) -> int:
    """Writes lines to a file that takes the place of the old one only when all of it is on the disk.

    Args:
        path: the file; its folder is made where there is none. Only its owner may read it.
        lines: without line ends.

    Returns:
        How many lines were written.

    Raises:
        OSError: the disk is full or the folder cannot be written; the old file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        count = 0
        with os.fdopen(number, "w", encoding="utf-8") as file:
            for line in lines:
                file.write(f"{line}\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count
