"""A conversation on the terminal: what is said, and beside it what the slots hold. Asks no server."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assistant.scenarios.view import View

SLOT_WIDTH = 46
"""Columns of the terminal that the slots take."""


def print_turn(
    console: Console, view: View, *, slots: Sequence[str], replies: Sequence[str], quick_replies: Sequence[str] = ()
) -> None:
    """Prints an answer, and the slots at its side; below each other where the output is no terminal.

    Args:
        console: where to.
        view: the conversation after the turn.
        slots: the names of all slots in the order of the domain.
        replies: what the assistant says.
        quick_replies: short answers that may be typed.
    """
    offered = " ".join(f"[{text}]" for text in quick_replies)
    if not console.is_terminal:
        for text in (*replies, *([offered] if offered else [])):
            console.print(Text(text), soft_wrap=True)
        console.print(Text(f"  ({_plain(view, slots)})"), soft_wrap=True)
        return
    said = Text("\n".join(replies))
    if offered:
        said.append(f"\n\n{offered}", style="cyan")
    both = Table.grid(padding=(0, 2), expand=True)
    both.add_column(ratio=1)
    both.add_column(width=SLOT_WIDTH)
    both.add_row(said, _slots(view, slots))
    console.print(both)


def _slots(view: View, slots: Sequence[str]) -> Table:
    title = f"{view.state}, to {view.pending}" if view.pending else view.state
    table = Table("slot", "status", "value", title=title, title_justify="left", width=SLOT_WIDTH, padding=(0, 1))
    for name in slots:
        status, held = _status(view, name), _held(view, name)
        table.add_row(name, f"[{_COLOURS.get(status, 'default')}]{status}[/]", escape(held))
    return table


_COLOURS = {"filled": "green", "cleared": "red", "candidates": "yellow", "any": "green"}


def _plain(view: View, slots: Sequence[str]) -> str:
    told = [f"{name} {_held(view, name) or _status(view, name)}" for name in slots if _status(view, name)]
    return ", ".join([f"{view.state}{f', to {view.pending}' if view.pending else ''}", *told])


def _status(view: View, name: str) -> str:
    if name in view.slots:
        return "filled"
    if name in view.candidates:
        return "candidates"
    if name in view.dont_care:
        return "any"
    return "cleared" if name in view.cleared else ""


def _held(view: View, name: str) -> str:
    held = view.slots.get(name, "")
    several = view.candidates.get(name)
    if several:
        held = " to ".join(several) if isinstance(several, tuple) else ", ".join(sorted(several))
    marks = [*sorted(view.flags.get(name, ()))]
    if name == "party_size" and view.party:
        marks.append(" + ".join(f"{count} {who}" for who, count in sorted(view.party.items())))
    return f"{held} ({', '.join(marks)})" if held and marks else held
