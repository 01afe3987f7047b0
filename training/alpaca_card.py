"""The data card's figures: how many rows there are of what. Knows rows, no domain and no recipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from training.alpaca_rows import AlpacaRow, Part

BEGIN: Final = "<!-- figures: begin -->"
END: Final = "<!-- figures: end -->"
LANGUAGES: Final = ("en", "ko")


def figures(files: Mapping[str, Sequence[AlpacaRow]]) -> str:
    """The tables of a data set, in Markdown.

    Args:
        files: the rows by file name; the operations and sources are counted over `train.jsonl`.
    """
    rows = files["train.jsonl"]
    track = [row for row in rows if row.task == "track"]
    lines = [
        "| file | rows | track en | track ko | reply en | reply ko | clears | hard negatives |",
        "|---|" + "--:|" * 7,
    ]
    lines += [_file(name, content) for name, content in files.items()]
    lines += ["", *_table("operation", track, _verbs)]
    lines += ["", *_table("source (track)", track, lambda row: [source(row)])]
    lines += ["", *_table("text (reply)", [row for row in rows if row.task == "reply"], lambda row: [_group(row)])]
    return "\n".join(lines)


def source(row: AlpacaRow) -> str:
    """The kind of source that a row comes from."""
    where = row.source
    for sign, name in (
        ("/data/nlu.", "hand-written"),
        ("/data/reviewed.", "reviewed utterances"),
        ("grammar.", "drawn from the grammar"),
        ("restaurant8k", "RESTAURANTS-8K"),
        ("small talk", "small talk of other trades"),
        ("scenarios", "scenario transcripts"),
    ):
        if sign in where:
            return name
    return "logged turns"


def fill(card: str, tables: str) -> str:
    """A card with its figures replaced.

    Raises:
        ValueError: the card has no place for them.
    """
    head, begin, rest = card.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the card has no lines {BEGIN} and {END}, between which the figures stand")
    return f"{head}{BEGIN}\n{tables}\n{END}{tail}"


def _file(name: str, rows: Sequence[AlpacaRow]) -> str:
    counts = Counter((row.task, row.lang) for row in rows)
    track = [row for row in rows if row.task == "track"]
    parts = Counter(row.part for row in track)
    by_task = [counts[task, lang] for task in ("track", "reply") for lang in LANGUAGES]
    shares = [f"{parts[part]} ({parts[part] / max(len(track), 1):.1%})" for part in (Part.CLEAR, Part.HARD_NEGATIVE)]
    return f"| {name} | {len(rows)} | {' | '.join(map(str, [*by_task, *shares]))} |"


def _table(title: str, rows: Sequence[AlpacaRow], kinds: Callable[[AlpacaRow], Iterable[str]]) -> list[str]:
    counts = Counter((kind, row.lang) for row in rows for kind in set(kinds(row)))
    names = sorted(
        {kind for kind, _ in counts}, key=lambda kind: (-sum(counts[kind, lang] for lang in LANGUAGES), kind)
    )
    body = [f"| {name} | {' | '.join(str(counts[name, lang]) for lang in LANGUAGES)} |" for name in names]
    return [f"| {title} | en | ko |", "|---|--:|--:|", *body]


def _verbs(row: AlpacaRow) -> list[str]:
    """The operations of an answer; those with slots are counted by their verb."""
    return [_verb(line) for line in row.output.split("\n")]


def _verb(line: str) -> str:
    head = line.partition(' "')[0].split(" ")
    if head[0] in ("cancel", "unknown") or head[:2] == ["clear", "all"]:
        return " ".join(head[:2])
    return f"{head[0]} (old value turned down)" if line.endswith(" not") else head[0]


def _group(row: AlpacaRow) -> str:
    return row.input.partition(".")[0]
