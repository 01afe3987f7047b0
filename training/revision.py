"""Which code made an artefact."""

from __future__ import annotations

import subprocess
from pathlib import Path


def revision() -> str:
    """The short hash of the commit at hand, or `unknown` outside a repository."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return done.stdout.strip() or "unknown"
