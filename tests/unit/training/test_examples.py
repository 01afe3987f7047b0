"""Reading hand-written utterances."""

from pathlib import Path

import pytest

from nlu.labels import labels_for
from nlu.types import Kind, Role, Span
from training.examples import DataError, Example, contradictions, count, read_annotated, read_kinds, read_rasa

LABELS = labels_for({"time": Kind.TIME, "party_size": Kind.COUNT})
FILE = """version: "3.1"
nlu:
- intent: affirm+start
  metadata: {phase: confirming}
  examples: |
    - go ahead as it is
- synonym: ignored
  examples: |
    - x
- intent: inform
  metadata: {asked: time, phase: [collecting, confirming]}
  examples: |
    - [half past twelve](time)

    - make it [8]{"entity": "number"} instead of [7]{"entity": "number", "role": "old"}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "nlu.en.yml"
    path.write_text(text)
    return path


def test_rows_carry_acts_spans_context_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    yes, noon, number = read_rasa(path, "en", LABELS)
    assert (yes.acts, yes.hints) == (("affirm", "start"), {"phase": ("confirming",)})
    assert noon.spans == (Span("time", Role.VALUE, 0, 16, "half past twelve"),)
    assert noon.hints == {"asked": ("time",), "phase": ("collecting", "confirming")}
    assert number.text == "make it 8 instead of 7"
    assert [(span.role, span.text) for span in number.spans] == [(Role.VALUE, "8"), (Role.OLD, "7")]
    assert number.source == f"{path}:15"
    assert path.read_text().splitlines()[14].strip().startswith("- make it")


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("affirm+start", "affirm+dance", 3, "dance"),
        ("(time)", "(tiem)", 13, "tiem"),
        ('"role": "old"', '"role": "ancient"', 15, "ancient"),
        ("[half past", "[half [past", 13, "bracket"),
        ("phase: confirming", "phase: asleep", 3, "asleep"),
        ("phase: confirming", "phsae: confirming", 3, r"metadata\.phsae: .* did you mean 'phase'"),
        ("{phase: confirming}", "confirming", 3, r"metadata: must be keys with values"),
        ("affirm+start", "afirm", 3, "did you mean 'affirm'"),
        ("affirm+start", "[affirm, start]", 3, "intent: must be one act, or several joined by"),
        ("(time)", "(tiem)", 13, r"'tiem' is no label in '\[half past twelve\]\(tiem\)'; did you mean 'time'"),
        ("(time)", "(slot_ref.old)", 13, "slot_ref has no role old; its roles are clear"),
        ("(time)", "", 13, r"a bracket of '\[half past twelve\]' is no annotation; write \[words\]\(label\)"),
        (
            '{"entity": "number"}',
            "{entity: number}",
            15,
            r"'\[8\]\{entity: number\}' is no annotation in 'make it .*write \[words",
        ),
        ('{"entity": "number"}', '{"entity": 5}', 15, "names no label in 'make it"),
        ('"role": "old"', '"roel": "old"', 15, "did you mean 'role'"),
        ('"role": "old"', '"role": "odl"', 15, "did you mean 'old'"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, complaint: str) -> None:
    path = write(tmp_path, FILE.replace(old, new))
    with pytest.raises(DataError, match=complaint) as caught:
        read_rasa(path, "en", LABELS)
    assert str(caught.value).startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("  metadata: {phase: confirming}", "  metadata: {phase: confirming", 5, "not YAML"),
        ("  metadata: {asked", "  metdata: {asked", 11, "metdata: .* did you mean 'metadata'"),
        ("- intent: inform\n", "- name: inform\n", 10, "name: .* known are intent, metadata, examples"),
        ("    - go ahead as it is\n", "", 3, r"affirm\+start has none"),
        ("- intent: inform\n", "- intent: inform\n  intent: deny\n", 11, "intent: this key stands here twice"),
    ],
)
def test_a_bad_block_is_refused_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, complaint: str
) -> None:
    assert FILE.count(old) == 1
    path = write(tmp_path, FILE.replace(old, new))
    with pytest.raises(DataError, match=complaint) as caught:
        read_rasa(path, "en", LABELS)
    assert str(caught.value).startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    ("content", "line", "complaint"),
    [
        (b"", 1, "write `nlu:`"),
        (b"- intent: affirm\n", 1, "write `nlu:`"),
        (b"version: '3.1'\nnul:\n- intent: affirm\n", 2, "nul: .* did you mean 'nlu'"),
        (b"nlu:\n\t- intent: affirm\n", 2, "a tab stands here; indent with blanks"),
        (b"nlu:\n- intent: \xff\n", 2, "byte 0xff is no UTF-8"),
        (b"nlu:\n- [a, b]: affirm\n", 2, "cannot be a key here"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_line(
    tmp_path: Path, content: bytes, line: int, complaint: str
) -> None:
    path = tmp_path / "nlu.en.yml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=complaint) as caught:
        read_rasa(path, "en", LABELS)
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=":1: this is a folder; a file of that name is wanted"):
        read_rasa(tmp_path, "en", LABELS)


@pytest.mark.parametrize(
    ("slots", "line", "complaint"),
    [
        ("slots:\n  day:\n    required: true\n", 2, "slots.day.kind: this slot has no kind"),
        ("slots:\n  day: {kind: dates}\n", 2, "slots.day.kind: 'dates' is no kind"),
        ("slots:\n", 1, "slots: there are none"),
        ("slots: {day: [\n", 2, "not YAML"),
    ],
)
def test_slots_without_a_kind_are_refused_with_file_line_and_key(
    tmp_path: Path, slots: str, line: int, complaint: str
) -> None:
    path = write(tmp_path, slots)
    with pytest.raises(DataError, match=complaint) as caught:
        read_kinds(path)
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_an_annotation_may_name_a_role_after_a_dot() -> None:
    text, spans = read_annotated("not [7 pm](time.old)", LABELS, "here:1")
    assert (text, spans[0].role) == ("not 7 pm", Role.OLD)


def test_the_same_words_with_two_meanings_in_one_context_are_reported() -> None:
    seven = (Span("time", Role.VALUE, 0, 1, "7"),)
    rows = [
        Example("7", "en", (), seven, source="a:1"),
        Example("7.", "en", ("unknown",), (), source="b:2"),
        Example("7", "en", (), (), {"asked": ("party_size",)}, source="c:3"),
    ]
    assert contradictions(rows) == [
        "b:2: '7.' is intent unknown without marks here, but intent inform with [7](time) in a:1;"
        " correct one, or give each a context of its own (metadata)"
    ]


def test_a_row_clears_when_a_value_or_a_slot_is_to_go() -> None:
    old = Span("time", Role.OLD, 0, 1, "7")
    assert Example("7", "en", (), (old,)).clears
    assert Example("all of it", "en", ("clear_all",), ()).clears
    assert not Example("keep it", "en", (), (Span("slot_ref", Role.KEEP, 5, 7, "it"),)).clears


def test_rows_labels_and_acts_are_counted_by_language() -> None:
    counts = count([Example("7", "ko", ("ask",), (Span("time", Role.OLD, 0, 1, "7"),))])
    assert counts == {"ko: rows": 1, "ko: rows that clear": 1, "ko: ask": 1, "ko: [time.old]": 1}


def test_the_kinds_of_slots_keep_the_order_of_the_domain(tmp_path: Path) -> None:
    path = tmp_path / "slots.yml"
    path.write_text("slots:\n  when: {kind: time}\n  who: {kind: name}\n")
    assert list(read_kinds(path).items()) == [("when", Kind.TIME), ("who", Kind.NAME)]
