"""How the commands reach a running server, and how they say what went wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import grpc
import typer

from assistant.commands.problems import complain
from assistant.settings import Settings

TIMEOUT = 10.0
"""Seconds that a command waits for an answer."""

Metadata = tuple[tuple[str, str | bytes], ...]
ServerOption = Annotated[str, typer.Option("--server", help="The server, host:port; default: ASSISTANT_LISTEN.")]
TokenOption = Annotated[str, typer.Option("--token", help="A bearer token, where the server wants one.")]
CaOption = Annotated[Path | None, typer.Option("--ca", help="PEM certificate to trust; turns TLS on.")]


@contextmanager
def connected(server: str, token: str, ca: Path | None) -> Iterator[tuple[grpc.Channel, Metadata]]:
    """A channel to the server and the metadata to send along; a failing call ends the command with a sentence.

    Args:
        server: `host:port`; empty: the address that a server with the same settings listens on.
        token: a bearer token, or empty.
        ca: PEM file to trust, for TLS; None: no TLS.
    """
    address = server or Settings().listen
    metadata: Metadata = (("authorization", f"Bearer {token}"),) if token else ()
    try:
        with _channel(address, ca) as channel:
            yield channel, metadata
    except grpc.RpcError as error:  # of a finished call, it is the call as well
        complain(f"{address}: {error.code().name}: {error.details()}", code=1)


def _channel(address: str, ca: Path | None) -> grpc.Channel:
    if ca is None:
        return grpc.insecure_channel(address)
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(ca.read_bytes()))
