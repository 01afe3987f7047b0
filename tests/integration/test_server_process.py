from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import sys
import termios
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from assistant.artefacts import releases_of
from assistant.domain import load_domain
from assistant.pb import assistant_pb2 as pb
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.settings import ROOT
from tests.support.releases import ORIGIN, parts_in

pytestmark = pytest.mark.integration
ECHO = Path(__file__).with_name("echo_server.py")
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ASSISTANT_LISTEN": "127.0.0.1:0",
        "ASSISTANT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'maitre.db'}",
        **settings,
    }


@asynccontextmanager
async def echo_server(
    folder: Path, seconds: float, **options: Any
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A running server process and its address; it is killed at the end where it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ECHO),
        str(seconds),
        env=environment(folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        **options,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        found = re.fullmatch(r"serving on (\S+)\n", line)
        assert found, line
        yield process, found[1]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def run_assistant(folder: Path, **settings: str) -> tuple[int | None, str]:
    """Exit status and standard error of `assistant serve` with these settings, which must make it fail."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from assistant.cli import app; app()",
        "serve",
        env=environment(folder, **settings),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, errors.decode()


async def test_after_sigterm_50_calls_end_well_health_says_no_and_the_process_exits_with_0(tmp_path):
    async with echo_server(tmp_path, seconds=1.0) as (process, address), grpc.aio.insecure_channel(address) as channel:
        stub, health = AssistantServiceStub(channel), health_pb2_grpc.HealthStub(channel)
        watch = health.Watch(health_pb2.HealthCheckRequest(service=""))
        await watch.read()
        calls = [
            asyncio.ensure_future(
                stub.Converse(pb.ConverseRequest(conversation_id=f"c{number}", message_id="m", text="hello"))
            )
            for number in range(50)
        ]
        assert process.stdout is not None
        async with asyncio.timeout(30):
            assert [await process.stdout.readline() for _ in calls] == [b"heard\n"] * 50
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        changed = await asyncio.wait_for(watch.read(), 5)
        assert changed.status == NOT_SERVING
        assert time.monotonic() - started < 0.5
        assert {answer.replies[0].text for answer in await asyncio.gather(*calls)} == {"hello"}
        watch.cancel()
        async with asyncio.timeout(25):
            assert await process.wait() == 0


async def test_a_turn_whose_client_left_before_sigterm_is_stored(tmp_path):
    request = pb.ConverseRequest(conversation_id="c", message_id="m", text="hello")
    async with echo_server(tmp_path, seconds=0.5) as (process, address), grpc.aio.insecure_channel(address) as channel:
        with pytest.raises(grpc.aio.AioRpcError):
            await AssistantServiceStub(channel).Converse(request, timeout=0.1)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(25):
            assert await process.wait() == 0
    async with echo_server(tmp_path, seconds=0) as (_, address), grpc.aio.insecure_channel(address) as channel:
        answer = await AssistantServiceStub(channel).Converse(request)
        assert answer.conversation.version == 1


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"ASSISTANT_TAGGER": "nowhere"}, "ASSISTANT_TAGGER"),
        ({"ASSISTANT_DOMAIN": "nowhere"}, "booking.yml"),
        ({"ASSISTANT_LISTEN": "nowhere"}, "ASSISTANT_LISTEN"),
        ({"ASSISTANT_DATABASE_URL": "mysql://x"}, "database_url"),
        ({"ASSISTANT_MOST_CONCURRENT": "none"}, "ASSISTANT_MOST_CONCURRENT"),
    ],
)
async def test_a_server_that_cannot_start_says_why_in_a_sentence_and_exits_with_2(tmp_path, settings, told):
    code, errors = await run_assistant(tmp_path, **settings)
    assert code == 2
    assert told in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("nohup", [False, True])
async def test_a_server_ends_with_the_terminal_that_it_was_started_from_unless_it_is_told_to_stay(tmp_path, nohup):
    terminal, inside = pty.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(inside, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)

    async with echo_server(tmp_path, seconds=0, preexec_fn=take_terminal) as (process, address):
        os.close(inside)
        os.close(terminal)  # which sends SIGHUP
        if nohup:
            async with grpc.aio.insecure_channel(address) as channel:
                request = pb.ConverseRequest(conversation_id="c", message_id="m", text="hello")
                answer = await AssistantServiceStub(channel).Converse(request)
            assert answer.replies[0].text == "hello"
        else:
            async with asyncio.timeout(25):
                assert await process.wait() == 0


async def test_a_server_whose_active_release_was_damaged_says_which_and_what_to_do(tmp_path):
    domain = load_domain(ROOT / "domains" / "restaurant")
    releases = releases_of(tmp_path / "releases", domain)
    parts = parts_in(tmp_path / "parts", slots={slot.name: slot.kind for slot in domain.slots})
    folder = releases.write("v1", parts, origin=ORIGIN, metrics={}).folder
    releases.activate("v1")
    (folder / "tagger" / "model.onnx").write_bytes(b"other weights")
    code, errors = await run_assistant(tmp_path, ASSISTANT_RELEASES=str(tmp_path / "releases"))
    assert code == 2
    assert "cannot start: release v1: tagger/model.onnx was altered" in errors
    assert "or use another one" in errors
    assert "Traceback" not in errors
