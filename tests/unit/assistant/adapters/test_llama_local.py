import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from assistant.adapters.llama_engine import Answer
from assistant.adapters.llama_local import LocalModel
from assistant.errors import LlamaUnavailable
from assistant.prompts import Prompt, Segment, Task
from tests.support.tiny_llama import LEARNED, PROMPT, make_base


class ScriptedEngine:
    """Stands in for the model: does to each answer what the test says, and keeps what was asked together."""

    def __init__(self, *, say: Sequence[str] = ("yes",), fault: str = "", seconds: float = 0.0) -> None:
        self.say = say
        self.fault = fault
        self.seconds = seconds
        self.batches: list[tuple[str, int]] = []
        self.breaks = 0

    def label(self, adapter: str) -> str:
        return f"{adapter or 'base'}@1"

    def answer(self, answers: Sequence[Answer], adapter: str) -> None:
        self.batches.append((adapter, len(answers)))
        time.sleep(self.seconds)
        if self.breaks:
            self.breaks -= 1
            raise MemoryError
        for one in answers:
            for piece in self.say:
                one.tell(piece)
            one.fault = self.fault
            one.ended = not self.fault


@asynccontextmanager
async def serving(engine: Any, **limits: Any) -> AsyncIterator[LocalModel]:
    model = LocalModel(engine, **limits)
    try:
        yield model
    finally:
        await asyncio.to_thread(model.close)


async def test_the_answer_is_all_its_pieces() -> None:
    async with serving(ScriptedEngine(say=("set ", "time"))) as model:
        assert await model.llama().complete(PROMPT) == "set time"
        assert [piece async for piece in model.llama().stream(PROMPT)] == ["set ", "time"]
        assert model.llama("a").version == "a@1"


async def test_requests_that_come_together_are_answered_together() -> None:
    engine = ScriptedEngine(seconds=0.05)
    async with serving(engine, gather=0.05, together=4) as model:
        await asyncio.gather(*(model.llama().complete(PROMPT) for _ in range(6)))
    assert sum(count for _, count in engine.batches) == 6
    assert max(count for _, count in engine.batches) == 4


async def test_answers_made_together_wear_one_adapter() -> None:
    engine = ScriptedEngine()
    async with serving(engine, gather=0.05) as model:
        await asyncio.gather(*(model.llama(name).complete(PROMPT) for name in ("a", "b", "a")))
    assert sorted(engine.batches) == [("a", 2), ("b", 1)]


async def test_a_late_answer_is_given_up_on_time() -> None:
    async with serving(ScriptedEngine(seconds=0.5)) as model:
        begun = time.monotonic()
        with pytest.raises(LlamaUnavailable, match=r"longer than 0\.1 s"):
            await model.llama(deadline=0.1).complete(PROMPT)
        assert time.monotonic() - begun < 0.4


async def test_the_deadline_holds_for_a_stream_as_a_whole() -> None:
    class Endless(ScriptedEngine):
        def answer(self, answers: Sequence[Answer], adapter: str) -> None:
            while answers[0].wanted():
                answers[0].tell("x")
                time.sleep(0.02)

    async with serving(Endless()) as model:
        stream = model.llama(deadline=0.2).stream(PROMPT)
        assert await anext(stream) == "x"
        with pytest.raises(LlamaUnavailable):
            [piece async for piece in stream]


@pytest.mark.parametrize(("say", "said"), [((), "empty"), (("", " \n"), "empty")])
async def test_an_empty_answer_is_none(say: Sequence[str], said: str) -> None:
    async with serving(ScriptedEngine(say=say)) as model:
        with pytest.raises(LlamaUnavailable, match=said):
            await model.llama().complete(PROMPT)


async def test_an_answer_with_a_fault_is_none() -> None:
    async with serving(ScriptedEngine(say=("half",), fault="it did not stop")) as model:
        with pytest.raises(LlamaUnavailable, match="it did not stop"):
            await model.llama().complete(PROMPT)


async def test_more_requests_than_may_wait_are_refused_at_once() -> None:
    engine = ScriptedEngine(seconds=0.3)
    async with serving(engine, together=1, waiting=2, gather=0.0) as model:
        under_way = [asyncio.create_task(model.llama().complete(PROMPT))]
        await asyncio.sleep(0.1)  # the first is under way
        under_way += [asyncio.create_task(model.llama().complete(PROMPT)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(LlamaUnavailable, match="too much to do"):
            await model.llama().complete(PROMPT)
        assert await asyncio.gather(*under_way) == ["yes"] * 3


async def test_a_generation_that_breaks_harms_no_later_one() -> None:
    engine = ScriptedEngine()
    engine.breaks = 1
    async with serving(engine) as model:
        with pytest.raises(LlamaUnavailable, match="MemoryError"):
            await model.llama().complete(PROMPT)
        assert await model.llama().complete(PROMPT) == "yes"


async def test_a_caller_who_goes_is_told_to_the_model() -> None:
    asked: list[Answer] = []

    class Waiting(ScriptedEngine):
        def answer(self, answers: Sequence[Answer], adapter: str) -> None:
            asked.extend(answers)
            answers[0].tell("first")
            time.sleep(0.2)

    async with serving(Waiting()) as model:
        stream = model.llama().stream(PROMPT)
        assert await anext(stream) == "first"
        assert asked[0].wanted()
        await stream.aclose()  # type: ignore[attr-defined]
        assert not asked[0].wanted()


async def test_after_the_end_nobody_waits_in_vain() -> None:
    model = LocalModel(ScriptedEngine(seconds=0.2), together=1, gather=0.0)  # type: ignore[arg-type]
    tasks = [asyncio.create_task(model.llama().complete(PROMPT)) for _ in range(3)]
    await asyncio.sleep(0.05)
    await asyncio.to_thread(model.close)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[0] == "yes"
    assert all(isinstance(one, LlamaUnavailable) for one in results[1:])
    with pytest.raises(LlamaUnavailable, match="shut down"):
        await model.llama().complete(PROMPT)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalModel]:
    model = LocalModel.load(make_base(tmp_path_factory.mktemp("llama") / "taught", taught=LEARNED), {})
    yield model
    model.close()


async def test_a_real_model_answers_many_at_once(taught: LocalModel) -> None:
    llama = taught.llama(deadline=30)
    answers = await asyncio.gather(
        *(llama.complete(PROMPT) for _ in range(5)),
        *(llama.complete(PROMPT, grammar=f'start: "{word}"') for word in ("예", "no", "clear date")),
    )
    assert answers == [LEARNED] * 5 + ["예", "no", "clear date"]
    assert "".join([piece async for piece in llama.stream(PROMPT)]) == LEARNED


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda llama: llama.complete(PROMPT, most=3), "did not stop within 3 tokens"),
        (lambda llama: llama.complete(PROMPT, grammar="start: ("), "grammar is refused"),
        (lambda llama: llama.complete(Prompt(Task.TRACK, (Segment("예약 " * 600),))), "leave no room"),
    ],
)
async def test_a_real_model_gives_no_half_answer(taught: LocalModel, ask: Callable[..., Any], said: str) -> None:
    with pytest.raises(LlamaUnavailable, match=said):
        await ask(taught.llama(deadline=30))
