"""`assistant demo`: two bookings, one in English and one in Korean, played on a server of our own and checked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Literal
from uuid import uuid4

import grpc
import typer
from rich.console import Console
from rich.rule import Rule

from assistant.commands.problems import complain
from assistant.errors import MaitreError
from assistant.settings import ROOT

if TYPE_CHECKING:  # loading these takes gRPC, which other commands do without
    from assistant.client import Client
    from assistant.scenarios.play import Played, PlayedTurn
    from assistant.scenarios.view import View

Language = Literal["en", "ko"]

FOLDER: Final = ROOT / "demo"
"""`en.yaml` and `ko.yaml`: what is said, and where the conversation must stand after it."""
TITLES: Final[dict[Language, str]] = {"en": "A booking in English", "ko": "A booking in Korean"}


def demo() -> None:
    """Start a server of our own, book a table in English and in Korean, and show and check every step."""
    console = Console()
    try:
        wrong = asyncio.run(_show_all(console))
    except grpc.aio.AioRpcError as error:
        complain(f"the server: {error.code().name}: {error.details()}")
    except MaitreError as error:
        complain(str(error))
    except asyncio.CancelledError:
        complain("stopped", code=1)
    if wrong:
        console.print(f"{wrong} of the steps are not as they should be", style="red")
        raise typer.Exit(1)
    console.print("every step was as it should be", style="green")


async def _show_all(console: Console) -> int:
    """How many steps and bookings are not as they should be."""
    from assistant.client import connected
    from assistant.commands.own_server import own_server

    async with own_server(console) as target, connected(target) as client:
        return sum([await _show(client, console, language) for language in TITLES])


async def _show(client: Client, console: Console, language: Language) -> int:
    from assistant.commands.screen import print_turn
    from assistant.pb import assistant_pb2 as pb
    from assistant.scenarios.files import load
    from assistant.scenarios.play import play

    console.print(Rule(TITLES[language]))
    scenario = load(FOLDER / f"{language}.yaml")
    domain = await client.call(client.assistant.GetDomain, pb.GetDomainRequest(locale=language))
    slots = [slot.name for slot in domain.slots]
    unread: list[str] = []

    async def watch(turn: PlayedTurn) -> None:
        console.print(f"\n> {turn.said}", style="bold", markup=False, highlight=False, soft_wrap=True)
        answer = turn.answer
        print_turn(console, answer.view, slots=slots, replies=answer.replies, quick_replies=answer.quick_replies)
        for one in turn.differences:
            console.print(f"{one.what}: {one.got}, not {one.expected}", style="red", markup=False, highlight=False)
        if answer.view.state == "booked" and not await _read_back(client, console, answer.view):
            unread.append(answer.view.booking_id)

    played = await play(client, scenario, language, name=f"demo-{uuid4().hex[:8]}-{language}", watch=watch)
    return _wrong(played) + len(unread)


async def _read_back(client: Client, console: Console, view: View) -> bool:
    """Shows the booking as the booking service keeps it; whether it is what the conversation says."""
    from assistant.pb import booking_pb2 as pb

    booking = await client.call(client.booking.GetBooking, pb.GetBookingRequest(booking_id=view.booking_id))
    details = booking.details
    kept = {name: str(getattr(details, name)) for name in details.DESCRIPTOR.fields_by_name if name in view.slots}
    right = booking.status == pb.BOOKING_STATUS_CONFIRMED and kept == view.slots
    told = ", ".join(f"{name} {value}" for name, value in kept.items())
    console.print(
        f"\nGetBooking {booking.booking_id}: table {booking.table}, {told}",
        style="green" if right else "red",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    return right


def _wrong(played: Played) -> int:
    return sum(not turn.right for turn in played.turns)
