"""Words of a message marked with brackets, for the functions that judge words by where they stand."""

from __future__ import annotations


def marked_words(marked: str) -> tuple[str, int, int]:
    """The text without its brackets, and where the words in the first pair of them begin and end (half open).

    Args:
        marked: a message with one pair of brackets, "not [Friday]".
    """
    head, _, rest = marked.partition("[")
    words, _, tail = rest.partition("]")
    return head + words + tail, len(head), len(head) + len(words)
