"""The plots of the report, as SVG to put into a page.

Their words are names of slots, acts and languages, so no Hangul font is needed. Knows figures; does not know the page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from training.evaluate_rows import NONE

WIDTH, HEIGHT = 9.0, 3.2
"""Inches."""
COLOURS: Final = ("#1f5fa8", "#d9822b", "#3a8f5c", "#8a4fa3", "#b03a48", "#5f6b7a")
MOST_ACTS: Final = 18
"""Acts in the confusion, the most frequent first."""


def tagger_curve(curve: Sequence[Mapping[str, Any]]) -> str:
    """Loss and the F1 of hand-written rows by epoch; empty where nothing was noted."""
    if not curve:
        return ""
    figure, (left, right) = _figure(2)
    epochs = [point["epoch"] for point in curve]
    left.plot(epochs, [point["loss"] for point in curve], marker="o", color=COLOURS[0])
    left.set(title="tagger: loss", xlabel="epoch", ylim=(0, None))
    for axes in (left, right):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    sources = sorted({name for point in curve for name in point["dev"] if name.startswith("hand.")})
    colours = iter(COLOURS * 2)
    for source in sources:
        for figure_name in ("spans", "clear"):
            values = [100 * point["dev"][source][figure_name] for point in curve]
            label = f"{figure_name} {source.partition('.')[2]}"
            right.plot(epochs, values, marker="o", label=label, color=next(colours))
    right.set(title="held-out hand-written rows, F1", xlabel="epoch")
    right.legend(fontsize=8)
    return _svg(figure)


def llama_curve(log: Sequence[Mapping[str, float]]) -> str:
    """The loss of the language model's adapter by step, on rows to learn from and on held-out ones; empty without a record."""
    train = [(point["step"], point["loss"]) for point in log if "loss" in point]
    dev = [(point["step"], point["eval_loss"]) for point in log if "eval_loss" in point]
    if not train and not dev:
        return ""
    figure, (axes,) = _figure(1)
    for points, label, colour in ((train, "rows to learn from", COLOURS[0]), (dev, "held-out rows", COLOURS[1])):
        if points:
            axes.plot(*zip(*points, strict=True), label=label, color=colour, marker="." if len(points) < 40 else "")
    axes.set(title="language model: loss", xlabel="step")
    axes.legend(fontsize=8)
    return _svg(figure)


def calibration(found: Mapping[str, Mapping[str, Any]]) -> str:
    """How often the tagger is right, by how sure it is: spans and acts, a line for each language."""
    figure, both = _figure(2)
    for axes, kind in zip(both, ("spans", "acts"), strict=True):
        axes.plot([0, 1], [0, 1], color="#999999", linestyle=":", linewidth=1)
        for (lang, kinds), colour in zip(sorted(found.items()), COLOURS, strict=False):
            bins = kinds[kind]["bins"]
            axes.plot(
                [one["said"] for one in bins], [one["right"] for one in bins], marker="o", color=colour, label=lang
            )
        axes.set(title=f"calibration of {kind}", xlabel="said", ylabel="right", xlim=(0, 1.02), ylim=(0, 1.02))
        axes.legend(fontsize=8)
    return _svg(figure)


def confusion(pairs: Sequence[tuple[str, str, int]], title: str) -> str:
    """Which act was said (columns) where which was wanted (rows), as shares of a row; empty without acts."""
    totals: dict[str, int] = {}
    for act, _, number in pairs:
        totals[act] = totals.get(act, 0) + number
    none = [NONE] if NONE in totals else []
    acts = sorted(totals.keys() - {NONE}, key=lambda act: (-totals[act], act))[:MOST_ACTS] + none
    if not acts:
        return ""
    columns = acts if none else [*acts, NONE]
    counts = {(act, said): number for act, said, number in pairs}
    grid = [[counts.get((act, said), 0) / totals[act] for said in columns] for act in acts]
    figure = Figure(figsize=(WIDTH, 1.2 + 0.28 * len(acts)), layout="constrained")
    axes = figure.subplots()
    axes.imshow(grid, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right", fontsize=7)
    axes.set_yticks(range(len(acts)), [f"{act} ({totals[act]})" for act in acts], fontsize=7)
    for row, act in enumerate(acts):
        for column, said in enumerate(columns):
            if number := counts.get((act, said), 0):
                colour = "white" if grid[row][column] > 0.6 else "#333333"
                axes.text(column, row, str(number), ha="center", va="center", fontsize=6, color=colour)
    axes.set(title=title, xlabel="said", ylabel="wanted")
    return _svg(figure)


def latency(sides: Mapping[str, Mapping[str, float]]) -> str:
    """Median and 95th percentile of a turn through the server, by side."""
    figure, (axes,) = _figure(1, height=0.8 + 0.5 * len(sides))
    names = list(sides)
    for offset, key, colour in ((-0.2, "p50", COLOURS[0]), (0.2, "p95", COLOURS[1])):
        bars = axes.barh(
            [at + offset for at in range(len(names))], [sides[name][key] for name in names], 0.38, color=colour
        )
        axes.bar_label(bars, [f"{key} {sides[name][key]:.1f} ms" for name in names], fontsize=8, padding=3)
    axes.set_yticks(range(len(names)), names)
    axes.set(title="latency of a turn, ms", xlim=(0, 1.25 * max(max(one["p95"] for one in sides.values()), 1e-9)))
    axes.invert_yaxis()
    return _svg(figure)


def _figure(columns: int, height: float = HEIGHT) -> tuple[Figure, Sequence[Axes]]:
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False)[0]
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
        one.grid(alpha=0.25)
        one.set_axisbelow(True)
    return figure, list(axes)


def _svg(figure: Figure) -> str:
    """The drawing alone, without the XML declaration that a page must not contain."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    text = written.getvalue()
    return text[text.index("<svg") :]
