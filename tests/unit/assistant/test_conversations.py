from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.errors import NotPossible, Overloaded, StaleWrite, Unavailable
from assistant.settings import ROOT
from assistant.turn import Parts
from assistant.types import Command, Conversation, Message, Outcome

DOMAIN = load_domain(ROOT / "domains" / "restaurant")


@dataclass
class FakeStore:
    """Holds conversations; its units can only load."""

    conversations: dict[str, Conversation] = field(default_factory=dict)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[FakeStore]:
        yield self

    async def load(self, conversation_id: str) -> Conversation | None:
        return self.conversations.get(conversation_id)


Turn = Callable[[Any, Parts], Awaitable[Outcome]]


def runner(turn: Turn, *, most: int = 64, store: FakeStore | None = None) -> Conversations:
    anything: Any = None
    parts = Parts(DOMAIN, store or FakeStore(), anything, anything, anything)
    return Conversations(parts, most=most, converse=turn, change=turn)


def message(message_id: str = "m", conversation_id: str = "c", text: str = "hello", locale: str = "en") -> Message:
    return Message(conversation_id, message_id, text, locale, "Asia/Seoul", datetime(2026, 6, 10, tzinfo=UTC))


def outcome(of: Message | Command) -> Outcome:
    return Outcome(Conversation(of.conversation_id))


async def test_turns_of_one_conversation_run_one_by_one_in_the_order_they_came():
    log: list[str] = []

    async def turn(message: Message, parts: Parts) -> Outcome:
        log.append(f"+{message.message_id}")
        await asyncio.sleep(0.001)
        log.append(f"-{message.message_id}")
        return outcome(message)

    conversations = runner(turn)
    await asyncio.gather(*(conversations.converse(message(str(number))) for number in range(20)))
    assert log == [f"{sign}{number}" for number in range(20) for sign in "+-"]


async def test_turns_of_two_conversations_run_side_by_side():
    both = asyncio.Barrier(2)

    async def turn(message: Message, parts: Parts) -> Outcome:
        await both.wait()
        return outcome(message)

    conversations = runner(turn)
    async with asyncio.timeout(5):
        await asyncio.gather(*(conversations.converse(message(conversation_id=name)) for name in "ab"))


async def test_a_turn_goes_on_when_its_caller_leaves():
    release, done = asyncio.Event(), asyncio.Event()

    async def turn(message: Message, parts: Parts) -> Outcome:
        await release.wait()
        done.set()
        return outcome(message)

    conversations = runner(turn)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await conversations.converse(message())
    release.set()
    async with asyncio.timeout(5):
        await done.wait()


async def test_a_turn_behind_one_that_was_left_still_waits_for_it():
    release, log = asyncio.Event(), []

    async def turn(message: Message, parts: Parts) -> Outcome:
        if message.message_id == "first":
            await release.wait()
        log.append(message.message_id)
        return outcome(message)

    conversations = runner(turn)
    first = asyncio.create_task(conversations.converse(message("first")))
    await asyncio.sleep(0)
    second = asyncio.create_task(conversations.converse(message("second")))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.sleep(0.01)
    assert log == []
    release.set()
    await second
    assert log == ["first", "second"]


async def test_a_turn_that_fails_does_not_stop_the_next():
    async def turn(message: Message, parts: Parts) -> Outcome:
        if message.message_id == "bad":
            raise NotPossible("no")
        return outcome(message)

    conversations = runner(turn)
    results = await asyncio.gather(
        conversations.converse(message("bad")), conversations.converse(message("good")), return_exceptions=True
    )
    assert isinstance(results[0], NotPossible)
    assert isinstance(results[1], Outcome)


@pytest.mark.parametrize(("losses", "settled"), [(1, True), (2, True), (3, False)])
async def test_a_turn_that_another_process_beat_is_taken_again_up_to_three_times(losses, settled):
    tries = 0

    async def turn(message: Message, parts: Parts) -> Outcome:
        nonlocal tries
        tries += 1
        if tries <= losses:
            raise StaleWrite("another was first")
        return outcome(message)

    conversations = runner(turn)
    if settled:
        await conversations.converse(message())
    else:
        with pytest.raises(StaleWrite):
            await conversations.converse(message())
    assert tries == min(losses + 1, 3)


@pytest.mark.parametrize(("standing", "expected", "tries"), [(4, 3, 1), (3, 3, 2), (4, 0, 2)])
async def test_a_change_is_taken_again_only_while_what_its_caller_saw_still_stands(standing, expected, tries):
    tried = 0

    async def turn(command: Command, parts: Parts) -> Outcome:
        nonlocal tried
        tried += 1
        if tried == 1 or command.expected_version not in (0, standing):
            raise StaleWrite("not at this version")
        return outcome(command)

    conversations = runner(turn, store=FakeStore({"c": Conversation("c", version=standing)}))
    command = Command("c", (), "r", expected_version=expected)
    if expected in (0, standing):
        await conversations.change(command)
    else:
        with pytest.raises(StaleWrite):
            await conversations.change(command)
    assert tried == tries


async def test_turns_beyond_the_limit_are_refused_even_where_nobody_waits_for_the_others():
    release = asyncio.Event()

    async def turn(message: Message, parts: Parts) -> Outcome:
        await release.wait()
        return outcome(message)

    conversations = runner(turn, most=2)
    waiting = [asyncio.create_task(conversations.converse(message(conversation_id=name))) for name in "ab"]
    await asyncio.sleep(0.01)
    waiting[0].cancel()
    with pytest.raises(Overloaded):
        await conversations.converse(message(conversation_id="c"))
    release.set()
    await waiting[1]
    await conversations.converse(message(conversation_id="c"))


async def test_draining_lets_turns_end_and_takes_no_more():
    release = asyncio.Event()

    async def turn(message: Message, parts: Parts) -> Outcome:
        await release.wait()
        return outcome(message)

    conversations = runner(turn)
    running = asyncio.create_task(conversations.converse(message()))
    await asyncio.sleep(0.01)
    assert not await conversations.drain(0.01)
    with pytest.raises(Unavailable):
        await conversations.converse(message("later"))
    release.set()
    assert await conversations.drain(5)
    assert running.done()


@pytest.mark.parametrize(
    ("text", "stored", "language"),
    [
        ("예약할게요", None, "ko"),
        ("a table", "ko", "en"),
        ("😀", "ko", "ko"),
        ("7", None, "en"),
        ("at 모닝컵 please", "ko", "en"),
        ("모닝컵", "en", "ko"),
    ],
)
async def test_a_message_without_a_locale_is_answered_in_its_own_language(text, stored, language):
    taken: list[Message] = []

    async def turn(message: Message, parts: Parts) -> Outcome:
        taken.append(message)
        return outcome(message)

    known = {"c": Conversation("c", locale=stored)} if stored else {}
    await runner(turn, store=FakeStore(known)).converse(message(text=text, locale=""))
    assert taken[0].locale == language


async def test_nothing_is_kept_of_a_conversation_whose_turns_have_ended():
    async def turn(message: Message, parts: Parts) -> Outcome:
        return outcome(message)

    conversations = runner(turn)
    await asyncio.gather(*(conversations.converse(message(conversation_id=str(number))) for number in range(10)))
    await asyncio.sleep(0)
    assert not conversations.busy
