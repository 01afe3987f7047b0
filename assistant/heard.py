"""One message with all that its words may refer to: the conversation, the domain and the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Domain, SlotSpec
from assistant.types import Conversation, Message
from nlu.types import Kind, Moment, Reading, Span
from nlu.values import normalise

_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Heard:
    """One message with all that its words may refer to."""

    message: Message
    conversation: Conversation
    domain: Domain
    moment: Moment

    def read(self, words: str, spec: SlotSpec) -> Reading:
        """The words as a value of that slot."""
        return normalise(words, spec.kind, self.moment, spec.choices)

    def read_span(self, span: Span, spec: SlotSpec) -> Reading:
        """The span as a value of that slot; where the tagger cut into a word, the whole word if it says as much and more.

        `다섯 명` out of `네다섯 명` is the case in point: `네` looks like a yes.
        """
        reading = self.read(span.text, spec)
        head = _BLANK.split(self.message.text[: span.start])[-1]
        if spec.kind is not Kind.COUNT or not head:
            return reading
        whole = self.read(head + span.text, spec)
        return whole if set(whole.values) > set(reading.values) else reading

    def spec(self, name: str) -> SlotSpec | None:
        """The slot of that name."""
        return self.domain.slot(name)
