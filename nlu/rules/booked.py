"""Whether a message speaks of a booking that was made: "could the booking be for five", `예약해 둔 시간을 미뤄 주세요`.

Knows how one points at a booking and asks for another one; does not know whether there is one.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.folded import folded

_THE_BOOKING: Final = re.compile(
    r"\b(?:the|our|my|that|this) (?:\w+ )?(?:booking|reservation|table)\b"
    r"|(?:예약|잡아)\s?(?:(?:해|받아)\s?)?(?:둔|놓은|놨던|뒀던|했던|한|된|주신)\s|(?:아까|이미|벌써)\s(?:한\s)?예약"
)
_ANOTHER: Final = re.compile(
    r"\b(?:another|new|second|separate|extra|additional|one more|different) (?:\w+ )?(?:booking|reservation|table)\b"
    r"|\bbook (?:again|another)\b|하나\s?더|새로|다른\s?예약|따로|추가로\s?예약|예약\s?(?:하나|한\s?건)"
)
_BOOKS: Final = re.compile(r"\b(?:book(?:ing)?|reserve|reservation|tables?)\b|예약|테이블|자리\s?(?:하나|좀|잡)")


def speaks_of_booking(text: str) -> bool:
    """Whether a message is about the booking that stands, and asks for no other one.

    Args:
        text: the whole message.
    """
    plain = folded(text)
    return _THE_BOOKING.search(plain) is not None and _ANOTHER.search(plain) is None


def wants_booking(text: str) -> bool:
    """Whether a message asks for a table or speaks of booking one.

    Args:
        text: the whole message.
    """
    return _BOOKS.search(folded(text)) is not None
