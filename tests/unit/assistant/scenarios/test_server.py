from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.scenarios.server import private_server
from assistant.settings import child_environment

SERVES = """
import os, sys, time
from concurrent.futures import ThreadPoolExecutor
import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
server = grpc.server(ThreadPoolExecutor(2))
checks = health.HealthServicer()
checks.set("", health_pb2.HealthCheckResponse.SERVING)
health_pb2_grpc.add_HealthServicer_to_server(checks, server)
port = server.add_insecure_port(os.environ["ASSISTANT_LISTEN"])
server.start()
open(sys.argv[1], "w").write(f"{os.getpid()} {os.environ['ASSISTANT_DATABASE_URL']}")
print("loading")
print(f"serving on 127.0.0.1:{port}", flush=True)
time.sleep(60)
"""


ENDS = "import sys; print('cannot start: no tagger', file=sys.stderr); sys.exit(3)"


def folder_of(database: str) -> Path:
    return Path(database.removeprefix("sqlite+aiosqlite:///")).parent


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_private_server_has_its_own_port_and_database_and_is_gone_at_the_end(tmp_path):
    note = tmp_path / "note"
    async with private_server((sys.executable, "-c", SERVES, str(note))) as target:
        assert target.startswith("127.0.0.1:")
        assert target != "127.0.0.1:0"
        pid, database = note.read_text().split()
        assert runs(int(pid))
    assert not runs(int(pid))
    assert not folder_of(database).exists()


async def test_it_is_gone_as_well_when_its_user_is_cancelled(tmp_path):
    note, started = tmp_path / "note", asyncio.Event()

    async def use():
        async with private_server((sys.executable, "-c", SERVES, str(note))):
            started.set()
            await asyncio.sleep(60)

    using = asyncio.create_task(use())
    await started.wait()
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using
    assert not runs(int(note.read_text().split()[0]))


async def test_a_server_that_ends_is_reported_with_what_it_said():
    with pytest.raises(Unavailable, match=r"status 3; it said:\ncannot start: no tagger"):
        async with private_server((sys.executable, "-c", ENDS)):
            pass


def test_a_private_server_thinks_with_the_same_models_and_takes_nothing_else_over(monkeypatch):
    monkeypatch.setenv("ASSISTANT_TAGGER", "mine")
    monkeypatch.setenv("ASSISTANT_TOKENS", "secret")
    given = child_environment(listen="127.0.0.1:0")
    assert given["ASSISTANT_TAGGER"] == "mine"
    assert given["ASSISTANT_LISTEN"] == "127.0.0.1:0"
    assert "ASSISTANT_TOKENS" not in given
    assert given["PATH"] == os.environ["PATH"]
