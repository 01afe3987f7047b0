"""How the policy's process is started, watched and ended; a small program stands in for Rasa."""

import asyncio
import os
import signal
import sys
import textwrap
from pathlib import Path

import httpx
import pytest

from assistant.adapters.policy_process import PolicyProcess
from assistant.errors import PolicyUnavailable

ROOT = Path(__file__).resolve().parents[4]
STAND_IN = """
import http.server, json, os, sys, threading, time
kind, port = sys.argv[1], int(sys.argv[2].removeprefix("--port="))
if kind == "ends":
    sys.exit(3)
if kind == "hangs":
    time.sleep(60)
asked = []
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        if kind == "late" and len(asked) == 1:
            time.sleep(2)
        known = self.headers["Authorization"] == "Bearer " + os.environ["MAITRE_POLICY_TOKEN"]
        self.send_response(200 if known and kind in ("good", "late") else 500)
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}"}) if kind != "chats" else "hello", flush=True)
os.read(0, 1)
os._exit(0)
"""


@pytest.fixture
def launcher(tmp_path):
    path = tmp_path / "launcher.py"
    path.write_text(STAND_IN)
    return path


def process(launcher: Path, kind: str = "good", **times: float) -> PolicyProcess:
    quick = {"start_timeout": 10.0, "pulse": 0.1, "health_timeout": 0.3, "backoff": 0.05}
    return PolicyProcess(Path(sys.executable), Path(kind), launcher=launcher, **{**quick, **times})


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition is the life of another process
            await asyncio.sleep(0.02)


async def test_it_is_ready_once_it_has_answered(launcher):
    ours = process(launcher)
    assert not ours.ready
    await ours.start()
    assert ours.ready
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {ours.token}"}) as client:
        assert (await client.get(f"{ours.url}/health")).status_code == 200
    pid = ours.pid
    await ours.stop()
    assert not ours.ready
    assert not alive(pid)


@pytest.mark.parametrize("kind", ["ends", "chats", "sick"])
async def test_a_program_that_does_not_become_ready_is_reported_and_not_left_behind(launcher, kind):
    ours = process(launcher, kind)
    with pytest.raises(PolicyUnavailable):
        await ours.start()
    assert ours.pid is None


async def test_a_program_whose_first_answer_is_late_becomes_ready(launcher):
    ours = process(launcher, "late")
    await ours.start()
    assert ours.ready
    await ours.stop()


async def test_a_program_that_hangs_at_the_start_is_ended(launcher):
    ours = process(launcher, "hangs", start_timeout=0.5)
    with pytest.raises(PolicyUnavailable, match="not ready within"):
        await ours.start()
    assert ours.pid is None


async def test_a_missing_environment_is_named(launcher, tmp_path):
    missing = tmp_path / "no-python"
    with pytest.raises(PolicyUnavailable, match="no-python"):
        await PolicyProcess(missing, Path("good"), launcher=launcher).start()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_process_that_dies_or_hangs_is_started_again_at_the_same_address(launcher, blow):
    ours = process(launcher)
    await ours.start()
    watch = asyncio.create_task(ours.supervise())
    pid, url = ours.pid, ours.url
    os.kill(pid, blow)
    await until(lambda: ours.ready and ours.pid not in (pid, None))
    assert ours.url == url
    assert not alive(pid)
    watch.cancel()
    await ours.stop()


async def test_a_healthy_process_is_left_alone(launcher):
    ours = process(launcher)
    await ours.start()
    watch = asyncio.create_task(ours.supervise())
    pid = ours.pid
    await asyncio.sleep(0.5)
    assert ours.pid == pid
    assert ours.ready
    watch.cancel()
    await ours.stop()


async def test_supervision_goes_on_when_a_restart_fails(launcher):
    ours = process(launcher)
    await ours.start()
    watch = asyncio.create_task(ours.supervise())
    launcher.write_text("raise SystemExit(1)")
    os.kill(ours.pid, signal.SIGKILL)
    await until(lambda: not ours.ready)
    await asyncio.sleep(0.3)
    assert not watch.done()
    launcher.write_text(STAND_IN)
    await until(lambda: ours.ready)
    watch.cancel()
    await ours.stop()


async def test_the_child_does_not_outlive_us_however_we_end(launcher):
    program = f"""
        import asyncio, os, signal, sys
        from pathlib import Path
        from assistant.adapters.policy_process import PolicyProcess

        async def main():
            ours = PolicyProcess(Path(sys.executable), Path("good"), launcher=Path({str(launcher)!r}))
            await ours.start()
            print(ours.pid, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(main())
    """
    ended = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(program), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await ended.communicate()
    assert ended.returncode == -signal.SIGKILL
    await until(lambda: not alive(int(printed)))
