import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from assistant.adapters.llama_openai import OpenAILlama
from assistant.adapters.policy import Breaker
from assistant.errors import LlamaUnavailable
from assistant.prompts import Prompt, Segment, Task, as_text

PROMPT = Prompt(Task.TRACK, (Segment('said "'), Segment("7시", user=True), Segment('"')))
Answering = Callable[[httpx.Request], httpx.Response]


def piece(text: object, finish: object = None) -> bytes:
    return b"data: " + json.dumps({"choices": [{"text": text, "finish_reason": finish}]}).encode() + b"\n\n"


GOOD = piece('set time "') + piece("7시") + piece('"') + piece("", "stop") + b"data: [DONE]\n\n"


class Body(httpx.AsyncByteStream):
    """Sends chunks, one after `pause` seconds after the other."""

    def __init__(self, *chunks: bytes, pause: float = 0.0, endless: bool = False) -> None:
        self._chunks = chunks
        self._pause = pause
        self._endless = endless

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            for chunk in self._chunks:
                await asyncio.sleep(self._pause)
                yield chunk
            if not self._endless:
                return


def model(
    answer: Answering, *, deadline: float = 2.0, structured: bool = False, breaker: Breaker | None = None
) -> OpenAILlama:
    return OpenAILlama(
        "http://model/v1",
        "track-reply",
        token="secret",
        deadline=deadline,
        structured=structured,
        breaker=breaker,
        transport=httpx.MockTransport(answer),
    )


def sending(*chunks: bytes, status: int = 200, pause: float = 0.0, endless: bool = False) -> Answering:
    return lambda _: httpx.Response(status, stream=Body(*chunks, pause=pause, endless=endless))


async def test_the_answer_is_put_together_from_its_events() -> None:
    llama = model(sending(GOOD))
    assert await llama.complete(PROMPT) == 'set time "7시"'
    assert [text async for text in llama.stream(PROMPT)] == ['set time "', "7시", '"']
    assert llama.version == "track-reply@served"


async def test_events_may_arrive_in_any_pieces() -> None:
    assert await model(sending(*(GOOD[n : n + 3] for n in range(0, len(GOOD), 3)))).complete(PROMPT) == 'set time "7시"'
    assert await model(sending(b": ping\r\n\r\n" + GOOD.replace(b"\n", b"\r\n"))).complete(PROMPT) == 'set time "7시"'


async def test_the_server_is_asked_for_the_adapter_by_name() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=GOOD)

    await model(answer).complete(PROMPT, grammar="start: x", most=40)
    assert asked[0].url == "http://model/v1/completions"
    assert asked[0].headers["Authorization"] == "Bearer secret"
    assert json.loads(asked[0].content) == {
        "model": "track-reply",
        "prompt": as_text(PROMPT),
        "max_tokens": 40,
        "temperature": 0,
        "stream": True,
    }


async def test_a_grammar_goes_only_to_a_server_that_takes_it() -> None:
    asked: list[dict[str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, content=GOOD)

    llama = model(answer, structured=True)
    await llama.complete(PROMPT, grammar="start: x")
    await llama.complete(PROMPT)
    assert [body.get("structured_outputs") for body in asked] == [{"grammar": "start: x"}, None]


def broken(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (broken, "ConnectError"),
        (sending(b"oops", status=500), "status 500"),
        (sending(b"who?", status=401), "status 401"),
        (sending(b"", status=302), "status 302"),
        (sending(b"too long", status=400), "refused with status 400"),
        (sending(), "did not end"),
        (sending(b"data: [DONE]\n\n"), "did not end"),
        (sending(piece("set"), piece(" time", "length")), "did not end: length"),
        (sending(piece("set")), "did not end"),
        (sending(piece("", "stop")), "empty"),
        (sending(piece(" \n", "stop")), "empty"),
        (sending(b"data: not json\n\n"), "another form"),
        (sending(b"data: " + b"[" * 100_000 + b"\n\n"), "another form"),
        (sending(b"data: \xff\xfe\n\n"), "another form"),
        (sending(b'data: {"error": "out of memory"}\n\n'), "another form"),
        (sending(b'data: {"choices": []}\n\n'), "another form"),
        (sending(b"data: 7\n\n"), "another form"),
        (sending(piece(7)), "another form"),
        (sending(piece("x", 7)), "another form"),
        (sending(b"<html>" * 20), "did not end"),
        (sending(b"x" * 65536, endless=True), "does not come to an end"),
        (sending(piece("x" * 1000), endless=True), "does not come to an end"),
    ],
)
async def test_what_is_no_answer_is_never_one(answer: Answering, said: str) -> None:
    with pytest.raises(LlamaUnavailable, match=said):
        await model(answer).complete(PROMPT)


@pytest.mark.parametrize("pause", [1.0, 5.0, 30.0])
async def test_a_slow_server_costs_the_deadline_and_no_more(pause: float) -> None:
    begun = time.monotonic()
    with pytest.raises(LlamaUnavailable, match="does not answer: TimeoutError"):
        await model(sending(GOOD, pause=pause), deadline=0.2).complete(PROMPT)
    assert time.monotonic() - begun < 0.9


async def test_drops_that_never_end_cost_the_deadline_too() -> None:
    begun = time.monotonic()
    with pytest.raises(LlamaUnavailable, match="TimeoutError"):
        await model(sending(piece("x"), pause=0.02, endless=True), deadline=0.2).complete(PROMPT)
    assert time.monotonic() - begun < 0.9


async def test_a_server_that_keeps_failing_is_left_alone_and_tried_again() -> None:
    clock = 0.0
    calls = 0
    down = True

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(503) if down else httpx.Response(200, content=GOOD)

    llama = model(answer, breaker=Breaker(clock=lambda: clock))
    for _ in range(9):
        with pytest.raises(LlamaUnavailable):
            await llama.complete(PROMPT)
    assert calls == 5
    clock, down = 3.0, False
    assert await llama.complete(PROMPT)


async def test_requests_that_the_server_refuses_do_not_shut_out_others() -> None:
    """One user's endless texts must not take the model from everybody."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400) if b"endless" in request.content else httpx.Response(200, content=GOOD)

    llama = model(answer)
    for _ in range(9):
        with pytest.raises(LlamaUnavailable):
            await llama.complete(Prompt(Task.TRACK, (Segment("endless", user=True),)))
    assert await llama.complete(PROMPT)


async def test_a_caller_who_goes_leaves_no_probe_open() -> None:
    clock = 0.0
    answers = iter([httpx.Response(503)] * 5)
    llama = model(
        lambda _: next(answers, None) or httpx.Response(200, stream=Body(GOOD, pause=0.05)),
        breaker=Breaker(clock=lambda: clock),
    )
    for _ in range(5):
        with pytest.raises(LlamaUnavailable):
            await llama.complete(PROMPT)
    clock = 3.0
    gone = asyncio.create_task(llama.complete(PROMPT))
    await asyncio.sleep(0.01)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await llama.complete(PROMPT)


async def test_a_listener_who_leaves_in_the_middle_closes_the_call() -> None:
    llama = model(sending(GOOD))
    stream = llama.stream(PROMPT)
    assert await anext(stream) == 'set time "'
    await stream.aclose()  # type: ignore[attr-defined]
    assert await llama.complete(PROMPT) == 'set time "7시"'
    await llama.close()
