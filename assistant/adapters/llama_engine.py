"""A Llama on this machine: transformers and PEFT, decoding greedily under a grammar, several answers at once.

The one module of the service that imports torch. Knows tensors and tokens; does not know conversations, threads or the
event loop: it is called from one thread only.
"""

from __future__ import annotations

import importlib.util
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from llguidance import LLMatcher, LLTokenizer
from peft import PeftConfig, PeftModel, PeftType
from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream
from transformers import (
    AutoModelForCausalLM,
    BitsAndBytesConfig,
    GenerationConfig,
    LogitsProcessor,
    LogitsProcessorList,
    StoppingCriteria,
    StoppingCriteriaList,
)
from transformers.utils.logging import disable_progress_bar

from assistant.adapters.llama_folder import Folder, check_adapter, check_base
from assistant.prompts import Encode, Prompt, encoder, token_ids
from nlu.tagger import ModelError

LONGEST: Final = 1024 + 128
"""Tokens of a prompt and its answer, however long the model's own context."""
FEWEST: Final = 16
"""Tokens that must be left for an answer after the prompt."""
FORSAKEN: Final = "nobody waits for it any more"

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Answer:
    """One answer in the making. `ended` is true once the model said so itself; `fault` says why there is none."""

    prompt: Prompt
    grammar: str = ""
    most: int
    until: float
    """Monotonic seconds after which nobody waits for it."""
    tell: Callable[[str], None]
    """Is given each piece of text as soon as it is whole characters."""
    wanted: Callable[[], bool] = lambda: True
    ended: bool = False
    fault: str = ""
    ids: list[int] = field(default_factory=list)
    """The prompt's tokens."""
    said: int = 0
    """Tokens generated so far, the one that ends included."""
    matcher: LLMatcher | None = None
    stream: DecodeStream | None = None

    @property
    def over(self) -> bool:
        """Whether no further token is needed."""
        return self.ended or bool(self.fault)


class Engine:
    """A loaded base with its adapters. Not safe to share between threads."""

    def __init__(self, model: Any, tokenizer: Tokenizer, base: Folder, adapters: Mapping[str, Folder]) -> None:
        """Use `Engine.load`."""
        self._model = model
        self._tokenizer = tokenizer
        self._encode: Encode = encoder(tokenizer)
        self._base = base
        self._adapters = adapters
        config = model.config
        self._context: int = min(config.max_position_embeddings, LONGEST)
        self._bos: int = config.bos_token_id
        self._eos = frozenset(model.generation_config.eos_token_id)
        self._rules = LLTokenizer(tokenizer.to_str(), n_vocab=config.vocab_size, eos_token=sorted(self._eos))

    @classmethod
    def load(cls, base: Path, adapters: Mapping[str, Path], *, four_bit: bool = False) -> Engine:
        """Loads a base and adapters, onto a GPU where there is one; a single LoRA adapter is merged into the base.

        Args:
            base: folder with config.json, tokenizer.json, *.safetensors; see `llama_folder` for the manifests.
            adapters: PEFT folders by the name that requests will use; may be empty.
            four_bit: quantise the base to 4 bits; needs CUDA and bitsandbytes.

        Raises:
            ModelError: something is missing, altered, half written, or does not fit together.
        """
        disable_progress_bar()  # type: ignore[no-untyped-call]
        checked = {name: check_adapter(folder) for name, folder in adapters.items()}
        found = check_base(base, checked)
        tokenizer = _tokenizer(base)
        model = _adapted(_base_model(base, four_bit), checked, merge=not four_bit)
        log.info("model=%s adapters=%s device=%s", found.label, ",".join(checked) or "none", model.device)
        return cls(model, tokenizer, found, checked)

    def label(self, adapter: str) -> str:
        """`name@version` of an adapter; of the base for "", where no adapter is loaded.

        Raises:
            ModelError: there is no adapter of that name.
        """
        if not adapter and not self._adapters:
            return self._base.label
        if adapter not in self._adapters:
            raise ModelError(f"{adapter!r}: no such adapter is loaded; there are {sorted(self._adapters)}")
        return self._adapters[adapter].label

    def tokens(self, prompt: Prompt) -> list[int]:
        """The ids that the model is shown for a prompt, the one that begins every text included."""
        return [self._bos, *token_ids(prompt, self._encode)]

    def answer(self, answers: Sequence[Answer], adapter: str) -> None:
        """Generates the answers together; each has `ended` or `fault` set afterwards.

        Args:
            answers: at least one.
            adapter: the adapter that they are for, "" where none is loaded.
        """
        for one in answers:
            self._prepare(one)
        open_ones = [one for one in answers if not one.over]
        for batch in self._batches(open_ones):
            self._generate(batch, adapter)
        for one in answers:
            if not one.over:
                one.fault = f"it did not stop within {one.most} tokens"

    def _prepare(self, answer: Answer) -> None:
        answer.ids = self.tokens(answer.prompt)
        if _forsaken(answer):
            answer.fault = FORSAKEN
            return
        room = self._context - len(answer.ids)
        if room < min(FEWEST, answer.most):
            answer.fault = f"the prompt's {len(answer.ids)} tokens leave no room in its {self._context}"
            return
        answer.most = min(answer.most, room)
        answer.stream = DecodeStream(skip_special_tokens=True)
        if answer.grammar:
            answer.matcher = LLMatcher(self._rules, LLMatcher.grammar_from_lark(answer.grammar), log_level=0)
            if answer.matcher.is_error():
                log.error("the grammar is refused: %s", answer.matcher.get_error())
                answer.fault = "its grammar is refused"

    def _batches(self, answers: list[Answer]) -> list[list[Answer]]:
        """Soft prompts go one by one: PEFT puts them before the padding of the shorter ones, where they were not trained."""
        soft = isinstance(self._model, PeftModel) and self._model.active_peft_config.is_prompt_learning
        return [[one] for one in answers] if soft else [answers] if answers else []

    @torch.inference_mode()
    def _generate(self, answers: list[Answer], adapter: str) -> None:
        longest = max(len(one.ids) for one in answers)
        ids = torch.full((len(answers), longest), self._bos)  # masked: any token will do
        mask = torch.zeros_like(ids)
        for row, one in enumerate(answers):
            ids[row, longest - len(one.ids) :] = torch.tensor(one.ids)
            mask[row, longest - len(one.ids) :] = 1
        if isinstance(self._model, PeftModel):  # a merged adapter is always on
            self._model.set_adapter(adapter)
        self._model.generate(
            input_ids=ids.to(self._model.device),
            attention_mask=mask.to(self._model.device),
            max_new_tokens=max(one.most for one in answers),
            logits_processor=LogitsProcessorList([_Grammar(answers)]),
            stopping_criteria=StoppingCriteriaList([_Listener(answers, self._take)]),
        )

    def _take(self, answer: Answer, token: int) -> None:
        """Takes in a new token: text goes out, and it is seen whether more is needed."""
        answer.said += 1
        if token in self._eos:
            answer.ended = True
            return
        if answer.matcher and not answer.matcher.consume_token(token):
            answer.fault = "its answer left the grammar"
        elif _forsaken(answer):
            answer.fault = FORSAKEN
        elif answer.said >= answer.most:
            answer.fault = f"it did not stop within {answer.most} tokens"
        assert answer.stream is not None
        piece = answer.stream.step(self._tokenizer, token)
        if piece and not answer.fault:
            answer.tell(piece)


def _forsaken(answer: Answer) -> bool:
    return not answer.wanted() or time.monotonic() >= answer.until


class _Grammar(LogitsProcessor):
    """Leaves each row only the tokens with which its grammar can go on."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = answers

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Masks `scores` (rows, vocabulary)."""
        for row, answer in enumerate(self._answers):
            if answer.matcher and not answer.over:
                allowed = torch.frombuffer(bytearray(answer.matcher.compute_logit_bias()), dtype=torch.uint8)
                scores[row].masked_fill_(allowed.to(scores.device) == 0, -torch.inf)
        return scores


class _Listener(StoppingCriteria):
    """Hands each row's newest token to `take` and says which rows are over."""

    def __init__(self, answers: Sequence[Answer], take: Callable[[Answer, int], None]) -> None:
        self._answers = answers
        self._take = take

    def __call__(self, input_ids: torch.Tensor, scores: Any, **_: Any) -> torch.Tensor:
        """Sees `input_ids` (rows, tokens so far); gives (rows,) of bool."""
        for answer, token in zip(self._answers, input_ids[:, -1].tolist(), strict=True):
            if not answer.over:
                self._take(answer, token)
        return torch.tensor([answer.over for answer in self._answers], device=input_ids.device)


def _tokenizer(base: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    except Exception as error:  # the library raises bare `Exception`
        raise ModelError(f"{base}/tokenizer.json: cannot be read ({error}); train or fetch the model again") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _base_model(base: Path, four_bit: bool) -> Any:
    model: Any
    cuda = torch.cuda.is_available()
    if four_bit and not (cuda and importlib.util.find_spec("bitsandbytes")):
        raise ModelError(f"{base}: 4 bits need CUDA and bitsandbytes; install it or load the model in 16 bits")
    options: dict[str, Any] = {"dtype": torch.bfloat16 if cuda else torch.float32}
    if four_bit:
        options["quantization_config"] = BitsAndBytesConfig(  # type: ignore[no-untyped-call]
            load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16
        )
        options["device_map"] = {"": 0}
    try:
        model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True, use_safetensors=True, **options)
    except Exception as error:  # a damaged file surfaces as any of a dozen classes
        raise ModelError(f"{base}: transformers cannot load it ({error}); train or fetch the model again") from error
    model.generation_config = _generation(base, model)
    return model if four_bit or not cuda else model.to("cuda")


def _generation(base: Path, model: Any) -> GenerationConfig:
    """Greedy decoding that ends with the model's own tokens, of which Llama-3 has several; what else a hub says is left out."""
    config, known = model.config, _tokenizer(base).get_vocab_size(with_added_tokens=True)
    if known > config.vocab_size:
        raise ModelError(
            f"{base}/tokenizer.json: it has {known} tokens, config.json says {config.vocab_size}; fetch both again"
        )
    ends = model.generation_config.eos_token_id if model.generation_config else None
    ends = config.eos_token_id if ends is None else ends
    tokens = {"bos_token_id": [config.bos_token_id], "eos_token_id": ends if isinstance(ends, list) else [ends]}
    for key, values in tokens.items():
        if not all(isinstance(value, int) and value < known for value in values):
            raise ModelError(f"{base}/config.json: {key} is {values}, which tokenizer.json does not have; set it")
    filler = config.bos_token_id if config.pad_token_id is None else config.pad_token_id
    return GenerationConfig(  # type: ignore[no-untyped-call]
        do_sample=False,
        use_cache=True,
        eos_token_id=tokens["eos_token_id"],
        pad_token_id=filler,
        suppress_tokens=sorted({config.bos_token_id, filler} - set(tokens["eos_token_id"])),
    )


def _adapted(model: Any, adapters: Mapping[str, Folder], *, merge: bool) -> Any:
    if not adapters:
        return model.eval()
    worn: Any = None
    for name, folder in adapters.items():
        try:
            if worn is None:
                worn = PeftModel.from_pretrained(model, str(folder.path), adapter_name=name)
            else:
                worn.load_adapter(str(folder.path), adapter_name=name)
        except Exception as error:  # shapes that do not fit surface as any of several classes
            raise ModelError(f"{folder.path}: PEFT cannot put it on the base ({error}); train it again") from error
    kinds = {PeftConfig.from_pretrained(str(folder.path)).peft_type for folder in adapters.values()}
    if len(adapters) == 1 and kinds == {PeftType.LORA} and merge:
        return worn.merge_and_unload().eval()
    return worn.eval()
