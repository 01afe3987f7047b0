"""What a fine-tuned model must pass before it is published: it stops, and it says the same however it is loaded.

A gate that is not passed raises `GateFailed` with the reason. Knows nothing of what answers mean.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import torch

from training.llama_adapter import Base
from training.llama_models import LORA, load_base
from training.llama_rows import Encoder, Row

MOST: Final = 128
"""New tokens within which an answer must end, as in serving."""
STOP_PROBES: Final = 100
LEAST_ALIKE_4BIT: Final = 0.8
"""Share of the probes that a model trained in 4 bits must answer alike when it is loaded in 4 bits again."""
LEAST_ALIKE_16BIT: Final = 0.95
"""Share of probes answered alike by adapter and merged model, where 16 bits round the merged weights differently."""
NO_4BIT: Final = "not checked: loading in 4 bits needs CUDA and bitsandbytes, which this machine lacks"

Ids = Sequence[int]


class GateFailed(Exception):
    """The trained model must not be published."""


@torch.inference_mode()
def answer(model: Any, prompts: Sequence[Ids], *, eos: int, pad: int, most: int = MOST) -> list[list[int]]:
    """Answer prompts greedily, those of one length together: PEFT's learned prompts do not go with padding.

    Args:
        model: any causal language model of transformers or PEFT.
        prompts: token ids, of any lengths.
        eos: the token that ends an answer.
        pad: the token that follows an answer which ends before its neighbours.
        most: new tokens at most.

    Returns:
        Per prompt the new ids, the last of which is `eos` where the answer ended.
    """
    model.eval()
    answers: dict[int, list[int]] = {}
    by_length = sorted(range(len(prompts)), key=lambda row: len(prompts[row]))
    for width, group in itertools.groupby(by_length, key=lambda row: len(prompts[row])):
        rows = list(group)
        ids = torch.tensor([list(prompts[row]) for row in rows], device=model.device)
        said = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=most,
            do_sample=False,
            use_cache=True,
            eos_token_id=eos,
            pad_token_id=pad,
        )
        for row, tokens in zip(rows, said[:, width:].tolist(), strict=True):
            answers[row] = tokens[: tokens.index(eos) + 1] if eos in tokens else tokens
    return [answers[row] for row in range(len(prompts))]


def check_stops(answers: Sequence[Ids], *, eos: int) -> str:
    """Demand that every answer has ended.

    Raises:
        GateFailed: some have not.
    """
    endless = sum(not said or said[-1] != eos for said in answers)
    if endless:
        raise GateFailed(
            f"{endless} of {len(answers)} answers did not end within {MOST} tokens: train longer, or see that each "
            "row of the data ends in EOS and that the pad token is another"
        )
    return f"all {len(answers)} answers ended within {MOST} tokens"


def alike(one: Sequence[Ids], other: Sequence[Ids]) -> float:
    """The share of answers that are the same, 0..1."""
    return sum(list(a) == list(b) for a, b in zip(one, other, strict=True)) / max(len(one), 1)


def check_same(name: str, one: Sequence[Ids], other: Sequence[Ids], *, least: float = 1.0) -> str:
    """Demand that two ways to load one model answer alike.

    Args:
        name: the two ways, in words.
        one: answers of the first.
        other: answers of the second to the same prompts.
        least: the share of answers that must be the same.

    Raises:
        GateFailed: fewer are.
    """
    share = alike(one, other)
    if share < least:
        raise GateFailed(f"{name}: only {share:.1%} of {len(one)} probes are answered alike, {least:.0%} are needed")
    return f"{name}: {share:.1%} of {len(one)} probes answered alike"


def right_answers(rows: Sequence[Row], answers: Sequence[Ids], tokenizer: Any, eos: int) -> dict[str, float]:
    """The share of answers that are the row's word for word, 0..1, by task and language."""
    right: dict[str, list[bool]] = {}
    for row, ids in zip(rows, answers, strict=True):
        text = tokenizer.decode([one for one in ids if one != eos])
        right.setdefault(f"{row.task}.{row.language}", []).append(text == row.output)
    return {name: round(sum(hits) / len(hits), 4) for name, hits in sorted(right.items())}


@dataclass(frozen=True, slots=True)
class Checks:
    """What the gates found, in words, and the answers of the adapter as it will be served."""

    found: dict[str, str]
    answers: list[list[int]]


def pass_gates(
    part: Path, base: Base, method: str, prompts: Sequence[Ids], *, encoder: Encoder, trained: Any, cuda: bool
) -> Checks:
    """Load a written adapter in every way in which it is served, and compare.

    Args:
        part: folder with the adapter's two files.
        base: what it was trained on.
        method: how it was trained.
        prompts: token ids to answer; the gates look at the first STOP_PROBES.
        encoder: of the base's tokenizer.
        trained: the model as training left it, or None where it is spread over several devices.
        cuda: whether there is a GPU to load it on.

    Raises:
        GateFailed: the adapter must not be published.
    """
    from peft import PeftModel

    def say(model: Any, asked: Sequence[Ids]) -> list[list[int]]:
        return answer(model, asked, eos=encoder.eos, pad=encoder.pad)

    few = prompts[:STOP_PROBES]
    least = LEAST_ALIKE_16BIT if cuda else 1.0
    loaded = PeftModel.from_pretrained(load_base(base, cuda=cuda).to("cuda" if cuda else "cpu"), part)
    answers = say(loaded, prompts)
    first = answers[:STOP_PROBES]
    found = {"stops": check_stops(first, eos=encoder.eos)}
    if trained is None or method == "qlora":
        found["reloaded"] = "not compared: the trained model lies on several devices, or in 4 bits"
    else:
        found["reloaded"] = check_same("trained and reloaded", say(trained, few), first, least=least)
    if method in LORA:
        found["merged"] = check_same("adapter and merged", first, say(loaded.merge_and_unload(), few), least=least)
    else:
        found["merged"] = "not compared: learned prompts stay beside the model and are not merged"
    if not (cuda and find_spec("bitsandbytes")):
        return Checks({**found, "4 bits": NO_4BIT}, answers)
    small = say(PeftModel.from_pretrained(load_base(base, cuda=True, four_bit=True), part), few)
    needed = LEAST_ALIKE_4BIT if method == "qlora" else 0.0  # others were not trained to stand 4 bits
    found["4 bits"] = check_same("adapter on 16 and on 4 bits", first, small, least=needed)
    return Checks(found, answers)
