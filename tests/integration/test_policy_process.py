"""The real policy process: its routes, what it refuses, and how it comes back."""

import asyncio
import os
import random
import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from assistant.adapters.policy import FORM, HttpPolicy
from assistant.adapters.policy_process import PolicyProcess

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "policy" / ".venv" / "bin" / "python"
START = [
    {"event": "action", "name": "action_listen"},
    {"event": "user", "text": "", "parse_data": {"intent": {"name": "start", "confidence": 1.0}, "entities": []}},
]

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not PYTHON.exists(), reason="the policy's environment is not built (policy/.venv)"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    archive = tmp_path_factory.getbasetemp() / "policy-model.tar.gz"
    trainer = (PYTHON, ROOT / "policy" / "train.py", ROOT / "domains" / "restaurant", archive)
    subprocess.run(trainer, check=True, capture_output=True)
    again = subprocess.run(trainer, check=True, capture_output=True, text=True)
    assert "up to date" in again.stdout
    return archive


@pytest.fixture(scope="module")
def served(model):
    """A running policy, and a way to run coroutines beside it."""
    ours = PolicyProcess(PYTHON, model)
    with asyncio.Runner() as runner:
        runner.run(ours.start())
        yield ours, runner.run
        runner.run(ours.stop())


@pytest.fixture
def client(served):
    ours, _ = served
    with httpx.Client(base_url=ours.url, headers={"Authorization": f"Bearer {ours.token}"}, trust_env=False) as client:
        yield client


def test_the_answer_has_the_form_of_rasas_own(client):
    answer = client.post("/model/predict", json=START).json()
    assert {"scores", "policy", "confidence", "tracker"} <= answer.keys()
    assert answer["policy"] == "RulePolicy"
    assert max(answer["scores"], key=lambda entry: entry["score"]) == {"action": FORM, "score": 1.0}
    assert len(answer["tracker"]["events"]) == len(START)
    assert client.post("/model/predict?include_events=NONE", json=START).json()["tracker"]["events"] is None


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}])
@pytest.mark.parametrize("path", ["/model/predict", "/health", "/"])
def test_nobody_is_answered_without_the_token(served, headers, path):
    ours, _ = served
    assert httpx.post(ours.url + path, headers=headers, json=START, trust_env=False).status_code == 401


def test_rasas_way_to_give_the_token_works_too(served):
    ours, _ = served
    answer = httpx.post(f"{ours.url}/model/predict?token={ours.token}", json=START, trust_env=False)
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/model",
        "/model/train",
        "/model/parse",
        "/status",
        "/domain",
        "/webhooks/rest/webhook",
        "/webhooks/callback/webhook",
        "/conversations/a/execute",
        "/conversations/a/tracker/events",
    ],
)
def test_no_other_route_of_rasa_is_open(client, method, path):
    answer = client.request(method, path, json=START if method in ("POST", "PUT") else None)
    assert answer.status_code == 404
    assert answer.json()["status"] == "failure"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}",
        b"[]",
        b"null",
        b"[1]",
        b'[{"event": "nonsense"}]',
        b'[{"event": "action", "name": "action_listen"}]' * 2,
        b"[" * 50_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_list_of_events_is_refused_without_details(client, body):
    answer = client.post("/model/predict", content=body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert "/" not in answer.json()["message"]


def test_a_request_that_is_too_large_is_refused(client):
    assert client.post("/model/predict", content=b"[" + b" " * 300_000 + b"]").status_code == 413


def test_random_events_get_an_action_or_a_clean_refusal(client):
    random.seed(11)
    names = ("action", "user", "slot", "active_loop", "action_execution_rejected", "restart", "followup", "rewind", "x")
    values = (None, "phase", "booking_form", "action_listen", "confirming", 7, True, [], {}, "\x00", "한", -1e308)
    keys = ("name", "value", "text", "parse_data", "timestamp", "policy", "confidence", "metadata")
    for _ in range(400):
        events = [
            {"event": random.choice(names)} | {key: random.choice(values) for key in random.sample(keys, 3)}
            for _ in range(random.randint(1, 12))
        ]
        assert client.post("/model/predict?include_events=NONE", json=events).status_code in (200, 400)
    assert client.get("/health").status_code == 200


def test_it_listens_on_loopback_only(served):
    ours, _ = served
    port = f"{int(ours.url.rpartition(':')[2]):04X}"
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert [row[1] for row in listening if row[1].endswith(f":{port}") and row[3] == "0A"] == [f"0100007F:{port}"]


def test_it_starts_in_an_empty_folder_and_without_our_environment(served, monkeypatch):
    ours, _ = served
    assert list(Path(f"/proc/{ours.pid}/cwd").iterdir()) == []
    environment = Path(f"/proc/{ours.pid}/environ").read_bytes().split(b"\0")
    assert {entry.split(b"=")[0] for entry in environment if entry} == {b"MAITRE_POLICY_TOKEN", b"PATH", b"LANG"}
    assert ours.token.encode() not in Path(f"/proc/{ours.pid}/cmdline").read_bytes()


async def test_a_killed_policy_comes_back_and_answers_at_the_same_address(model):
    ours = PolicyProcess(PYTHON, model, backoff=0.1)
    await ours.start()
    watch = asyncio.create_task(ours.supervise())
    policy = HttpPolicy(ours.url, ours.token, 5.0)
    pid = ours.pid
    os.kill(pid, signal.SIGKILL)
    async with asyncio.timeout(60):
        while not ours.ready or ours.pid == pid:  # noqa: ASYNC110 - the condition is the life of another process
            await asyncio.sleep(0.1)
    assert await policy.next_action(START) == FORM
    watch.cancel()
    await policy.close()
    await ours.stop()
