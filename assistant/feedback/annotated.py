"""Utterances with their tags written in place: `deny|No, [7 in the morning](time)`. People type it and files hold it.

Before the bar stand the acts, joined by `+` (none for a message that only gives values); `[words](label.role)` marks words.
Knows the form; whether labels and acts exist is asked of `nlu.labels`.
"""

from __future__ import annotations

import re
from typing import Final

from nlu.labels import Labels, join, split
from nlu.types import Span, Tagging

NO_ACT: Final = "inform"
"""Stands for no act, as in the NLU files."""
_LINE: Final = re.compile(r"(?:(?P<acts>[a-z_+]*)\|)?(?P<marked>.*)", re.DOTALL)
_MARK: Final = re.compile(r"\[([^\[\]]+)\]\(([a-z_0-9.]+)\)")


class BadAnnotation(ValueError):
    """An annotated line cannot be used; the message says what to write."""


def read(line: str) -> tuple[str, Tagging]:
    """The plain text and the tagging of `acts|text with [words](label.role)`; what is written counts as certain.

    Raises:
        BadAnnotation: a role is unknown.
    """
    found = _LINE.fullmatch(line)
    assert found is not None  # the pattern takes any text
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(found["marked"]):
        text += found["marked"][at : mark.start()]
        try:
            label, role = split(mark[2])
        except ValueError as unknown:
            raise BadAnnotation(str(unknown)) from unknown
        spans.append(Span(label, role, len(text), len(text) + len(mark[1]), mark[1]))
        text += mark[1]
        at = mark.end()
    acts = {act: 1.0 for act in (found["acts"] or "").split("+") if act and act != NO_ACT}
    return text + found["marked"][at:], Tagging(acts, tuple(spans))


def checked(line: str, labels: Labels, said: str) -> Tagging:
    """The tagging of a line that somebody typed for the message `said`.

    Raises:
        BadAnnotation: an act or label is unknown, a bracket is left over, or the words are not those of the message.
    """
    text, tagging = read(line)
    for act in tagging.acts:
        if act not in labels.acts:
            raise BadAnnotation(f"{act!r} is no act; there are {', '.join(labels.acts)}, or {NO_ACT} for none")
    for span in tagging.spans:
        if (span.label, span.role) not in labels.spans:
            raise BadAnnotation(
                f"{join(span.label, span.role)!r} is no label; there are {', '.join(join(*one) for one in labels.spans)}"
            )
    if text.strip() != said.strip():
        raise BadAnnotation(f"without its marks the line says {text.strip()!r}, but the message is {said.strip()!r}")
    return tagging


def write(text: str, tagging: Tagging) -> str:
    """The line of a text and its tagging; `read` gives both back, without probabilities.

    Raises:
        BadAnnotation: the text has square brackets of its own, which the form cannot hold.
    """
    return f"{'+'.join(tagging.acts) or NO_ACT}|{marked(text, tagging)}"


def marked(text: str, tagging: Tagging) -> str:
    """The text with its words marked, without acts; raises as `write` does."""
    if "[" in text or "]" in text:
        raise BadAnnotation("the message has square brackets of its own, which an annotated line cannot hold")
    parts, at = [], 0
    for span in sorted(tagging.spans, key=lambda one: one.start):
        parts += [text[at : span.start], f"[{text[span.start : span.end]}]({join(span.label, span.role)})"]
        at = span.end
    return "".join([*parts, text[at:]])
