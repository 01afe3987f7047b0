from __future__ import annotations

import pytest

from assistant.errors import BadRequest
from assistant.scenarios.files import find, load, load_all
from assistant.scenarios.values import Value

HEAD = """\
id: T1
clock: 2026-06-10T14:00:00+09:00
time_zone: Asia/Seoul
turns:
"""


def write(folder, text, name="t.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def turn(**more):
    lines = {"say": '{en: "hi"}', "slots": "{}", "state": "idle"} | more
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in lines.items() if value) + "\n"


def test_a_turn_is_read_as_it_is_written(tmp_path):
    slots = '{date: 2026-06-12, time: "19:00", party_size: 3, name: {en: Kim Minsu, ko: 김민수}}'
    text = HEAD + turn(slots=slots, flags="{time: inferred}", candidates='{time: {from: "11:30", to: "14:00"}}')
    (read,) = load(write(tmp_path, text)).turns
    assert {name: value.told("ko") for name, value in read.slots.items()} == {
        "date": "2026-06-12",
        "time": "19:00",
        "party_size": "3",
        "name": "김민수",
    }
    assert read.flags == {"time": frozenset({"inferred"})}
    assert read.candidates["time"].bounds == (Value("11:30", "11:30"), Value("14:00", "14:00"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + turn(slot="{}"), "t.yaml:8: turns.0.slot: 'slot' is not known here; did you mean 'slots'?"),
        (HEAD + turn(state="bokked"), "t.yaml:7: turns.0.state"),
        (HEAD + turn(slots="{time: 19:00}"), 't.yaml:6: write a time in quotes: "19:00"'),
        (HEAD + turn(slots="{date: 2026-02-30}"), "t.yaml:6: 2026-02-30 is no date"),
        (HEAD + turn(slots="{party_size: 2.5}"), "t.yaml:6: turns.0.slots.party_size"),
        (HEAD + turn(slots="{name: {en: Kim}}"), "t.yaml:6: turns.0.slots.name: write a value in two scripts"),
        (HEAD + turn(flags="{time: guessed}"), "t.yaml:8: turns.0.flags.time: write one of inferred"),
        (HEAD + turn(candidates="{time: []}"), "t.yaml:8: turns.0.candidates.time: write a list of values"),
        (HEAD + turn(code="FINE"), "t.yaml:8: turns.0.code: 'FINE' is no gRPC status code"),
        (HEAD + turn(say=""), "t.yaml:5: turns.0: write either say or call"),
        (HEAD + turn(call="{rpc: UndoChange}"), "t.yaml:5: turns.0: write either say or call"),
        (HEAD + turn(say="", call="{rpc: Undo}"), "turns.0.call.rpc: write one of Converse"),
        (HEAD + turn(say="", call="{rpc: ClearSlots, name: [time]}"), "turns.0.call.name: ClearSlots has no such"),
        (HEAD + turn(say="", call="{rpc: ClearSlots, expected_version: old}"), "turns.0.call.expected_version: write"),
        (HEAD + turn(say="", call="{rpc: ClearSlots, names: 3}"), "turns.0.call.rpc: "),
        (HEAD + turn(start="{}"), "t.yaml:5: turns.0: start and user in a turn need fresh"),
        (HEAD + turn(say="{fr: bonjour}"), "t.yaml:5: turns.0.say.fr"),
        (HEAD + turn() + "start: {booked: true}\n", "t.yaml:8: start: booked and party need slots"),
        (HEAD.replace("+09:00", "") + turn(), "t.yaml:2: clock"),
        (HEAD.replace("Seoul", "Soul") + turn(), "t.yaml:3: time_zone: 'Asia/Soul' is no IANA time zone"),
        (HEAD.replace("id: T1\n", "") + turn(), "id: this key is missing"),
        (HEAD + "  []\n", "t.yaml:4: turns"),
        (HEAD + turn() + "id: T2\n", "t.yaml:8: id: this key stands here twice"),
        ("id: [", "t.yaml:1: this is not YAML"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_file_line_and_key(tmp_path, text, said):
    with pytest.raises(BadRequest) as refused:
        load(write(tmp_path, text))
    assert said in str(refused.value)


def test_folders_mean_their_files_in_order_and_each_file_once(tmp_path):
    second, first = write(tmp_path, "", "b.yaml"), write(tmp_path, "", "a.yml")
    write(tmp_path, "", "notes.md")
    assert find([tmp_path, second]) == (first, second)


def test_a_path_that_means_nothing_is_refused(tmp_path):
    with pytest.raises(BadRequest, match="no such file"):
        find([tmp_path / "none.yaml"])
    with pytest.raises(BadRequest, match=r"no \*\.yaml"):
        find([tmp_path])


def test_two_files_with_one_id_are_refused(tmp_path):
    write(tmp_path, HEAD + turn(), "a.yaml")
    write(tmp_path, HEAD + turn(), "b.yaml")
    with pytest.raises(BadRequest, match="its id T1 is that of"):
        load_all([tmp_path])
