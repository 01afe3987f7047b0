"""Plain text: what a keyboard, a phone or a paste sends, brought to one form that the readers share.

Knows Unicode; does not know any language's words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u301c\u223c", "~"),
        **dict.fromkeys("\u2044\u2215", "/"),
    }
)
# Hangul fillers and variation selectors draw nothing, yet Unicode counts them as letters and marks.
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f") | {chr(code) for code in range(0xFE00, 0xFE10)}
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
# Compatibility jamo are how people type `ㅋㅋ` and `ㄴㄴ`; NFKC would turn them into other letters.
_JAMO: Final = re.compile("([\u3131-\u318e]+)")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7ff]")


def clean(text: str) -> str:
    """Bring text to one plain form; the case stays.

    Full-width characters become plain ones (Unicode NFKC), typographic quotes and dashes ASCII ones; control
    characters, zero-width characters and lone surrogates go; white space is collapsed to single blanks and stripped.

    Args:
        text: anything, of any length.

    Returns:
        The plain text. Cleaning it again changes nothing.
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return " ".join(text.split())  # nothing of it has another form, and most of English is such
    visible = "".join(" " if char.isspace() else char for char in text if _is_visible(char))
    folded = "".join(
        part if _JAMO.fullmatch(part) else unicodedata.normalize("NFKC", part) for part in _JAMO.split(visible)
    )
    return " ".join(folded.translate(_PLAIN).split())


def has_hangul(text: str) -> bool:
    """Tell whether any Hangul syllable or jamo is in the text."""
    return not text.isascii() and _HANGUL.search(text) is not None  # most of English is settled by the first


def _is_visible(char: str) -> bool:
    return char.isspace() or (char not in _INVISIBLE and unicodedata.category(char) not in _UNPRINTABLE)


def listed(words: str) -> tuple[str, ...]:
    """Split a list of words written with blanks between them; keeps long word lists readable in code."""
    return tuple(words.split())
