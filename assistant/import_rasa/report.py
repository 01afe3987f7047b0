"""What an import carried over, what it assumed and what it left: gathered on the way, written as text. Knows no Rasa."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the report; `where` is a file and line of the project, or empty."""

    where: str
    what: str


def _place(note: Note) -> tuple[str, int]:
    file, _, line = note.where.rpartition(":")
    return (file, int(line)) if line.isdecimal() else (note.where, 0)


@dataclass(slots=True)
class Report:
    """The account of one import."""

    carried: list[Note] = field(default_factory=list)
    assumed: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)
    to_do: list[Note] = field(default_factory=list)
    """What only a person can write: it stands in no Rasa project."""

    def lines(self) -> list[str]:
        """The report as it is printed."""
        written: list[str] = []
        for title, notes in (
            ("Carried over", self.carried),
            ("Assumed", self.assumed),
            ("Not carried over", self.left),
            ("Left for you to write", self.to_do),
        ):
            if notes:
                width = max(len(note.where) for note in notes)
                lines = (f"  {note.where:<{width}}  {note.what}" for note in sorted(notes, key=_place))
                written += ["", f"{title}:", *lines]
        return written[1:]
