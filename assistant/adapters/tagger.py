"""The Tagger port over the BERT tagger of `nlu/` and the composer. Knows tensors only through `nlu.tagger`."""

from __future__ import annotations

from pathlib import Path

from assistant.composer.compose import compose
from assistant.context import context_of
from assistant.domain import Domain
from assistant.types import Conversation, Message, Operation
from nlu.labels import misfit
from nlu.tagger import ModelError, Tagger


class BertTagger:
    """Reads operations out of messages with the model in one folder.

    Args:
        folder: the model; see `nlu.tagger.Tagger.load` for what is refused.
        domain: the slots that its labels must be.

    Raises:
        ModelError: the model cannot be used, or was made for other slots.
    """

    def __init__(self, folder: Path, domain: Domain) -> None:
        self._tagger = Tagger.load(folder)
        if wrong := misfit(self._tagger.labels, {slot.name: slot.kind for slot in domain.slots}):
            raise ModelError(f"{folder / 'labels.json'}: does not fit the domain {domain.name}: it {wrong}")
        self._domain = domain

    @property
    def version(self) -> str:
        """`name@version` of the model."""
        return self._tagger.version

    def understand(self, message: Message, conversation: Conversation) -> tuple[Operation, ...]:
        """What the message asks for; at least one operation."""
        tagging = self._tagger.tag(message.text, context_of(conversation, self._domain))
        return compose(tagging, message, conversation, self._domain)
