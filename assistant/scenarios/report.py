"""What was played, as tables for people. Compares and counts nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.scenarios.play import Played, PlayedTurn
from assistant.scenarios.score import Score
from assistant.scenarios.stability import Unstable


def print_played(played: Played, console: Console) -> None:
    """One line for a scenario, and a table of its turns that differ."""
    right = sum(turn.right for turn in played.turns)
    mark = "[green]right[/]" if played.right else "[red]wrong[/]"
    repeat = f" #{played.repeat}" if played.repeat > 1 else ""
    console.print(
        f"{mark} {escape(played.id)} {played.mode}{repeat}: {right}/{len(played.turns)} turns, {played.seconds:.1f} s",
        highlight=False,
    )
    if played.right:
        return
    table = Table("turn", "key", "expected", "got", title=escape(played.title), title_justify="left", show_lines=False)
    for turn in played.turns:
        if not turn.right:
            _add_turn(table, turn)
    console.print(table)


def _add_turn(table: Table, turn: PlayedTurn) -> None:
    answer = turn.answer
    table.add_section()
    table.add_row(f"{turn.number} {turn.language}", "say", f"[bold]{escape(turn.said)}[/]", "")
    for one in turn.differences:
        table.add_row("", one.what, f"[green]{escape(one.expected)}[/]", f"[red]{escape(one.got)}[/]")
    table.add_row("", "replies", "", escape(" / ".join(answer.replies)))
    if answer.operations:
        table.add_row("", "operations", "", escape("; ".join(answer.operations)))
    if answer.refusals:
        table.add_row("", "refusals", "", escape("; ".join(answer.refusals)))


def print_scores(scores: Mapping[str, Score], console: Console) -> None:
    """The totals: a row per figure, a column per mode."""
    table = Table("", *scores, title="totals", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for title, cell in _ROWS:
        table.add_row(title, *(cell(score) for score in scores.values()))
    console.print(table)


_ROWS: tuple[tuple[str, Callable[[Score], str]], ...] = (
    ("scenarios right", lambda score: f"{score.scenarios_right}/{score.scenarios}"),
    ("turns right", lambda score: f"{score.right}/{score.turns}"),
    ("set precision", lambda score: f"{score.sets.precision:.3f}"),
    ("set recall", lambda score: f"{score.sets.recall:.3f}"),
    ("set F1", lambda score: f"{score.sets.f1:.3f}"),
    ("clear precision", lambda score: f"{score.clears.precision:.3f}"),
    ("clear recall", lambda score: f"{score.clears.recall:.3f}"),
    ("clear F1", lambda score: f"{score.clears.f1:.3f}"),
    ("false clears", lambda score: str(score.false_clears)),
    ("false clears per turn", lambda score: f"{score.false_clear_rate:.1%}"),
    ("resurrections", lambda score: str(score.resurrections)),
    ("hard negatives respected", lambda score: f"{score.hard_negatives_respected}/{score.hard_negatives}"),
    ("calibration error", lambda score: f"{score.calibration_error:.1%}"),
    ("median latency, ms", lambda score: f"{score.median_latency * 1e3:.0f}"),
    ("p95 latency, ms", lambda score: f"{score.p95_latency * 1e3:.0f}"),
    ("seconds", lambda score: f"{score.seconds:.1f}"),
)


def print_unstable(unstable: Sequence[Unstable], repeats: int, console: Console) -> None:
    """Turns that did not come out the same every time."""
    if not unstable:
        console.print(f"every turn came out the same {repeats} times", highlight=False)
        return
    table = Table("scenario", "mode", "turn", "right", "outcomes", title="unstable turns", title_justify="left")
    for one in unstable:
        table.add_row(escape(one.id), one.mode, str(one.number), f"{one.right}/{repeats}", str(one.outcomes))
    console.print(table)
