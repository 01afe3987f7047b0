"""What the tagger is told of a conversation before it reads a message. Knows the conversation, not the model."""

from __future__ import annotations

from assistant.domain import Domain
from assistant.types import Conversation
from nlu.context import render_context


def context_of(conversation: Conversation, domain: Domain) -> str:
    """The first segment of the encoder's input: what was asked, where the dialogue stands and which slots hold something."""
    return render_context(
        asked=conversation.asked or "none",
        phase=str(conversation.phase),
        pending=str(conversation.pending),
        filled=tuple(spec.name for spec in domain.slots if conversation.slot(spec.name).holds),
    )
