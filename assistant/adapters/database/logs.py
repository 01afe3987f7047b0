"""Reads the conversations whose users agree to training, with the feedback on them. No other conversation is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from assistant.adapters.database import codec
from assistant.adapters.database.engines import Engines
from assistant.adapters.database.schema import conversations, feedback, turns
from assistant.adapters.database.session import Session, open_session
from assistant.feedback.logged import Feedback, LoggedConversation, LoggedTurn
from assistant.types import Conversation


class Logs:
    """The log, for those who prepare training data."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def consented(self, since: datetime | None = None) -> AsyncIterator[LoggedConversation]:
        """The conversations with consent, one by one, in the order of their ids.

        The consent is asked again with each, so one that was withdrawn or erased in between is left out.

        Args:
            since: only conversations that were active then or later, timezone-aware; None: all.
        """
        query = sa.select(conversations.c.id).where(conversations.c.training_consent).order_by(conversations.c.id)
        if since is not None:
            query = query.where(conversations.c.last_active >= since)
        async with open_session(self._engines) as session:
            names = [row.id for row in await session.rows(query)]
        for name in names:
            async with open_session(self._engines) as session:
                logged = await _read(session, name)
            if logged is not None:
                yield logged


async def _read(session: Session, name: str) -> LoggedConversation | None:
    told = turns.join(conversations, conversations.c.id == turns.c.conversation_id)
    rows = await session.rows(
        sa.select(turns, conversations.c.user_id)
        .select_from(told)
        .where(conversations.c.id == name, conversations.c.training_consent)
        .order_by(turns.c.turn)
    )
    if not rows:
        return None
    opinions: defaultdict[str, list[Feedback]] = defaultdict(list)
    for row in await session.rows(
        sa.select(feedback).where(feedback.c.conversation_id == name).order_by(feedback.c.id)
    ):
        corrected, comment = codec.OPERATIONS.load(row.corrected), codec.TEXT.load(row.comment)
        opinions[row.message_id].append(Feedback(row.rating, corrected, comment, row.at))
    return LoggedConversation(name, rows[0].user_id, _turns(name, rows, opinions))


def _turns(
    name: str, rows: Sequence[sa.Row[Any]], opinions: defaultdict[str, list[Feedback]]
) -> tuple[LoggedTurn, ...]:
    found, before = [], Conversation(name)
    for row in rows:
        outcome = codec.OUTCOME.load(row.outcome)
        said = tuple(opinions[row.message_id])
        found.append(LoggedTurn(row.message_id, codec.TEXT.load(row.message), before, outcome, said, row.at))
        before = outcome.conversation
    return tuple(found)
