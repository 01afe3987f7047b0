"""The composer: what the tagger saw (acts and spans) becomes operations, given what was asked and what is held.

Written by hand and deterministic: which slot a bare number belongs to, what "that" means, whether an old value is
replaced or taken back. Values come from the normaliser; whether they can be had is the reducer's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composer.aside import without_asides
from assistant.composer.corrected import withdrawn
from assistant.composer.counted_day import counted_day
from assistant.composer.farewell import day_of_farewell, hour_of_farewell
from assistant.composer.from_acts import from_acts
from assistant.composer.from_spans import DOUBT, THAT, from_spans
from assistant.composer.heard import Heard
from assistant.composer.hinted import hinted
from assistant.composer.korean_party import counted_anew
from assistant.composer.let_go import let_go
from assistant.composer.numbers import SLOT_REF, place_numbers
from assistant.composer.offered import chosen_anew, pointed_at
from assistant.composer.pieces import doubted, set_to, unknown
from assistant.composer.regained import same_again, with_regained
from assistant.composer.removal import booking_cancelled
from assistant.composer.seen import Meaning, Seen
from assistant.composer.spans import clearing_all, put_right
from assistant.composer.twice import merged
from assistant.composer.untagged import (
    beside_phone,
    company,
    day_of_coming,
    feast,
    four_figures,
    gone_back,
    introduced,
    meal,
    must_be,
    named,
    seat_wanted,
    signed,
    solo,
    summed_up,
    that_day,
)
from assistant.composer.whole import AFTER_YES, BEFORE_YES, nothing_understood
from assistant.composer.yes import weigh_yes
from assistant.domain import Domain
from assistant.types import Conversation, Message, Op, Operation
from nlu.rules.korean_remarks import without_remarks
from nlu.rules.overheard import without_overheard
from nlu.types import Kind, Moment, Reading, Tagging

UNTAGGED = (
    summed_up, gone_back, meal, must_be, four_figures, named, introduced, beside_phone, signed, company, solo, day_of_coming,
    day_of_farewell, hour_of_farewell, feast, that_day, seat_wanted
)  # fmt: skip
"""What is looked for in the words whether or not the tagger saw it, in this order."""
COMMAND = "/"
"""Messages that begin so are commands of some program, never a guest's words: "/affirm" is no yes."""


def compose(tagging: Tagging, message: Message, conversation: Conversation, domain: Domain) -> tuple[Operation, ...]:
    """The operations of a message: what concerns the whole draft, then the values in the order of its words; never empty.

    Args:
        tagging: acts and spans of `message.text`.
        message: the message; its clock and zone decide relative words.
        conversation: what was asked and what is held.
        domain: the slots.
    """
    scene = Heard(message, conversation, domain, Moment(message.now, message.time_zone))
    if (one := _by_place(scene)) is not None:
        return (one,)
    seen = _seen(tagging, scene)
    operations = _one_by_one(seen)
    if (meant := _first(BEFORE_YES, operations, seen)) is not None:
        return meant
    operations = weigh_yes(operations, message, conversation)
    if (meant := _first(AFTER_YES, operations, seen)) is not None:
        return meant
    if any(one.topic != DOUBT for one in operations):
        # Beside something that was understood, words that may be a value are let go.
        operations = [one for one in operations if one.topic != DOUBT]
    if (meant := nothing_understood(operations, seen)) is not None:
        return meant
    if any(one.op in (Op.SET, Op.CLEAR, Op.ADJUST) for one in operations):
        # "그건 제 이름이 아니에요": what the pronoun points at was said beside it.
        operations = [one for one in operations if one.topic != THAT]
    return tuple(operations)


def _by_place(scene: Heard) -> Operation | None:
    """What is said of a command, and of a value that is pointed at by its place among those in question ("the later one")."""
    text, conversation = scene.message.text, scene.conversation
    if text.lstrip().startswith(COMMAND):
        return unknown(scene, "")
    asked = scene.spec(conversation.asked or "")
    if asked is not None and (one := pointed_at(text, asked, conversation.slot(asked.name))) is not None:
        return doubted(set_to(asked, Reading((one,)), None), scene)
    chosen = scene.spec(conversation.mentioned[0]) if len(conversation.mentioned) == 1 else None
    if chosen is not None and (one := chosen_anew(text, chosen, conversation)) is not None:
        return doubted(set_to(chosen, Reading((one,)), None), scene)
    return None


def _seen(tagging: Tagging, scene: Heard) -> Seen:
    """What the tagger saw, put right where the words around it say so, and numbers in their slots."""
    message = scene.message
    tagging = without_overheard(tagging, message.text)
    tagging = without_remarks(tagging, message.text, (SLOT_REF, *scene.named(Kind.NAME)), scene.named(Kind.COUNT))
    tagging = booking_cancelled(clearing_all(withdrawn(tagging, message.text, scene.conversation), message), scene)
    right = put_right(tagging.spans, scene)
    wishes = without_asides(right, scene)
    spans = place_numbers(hinted(with_regained(wishes, scene), scene), scene)
    return Seen(scene, tagging, spans, told=len(wishes) < len(right))


def _one_by_one(seen: Seen) -> list[Operation]:
    """The operations of acts and spans, and of values that stand in the words though the tagger did not see them."""
    scene, spans = seen.scene, seen.spans
    operations = [*from_acts(seen.tagging, spans, scene), *merged(from_spans(spans, seen.tagging, scene), scene)]
    if not any(one.op is Op.ASK for one in operations):
        for spec, words in filter(None, (found(scene, spans, operations) for found in UNTAGGED)):
            operations.append(doubted(set_to(spec, scene.read(words, spec), None), scene))
    operations += let_go(scene, operations)
    if names := same_again(spans, "start" in seen.tagging.acts, scene):
        operations.append(doubted(Operation(Op.COPY, names), scene))
    return counted_day(counted_anew(scene, operations), scene)


def _first(meanings: Sequence[Meaning], operations: Sequence[Operation], seen: Seen) -> tuple[Operation, ...] | None:
    """What the first that fits makes of the message."""
    return next((meant for one in meanings if (meant := one(operations, seen)) is not None), None)
