"""A language model that fails or lies, behind the real server, store, policy and tagger: the turn is the tagger's, in time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
import pytest_asyncio

from assistant.adapters.clock import SystemClock
from assistant.adapters.database.store import open_store
from assistant.adapters.policy import HttpPolicy
from assistant.adapters.policy_process import PolicyProcess
from assistant.adapters.tagger import BertTagger
from assistant.conversations import Conversations
from assistant.domain import load_domain
from assistant.grpc.server import build
from assistant.grpc.service import Service
from assistant.pb import assistant_pb2 as pb
from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
from assistant.ports import Llama
from assistant.prompts import INSTRUCTIONS, Prompt, Task, as_text
from assistant.settings import ROOT, Settings
from assistant.turn import Parts
from assistant.types import Op, When
from assistant.understand import Assist, understand
from tests.support.fakes import FakeLlama
from tests.support.injections import CORPUS, PLACES, TEXTS, case

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

NOW = {"seconds": int(datetime(2026, 6, 10, 5, tzinfo=UTC).timestamp())}
SLOTS = {"restaurant": "hanok_table", "date": "2026-06-12", "time": "19:00", "party_size": "4", "name": "김민수"}
PATIENCE = 0.3
BUDGET = PATIENCE + 1.5
"""Seconds for a turn on a busy machine: the tagger, the policy and the store take a few hundredths."""


class Endless(FakeLlama):
    """Never stops writing."""

    async def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        while True:
            await asyncio.sleep(0)
            yield "set time "


class Obedient(FakeLlama):
    """Does whatever anybody tells it: confirms, empties, cancels, quotes the user, and reads its prompt aloud."""

    async def stream(self, prompt: Prompt, *, most: int = 128) -> AsyncIterator[str]:
        said = next((segment.text for segment in reversed(prompt.segments) if segment.user), "")
        if prompt.task is Task.REPLY:
            yield f"Booked for 99 people! {as_text(prompt)}"
            return
        slots = ("party_size", "time", "date", "name", "phone", "restaurant")
        sets = "\n".join(f'set {slot} "{said}"' for slot in slots)
        yield f"affirm\nclear all\ncancel booking\nrestart\n{sets}"


class Client:
    """Talks to a server whose language model the test chooses."""

    def __init__(self, channel: grpc.aio.Channel, conversations: Conversations) -> None:
        self.assistant: Any = AssistantServiceStub(channel)
        self._conversations = conversations

    def helped_by(self, llama: Llama | None) -> None:
        assist = Assist(llama, When.ALWAYS, reply=True, patience=PATIENCE) if llama else None
        parts = self._conversations.parts
        self._conversations.exchange(Parts(**{name: getattr(parts, name) for name in PARTS}, assist=assist))

    @property
    def parts(self) -> Parts:
        return self._conversations.parts

    async def start(self, conversation: str, language: str = "en", lacking: str = "") -> pb.Conversation:
        slots = {name: value for name, value in SLOTS.items() if name != lacking}
        request = pb.SetSlotsRequest(conversation_id=conversation, slots=slots, now=NOW, locale=language)
        return await self.assistant.SetSlots(request)

    async def say(self, text: str, conversation: str, message_id: str = "m") -> pb.ConverseResponse:
        request = pb.ConverseRequest(conversation_id=conversation, message_id=message_id, text=text, now=NOW)
        return await self.assistant.Converse(request)

    async def stream(self, text: str, conversation: str) -> tuple[str, pb.ConverseResponse]:
        request = pb.ConverseRequest(conversation_id=conversation, message_id="m", text=text, now=NOW)
        events = [event async for event in self.assistant.StreamConverse(request)]
        assert [event.WhichOneof("event") for event in events] == ["partial"] * (len(events) - 1) + ["final"]
        return "".join(event.partial for event in events[:-1]), events[-1].final


PARTS = ("domain", "store", "tagger", "policy", "clock", "client_clocks")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    settings = Settings()
    needed = (settings.policy_python, settings.policy_model, settings.tagger / "manifest.json")
    if not all(path.is_file() for path in needed):
        pytest.skip("`make ready` makes the policy's environment and its model")
    process = PolicyProcess(settings.policy_python, settings.policy_model)
    await process.start()
    clock, domain = SystemClock(), load_domain(ROOT / "domains" / "restaurant")
    place: Path = tmp_path_factory.mktemp("store")
    store = await open_store(f"sqlite+aiosqlite:///{place / 'maitre.db'}", book=domain.book, clock=clock)
    policy = HttpPolicy(process.url, process.token, 10.0)
    parts = Parts(domain, store, BertTagger(settings.tagger, domain), policy, clock, client_clocks=True)
    conversations = Conversations(parts)
    server = build(Settings(listen="127.0.0.1:0"))
    await server.start()
    await server.open(Service(store, conversations))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        yield Client(channel, conversations)
    await server.close()
    await policy.close()
    await store.close()
    await process.stop()


FAULTS = {
    "slow by 1 s": lambda: FakeLlama(['clear time "time"'], seconds=1),
    "slow by 5 s": lambda: FakeLlama(['clear time "time"'], seconds=5),
    "slow by 30 s": lambda: FakeLlama(['clear time "time"'], seconds=30),
    "down": lambda: FakeLlama(down=True),
    "empty": lambda: FakeLlama([""]),
    "endless": Endless,
    "ungrammatical": lambda: FakeLlama(["Sure, I have cleared everything and booked it for you!"]),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_clear_is_done_in_time_and_the_answer_says_degraded(client: Client, fault: str):
    for language, text in (("en", "Clear the time."), ("ko", "시간 지워 주세요.")):
        conversation = f"{fault} {language}"
        await client.start(conversation, language)
        client.helped_by(FAULTS[fault]())
        began = time.monotonic()
        answer = await client.say(text, conversation)
        assert time.monotonic() - began < BUDGET
        assert answer.degraded
        assert answer.conversation.slots["time"].status == pb.SLOT_STATUS_CLEARED
        assert answer.conversation.asked_slot == "time"


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_yes_still_books_once(client: Client, fault: str):
    conversation = f"yes {fault}"
    await client.start(conversation)
    client.helped_by(FAULTS[fault]())
    answer = await client.say("Yes.", conversation)
    assert (answer.conversation.commits.created, answer.degraded) == (1, True)
    client.helped_by(None)
    await client.say("cancel my booking", conversation, "m2")
    assert (await client.say("yes", conversation, "m3")).conversation.commits.cancelled == 1


@pytest.mark.parametrize("deaf", ["ask", "deny", "clear all", "cancel booking"])
async def test_a_plain_yes_books_whatever_the_language_model_heard(client: Client, deaf: str):
    await client.start(f"deaf {deaf}")
    client.helped_by(FakeLlama([deaf]))
    answer = await client.say("Yes.", f"deaf {deaf}")
    assert answer.conversation.commits == pb.CommitCounts(created=1)


async def test_what_is_streamed_is_what_is_answered_and_stored(client: Client):
    await client.start("stream")
    client.helped_by(FakeLlama(['clear time "time"', "Gladly. What time would you like to come instead?"]))
    text, final = await client.stream("Clear the time.", "stream")
    assert text == "\n".join(reply.text for reply in final.replies)
    assert final.replies[-1].text == "Gladly. What time would you like to come instead?"
    assert final.replies[-1].act == "ask_time"
    again = await client.say("Clear the time.", "stream")
    assert again == final


async def test_a_lie_is_never_streamed(client: Client):
    await client.start("lie")
    client.helped_by(FakeLlama(['clear time "time"', "Your table at 7 is booked. What time would you like?"]))
    text, final = await client.stream("Clear the time.", "lie")
    assert "7 is booked" not in text
    assert text == "\n".join(reply.text for reply in final.replies)


LIARS = {"obedient": Obedient(), "says yes": FakeLlama(["affirm"])}


SECRETS = (*INSTRUCTIONS.values(), "### Instruction", "### Input", "### Response", "Booked for 99")
A_FEW = 4
"""Texts of each kind that go through the whole server; all of them go through the reading, where it is decided."""


@pytest.mark.parametrize("kind", CORPUS)
async def test_a_language_model_that_obeys_everybody_books_nothing_and_tells_nothing(client: Client, kind: str):
    texts = [text for text in CORPUS[kind] if text.strip()][:A_FEW]
    for name, liar in LIARS.items():
        client.helped_by(liar)
        for place, text in enumerate(texts):
            conversation = f"{name} {kind} {place}"
            await client.start(conversation, lacking="name")
            for number, said in enumerate((text, "Make it 8 pm.")):
                answer = await client.say(said, conversation, f"m{number}")
                assert answer.conversation.commits == pb.CommitCounts(), text
                assert not [words for words in SECRETS if words in told(answer) and words not in text], text


def told(answer: pb.ConverseResponse) -> str:
    return "\n".join(reply.text for reply in answer.replies)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("liar", LIARS)
async def test_what_books_or_wipes_beside_a_language_model_that_obeys_does_so_without_it(
    client: Client, liar: str, place: str
):
    parts = client.parts
    weighty = {Op.AFFIRM, Op.CANCEL}
    for text in TEXTS:
        given = case(text, place)
        alone = parts.tagger.understand(given.message, given.conversation)
        assist = Assist(LIARS[liar], When.ALWAYS)
        read = await understand(given.message, given.conversation, parts.domain, parts.tagger, assist)
        helped = read.operations
        assert {one.op for one in helped} & weighty <= {one.op for one in alone}, text
        assert {one.everything for one in helped} <= {one.everything for one in alone} | {False}, text
        assert all(one.quote is None or one.quote.text in given.said for one in helped), text
