"""`assistant chat`: talk to a running server from the terminal, with the slots at the side of every answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import grpc
import typer
from rich.console import Console

from assistant.commands.client import CaOption, Metadata, TokenOption, connected
from assistant.commands.problems import complain, moment_of
from assistant.settings import Settings

if TYPE_CHECKING:  # loading this takes long, and other commands do without
    from assistant.pb.assistant_pb2_grpc import AssistantServiceStub

PATIENCE = 30.0
"""Seconds that an answer may take."""


def chat(
    target: Annotated[
        str, typer.Option("--target", "--server", help="The server, host:port; default: ASSISTANT_LISTEN.")
    ] = "",
    lang: Annotated[str, typer.Option(help="Answer in en or ko; default: in the language of each message.")] = "",
    user: Annotated[str, typer.Option(help="Who is talking; opens their profile.")] = "",
    now: Annotated[
        str, typer.Option(help="A clock to talk by, 2026-06-10T14:00:00+09:00; the server must allow it.")
    ] = "",
    token: TokenOption = "",
    ca: CaOption = None,
) -> None:
    """Talk to a running server; Ctrl-D ends."""
    if lang not in ("", "en", "ko"):
        complain(f"--lang: {lang!r}; write en or ko")
    moment = moment_of("--now", now) if now else None
    console = Console()
    with connected(target, token, ca) as (channel, metadata):
        from assistant.client import timestamp
        from assistant.commands.screen import print_turn
        from assistant.pb import assistant_pb2 as pb
        from assistant.pb.assistant_pb2_grpc import AssistantServiceStub
        from assistant.scenarios.view import view_of

        stub = AssistantServiceStub(channel)
        slots = _slots(stub, target or Settings().listen, metadata)
        conversation_id = f"chat-{uuid4().hex}"
        for text in _messages(console):
            request = pb.ConverseRequest(
                conversation_id=conversation_id,
                message_id=uuid4().hex,
                text=text,
                locale=lang,
                user_id=user,
                now=timestamp(moment) if moment else None,
            )
            try:
                answer = stub.Converse(request, timeout=PATIENCE, metadata=metadata)
            except grpc.RpcError as error:  # of a finished call, it is the call as well
                if error.code() is grpc.StatusCode.UNAVAILABLE:
                    raise
                console.print(f"{error.code().name}: {error.details()}", style="red", markup=False)
                continue
            print_turn(
                console,
                view_of(answer.conversation),
                slots=slots,
                replies=[reply.text for reply in answer.replies],
                quick_replies=[text for reply in answer.replies for text in reply.quick_replies],
            )


def _slots(stub: AssistantServiceStub, address: str, metadata: Metadata) -> list[str]:
    """The names of the domain's slots in their order; the first call, so it finds out whether a server is there."""
    from assistant.pb import assistant_pb2 as pb

    try:
        domain = stub.GetDomain(pb.GetDomainRequest(), timeout=PATIENCE, metadata=metadata)
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.UNAVAILABLE:
            raise
        complain(f"{address}: no server answers there; start one with `assistant serve`, or name one with --target", 1)
    return [slot.name for slot in domain.slots]


def _messages(console: Console) -> Iterator[str]:
    """What is typed, line by line, until Ctrl-D or Ctrl-C; of piped input every line, repeated for the reader."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            if line.strip():
                console.print(f"> {line.strip()}", markup=False, highlight=False, soft_wrap=True)
                yield line.strip()
        return
    with suppress(ImportError):
        import readline  # noqa: F401  (makes input() erase wide letters whole)
    while True:
        try:
            text = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if text:
            yield text
