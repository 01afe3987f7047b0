"""Llamas of a few thousand parameters, made on the spot: a base, adapters for it, and one that has learned one answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftConfig, get_peft_model
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from transformers.utils.logging import disable_progress_bar

from assistant.files import sha256_of
from assistant.prompts import Prompt, Segment, Task, encoder, token_ids

torch.set_num_threads(1)  # more only wait for each other on models this small
disable_progress_bar()

BEGIN, END, PAD = "<|begin_of_text|>", "<|end_of_text|>", "<|pad|>"
TEXTS = (
    "### Instruction:\nList what the guest's words ask for.\n\n### Input:\nsaid \"\n\n### Response:\n",
    "set time party_size date name clear all except affirm deny",
    "한옥테이블 저녁 일곱 시 예약 취소해 주세요",
)
PROMPT = Prompt(
    Task.TRACK,
    (
        Segment('### Instruction:\nList.\n\n### Input:\nsaid "'),
        Segment("7시", user=True),
        Segment('"\n\n### Response:\n'),
    ),
)
LEARNED = 'set time "7시"\n한옥 👍'
"""An answer to learn; every character beyond ASCII takes several tokens."""
Lessons = Sequence[tuple[Prompt, str]]


def make_base(
    folder: Path, *, name: str = "tiny", seed: int = 0, taught: str | Lessons = (), context: int = 512
) -> Path:
    """Writes a base that answers nonsense, or `taught` to `PROMPT`, or what lessons say to their prompts."""
    folder.mkdir(parents=True)
    tokenizer = _tokenizer()
    torch.manual_seed(seed)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=tokenizer.get_vocab_size(),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=context,
            rope_theta=500000.0,
            tie_word_embeddings=True,
            bos_token_id=0,
            eos_token_id=1,
            pad_token_id=2,
        )
    )
    if taught:
        _teach(model, tokenizer, ((PROMPT, taught),) if isinstance(taught, str) else taught)
    model.save_pretrained(folder)
    # Also as transformers' own tokenizer: the server in tests/integration reads its files.
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=BEGIN, eos_token=END, pad_token=PAD).save_pretrained(
        folder
    )
    vouch(folder, name)
    return folder


def make_adapter(
    folder: Path,
    base: Path,
    *,
    name: str = "fitted",
    seed: int = 1,
    config: PeftConfig | None = None,
    changes: bool = True,
) -> Path:
    """Writes an adapter for a base: a LoRA that changes what it says, or does not yet, or another kind of PEFT."""
    torch.manual_seed(seed)
    model: Any = LlamaForCausalLM.from_pretrained(base)
    lora = LoraConfig(
        task_type="CAUSAL_LM", r=4, lora_alpha=64, target_modules=["q_proj", "v_proj"], init_lora_weights=not changes
    )
    get_peft_model(model, config or lora).save_pretrained(folder)
    weights = {path.name: sha256_of(path) for path in (base / "model.safetensors", base / "tokenizer.json")}
    vouch(folder, name, base={"name": "tiny@1", "weights": weights})
    return folder


def vouch(folder: Path, name: str, **facts: Any) -> None:
    """Writes the manifest."""
    (folder / "manifest.json").unlink(missing_ok=True)
    files = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.suffix != ".md"}
    manifest = {"format": 1, "name": name, "version": "1", "files": files, **facts}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=[BEGIN, END, PAD],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{BEGIN} $A", special_tokens=[(BEGIN, 0)])
    return tokenizer


def _teach(model: LlamaForCausalLM, tokenizer: Tokenizer, lessons: Lessons) -> None:
    encode = encoder(tokenizer)
    rows = []
    for prompt, answer in lessons:
        asked = [0, *token_ids(prompt, encode)]
        whole = torch.tensor([[*asked, *encode(answer, special=False), 1]])
        labels = whole.clone()
        labels[0, : len(asked)] = -100
        rows.append((whole, labels))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(60):
        for whole, labels in rows:
            (model(input_ids=whole, labels=labels).loss / len(rows)).backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
