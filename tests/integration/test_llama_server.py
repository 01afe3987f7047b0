"""The `openai` backend against a server that somebody else wrote: transformers' own, on a Llama made here."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from assistant.adapters.llama_openai import OpenAILlama
from assistant.errors import LlamaUnavailable
from tests.support.tiny_llama import LEARNED, PROMPT, make_base

MISSING = [name for name in ("fastapi", "uvicorn", "openai") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(bool(MISSING), reason=f"transformers' server needs {', '.join(MISSING)}"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    make_base(folder / "taught", taught=LEARNED)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("transformers"), "serve", "taught", "--device=cpu", "--host=127.0.0.1"]
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, f"--port={port}"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "HF_HOME": str(folder / "home")},
        )
    try:
        _wait(f"http://127.0.0.1:{port}/health", process, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, trust_env=False, timeout=1).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture
async def llama(server: str) -> AsyncIterator[OpenAILlama]:
    model = OpenAILlama(server, "taught", deadline=30)
    yield model
    await model.close()


async def test_a_real_server_gives_the_answer(llama: OpenAILlama) -> None:
    assert await llama.complete(PROMPT) == LEARNED


async def test_a_real_server_streams(llama: OpenAILlama) -> None:
    pieces = [piece async for piece in llama.stream(PROMPT)]
    assert "".join(pieces) == LEARNED
    assert len(pieces) > 2


async def test_an_answer_that_a_real_server_cuts_off_is_none(llama: OpenAILlama) -> None:
    with pytest.raises(LlamaUnavailable, match="did not end: length"):
        await llama.complete(PROMPT, most=3)


async def test_what_a_real_server_cannot_take_is_refused_in_words(server: str) -> None:
    model = OpenAILlama(server, "taught", deadline=30, structured=True)
    with pytest.raises(LlamaUnavailable, match="refused with status 422"):
        await model.complete(PROMPT, grammar='start: "yes"')
    await model.close()


async def test_a_real_server_that_is_slow_costs_the_deadline(server: str) -> None:
    model = OpenAILlama(server, "taught", deadline=0.001)
    begun = time.monotonic()
    with pytest.raises(LlamaUnavailable, match="does not answer"):
        await model.complete(PROMPT)
    assert time.monotonic() - begun < 1
    await model.close()


async def test_a_server_that_is_not_there_is_told_apart() -> None:
    model = OpenAILlama("http://127.0.0.1:9/v1", "taught", deadline=2)
    with pytest.raises(LlamaUnavailable, match="ConnectError"):
        await model.complete(PROMPT)
    await model.close()
