"""What a turn has to find out before it is applied: what is free, what became of a lost commit, what "last time" was.

Asks the bookings and the store; decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.act import booked_slots, settle
from assistant.domain import Domain
from assistant.errors import StoreUnavailable, Unavailable
from assistant.lookahead import wanted_days, wanted_work
from assistant.ports import Unit
from assistant.types import Conversation, Day, Message, Op, Operation, Producer, Slots


async def days_in_question(
    before: Conversation, operations: Sequence[Operation], message: Message, unit: Unit, domain: Domain
) -> tuple[Day, ...] | None:
    """What is free on the days in question; None where the keeper's own system does not say, and nothing is judged full."""
    wanted = wanted_days(before, operations, domain)
    found: list[Day] = []
    try:
        for work in wanted_work(before, operations, domain):
            found += await unit.bookings.days(wanted, excluding=before.booking_id, now=message.now, work=work)
    except StoreUnavailable:
        raise  # without our own store there is no turn
    except Unavailable:
        return None
    return tuple(found)


async def settle_first(
    before: Conversation, operations: Sequence[Operation], unit: Unit
) -> tuple[Conversation, Sequence[Operation]]:
    """A commit whose outcome is not known comes first: a yes asks again with the same key, anything else waits for the answer."""
    if not before.unsettled or all(one.op is Op.AFFIRM for one in operations):
        return before, operations
    try:
        return await settle(before, unit.bookings), operations
    except Unavailable:
        return before, (Operation(Op.AFFIRM, producer=Producer.API),)


async def earlier_booking(before: Conversation, operations: Sequence[Operation], unit: Unit, domain: Domain) -> Slots:
    """The booking that "the same as last time" means, looked up only when somebody says so and none is at hand."""
    if before.booked or not any(one.op is Op.COPY for one in operations):
        return {}
    booking = await unit.bookings.latest(before.user_id)
    return booked_slots(booking.request, domain) if booking else {}
