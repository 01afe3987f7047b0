"""Measure `Converse`: latency at one and at eight conversations, turns per second, and the memory of each process.

    python -m bench.converse                       # a private server with a fresh database
    python -m bench.converse --rounds 40

Every conversation books a table in seven turns (a question, a correction, a clear and a yes among them) and is then
cancelled, so that tables do not run out. Times are what a client on the same machine waits.
"""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from dataclasses import dataclass, field
from typing import Annotated

import grpc.aio
import psutil
import typer
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console
from rich.table import Table

from assistant.pb import assistant_pb2, assistant_pb2_grpc
from assistant.scenarios.server import private_server

TURNS = (
    "I'd like to book a table",
    "한옥테이블이요",
    "this Friday at 7 pm",
    "네 명이요, 주차 되나요?",
    "make it 8 instead of 7",
    "Kim Minsu",
    "yes please",
)
NOW = Timestamp(seconds=1781067600)  # 2026-06-10T14:00+09:00, the clock of the scenarios
CROWDS = (1, 8)


@dataclass
class Measured:
    """What one crowd of conversations saw. Times are in milliseconds."""

    conversations: int
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    booked: int = 0

    def percentile(self, share: float) -> float:
        """The wait that this share (0..1) of the turns did not exceed."""
        return statistics.quantiles(self.waits, n=100)[round(share * 100) - 1]


async def _book(stub: assistant_pb2_grpc.AssistantServiceAsyncStub, measured: Measured) -> None:
    conversation = f"bench-{uuid.uuid4().hex}"
    for turn, text in enumerate(TURNS):
        request = assistant_pb2.ConverseRequest(
            conversation_id=conversation, message_id=f"m{turn}", text=text, time_zone="Asia/Seoul", now=NOW
        )
        began = time.perf_counter()
        answer = await stub.Converse(request)
        measured.waits.append((time.perf_counter() - began) * 1000)
    measured.booked += answer.conversation.commits.created
    for turn, text in enumerate(("cancel my reservation", "yes")):
        await stub.Converse(
            assistant_pb2.ConverseRequest(conversation_id=conversation, message_id=f"c{turn}", text=text, now=NOW)
        )


async def _measure(target: str, conversations: int, rounds: int) -> Measured:
    measured = Measured(conversations)
    async with grpc.aio.insecure_channel(target) as channel:
        stub = assistant_pb2_grpc.AssistantServiceStub(channel)
        await _book(stub, Measured(1))  # the first one warms caches

        async def talk() -> None:
            for _ in range(rounds):
                await _book(stub, measured)

        began = time.perf_counter()
        await asyncio.gather(*(talk() for _ in range(conversations)))
        measured.seconds = time.perf_counter() - began
    return measured


def _memory() -> list[tuple[str, float]]:
    """Resident memory in MiB of every process that this one started."""
    return [
        ("policy" if "launcher" in " ".join(child.cmdline()) else "assistant", child.memory_info().rss / 2**20)
        for child in psutil.Process().children(recursive=True)
    ]


async def _run(rounds: int) -> None:
    console = Console()
    async with private_server() as target:
        table = Table("conversations", "turns", "p50 ms", "p95 ms", "turns/s", "booked", title="Converse")
        for conversations in CROWDS:
            measured = await _measure(target, conversations, max(2, rounds // conversations))
            every = len(measured.waits) + 2 * measured.booked
            table.add_row(
                str(conversations),
                str(len(measured.waits)),
                f"{measured.percentile(0.50):.1f}",
                f"{measured.percentile(0.95):.1f}",
                f"{every / measured.seconds:.0f}",
                str(measured.booked),
            )
        console.print(table)
        console.print(*(f"{name}: {size:.0f} MiB resident" for name, size in _memory()), sep="\n")


def main(rounds: Annotated[int, typer.Option(help="Bookings in all, per crowd.")] = 40) -> None:
    """Measure and print."""
    asyncio.run(_run(rounds))


if __name__ == "__main__":
    typer.run(main)
