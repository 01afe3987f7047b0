"""Turns go on while a real server exchanges its models: none fails, none is mixed, and nothing of the old ones is left."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sys
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import psutil
import pytest
import pytest_asyncio

from assistant.artefacts import ReleaseParts, Releases, releases_of
from assistant.client import Client, connected
from assistant.domain import load_domain
from assistant.pb import assistant_pb2 as pb
from assistant.settings import ROOT, Settings, child_environment
from tests.support.releases import ORIGIN

POLICY = ROOT / "var" / "policy-model.tar.gz"

pytestmark = [
    pytest.mark.integration,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not (ROOT / "models/tagger/manifest.json").exists(), reason="no trained tagger (models/tagger)"),
    pytest.mark.skipif(not Settings().policy_python.exists(), reason="no policy environment (policy/.venv)"),
    pytest.mark.skipif(not POLICY.exists(), reason="no trained policy (`make policy-model`)"),
]

OLD, NEW = "restaurant@old tagger@old", "restaurant@new tagger@new"
SAID = ("Book Hanok Table for two tomorrow at 7 pm", "make it three", "forget the time", "내일 8시로 해 주세요", "no")


@dataclass
class Served:
    """A server process of its own, its releases, and its log."""

    client: Client
    process: asyncio.subprocess.Process
    releases: Releases
    log: Path

    def policies(self) -> list[int]:
        """The policy processes that it runs."""
        return [child.pid for child in psutil.Process(self.process.pid).children()]

    async def reload(self) -> pb.ReloadModelsResponse:
        return await self.client.assistant.ReloadModels(pb.ReloadModelsRequest(), timeout=130)

    async def hang_up(self, told: str) -> None:
        """Sends SIGHUP and waits until its log says this once more."""
        before = self.log.read_text().count(told)
        self.process.send_signal(signal.SIGHUP)
        async with asyncio.timeout(120):
            while self.log.read_text().count(told) == before:  # noqa: ASYNC110 - another process writes the log
                await asyncio.sleep(0.05)

    async def left_with_one_policy(self) -> None:
        async with asyncio.timeout(60):
            while len(self.policies()) != 1:  # noqa: ASYNC110 - the condition is the life of another process
                await asyncio.sleep(0.05)


@dataclass
class Traffic:
    """Conversations that talk without a pause, and what became of their turns."""

    client: Client
    answers: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    degraded: int = 0

    @asynccontextmanager
    async def flowing(self, conversations: int = 4) -> AsyncIterator[None]:
        stop = asyncio.Event()
        talks = [asyncio.create_task(self._talk(stop)) for _ in range(conversations)]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*talks)

    async def _talk(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            conversation = uuid.uuid4().hex
            for number, text in enumerate(SAID):
                request = pb.ConverseRequest(conversation_id=conversation, message_id=str(number), text=text)
                try:
                    answer = await self.client.call(self.client.assistant.Converse, request)
                except grpc.aio.AioRpcError as error:
                    self.failures.append(f"{error.code().name}: {error.details()}")
                    continue
                self.answers[answer.model_version] += 1
                self.degraded += answer.degraded
                if not answer.replies:
                    self.failures.append(f"no reply to {text!r}")


def tagger_named(version: str, folder: Path) -> Path:
    """The shipped tagger under another version."""
    shutil.copytree(ROOT / "models/tagger", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"version": version}))
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A server that loads the release `old`, with `new` beside it."""
    folder = tmp_path_factory.mktemp("reloading")
    releases = releases_of(folder / "releases", load_domain(ROOT / "domains" / "restaurant"))
    for version in ("old", "new"):
        parts = ReleaseParts(tagger_named(version, folder / version), POLICY)
        releases.write(version, parts, origin=ORIGIN, metrics={})
    releases.activate("old")
    database, log = f"sqlite+aiosqlite:///{folder / 'maitre.db'}", folder / "log"
    environment = child_environment(
        listen="127.0.0.1:0",
        database_url=database,
        releases=str(releases.folder.parent),
        policy_timeout="10",  # predictions are slow while a second policy starts on a busy machine
    )
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "assistant", "serve"),
            cwd=ROOT,
            env={name: value for name, value in environment.items() if name != "ASSISTANT_TAGGER"},
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(120):
            line = (await process.stdout.readline()).decode()
        async with connected(line.removeprefix("serving on ").strip()) as client:
            yield Served(client, process, releases, log)
        process.terminate()
        async with asyncio.timeout(30):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_no_turn_fails_or_is_mixed_while_models_go_back_and_forth(served):
    traffic = Traffic(served.client)
    async with traffic.flowing():
        await asyncio.sleep(1)
        for _ in range(2):
            served.releases.activate("new")
            answer = await served.reload()
            assert (answer.version, answer.previous) == ("new", "old")
            await asyncio.sleep(1)
            assert served.releases.rollback() == "old"
            answer = await served.reload()
            assert (answer.version, answer.previous) == ("old", "new")
            await asyncio.sleep(1)
    assert traffic.failures == []
    assert set(traffic.answers) == {OLD, NEW}
    assert min(traffic.answers.values()) >= 10, traffic.answers
    assert traffic.degraded == 0
    after = Traffic(served.client)
    async with after.flowing(1):
        await asyncio.sleep(0.5)
    assert (after.failures, set(after.answers)) == ([], {OLD})
    await served.left_with_one_policy()


async def test_sighup_reloads_too_and_its_result_is_in_the_log(served):
    served.releases.activate("new")
    traffic = Traffic(served.client)
    async with traffic.flowing(1):
        await served.hang_up("models=new previous=old")
        await asyncio.sleep(0.5)
    assert traffic.failures == []
    assert NEW in traffic.answers
    await served.left_with_one_policy()


async def test_a_release_that_was_damaged_is_refused_with_the_reason_and_the_one_in_use_goes_on(served):
    served.releases.activate("old")
    (served.releases.folder / "old" / "tagger" / "tokenizer.json").write_text("{}")
    traffic = Traffic(served.client)
    async with traffic.flowing(1):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await served.reload()
        await served.hang_up("models=new refused=release old: tagger/tokenizer.json was altered")
        await asyncio.sleep(0.5)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "release old: tagger/tokenizer.json was altered" in (refused.value.details() or "")
    assert "new goes on" in (refused.value.details() or "")
    assert (traffic.failures, set(traffic.answers)) == ([], {NEW})
    assert len(served.policies()) == 1
