"""Plays one scenario against a server, turn by turn, and compares every turn. Sums nothing up and prints nothing."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import grpc

from assistant.client import Client, timestamp
from assistant.pb import assistant_pb2 as pb
from assistant.scenarios.calls import request_of
from assistant.scenarios.compare import Difference, Reported, differences, expected_view
from assistant.scenarios.files import Scenario, StartEntry, TurnEntry
from assistant.scenarios.stage import Stage
from assistant.scenarios.values import Scripts, Value
from assistant.scenarios.view import Counts, View, view_of

Mode = Literal["en", "ko", "mixed"]
MODES: tuple[Mode, ...] = ("en", "ko", "mixed")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back of one message or call. `operations` and `refusals` are short texts; `seconds` is the wall time.

    `confidence` is that of the least certain operation, 0..1; None where there was none.
    """

    code: str
    view: View
    seconds: float
    replies: tuple[str, ...] = ()
    quick_replies: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    confidence: float | None = None
    refusals: tuple[str, ...] = ()
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class PlayedTurn:
    """One turn: what was said, what was wanted and what came, each with where it stood before the turn."""

    number: int
    conversation: str
    language: str
    said: str
    wanted: View
    wanted_before: View
    got_before: View
    answer: Answer
    differences: tuple[Difference, ...]
    hard_negative: bool

    @property
    def right(self) -> bool:
        """Whether everything is as the file says."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario, played once in one mode. `repeat` counts from 1; `seconds` includes preparing and clearing away."""

    id: str
    title: str
    mode: Mode
    repeat: int
    turns: tuple[PlayedTurn, ...]
    seconds: float

    @property
    def right(self) -> bool:
        """Whether every turn is right."""
        return all(turn.right for turn in self.turns)


Watch = Callable[[PlayedTurn], Awaitable[None]]


@dataclass(slots=True)
class _Talk:
    """A conversation under way."""

    id: str
    user_id: str
    scripts: Scripts
    wanted: View
    got: View
    base: Counts
    start_version: int
    problem: Difference | None = None


async def play(
    client: Client, scenario: Scenario, mode: Mode, *, name: str, repeat: int = 1, watch: Watch | None = None
) -> Played:
    """Plays a scenario and removes what it left.

    Args:
        client: the server.
        scenario: what to play.
        mode: `en`, `ko`, or `mixed`: turn by turn the other language, the first in English.
        name: begins every id that is used; nobody else's may begin with it.
        repeat: for the record only.
        watch: is told of every turn as soon as it is compared, while all that it led to still stands.

    Raises:
        grpc.aio.AioRpcError: the server failed outside of a turn.
    """
    began = time.monotonic()
    stage = Stage(client, name, scenario.clock, scenario.time_zone)
    try:
        await stage.fill(scenario.fixtures.full)
        turns = await _play_turns(client, scenario, mode, stage, watch)
    finally:
        await stage.remove()
    return Played(scenario.id, scenario.title, mode, repeat, tuple(turns), time.monotonic() - began)


async def _play_turns(
    client: Client, scenario: Scenario, mode: Mode, stage: Stage, watch: Watch | None
) -> list[PlayedTurn]:
    played: list[PlayedTurn] = []
    opening, talk = scenario.turns[0], None
    for number, turn in enumerate(scenario.turns, start=1):
        language = ("en" if number % 2 else "ko") if mode == "mixed" else mode
        if turn.fresh:
            opening, talk = turn, None
        if turn.say is not None and language not in turn.say:
            continue
        if talk is None:
            talk = await _begin(stage, scenario, opening, language)
        played.append(await _play_turn(client, scenario, turn, talk, number, language))
        if watch:
            await watch(played[-1])
    return played


async def _begin(stage: Stage, scenario: Scenario, opening: TurnEntry, language: str) -> _Talk:
    """Opens a conversation; values that the server refuses become a difference of the first turn."""
    start = opening.start if opening.start is not None else scenario.start
    scripts = Scripts()
    scripts.give(_given(start), language)
    conversation_id, user_id = stage.open(), stage.user(opening.user)
    wanted = View(slots={name: scripts.told(value) for name, value in start.slots.items()})
    problem = None
    try:
        got = await stage.prepare(conversation_id, user_id, start, language, scripts.told)
        if start.booked and got.state != "booked":
            problem = Difference("start", "booked", got.state)
    except grpc.aio.AioRpcError as error:
        got, problem = View(), Difference("start", "OK", f"{error.code().name}: {error.details()}")
    return _Talk(conversation_id, user_id, scripts, wanted, got, got.counts, got.version, problem)


def _given(start: StartEntry) -> Iterable[Value]:
    yield from start.profile.values()
    yield from start.slots.values()
    if start.earlier_booking:
        yield start.earlier_booking.name


async def _play_turn(
    client: Client, scenario: Scenario, turn: TurnEntry, talk: _Talk, number: int, language: str
) -> PlayedTurn:
    said = turn.say[language] if turn.say else _shown_call(turn.call or {})  # type: ignore[index]
    talk.scripts.hear(turn.slots.values(), said, language)
    if turn.say:
        answer = await converse(
            client,
            pb.ConverseRequest(
                conversation_id=talk.id,
                message_id=f"turn-{number}",
                text=said,
                time_zone=scenario.time_zone,
                now=timestamp(turn.clock or scenario.clock),
                user_id=talk.user_id,
            ),
        )
    else:
        answer = await _call(client, turn.call or {}, talk, number)
    wanted = expected_view(turn, talk.scripts.told)
    reported = Reported(answer.view, talk.base, answer.code, answer.view.version - talk.got.version, answer.replies)
    found = differences(turn, wanted, reported, language)
    if talk.problem:
        found, talk.problem = (talk.problem, *found), None
    played = PlayedTurn(
        number, talk.id, language, said, wanted, talk.wanted, talk.got, answer, found, turn.hard_negative
    )
    talk.wanted, talk.got = wanted, answer.view
    return played


async def converse(client: Client, request: pb.ConverseRequest) -> Answer:
    """Sends one message; a failing status is an answer too, with the conversation as it stands after it."""
    began = time.monotonic()
    try:
        response = await client.call(client.assistant.Converse, request)
    except grpc.aio.AioRpcError as error:
        seconds = time.monotonic() - began
        return Answer(error.code().name, await look(client, request.conversation_id), seconds, _details_of(error))
    return Answer(
        code="OK",
        view=view_of(response.conversation),
        seconds=time.monotonic() - began,
        replies=tuple(reply.text for reply in response.replies),
        quick_replies=tuple(text for reply in response.replies for text in reply.quick_replies),
        operations=tuple(map(shown_operation, response.operations)),
        confidence=min((one.confidence for one in response.operations), default=None),
        refusals=tuple(f"{refusal.slot} {refusal.text!r}: {refusal.reason}" for refusal in response.refusals),
        degraded=response.degraded,
    )


async def look(client: Client, conversation_id: str) -> View:
    """The conversation as it stands; nothing where there is none."""
    try:
        wanted = pb.GetConversationRequest(conversation_id=conversation_id)
        return view_of(await client.call(client.assistant.GetConversation, wanted))
    except grpc.aio.AioRpcError as error:
        if error.code() is not grpc.StatusCode.NOT_FOUND:
            raise
        return View()


async def _call(client: Client, call: Mapping[str, Any], talk: _Talk, number: int) -> Answer:
    versions = {"start": talk.start_version, "current": talk.got.version}
    request = request_of(call, told=talk.scripts.told, versions=versions)
    known = {"conversation_id": talk.id, "request_id": f"turn-{number}", "user_id": talk.user_id}
    for name, value in known.items():
        if name in request.DESCRIPTOR.fields_by_name and name not in call:
            setattr(request, name, value)
    code, said = "OK", tuple[str, ...]()
    began = time.monotonic()
    try:
        await client.call(getattr(client.assistant, call["rpc"]), request)
    except grpc.aio.AioRpcError as error:
        code, said = error.code().name, _details_of(error)
    seconds = time.monotonic() - began
    return Answer(code, await look(client, talk.id), seconds, said)


def _details_of(error: grpc.aio.AioRpcError) -> tuple[str, ...]:
    return (error.details() or "",)


def _shown_call(call: Mapping[str, Any]) -> str:
    fields = ", ".join(f"{name}={value}" for name, value in call.items() if name != "rpc")
    return f"{call.get('rpc')}({fields})"


def shown_operation(operation: pb.Operation) -> str:
    """What a message was understood to ask for, in a few words."""
    words = [operation.name, *operation.slots]
    words += ["everything"] if operation.everything else []
    words += ["|".join(operation.values)] if operation.values else []
    words += [word for word in (operation.delta, operation.scope, operation.topic) if word]
    return " ".join(words)
