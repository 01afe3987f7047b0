"""What the client of the policy makes of every kind of answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from assistant.adapters.policy import Breaker, HttpPolicy, best_action
from assistant.errors import PolicyUnavailable

EVENTS = [{"event": "action", "name": "action_listen"}]
GOOD = {"scores": [{"action": "action_listen", "score": 0.0}, {"action": "booking_form", "score": 1.0}], "policy": "R"}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Server:
    """Stands for the policy: answers with what it was given last, and remembers the requests."""

    def __init__(self, answer: Callable[[], httpx.Response | Awaitable[httpx.Response]]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answer()
        return answer if isinstance(answer, httpx.Response) else await answer


def policy(server: Server, timeout: float = 1.0, breaker: Breaker | None = None) -> HttpPolicy:
    transport = httpx.MockTransport(server)
    return HttpPolicy("http://policy", "secret", timeout, breaker=breaker, transport=transport)


def good() -> httpx.Response:
    return httpx.Response(200, json=GOOD)


def down() -> httpx.Response:
    raise httpx.ConnectError("refused")


async def slow() -> httpx.Response:
    await asyncio.sleep(30)
    return good()


async def test_the_action_with_the_highest_score_is_next():
    server = Server(good)
    assert await policy(server).next_action(EVENTS) == "booking_form"
    request = server.requests[0]
    assert request.url.path == "/model/predict"
    assert request.url.params["token"] == "secret"
    assert json.loads(request.content) == EVENTS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"scores": []}',
        b'{"scores": {"booking_form": 1}}',
        b'{"scores": [{"action": "booking_form"}]}',
        b'{"scores": [{"action": "booking_form", "score": "much"}]}',
        b'{"scores": [{"action": "booking_form", "score": NaN}]}',
        b'{"scores": [{"action": "booking_form", "score": Infinity}]}',
        b'{"scores": [{"action": "booking_form", "score": 0.0}]}',
        b'{"scores": [{"action": "action_format_disk", "score": 1.0}]}',
        b'{"scores": [{"action": null, "score": 1.0}]}',
    ],
)
def test_an_answer_that_is_no_decision_is_refused(body):
    with pytest.raises(PolicyUnavailable):
        best_action(body)


@pytest.mark.parametrize("status", [301, 400, 401, 404, 500, 503])
async def test_any_other_status_means_unavailable(status):
    server = Server(lambda: httpx.Response(status, json=GOOD))
    with pytest.raises(PolicyUnavailable, match=str(status)):
        await policy(server).next_action(EVENTS)


async def test_a_policy_that_is_down_is_unavailable():
    with pytest.raises(PolicyUnavailable, match="ConnectError"):
        await policy(Server(down)).next_action(EVENTS)


async def test_a_slow_policy_is_unavailable_when_the_time_is_over():
    started = asyncio.get_running_loop().time()
    with pytest.raises(PolicyUnavailable, match="TimeoutError"):
        await policy(Server(slow), timeout=0.05).next_action(EVENTS)
    assert asyncio.get_running_loop().time() - started < 1.0


async def test_after_five_failures_the_policy_is_left_alone_for_two_seconds():
    clock, server = Clock(), Server(down)
    asked = policy(server, breaker=Breaker(clock=clock))
    for _ in range(7):
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    assert len(server.requests) == 5
    clock.now = 2.0
    server.answer = good
    assert await asked.next_action(EVENTS) == "booking_form"
    assert await asked.next_action(EVENTS) == "booking_form"


async def test_one_failed_probe_leaves_it_alone_again():
    clock, server = Clock(), Server(down)
    asked = policy(server, breaker=Breaker(clock=clock))
    for _ in range(5):
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    clock.now = 2.5
    for _ in range(3):
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    assert len(server.requests) == 6


async def test_only_one_caller_probes_at_a_time():
    clock, server = Clock(), Server(down)
    asked = policy(server, timeout=0.1, breaker=Breaker(clock=clock))
    for _ in range(5):
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    clock.now = 2.5
    server.answer = slow
    results = await asyncio.gather(*(asked.next_action(EVENTS) for _ in range(4)), return_exceptions=True)
    assert all(isinstance(result, PolicyUnavailable) for result in results)
    assert len(server.requests) == 6


async def test_failures_far_apart_do_not_add_up():
    clock, server = Clock(), Server(down)
    asked = policy(server, breaker=Breaker(clock=clock))
    for _ in range(12):
        clock.now += 3.0
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    assert len(server.requests) == 12


async def test_a_success_forgets_the_failures_before_it():
    server = Server(down)
    asked = policy(server, breaker=Breaker(clock=Clock()))
    for answer in [down, down, down, down, good, down, down, down, down, good]:
        server.answer = answer
        if answer is good:
            await asked.next_action(EVENTS)
        else:
            with pytest.raises(PolicyUnavailable):
                await asked.next_action(EVENTS)
    assert len(server.requests) == 10


async def test_a_cancelled_probe_lets_the_next_caller_probe():
    clock, server = Clock(), Server(down)
    asked = policy(server, timeout=5.0, breaker=Breaker(clock=clock))
    for _ in range(5):
        with pytest.raises(PolicyUnavailable):
            await asked.next_action(EVENTS)
    clock.now = 2.5
    server.answer = slow
    probe = asyncio.create_task(asked.next_action(EVENTS))
    await asyncio.sleep(0.01)
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    server.answer = good
    assert await asked.next_action(EVENTS) == "booking_form"
