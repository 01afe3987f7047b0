"""What the base of the small Llama reads."""

import json
import lzma
from pathlib import Path

from assistant.prompts import Segment
from nlu.types import Role
from training.examples import Example, mark
from training.llama_copying import answer, read_copying, read_task, said
from training.llama_corpus import COPYING, KOREAN, OWN, data_hash, dialogue, hold_out, plain, read_korean, read_own
from training.llama_made_up import read_made_up

RESPONSES = Path(__file__).parents[3] / "domains" / "restaurant" / "responses"


def example(text: str, *spans: tuple[str, Role, str], acts: tuple[str, ...] = (), lang: str = "en") -> Example:
    places = [(label, role, text.index(words), text.index(words) + len(words)) for label, role, words in spans]
    return Example(text, lang, acts, mark(text, places))


def test_guest_and_staff_take_turns_and_a_long_dialogue_becomes_several_documents() -> None:
    documents = dialogue(["hi", "hello\nthere"] * 5, KOREAN, "ko", "d1")
    assert documents[0].text.splitlines()[:2] == ["손님: hi", "직원: hello there"]
    assert len(documents) == 2
    assert {document.key for document in documents} == {"d1"}


def test_all_documents_of_a_dialogue_stand_on_one_side() -> None:
    documents = [one for key in range(200) for one in dialogue(["a", "b"] * 6, OWN, "en", str(key))]
    learned, held = hold_out(documents, 0.2)
    assert held
    assert not {one.key for one in learned} & {one.key for one in held}


def test_the_hash_changes_with_a_single_word() -> None:
    one, other = plain("a b", OWN, "en", "k"), plain("a c", OWN, "en", "k")
    assert data_hash([one]) != data_hash([other])


def test_missing_public_data_are_left_out(tmp_path: Path) -> None:
    assert read_korean(tmp_path, seed=1) == []


def test_the_test_part_of_a_public_set_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "ko_3i4k").mkdir()
    (tmp_path / "ko_3i4k/fci_train_val.txt").write_text("2\t몇 시예요\n", encoding="utf-8")
    (tmp_path / "ko_3i4k/fci_test.txt").write_text("2\t비밀\n", encoding="utf-8")
    assert [one.text for one in read_korean(tmp_path, seed=1)] == ["몇 시예요"]


def test_scenarios_replies_and_utterances_are_the_domains_own_texts(tmp_path: Path) -> None:
    (tmp_path / "S1.yaml").write_text("turns:\n- say: {en: Hello., ko: 네}\n- api: {clear: [time]}\n", encoding="utf-8")
    texts = [one.text for one in read_own([example("at 7")], tmp_path, RESPONSES, seed=1)]
    assert "at 7" in texts
    assert "Guest: Hello." in texts
    assert "손님: 네" in texts
    assert any("{restaurant}" in text or "{slot}" in text for text in texts)


def test_an_answer_quotes_what_is_set_what_is_turned_down_and_what_goes() -> None:
    spoken = example(
        "8 not 7, forget the date",
        ("time", Role.VALUE, "8"),
        ("time", Role.OLD, "7"),
        ("slot_ref", Role.CLEAR, "the date"),
    )
    assert answer(spoken).splitlines() == ['set time "8" not "7"', 'clear "the date"']
    assert answer(example("not friday", ("date", Role.OLD, "friday"))) == 'clear date "friday"'
    assert answer(example("네", acts=("affirm",), lang="ko")) == 'affirm "네"'


def test_a_guests_quotation_mark_is_escaped_in_prompt_and_answer(tmp_path: Path) -> None:
    spoken = example('call it "Bo"', ("name", Role.VALUE, '"Bo"'))
    document = read_copying([spoken], tmp_path, tmp_path, 0, seed=1)[0]
    assert document.segments[-1].text == 'set name "\\"Bo\\""'
    assert Segment('call it \\"Bo\\"', user=True) in document.segments


def test_schema_guided_spans_become_lines_that_quote(tmp_path: Path) -> None:
    turn = {
        "speaker": "USER",
        "utterance": "to Rome at 5",
        "frames": [{"slots": [{"slot": "city", "start": 3, "exclusive_end": 7}]}],
    }
    (tmp_path / "sgd").mkdir()
    with lzma.open(tmp_path / "sgd/train.json.xz", "wt", encoding="utf-8") as file:
        json.dump([{"dialogue_id": "1", "turns": [turn, {"speaker": "SYSTEM", "utterance": "ok"}]}], file)
    documents = read_copying([], tmp_path, tmp_path, 0, seed=1)
    assert [one.segments[-1].text for one in documents] == ['set city "Rome"']
    assert documents[0].pool == COPYING


def test_korean_words_answer_what_was_asked(tmp_path: Path) -> None:
    (tmp_path / "ko_sae4k").mkdir()
    (tmp_path / "ko_sae4k/sae4k_v1.txt").write_text("내일 비가 오니\t내일 비 여부\n" * 20, encoding="utf-8-sig")
    for document in read_copying([], tmp_path, tmp_path, 0, seed=1):
        words = document.segments[-1].text.split('"')[1]
        assert words in "내일 비가 오니"
        assert words in said(document)
        assert "asked date" in document.text


def test_words_that_nobody_says_are_copied_from_what_is_said_and_hardly_ever_the_same() -> None:
    documents = read_made_up(200, ["time", "name"], seed=1)
    assert {one.lang for one in documents} == {"en", "ko"}
    quoted = [line.split('"')[1] for one in documents for line in one.segments[-1].text.splitlines()]
    lines = [(one, line) for one in documents for line in one.segments[-1].text.splitlines()]
    assert all(line.split('"')[1] in said(one) for one, line in lines)
    assert len(set(quoted)) > 0.9 * len(quoted)
    assert read_made_up(200, ["time", "name"], seed=1) == documents


def test_the_tasks_own_rows_are_read_along(tmp_path: Path) -> None:
    row = {"instruction": "손님의 말이 무엇을 바라는지 적으세요.", "input": 'said "네"', "output": 'affirm "네"'}
    (tmp_path / "train.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (document,) = read_task(tmp_path / "train.jsonl")
    assert document.segments[-1].text == 'affirm "네"'
    assert (document.lang, said(document)) == ("ko", "네")
    assert read_task(tmp_path / "missing.jsonl") == []
