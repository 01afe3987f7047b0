"""`assistant conversations`: look at one, or erase it."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from assistant.commands.client import TIMEOUT, CaOption, ServerOption, TokenOption, connected

app = typer.Typer(no_args_is_help=True, help="Look at a conversation, or erase it.")


@app.command()
def show(conversation_id: str, server: ServerOption = "", token: TokenOption = "", ca: CaOption = None) -> None:
    """Show where a conversation stands and what its slots hold."""
    from assistant.pb import assistant_pb2 as pb
    from assistant.pb.assistant_pb2_grpc import AssistantServiceStub

    with connected(server, token, ca) as (channel, metadata):
        request = pb.GetConversationRequest(conversation_id=conversation_id)
        answer = AssistantServiceStub(channel).GetConversation(request, timeout=TIMEOUT, metadata=metadata)
    state = pb.ConversationState.Name(answer.state).removeprefix("CONVERSATION_STATE_").lower()
    pending = pb.PendingAction.Name(answer.pending).removeprefix("PENDING_ACTION_").lower()
    table = Table("slot", "status", "value", title=f"{answer.conversation_id}: {state} ({pending}), v{answer.version}")
    for name, slot in answer.slots.items():
        status = pb.SlotStatus.Name(slot.status).removeprefix("SLOT_STATUS_").lower()
        bounds = f"{getattr(slot.range, 'from')} to {slot.range.to}" if slot.HasField("range") else ""
        table.add_row(name, status, slot.value or ", ".join(slot.candidates) or bounds)
    Console().print(table)
    if answer.asked_slot:
        Console().print(f"asked: {answer.asked_slot}")


@app.command()
def delete(conversation_id: str, server: ServerOption = "", token: TokenOption = "", ca: CaOption = None) -> None:
    """Erase a conversation with all its events; its bookings stay."""
    from assistant.pb import assistant_pb2 as pb
    from assistant.pb.assistant_pb2_grpc import AssistantServiceStub

    with connected(server, token, ca) as (channel, metadata):
        request = pb.DeleteConversationRequest(conversation_id=conversation_id)
        AssistantServiceStub(channel).DeleteConversation(request, timeout=TIMEOUT, metadata=metadata)
    typer.echo(f"{conversation_id} is erased")
