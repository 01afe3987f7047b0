r"""A small grammar of phrases with labelled spans, as `domains/*/grammar.*.yml` write it.

    <name>            one of the phrases of the list `name`
    (a|b|)            one of the alternatives, the last of which is nothing
    [words](label)    a span; a role follows a dot: [Friday](date.old)
    \x                the character x itself

Knows this notation only; does not know what labels mean or how often to draw.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nlu.labels import split
from nlu.types import Role, Span

DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`<name>`."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`(a|b)`."""

    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """`[words](label.role)`."""

    label: str
    role: Role
    inside: tuple[Node, ...]


Node = Words | Reference | Choice | Marked


class GrammarError(ValueError):
    """A phrase cannot be read; the message quotes it."""


def parse(phrase: str) -> tuple[Node, ...]:
    """Read one phrase.

    Raises:
        GrammarError: a bracket is open, a label is missing, a choice has one alternative only.
    """
    return _Parser(phrase).phrase()


def expand(nodes: Sequence[Node], lists: Mapping[str, Sequence[Sequence[Node]]], rng: random.Random) -> Drawn:
    """Draw one sentence.

    Args:
        nodes: a parsed phrase.
        lists: parsed phrases by the name of their list.
        rng: decides the choices.

    Raises:
        GrammarError: a list is unknown, lists refer to each other in a circle, or spans are nested.
    """
    drawn = Drawn()
    _expand(nodes, lists, rng, drawn, 0)
    return drawn


def references(nodes: Iterable[Node]) -> set[str]:
    """The names of the lists that a phrase refers to."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Reference):
            found.add(node.name)
        elif isinstance(node, Choice):
            found |= {name for option in node.options for name in references(option)}
        elif isinstance(node, Marked):
            found |= references(node.inside)
    return found


@dataclass(slots=True)
class Drawn:
    """A sentence that grows: its text, its spans."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    open: bool = False


def _expand(
    nodes: Sequence[Node],
    lists: Mapping[str, Sequence[Sequence[Node]]],
    rng: random.Random,
    drawn: Drawn,
    depth: int,
) -> None:
    if depth > DEEPEST:
        raise GrammarError("lists refer to each other in a circle")
    for node in nodes:
        if isinstance(node, Words):
            drawn.text += node.text
        elif isinstance(node, Choice):
            _expand(rng.choice(node.options), lists, rng, drawn, depth + 1)
        elif isinstance(node, Reference):
            if node.name not in lists:
                raise GrammarError(f"<{node.name}> is no list of this grammar")
            _expand(rng.choice(lists[node.name]), lists, rng, drawn, depth + 1)
        else:
            if drawn.open:
                raise GrammarError(f"a span {node.label!r} lies inside another span")
            start, drawn.open = len(drawn.text), True
            _expand(node.inside, lists, rng, drawn, depth + 1)
            drawn.open = False
            words = drawn.text[start:]
            drawn.spans.append(Span(node.label, node.role, start, len(drawn.text), words))


class _Parser:
    def __init__(self, phrase: str) -> None:
        self._phrase = phrase
        self._at = 0

    def phrase(self) -> tuple[Node, ...]:
        nodes = self._sequence("")
        if self._at < len(self._phrase):
            raise self._error(f"{self._phrase[self._at]!r} closes nothing")
        return nodes

    def _sequence(self, stops: str) -> tuple[Node, ...]:
        nodes: list[Node] = []
        words = ""
        while self._at < len(self._phrase):
            char = self._phrase[self._at]
            if char in stops or char in ")]":
                break
            self._at += 1
            if char == "\\":
                words += self._phrase[self._at : self._at + 1]
                self._at += 1
            elif char in "<([":
                nodes.append(Words(words))
                words = ""
                nodes.append({"<": self._reference, "(": self._choice, "[": self._marked}[char]())
            else:
                words += char
        nodes.append(Words(words))
        return tuple(node for node in nodes if node != Words(""))

    def _reference(self) -> Node:
        return Reference(self._until(">"))

    def _choice(self) -> Node:
        options = [self._sequence("|")]
        while self._at < len(self._phrase) and self._phrase[self._at] == "|":
            self._at += 1
            options.append(self._sequence("|"))
        self._expect(")")
        if len(options) < 2:
            raise self._error("a choice needs alternatives; write \\( for a bracket")
        return Choice(tuple(options))

    def _marked(self) -> Node:
        inside = self._sequence("")
        self._expect("]")
        self._expect("(")
        try:
            label, role = split(self._until(")"))
        except ValueError as error:
            raise self._error(str(error)) from error
        return Marked(label, role, inside)

    def _until(self, end: str) -> str:
        stop = self._phrase.find(end, self._at)
        if stop < 0:
            raise self._error(f"{end!r} is missing")
        found = self._phrase[self._at : stop]
        self._at = stop + 1
        return found

    def _expect(self, char: str) -> None:
        if self._phrase[self._at : self._at + 1] != char:
            raise self._error(f"{char!r} is missing at character {self._at}")
        self._at += 1

    def _error(self, reason: str) -> GrammarError:
        return GrammarError(f"{self._phrase!r}: {reason}")
