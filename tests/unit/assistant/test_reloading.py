from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.errors import BadRelease, PolicyUnavailable
from assistant.models import Chosen
from assistant.reloading import Models, Reloaded
from assistant.settings import ROOT
from assistant.turn import Parts
from assistant.types import Conversation, Message, Outcome

DOMAIN = load_domain(ROOT / "domains" / "restaurant")


@dataclass
class Disk:
    """Models that are there to load. `loaded` are those that are up, `hold` keeps a load waiting."""

    active: str = "old"
    fault: Exception | None = None
    whole: bool = True
    loaded: list[str] = field(default_factory=list)
    loads: int = 0
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.hold.set()

    def choose(self) -> Chosen:
        return Chosen(Path(self.active), Path(self.active), self.active, self.whole)

    @asynccontextmanager
    async def load(self, chosen: Chosen) -> AsyncIterator[Parts]:
        await self.hold.wait()
        if self.fault:
            raise self.fault
        self.loads += 1
        self.loaded.append(chosen.release)
        anything: Any = None
        yield Parts(DOMAIN, anything, anything, anything, anything, release=chosen.release)
        self.loaded.remove(chosen.release)


@dataclass
class Turns:
    """Turns that wait for `go`, and say which release they used at their beginning and at their end."""

    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def converse(self, message: Message, parts: Parts) -> Outcome:
        began = parts.release
        await self.go.wait()
        return Outcome(Conversation(message.conversation_id), model_version=f"{began} {parts.release}")


def message(conversation_id: str) -> Message:
    return Message(conversation_id, "m", "hello", "en", "Asia/Seoul", datetime(2026, 6, 10, tzinfo=UTC))


async def soon(condition: Any) -> None:
    """Waits until something holds that other tasks bring about."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the condition is the state of what is tested
            await asyncio.sleep(0.001)


async def test_a_turn_ends_with_the_models_it_began_with_and_they_are_kept_until_then():
    disk, turns = Disk(), Turns()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts, converse=turns.converse)
        before = asyncio.create_task(conversations.converse(message("a")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        disk.active = "new"
        assert await models.reload(conversations) == Reloaded("new", "old")
        after = asyncio.create_task(conversations.converse(message("b")))
        await asyncio.sleep(0.02)
        assert disk.loaded == ["old", "new"]
        turns.go.set()
        assert (await before).model_version == "old old"
        assert (await after).model_version == "new new"
        await soon(lambda: disk.loaded == ["new"])
    assert disk.loaded == []


async def test_the_old_models_are_kept_for_a_turn_whose_client_has_left():
    disk, turns = Disk(), Turns()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts, converse=turns.converse)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(conversations.converse(message("a")), 0.01)
        disk.active = "new"
        await models.reload(conversations)
        await asyncio.sleep(0.02)
        assert disk.loaded == ["old", "new"]
        turns.go.set()
        await soon(lambda: disk.loaded == ["new"])


@pytest.mark.parametrize("fault", [BadRelease("release new: altered"), PolicyUnavailable("it does not start")])
async def test_models_that_cannot_be_loaded_are_refused_with_the_reason_and_the_old_ones_go_on(fault):
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        disk.active, disk.fault = "new", fault
        with pytest.raises(BadRelease, match=f"{fault}; old goes on"):
            await models.reload(conversations)
        assert (conversations.parts.release, disk.loaded) == ("old", ["old"])
        disk.fault = None
        assert await models.reload(conversations) == Reloaded("new", "old")


async def test_a_fault_that_nobody_foresaw_leaves_the_old_models_too():
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        disk.active, disk.fault = "new", RuntimeError("unforeseen")
        with pytest.raises(RuntimeError):
            await models.reload(conversations)
        assert (conversations.parts.release, disk.loaded) == ("old", ["old"])
        disk.fault = None
        assert await models.reload(conversations) == Reloaded("new", "old")


async def test_the_same_release_is_not_loaded_again_but_models_that_may_have_changed_are():
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        assert await models.reload(conversations) == Reloaded("old", "old")
        assert disk.loads == 1
        disk.whole = False
        await models.reload(conversations)
        await models.reload(conversations)
        assert disk.loads == 3


async def test_two_reloads_at_once_load_one_after_the_other_and_end_with_what_is_active():
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        disk.active = "new"
        disk.hold.clear()
        first = asyncio.create_task(models.reload(conversations))
        await asyncio.sleep(0.02)
        disk.active = "newest"
        second = asyncio.create_task(models.reload(conversations))
        await asyncio.sleep(0.02)
        disk.hold.set()
        assert await first == Reloaded("new", "old")
        assert await second == Reloaded("newest", "new")
        await soon(lambda: disk.loaded == ["newest"])


async def test_a_caller_that_stops_waiting_does_not_stop_the_exchange():
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        disk.active = "new"
        disk.hold.clear()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(models.reload(conversations), 0.02)
        disk.hold.set()
        await soon(lambda: conversations.parts.release == "new")


async def test_a_server_that_stops_while_it_reloads_leaves_nothing_running():
    disk = Disk()
    async with Models(disk.choose, disk.load) as models:
        conversations = Conversations(models.parts)
        disk.active = "new"
        disk.hold.clear()
        reload = asyncio.create_task(models.reload(conversations))
        await asyncio.sleep(0.02)
    assert disk.loaded == []
    with pytest.raises(asyncio.CancelledError):
        await reload


async def test_models_that_cannot_be_loaded_at_the_start_stop_it():
    with pytest.raises(BadRelease, match="altered"):
        async with Models(Disk().choose, Disk(fault=BadRelease("altered")).load):
            raise AssertionError("not reached")
