"""What may come in: every field of a request that has limits, checked the same way in every method.

Takes and gives plain values; names the field in each refusal. Knows no message type and no rule of booking.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from assistant.errors import BadRequest

LONGEST_ID: Final = 128
LONGEST_TEXT: Final = 2_000
"""Characters (Unicode code points) of a message or a comment."""
LANGUAGES: Final = ("en", "ko")
_LOCALE = re.compile(r"(en|ko)(?:[-_][A-Za-z0-9]{2,8})*\Z", re.IGNORECASE)
_YEARS = range(2000, 2101)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u115f\u1160\u3164\uffa0\u2800")


def identifier(field: str, value: str, *, optional: bool = False) -> str:
    """An id that a client chose: 1 to 128 printable characters, or none where it is optional."""
    if not value and optional:
        return value
    if not 1 <= len(value) <= LONGEST_ID:
        raise BadRequest(field, f"has {len(value)} characters; give 1 to {LONGEST_ID}")
    if not value.isprintable() or not value.strip():
        raise BadRequest(field, "has characters that cannot be printed, or only white space; give printable ones")
    return value


def attempt(field: str, value: str) -> str:
    """The id of an attempt; where the client names none, a fresh one, which no repeat will ever match."""
    return identifier(field, value) if value else f"unnamed-{uuid.uuid4().hex}"


def message_text(field: str, value: str) -> str:
    """What a user typed: 1 to 2,000 characters with something to read, no NUL.

    Control characters other than line breaks and tabs become spaces: they mean nothing, and every other character keeps
    its place, so that quotes of the text stay true.
    """
    if len(value) > LONGEST_TEXT:
        raise BadRequest(field, f"has {len(value)} characters; at most {LONGEST_TEXT:,} are read")
    if "\0" in value:
        raise BadRequest(field, "holds a NUL character; send text")
    text = "".join(" " if unicodedata.category(char) == "Cc" and char not in "\n\t\r" else char for char in value)
    if all(char.isspace() or char in _INVISIBLE for char in text):
        raise BadRequest(field, "is empty; send something to read")
    return text


def comment(field: str, value: str) -> str:
    """Free words about an answer: at most 2,000 characters, none is fine."""
    return message_text(field, value) if value else value


def language(field: str, value: str) -> str:
    """`en` or `ko` out of a locale such as `ko-KR`; empty stays empty."""
    if not value:
        return ""
    found = _LOCALE.match(value) if len(value) <= LONGEST_ID else None
    if found is None:
        raise BadRequest(field, f"is {quoted(value)}; give one of {', '.join(LANGUAGES)}, with or without a region")
    return found.group(1).lower()


def time_zone(field: str, value: str) -> str:
    """The name of an IANA time zone; empty stays empty."""
    if not value:
        return ""
    try:
        ZoneInfo(value)
    except (ValueError, OSError) as error:  # ZoneInfo's "not found" is a KeyError, its "not a file" an OSError
        raise BadRequest(field, f"is {quoted(value)}; give an IANA name such as Asia/Seoul") from error
    except KeyError as error:
        raise BadRequest(field, f"is {quoted(value)}, which is no time zone; give one like Asia/Seoul") from error
    return value


def instant(field: str, seconds: int, nanos: int) -> datetime:
    """An instant of the years 2000 to 2100, in UTC."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=nanos // 1000)
    except (ValueError, OverflowError, OSError) as error:
        raise BadRequest(field, "is no instant; send seconds since 1970 and 0 to 999,999,999 nanoseconds") from error
    if moment.year not in _YEARS:
        raise BadRequest(field, f"lies in the year {moment.year}; give one of 2000 to 2100")
    return moment


def version(field: str, value: int) -> int:
    """A version to build on; 0 means any."""
    if value < 0:
        raise BadRequest(field, f"is {value}; give the version you have seen, or 0 for any")
    return value


def one_of(field: str, value: str, known: Iterable[str]) -> str:
    """A word out of a closed set."""
    words = tuple(known)
    if value not in words:
        raise BadRequest(field, f"is {quoted(value)}; give one of {', '.join(words)}")
    return value


def quoted(value: str) -> str:
    """What a client sent, short and printable, for a message back to that client."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value[:40])
    return f'"{shown}…"' if len(value) > 40 else f'"{shown}"'
