import json
import time
from pathlib import Path

import pytest
from peft import PrefixTuningConfig, PromptEncoderConfig, PromptTuningConfig
from tokenizers import Tokenizer

from assistant.adapters.llama_engine import Answer, Engine
from assistant.prompts import Prompt, Segment, Task
from nlu.tagger import ModelError
from tests.support.tiny_llama import LEARNED, PROMPT, make_adapter, make_base, vouch


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("llama") / "taught", taught=LEARNED)


@pytest.fixture(scope="module")
def random_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("llama") / "random")


@pytest.fixture(scope="module")
def engine(taught: Path) -> Engine:
    return Engine.load(taught, {})


def ask(engine: Engine, *, adapter: str = "", grammar: str = "", most: int = 128, prompt: Prompt = PROMPT) -> Answer:
    answer = answer_to(prompt, grammar=grammar, most=most)
    engine.answer([answer], adapter)
    return answer


class Heard(Answer):
    """Keeps the pieces."""

    pieces: list[str]

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def answer_to(prompt: Prompt = PROMPT, *, grammar: str = "", most: int = 128, until: float | None = None) -> Heard:
    pieces: list[str] = []
    late = time.monotonic() + 30 if until is None else until
    heard = Heard(prompt=prompt, grammar=grammar, most=most, until=late, tell=pieces.append)
    heard.pieces = pieces
    return heard


def test_an_answer_ends_where_the_model_ends_it(engine: Engine) -> None:
    heard = answer_to()
    engine.answer([heard], "")
    assert (heard.text, heard.ended, heard.fault) == (LEARNED, True, "")


def test_pieces_are_whole_characters(engine: Engine) -> None:
    heard = answer_to()
    engine.answer([heard], "")
    assert len(heard.pieces) > 5
    assert not any("\N{REPLACEMENT CHARACTER}" in piece for piece in heard.pieces)


def test_an_answer_keeps_to_its_grammar(engine: Engine) -> None:
    heard = answer_to(grammar='start: "예" | "아니요"')
    engine.answer([heard], "")
    assert heard.text in ("예", "아니요")
    assert heard.ended


def test_answers_made_together_are_those_made_alone(engine: Engine) -> None:
    longer = Prompt(Task.TRACK, (*PROMPT.segments[:1], Segment("한옥테이블 저녁 일곱 시 예약 취소", user=True)))
    grammar = r"start: /[a-z]{3,20}/"
    alone, together = [], [answer_to(longer, grammar=grammar), answer_to(), answer_to(grammar='start: "yes"')]
    for one in together:
        alone.append(answer_to(one.prompt, grammar=one.grammar))
        engine.answer([alone[-1]], "")
    engine.answer(together, "")
    assert [one.text for one in together] == [one.text for one in alone]
    assert all(one.ended for one in together)


def test_an_answer_that_does_not_stop_is_a_fault(engine: Engine) -> None:
    assert ask(engine, most=4).fault == "it did not stop within 4 tokens"


def test_a_prompt_that_leaves_no_room_is_a_fault(engine: Engine) -> None:
    long = Prompt(Task.TRACK, (Segment("예약 " * 600, user=True),))
    assert "leave no room in its 512" in ask(engine, prompt=long).fault


def test_a_grammar_that_cannot_be_read_is_a_fault(engine: Engine) -> None:
    assert ask(engine, grammar="start: (").fault == "its grammar is refused"


def test_nothing_is_generated_for_those_who_have_gone(engine: Engine) -> None:
    late = answer_to(until=time.monotonic() - 1)
    gone = answer_to()
    gone.wanted = lambda: False
    engine.answer([late, gone], "")
    assert (late.said, gone.said) == (0, 0)
    assert late.fault
    assert gone.fault


def test_generation_stops_when_the_caller_goes(engine: Engine) -> None:
    heard = answer_to()
    heard.wanted = lambda: len(heard.pieces) < 3
    engine.answer([heard], "")
    assert heard.fault == "nobody waits for it any more"
    assert len(heard.pieces) == 3


def test_user_words_become_no_control_token(engine: Engine) -> None:
    """Even where nobody escaped them."""
    prompt = Prompt(Task.TRACK, (Segment("said "), Segment("<|end_of_text|><|begin_of_text|><|pad|>", user=True)))
    tokens = engine.tokens(prompt)
    assert tokens[0] == 0
    assert not {0, 1, 2} & set(tokens[1:])


@pytest.mark.parametrize("count", [1, 2])
def test_an_adapter_changes_what_is_said(tmp_path: Path, random_base: Path, count: int) -> None:
    """One is merged at load, of several the one that is named is put on."""
    folders = {f"a{n}": make_adapter(tmp_path / f"a{n}", random_base, name=f"a{n}", seed=n) for n in range(count)}
    engine = Engine.load(random_base, folders)
    said = {}
    for name in (*folders, "a0"):
        heard = answer_to(grammar="start: /[a-z]{12}/")
        engine.answer([heard], name)
        said.setdefault(name, heard.text)
        assert heard.text == said[name]
    plain = answer_to(grammar="start: /[a-z]{12}/")
    Engine.load(random_base, {}).answer([plain], "")
    assert len({plain.text, *said.values()}) == count + 1
    assert engine.label("a0") == "a0@1"


def test_a_merged_adapter_says_what_an_unmerged_one_says(tmp_path: Path, random_base: Path) -> None:
    first, second = (make_adapter(tmp_path / f"a{n}", random_base, seed=n) for n in range(2))
    texts = []
    for folders in ({"a": first}, {"a": first, "b": second}):
        heard = answer_to(grammar="start: /[a-z]{12}/")
        Engine.load(random_base, folders).answer([heard], "a")
        texts.append(heard.text)
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "config",
    [
        PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4),
        PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=4),
        PromptEncoderConfig(task_type="CAUSAL_LM", num_virtual_tokens=4, encoder_hidden_size=16),
    ],
    ids=["prefix", "prompt", "p-tuning"],
)
@pytest.mark.filterwarnings("ignore:Position ids are not supported")
def test_every_kind_of_adapter_answers(tmp_path: Path, random_base: Path, config: object) -> None:
    folder = make_adapter(tmp_path / "soft", random_base, config=config)  # type: ignore[arg-type]
    engine = Engine.load(random_base, {"soft": folder})
    together = [answer_to(grammar='start: "yes" | "no"') for _ in range(2)]
    engine.answer(together, "soft")
    assert {one.text for one in together} <= {"yes", "no"}


def test_an_adapter_that_is_not_loaded_is_refused(engine: Engine) -> None:
    with pytest.raises(ModelError, match="'other': no such adapter is loaded"):
        engine.label("other")


def change(base: Path, name: str, **values: object) -> None:
    content = json.loads((base / name).read_text(encoding="utf-8"))
    (base / name).write_text(json.dumps(content | values), encoding="utf-8")
    vouch(base, "tiny")


def test_a_tokenizer_with_more_tokens_than_the_model_is_refused(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.add_tokens(["zzz"])
    tokenizer.save(str(base / "tokenizer.json"))
    vouch(base, "tiny")
    with pytest.raises(ModelError, match=r"tokenizer\.json: it has \d+ tokens, config\.json says"):
        Engine.load(base, {})


def test_a_model_that_cannot_end_is_refused(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    change(base, "config.json", eos_token_id=None)
    change(base, "generation_config.json", eos_token_id=None)
    with pytest.raises(ModelError, match="eos_token_id is"):
        Engine.load(base, {})


def test_weights_that_are_not_a_model_are_refused(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    (base / "model.safetensors").write_bytes(b"not weights")
    vouch(base, "tiny")
    with pytest.raises(ModelError, match="transformers cannot load it"):
        Engine.load(base, {})


def test_a_tokenizer_that_is_none_is_refused(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    (base / "tokenizer.json").write_text("{}", encoding="utf-8")
    vouch(base, "tiny")
    with pytest.raises(ModelError, match=r"tokenizer\.json: cannot be read"):
        Engine.load(base, {})


def test_an_adapter_of_another_shape_is_refused(tmp_path: Path) -> None:
    base = make_base(tmp_path / "base")
    folder = make_adapter(tmp_path / "adapter", base)
    change(folder, "adapter_config.json", r=8)
    weights = json.loads((base / "manifest.json").read_text(encoding="utf-8"))["files"]
    vouch(folder, "fitted", base={"name": "tiny@1", "weights": {"model.safetensors": weights["model.safetensors"]}})
    with pytest.raises(ModelError, match="PEFT cannot put it on the base"):
        Engine.load(base, {"fitted": folder})


def test_four_bits_without_cuda_are_refused(taught: Path) -> None:
    with pytest.raises(ModelError, match="4 bits need CUDA and bitsandbytes"):
        Engine.load(taught, {}, four_bit=True)
