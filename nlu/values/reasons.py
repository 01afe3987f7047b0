"""The closed set of reasons why a span gave no value. Replies are chosen by these words, so they are stable."""

from typing import Final

UNREADABLE: Final = "unreadable"
"""The words are no value of this kind."""
VAGUE: Final = "vague"
"""The words speak of a value without giving one: "a few of us", `몇 명`, "later"."""
NO_SUCH_DAY: Final = "no_such_day"
"""A day that the calendar does not have: 30 February, 13월."""
NO_SUCH_TIME: Final = "no_such_time"
"""A time that the clock does not have: 25:00, 7:75."""
UNKNOWN_CHOICE: Final = "unknown_choice"
"""A name that fits none of the listed choices."""

ALL: Final = frozenset({UNREADABLE, VAGUE, NO_SUCH_DAY, NO_SUCH_TIME, UNKNOWN_CHOICE})
