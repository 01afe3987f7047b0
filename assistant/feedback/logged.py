"""What was logged of conversations, as those who prepare training data read it. Values only; knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.types import Conversation, Operation, Outcome


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of one answer: `rating` is -1 (wrong), 0 or 1 (right)."""

    rating: int
    corrected: tuple[Operation, ...]
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One message, the conversation that it came into, and what came of it. `feedback` is in the order of its coming."""

    message_id: str
    text: str
    before: Conversation
    outcome: Outcome
    feedback: tuple[Feedback, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class LoggedConversation:
    """A conversation whose user agrees to its use for training; its turns are in order."""

    id: str
    user_id: str
    turns: tuple[LoggedTurn, ...]
