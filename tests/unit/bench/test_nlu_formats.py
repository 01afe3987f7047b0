"""Public sets are read strictly: what is wrong is told with file and line, and nothing is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.nlu.__main__ import app
from bench.nlu.formats import Known, read_clinc150, read_restaurants8k, read_three_files
from bench.nlu.sets import flat, labels_of, read_split
from nlu.types import Role, Span
from training.examples import DataError, Example

GOOD = {
    "seq.in": "book a table for two \nplay la femme\n",
    "seq.out": "O O O O B-party \nO B-artist I-artist\n",
    "label": "Book\nPlay#Ask\n",
}
KNOWN = Known({"Book", "Play", "Ask"}, {"party", "artist"})


def write(folder: Path, **changed: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in GOOD.items():
        content = changed.get(name.replace(".", "_"), content)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def restaurants(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "rows.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return path


def said(text: str, *spans: tuple[str, int, int]) -> dict[str, Any]:
    labels = [
        {"slot": slot, "valueSpan": {"startIndex": start, "endIndex": end} if start else {"endIndex": end}}
        for slot, start, end in spans
    ]
    return {"userInput": {"text": text}, "labels": labels}


def test_words_tags_and_several_intents_are_read(tmp_path: Path) -> None:
    first, second = read_three_files(write(tmp_path), KNOWN)
    assert first.spans == (Span("party", Role.VALUE, 17, 20, "two"),)
    assert second.spans == (Span("artist", Role.VALUE, 5, 13, "la femme"),)
    assert (first.acts, second.acts) == (("Book",), ("Play", "Ask"))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"label": "Book\nDance\n"}, "label:2: intent 'Dance' is unknown; known are Ask, Book, Play"),
        ({"label": "Book\n\n"}, "label:2: '' is no intent"),
        ({"label": "Book\nPlay#\n"}, "label:2: '' is no intent"),
        ({"label": "Book\nPlay#Play\n"}, "label:2: an intent is named twice"),
        ({"seq_out": "O O O O B-people\nO O O\n"}, "seq.out:1: tag 'people' is unknown; known are artist, party"),
        ({"seq_out": "O O O O B-party\nO E-artist O\n"}, "seq.out:2: 'E-artist' is no BIO tag"),
        ({"seq_out": "O O O O B-\nO O O\n"}, "seq.out:1: 'B-' is no BIO tag"),
        ({"seq_out": "O O O O B-party\nO O I-artist\n"}, "seq.out:2: 'I-artist' follows 'O'"),
        ({"seq_out": "O O O B-artist I-party\nO O O\n"}, "seq.out:1: 'I-party' follows 'B-artist'"),
        ({"seq_out": "O O O O B-party\nO O\n"}, "seq.out:2: 2 tags for 3 words"),
        ({"seq_in": "book a table for two\n\n"}, "seq.in:2: the row has no words"),
        ({"seq_out": "O O O O B-party\n"}, "seq.out:2: the row is missing; seq.in has 2 rows"),
        ({"seq_in": b"book a table for two\nplay la f\xe9mme\n"}, "seq.in:2: byte 0xe9 is not UTF-8"),
    ],
)
def test_a_wrong_row_stops_the_reading_with_file_and_line(
    changed: dict[str, str | bytes], message: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as error:
        read_three_files(write(tmp_path, **changed), KNOWN)
    assert str(error.value).startswith(f"{tmp_path}/{message}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "label").unlink()
    with pytest.raises(DataError, match="label: missing"):
        read_three_files(tmp_path)


def test_a_span_without_a_start_begins_the_text_and_slots_may_share_words(tmp_path: Path) -> None:
    (row,) = read_restaurants8k(restaurants(tmp_path, said("in an hour", ("date", 0, 10), ("time", 0, 10))))
    assert {(span.label, span.text) for span in row.spans} == {("date", "in an hour"), ("time", "in an hour")}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (said("at 7 or 8", ("time", 3, 9), ("time", 8, 9)), "time: two spans overlap"),
        (said("at 7", ("time", 3, 9)), "time: 3..9 is not inside 'at 7'"),
        (said("at 7", ("time", 3, 3)), "time: 3..3 is not inside 'at 7'"),
        (said("at 7", ("hour", 3, 4)), "slot 'hour' is unknown; known are date, time"),
        (said(" "), "the row has no text"),
        ({"labels": []}, "KeyError('userInput') is missing"),
        ({"userInput": {"text": "at 7"}, "labels": [{"slot": "time"}]}, "KeyError('valueSpan') is missing"),
    ],
)
def test_a_wrong_span_is_told_with_line_and_row(row: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = restaurants(tmp_path, said("hello"), row)
    line = path.read_text().splitlines().index(" {", 2) + 1
    with pytest.raises(DataError) as error:
        read_restaurants8k(path, Known({}, {"date", "time"}))
    assert str(error.value).startswith(f"{path}:{line}: row 2: {message}")


def test_rows_out_of_scope_have_no_intent(tmp_path: Path) -> None:
    path = tmp_path / "clinc.json"
    path.write_text('{"val": [["pay it", "pay"]], "oos_val": [["why", "oos"]]}')
    assert [row.acts for part in ("val", "oos_val") for row in read_clinc150(path, part)] == [("pay",), ()]
    with pytest.raises(DataError, match="1: no list 'test'; there are val, oos_val"):
        read_clinc150(path, "test")
    with pytest.raises(DataError, match="1: row 1: intent 'pay' is unknown; known are save"):
        read_clinc150(path, "val", Known({"save"}, ()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[\n{"userInput": {"text": "a"}},\n{"userInput": }]', "3: not JSON"),
        (b'[{"userInput": {"text": "a"}}\n{}]', "2: expected ',' or ']'"),
        (b"{}", "1: expected '\\['"),
        (b'[\n"\xff"]', "2: byte 0xff is not UTF-8"),
        (b'[\n{"userInput": {"text": "a"}}', "2: expected"),
        (b"[\n[]]", "2: row 1: TypeError"),
    ],
)
def test_a_broken_json_file_is_told_with_its_line(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=f"rows.json:{message}"):
        read_restaurants8k(path)


def test_words_of_two_slots_become_a_label_of_their_own_and_nested_ones_give_way() -> None:
    def row(text: str, *spans: tuple[str, int, int]) -> Example:
        placed = tuple(Span(label, Role.VALUE, start, end, text[start:end]) for label, start, end in spans)
        return Example(text, "en", None, placed)

    shared = row("in an hour", ("date", 0, 10), ("time", 0, 10))
    labels = labels_of([shared] * 5)
    assert [label for label, _ in labels.spans] == ["date", "time", "date+time"]
    assert [span.label for span in flat(shared, labels).spans] == ["date+time"]
    nested = row("8:45 tonight", ("date", 5, 12), ("time", 0, 12))
    assert [span.text for span in flat(nested, labels).spans] == ["8:45 tonight"]


def test_rows_that_differ_in_digits_only_stay_on_one_side(tmp_path: Path) -> None:
    folder = tmp_path / "restaurant8k"
    folder.mkdir()
    rows = [said(f"{opening} {hour}") for opening in map(chr, range(97, 123)) for hour in range(1, 10)]
    (folder / "train_0.json").write_text(json.dumps(rows))
    split = read_split("restaurant8k", tmp_path, "train_0")
    train, dev = ({row.text[0] for row in rows} for rows in (split.train, split.dev))
    assert train
    assert dev
    assert not train & dev


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "dev/label").write_text("Book\nDance\n"),
        lambda folder: (folder / "train/seq.out").unlink(),
        lambda folder: (folder / "train/seq.in").write_bytes(b"\xff\n\n"),
    ],
)
def test_a_run_on_bad_files_writes_nothing_and_says_one_line(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write(tmp_path / "snips" / part)
    spoil(tmp_path / "snips")
    config = (Path(__file__).parents[3] / "bench/nlu/configs/snips.yml").read_text()
    (tmp_path / "run.yml").write_text(config.replace("runs/nlu", str(tmp_path / "out")))
    result = CliRunner().invoke(app, ["snips", "--config", str(tmp_path / "run.yml"), "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(str(tmp_path / "snips"))
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
