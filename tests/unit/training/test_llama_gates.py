"""Gates: a model that does not stop, or says another thing when it is loaded another way, is not published."""

from pathlib import Path

import pytest
from transformers import AutoModelForCausalLM

from assistant.prompts import encoder, token_ids
from tests.support.tiny_llama import LEARNED, PROMPT, make_base
from training.llama_gates import GateFailed, answer, check_same, check_stops


def test_every_answer_must_end() -> None:
    assert check_stops([[5, 1], [1]], eos=1) == "all 2 answers ended within 128 tokens"
    with pytest.raises(GateFailed, match="1 of 2 answers did not end"):
        check_stops([[5, 1], [5, 6]], eos=1)


def test_two_ways_to_load_a_model_must_answer_alike() -> None:
    assert "100.0% of 2 probes" in check_same("both", [[1], [2]], [[1], [2]])
    with pytest.raises(GateFailed, match=r"both: only 50\.0% of 2 probes"):
        check_same("both", [[1], [2]], [[1], [3]])
    assert "50.0%" in check_same("both", [[1], [2]], [[1], [3]], least=0.5)


def test_prompts_of_several_lengths_are_answered_in_their_order(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    base = make_base(tmp_path / "base", taught=LEARNED)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    ids = [0, *token_ids(PROMPT, encoder(tokenizer))]
    model = AutoModelForCausalLM.from_pretrained(base)
    answers = answer(model, [ids[:5], ids, ids[:7], ids[:5]], eos=1, pad=2, most=24)
    assert tokenizer.decode(answers[1][:-1]) == LEARNED
    assert answers[1][-1] == 1
    assert answers[0] == answers[3]
