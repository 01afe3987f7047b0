"""The table of figures: ours beside those to reach and those published.

Knows the files that `bench.nlu.recipe` leaves; does not know models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from bench.nlu.sets import GOALS, Goal

COLUMNS: Final = {"intent": "intent", "slots": "slot F1", "sentence": "sentence", "oos": "OOS AUROC"}


def figures(folder: Path) -> Table:
    """Lay out every result under a folder, set by set.

    Args:
        folder: holds the `*.json` of the runs.

    Raises:
        ValueError: a file is no result; the message names it.
    """
    table = Table(title="Joint model on public sets (ours on the development part, %)")
    for heading in ("set", "model", "learnt from", *COLUMNS.values(), "minutes"):
        table.add_column(heading, justify="left" if heading in ("set", "model") else "right")
    results = [(path, _read(path)) for path in sorted(folder.glob("*.json"))]
    others = sorted({result["config"]["set"] for _, result in results} - GOALS.keys())
    for name, goal in (GOALS | dict.fromkeys(others, Goal({}, {}))).items():
        for path, result in results:
            if result["config"]["set"] == name:
                minutes = f"{result['seconds'] / 60:.1f}"
                for form in ("fp32", "int8"):
                    table.add_row(
                        name, f"{path.stem} {form}", str(result["learnt_from"]), *_cells(result[form]), minutes
                    )
        for model, published in goal.published.items():
            table.add_row(name, model, "", *_cells(published), "", style="dim")
        if goal.reach:
            table.add_row(name, "to reach", "", *_cells(goal.reach), "", style="bold", end_section=True)
    return table


def _cells(scores: Mapping[str, float]) -> list[str]:
    return [f"{100 * scores[key]:.2f}" if key in scores else "" for key in COLUMNS]


def _read(path: Path) -> dict[str, Any]:
    try:
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if missing := {"config", "learnt_from", "seconds", "fp32", "int8"} - set(result):
            raise ValueError(f"{', '.join(sorted(missing))} is missing")
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path}: no result of bench.nlu ({error}); delete it or train again") from error
    return result
