"""A message in the form that hand-written patterns are matched against."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)  # dozens of patterns ask for the same message
def folded(text: str) -> str:
    """Without capitals and with straight apostrophes, and as long as the text: a place in one is the place in the other.

    Args:
        text: any; letters that grow when their case is folded (`ß`, `İ`) stay as they are.
    """
    small = text.casefold()
    if len(small) != len(text):
        small = "".join(one if len(one.casefold()) != 1 else one.casefold() for one in text)
    return small.replace("’", "'")
