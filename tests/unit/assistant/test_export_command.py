"""`assistant export` from a database to a file that is there whole or not at all."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.adapters.database import open_store
from assistant.cli import app
from assistant.types import Conversation, Op, Operation, Outcome, Quote
from tests.support.annotated import DOMAIN
from tests.support.fakes import StoppedClock

AT = datetime(2026, 6, 10, 5, 42, tzinfo=UTC)


async def fill(url: str) -> None:
    store = await open_store(url, book=DOMAIN.book, clock=StoppedClock())
    for name, consent in (("yes", True), ("no", False), ("withdrawn", False), ("erased", True)):
        operations = (Operation(Op.ASK, topic=f"{name} to parking", quote=Quote(0, len(name), name)),)
        conversation = Conversation(name, user_id=f"user-{name}", training_consent=consent)
        async with store.unit() as unit:
            outcome = Outcome(conversation, operations=operations)
            text = f"{name} to parking"
            await unit.save(outcome, message_id="m", fingerprint=text, text=text, events=[], at=AT)
    await store.records.delete_conversation("erased")
    await store.close()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}"
    asyncio.run(fill(url))
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", url)
    return tmp_path


def test_only_what_users_agreed_to_is_written(filled: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(filled / "out.jsonl")])
    assert result.exit_code == 0, result.output
    (row,) = map(json.loads, (filled / "out.jsonl").read_text().splitlines())
    assert row["text"] == "yes to parking"
    assert "user-yes" not in json.dumps(row)
    assert "1 candidates of 1 conversations" in result.output


def test_an_export_that_cannot_be_written_leaves_the_old_file_as_it_was(filled: Path) -> None:
    (filled / "out.jsonl").mkdir()
    result = CliRunner().invoke(app, ["export", str(filled / "out.jsonl")])
    assert result.exit_code == 1
    assert sorted(path.name for path in filled.iterdir() if not path.name.startswith("maitre.db")) == ["out.jsonl"]


def test_a_moment_without_an_offset_is_refused(filled: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(filled / "out.jsonl"), "--since", "2026-06-01"])
    assert result.exit_code == 2
    assert "--since" in result.output
