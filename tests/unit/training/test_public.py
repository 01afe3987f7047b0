"""Reading public data, on rows written for the test in their formats."""

import json
from pathlib import Path

import pytest

from nlu.labels import join
from training.examples import DataError, Example
from training.public import read_restaurants8k, read_small_talk


def row(text: str, *labels: tuple[str, str], asked: str = "") -> dict[str, object]:
    spans = []
    for slot, words in labels:
        start = text.index(words)
        place = {"startIndex": start, "endIndex": start + len(words)}
        spans.append({"slot": slot, "valueSpan": {key: value for key, value in place.items() if value}})
    context = {"context": {"requestedSlots": [asked]}} if asked else {}
    return {"userInput": {"text": text}, "labels": spans, **context}


def read(tmp_path: Path, *rows: dict[str, object]) -> list[Example]:
    (tmp_path / "train_0.json").write_text(json.dumps(rows))
    return read_restaurants8k(tmp_path / "train_0.json")


def spans(example: Example) -> list[str]:
    return [f"{join(span.label, span.role)}={span.text}" for span in example.spans]


@pytest.mark.parametrize(
    ("text", "labels", "found"),
    [
        ("6 a.m.", [("time", "6 a.m.")], ["time=6 a.m."]),
        ("It is for 10:45 AM ok", [("time", "10:45")], ["time=10:45 AM"]),
        ("around seven", [("time", "seven")], ["time=around seven"]),
        ("11 in the morning", [("time", "11")], ["time=11 in the morning"]),
        ("the 24th", [("date", "24th")], ["date=the 24th"]),
        ("May 5th.", [("date", "May 5th.")], ["date=May 5th"]),
        ("Ann Lee here", [("first_name", "Ann"), ("last_name", "Lee")], ["name=Ann Lee"]),
        ("We are 9 people", [("people", "9")], ["party_size=9 people"]),
        ("a table for 6", [("people", "6")], ["party_size=6"]),
        ("7", [("time", "7")], ["number=7"]),
        ("Four please", [("people", "Four")], ["number=Four"]),
        ("at 9 for 3", [("time", "9"), ("people", "3")], ["time=9", "party_size=3"]),
    ],
)
def test_spans_follow_our_own_conventions(
    tmp_path: Path, text: str, labels: list[tuple[str, str]], found: list[str]
) -> None:
    (example,) = read(tmp_path, row(text, *labels))
    assert spans(example) == found
    assert example.acts is None


def test_the_requested_slot_is_the_asked_one(tmp_path: Path) -> None:
    (example,) = read(tmp_path, row("7", ("people", "7"), asked="people"))
    assert example.hints == {"asked": ("party_size",), "phase": ("collecting",)}


def test_rows_whose_annotation_leaves_out_what_we_label_are_dropped(tmp_path: Path) -> None:
    rows = [
        row("from 18:00 to 17:45", ("time", "17:45")),
        row("a table outside for 4", ("people", "4")),
        row("cancel my table for Friday", ("date", "Friday")),
        row("do you have French food"),
    ]
    assert read(tmp_path, *rows) == []


def test_a_malformed_row_is_refused_with_its_number(tmp_path: Path) -> None:
    bad = {"userInput": {"text": "x"}, "labels": [{"slot": "colour", "valueSpan": {"endIndex": 1}}]}
    with pytest.raises(DataError, match="row 1"):
        read(tmp_path, row("7", ("people", "7")), bad)


def test_small_talk_asks_for_nothing_here(tmp_path: Path) -> None:
    for folder in ("ko_chitchat", "ko_sae4k", "clinc150"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ko_chitchat/ChatbotData.csv").write_text("Q,A,label\n심심해,저도요,0\n예약해 줘,네,0\n")
    (tmp_path / "ko_sae4k/sae4k_v1.txt").write_text("\ufeff에어컨 꺼 줘\t에어컨 끄기\t4\n식당 찾아 줘\t식당\t4\n")
    english = [["hello there", "greeting"], ["is it raining", "weather"], ["yes", "yes"], ["table", "restaurant_x"]]
    (tmp_path / "clinc150/data_full_train_val.json").write_text(json.dumps({"train": english}))
    found = {(example.text, example.acts) for example in read_small_talk(tmp_path, seed=1, wanted=10)}
    assert found == {
        ("심심해", ("chitchat",)),
        ("에어컨 꺼 줘", ("out_of_scope",)),
        ("hello there", ("chitchat",)),
        ("is it raining", ("out_of_scope",)),
    }
