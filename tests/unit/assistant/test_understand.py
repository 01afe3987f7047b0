"""The language model is asked when it should be, and the tagger's word stands when it does not answer."""

import asyncio
import time
from dataclasses import dataclass, replace

import pytest

from assistant.types import Conversation, Message, Op, Operation, Phase, Producer, Quote, When
from assistant.understand import SURE, Assist, Understood, understand
from tests.support.annotated import DOMAIN, WEDNESDAY, ZONE, draft
from tests.support.fakes import FakeLlama

TEXT = "could you lose the time, please"
MESSAGE = Message("c", "m", TEXT, "en", ZONE, WEDNESDAY)
CLEAR = Operation(Op.CLEAR, ("time",), quote=Quote(15, 23, "the time"), confidence=0.95)
UNKNOWN = Operation(Op.UNKNOWN, quote=Quote(0, len(TEXT), TEXT))


@dataclass
class SetTagger:
    """Reads what the test says."""

    operations: tuple[Operation, ...]
    version: str = "set@1"

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        return self.operations


async def read(
    seen: Operation, llama: FakeLlama, *, when: When = When.ALWAYS, patience: float = 1.0, message: Message = MESSAGE
) -> Understood:
    return await understand(message, draft(), DOMAIN, SetTagger((seen,)), Assist(llama, when, patience=patience))


async def test_without_a_language_model_the_tagger_reads_alone():
    assert await understand(MESSAGE, draft(), DOMAIN, SetTagger((CLEAR,)), None) == Understood((CLEAR,))


@pytest.mark.parametrize(
    ("when", "seen", "asked"),
    [
        (When.NEVER, UNKNOWN, 0),
        (When.UNCERTAIN, CLEAR, 0),
        (When.UNCERTAIN, replace(CLEAR, confidence=SURE - 0.01), 1),
        (When.UNCERTAIN, UNKNOWN, 1),
        (When.ALWAYS, CLEAR, 1),
    ],
)
async def test_it_is_asked_when_the_settings_say_so(when: When, seen: Operation, asked: int):
    llama = FakeLlama(['clear time "the time"'])
    understood = await read(seen, llama, when=when)
    assert len(llama.seen) == asked
    assert not understood.degraded


async def test_it_reads_what_the_tagger_could_not():
    understood = await read(UNKNOWN, FakeLlama(['clear time "the time"']))
    (one,) = understood.operations
    assert (one.op, one.slots, one.producer) == (Op.CLEAR, ("time",), Producer.LLAMA)
    assert one.quote == Quote(15, 23, "the time")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   ",
        "I would love to help you!",
        'set time "9 pm"',
        "x" * 100_000,
        "\x00\ufffd",
        '{"op": "clear"}',
        "affirm " * 5000,
    ],
)
async def test_an_answer_that_does_not_hold_leaves_the_tagger_alone_and_is_told(answer: str):
    understood = await read(CLEAR, FakeLlama([answer]))
    assert understood == Understood((CLEAR,), degraded=True)


@pytest.mark.parametrize("seconds", [1, 5, 30])
async def test_a_slow_one_is_not_waited_for(seconds: int):
    began = time.monotonic()
    understood = await read(CLEAR, FakeLlama(['clear time "the time"'], seconds=seconds), patience=0.05)
    assert understood == Understood((CLEAR,), degraded=True)
    assert time.monotonic() - began < 0.9


async def test_one_that_is_down_is_told():
    assert await read(CLEAR, FakeLlama(down=True)) == Understood((CLEAR,), degraded=True)


async def test_what_it_took_is_gone_from_its_patience():
    understood = await read(CLEAR, FakeLlama(['clear time "the time"'], seconds=0.1), patience=1.0)
    assert 0 < understood.left < 0.91


async def test_a_program_s_command_is_never_shown_to_it():
    llama = FakeLlama(["affirm"])
    message = replace(MESSAGE, text="/affirm")
    understood = await understand(
        message, draft(phase=Phase.CONFIRMING), DOMAIN, SetTagger((UNKNOWN,)), Assist(llama, When.ALWAYS)
    )
    assert (understood.operations, llama.seen) == ((UNKNOWN,), [])


async def test_waiting_for_it_leaves_the_loop_free():
    slow = asyncio.create_task(read(CLEAR, FakeLlama(['clear time "the time"'], seconds=0.9)))
    quick = await asyncio.wait_for(read(CLEAR, FakeLlama(["unknown"])), 0.8)
    assert not quick.degraded
    assert (await slow).operations[0].op is Op.CLEAR
