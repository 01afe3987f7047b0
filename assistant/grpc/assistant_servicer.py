"""AssistantService: convert in, call the core, convert out. Faults travel up to the interceptor."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import grpc

from assistant.errors import BadRequest, NotFound
from assistant.grpc import checks, convert, convert_requests
from assistant.grpc.service import Late, Service
from assistant.pb import assistant_pb2 as pb
from assistant.pb import assistant_pb2_grpc
from assistant.phrase import Hear, unheard
from assistant.types import Command, Conversation, Outcome
from nlu.types import Moment

Context = grpc.aio.ServicerContext[Any, Any]


class AssistantServicer(assistant_pb2_grpc.AssistantServiceServicer):
    """The conversation side.

    Args:
        late: gives the service as soon as it is loaded.
    """

    def __init__(self, late: Late) -> None:
        self._late = late

    async def Converse(self, request: pb.ConverseRequest, context: Context) -> pb.ConverseResponse:
        """Takes one message of a user."""
        service = self._late.get()
        return convert.outcome_out(await _converse(service, request), service.parts.domain)

    async def StreamConverse(self, request: pb.ConverseRequest, context: Context) -> AsyncIterator[pb.ConverseEvent]:
        """Takes one message of a user; the reply comes in pieces while it is said, once what was decided is stored."""
        service = self._late.get()
        pieces: asyncio.Queue[str | None] = asyncio.Queue()
        turn = asyncio.create_task(_converse(service, request, pieces.put_nowait))
        turn.add_done_callback(lambda _: pieces.put_nowait(None))
        sent = False
        try:
            while (piece := await pieces.get()) is not None:
                sent = True
                yield pb.ConverseEvent(partial=piece)
            for event in convert.events_out(await turn, service.parts.domain, sent=sent):
                yield event
        finally:
            turn.cancel()  # ends the waiting only: a turn runs to its end

    async def GetConversation(self, request: pb.GetConversationRequest, context: Context) -> pb.Conversation:
        """Reads a conversation."""
        service = self._late.get()
        conversation_id = checks.identifier("conversation_id", request.conversation_id)
        return convert.conversation_out(await _load(service, conversation_id), service.parts.domain)

    async def SetSlots(self, request: pb.SetSlotsRequest, context: Context) -> pb.Conversation:
        """Fills slots in one change."""
        service = self._late.get()
        command = convert_requests.set_slots_in(
            request,
            service.parts.domain,
            zone=service.time_zone,
            clock=service.parts.clock.now(),
            client_clocks=service.parts.client_clocks,
        )
        return await _change(service, command)

    async def ClearSlots(self, request: pb.ClearSlotsRequest, context: Context) -> pb.Conversation:
        """Empties slots in one change."""
        service = self._late.get()
        return await _change(service, convert_requests.clear_slots_in(request, service.parts.domain))

    async def UndoChange(self, request: pb.UndoChangeRequest, context: Context) -> pb.Conversation:
        """Takes back the last change."""
        return await _change(self._late.get(), convert_requests.undo_in(request))

    async def RedoChange(self, request: pb.RedoChangeRequest, context: Context) -> pb.Conversation:
        """Applies again what was undone last."""
        return await _change(self._late.get(), convert_requests.redo_in(request))

    async def EndConversation(self, request: pb.EndConversationRequest, context: Context) -> pb.EndConversationResponse:
        """Closes a conversation; closing twice is not an error."""
        service = self._late.get()
        conversation_id = checks.identifier("conversation_id", request.conversation_id)
        await service.conversations.alone(conversation_id, lambda: _end(service, conversation_id))
        return pb.EndConversationResponse()

    async def DeleteConversation(
        self, request: pb.DeleteConversationRequest, context: Context
    ) -> pb.DeleteConversationResponse:
        """Erases a conversation."""
        service = self._late.get()
        conversation_id = checks.identifier("conversation_id", request.conversation_id)
        await service.conversations.alone(conversation_id, lambda: service.records.delete_conversation(conversation_id))
        return pb.DeleteConversationResponse()

    async def PutProfile(self, request: pb.PutProfileRequest, context: Context) -> pb.Profile:
        """Replaces a profile."""
        service = self._late.get()
        user_id = checks.identifier("user_id", request.user_id)
        moment = Moment(service.parts.clock.now(), service.time_zone)
        values = convert_requests.canonical_slots(request.slots, service.parts.domain, moment)
        # A split party is kept as it came: its total alone would lose the children.
        slots = {name: request.slots[name] if value.parts else value.candidates[0] for name, value in values.items()}
        await service.records.put_profile(user_id, slots)
        return pb.Profile(user_id=user_id, slots=slots)

    async def GetProfile(self, request: pb.GetProfileRequest, context: Context) -> pb.Profile:
        """Reads a profile."""
        user_id = checks.identifier("user_id", request.user_id)
        return pb.Profile(user_id=user_id, slots=await self._late.get().records.get_profile(user_id))

    async def SubmitFeedback(self, request: pb.SubmitFeedbackRequest, context: Context) -> pb.SubmitFeedbackResponse:
        """Keeps what somebody thought of one answer."""
        service = self._late.get()
        if request.rating not in (-1, 0, 1):
            raise BadRequest("rating", f"is {request.rating}; give -1 (wrong), 0 (no opinion) or 1 (right)")
        if len(request.corrected_operations) > convert_requests.MOST_CORRECTIONS:
            raise BadRequest("corrected_operations", f"give at most {convert_requests.MOST_CORRECTIONS}")
        await service.records.add_feedback(
            checks.identifier("conversation_id", request.conversation_id),
            checks.identifier("message_id", request.message_id),
            rating=request.rating,
            corrected=tuple(
                convert_requests.operation_in(operation, f"corrected_operations[{index}]", service.parts.domain)
                for index, operation in enumerate(request.corrected_operations)
            ),
            comment=checks.comment("comment", request.comment),
        )
        return pb.SubmitFeedbackResponse()

    async def GetDomain(self, request: pb.GetDomainRequest, context: Context) -> pb.Domain:
        """Describes the domain."""
        service = self._late.get()
        language = checks.language("locale", request.locale) or "en"
        return convert.domain_out(service.parts.domain, language, service.acts)

    async def ReloadModels(self, request: pb.ReloadModelsRequest, context: Context) -> pb.ReloadModelsResponse:
        """Exchanges the models for those of the active release."""
        reloaded = await self._late.get().reload()
        return pb.ReloadModelsResponse(version=reloaded.version, previous=reloaded.previous)


async def _converse(service: Service, request: pb.ConverseRequest, hear: Hear = unheard) -> Outcome:
    message = convert_requests.message_in(
        request,
        zone=service.time_zone,
        clock=service.parts.clock.now(),
        client_clocks=service.parts.client_clocks,
    )
    return await service.conversations.converse(message, hear)


async def _change(service: Service, command: Command) -> pb.Conversation:
    outcome = await service.conversations.change(command)
    return convert.conversation_out(outcome.conversation, service.parts.domain)


async def _load(service: Service, conversation_id: str) -> Conversation:
    async with service.parts.store.unit() as unit:
        conversation = await unit.load(conversation_id)
    if conversation is None:
        raise NotFound("there is no such conversation")
    return conversation


async def _end(service: Service, conversation_id: str) -> None:
    async with service.parts.store.unit() as unit:
        conversation = await unit.load(conversation_id)
        if conversation is None:
            raise NotFound("there is no such conversation")
        if conversation.ended:
            return
        await unit.save(
            Outcome(replace(conversation, ended=True)),
            message_id=f"end-{uuid.uuid4().hex}",
            fingerprint="end",
            text="",
            events=(),
            at=service.parts.clock.now(),
        )
