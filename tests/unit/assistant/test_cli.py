from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.adapters.database.store import DatabaseStore, open_store
from assistant.cli import app
from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.grpc.server import Server, build
from assistant.grpc.service import Service
from assistant.ports import BookingRequest
from assistant.settings import ROOT, Settings
from assistant.turn import Parts
from assistant.types import Conversation, Outcome, Phase, Slot, Status

NOW = datetime(2026, 6, 10, 5, tzinfo=UTC)


class FixedClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Server]:
    """A server that wants a token, with one booking and one conversation."""
    domain, clock = load_domain(ROOT / "domains" / "restaurant"), FixedClock()
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'maitre.db'}", book=domain.book, clock=clock)
    nobody: Any = None
    parts = Parts(domain, store, nobody, nobody, clock)
    server = build(Settings(listen="127.0.0.1:0", tokens="sesame"))
    await server.start()
    await server.open(Service(store, Conversations(parts)))
    await fill(store)
    yield server
    await server.close(0)
    await store.close()


async def fill(store: DatabaseStore) -> None:
    request = BookingRequest("hanok_table", date(2026, 6, 12), "19:00", 3, name="김민수")
    slots = {
        "time": Slot(Status.CANDIDATES, bounds=("17:00", "21:00")),
        "date": Slot(Status.FILLED, "2026-06-12"),
        "name": Slot(Status.CLEARED),
    }
    conversation = Conversation("c", version=4, phase=Phase.COLLECTING, slots=slots, asked="time")
    async with store.unit() as unit:
        await unit.bookings.create(request, key="k", user_id="u", now=NOW)
        await unit.save(Outcome(conversation), message_id="m", fingerprint="", text="", events=(), at=NOW)


async def run(server: Server, *arguments: str, token: str = "sesame") -> tuple[int, str]:
    """Exit status and all output of a command, in a thread: the server runs in this one."""
    options = ["--server", f"127.0.0.1:{server.port}", "--token", token]
    result = await asyncio.to_thread(CliRunner(env={"COLUMNS": "200"}).invoke, app, [*arguments, *options])
    return result.exit_code, result.output


async def test_bookings_are_listed(served):
    code, output = await run(served, "bookings", "--date", "2026-06-12")
    assert code == 0
    for shown in ("hanok_table", "19:00", "김민수", "confirmed"):
        assert shown in output
    code, output = await run(served, "bookings", "--date", "2026-06-13")
    assert (code, "hanok_table" in output) == (0, False)


async def test_a_conversation_is_shown_with_its_slots(served):
    code, output = await run(served, "conversations", "show", "c")
    assert code == 0
    for shown in ("c: collecting (create), v4", "candidates", "17:00 to 21:00", "2026-06-12", "cleared", "asked: time"):
        assert shown in output


async def test_a_conversation_is_erased(served):
    assert await run(served, "conversations", "delete", "c") == (0, "c is erased\n")
    code, output = await run(served, "conversations", "show", "c")
    assert (code, "NOT_FOUND: there is no such conversation" in output) == (1, True)


async def test_a_refused_call_is_a_sentence_and_no_traceback(served):
    code, output = await run(served, "bookings", token="open")
    assert (code, "UNAUTHENTICATED" in output, "Traceback" in output) == (1, True, False)


def test_a_bad_setting_stops_the_server_and_is_named(monkeypatch):
    monkeypatch.setenv("ASSISTANT_MOST_CONCURRENT", "many")
    result = CliRunner().invoke(app, ["serve"])
    assert result.exit_code == 2
    assert "ASSISTANT_MOST_CONCURRENT" in result.output
