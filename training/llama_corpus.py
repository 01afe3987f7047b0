"""The texts that the small Llama reads before it is tuned: task dialogue, Korean text, the domain's own, and copying.

Every document belongs to a pool, which says how often it is read, and has a key that decides whether it is held out, so
that all turns of one dialogue stand on one side. Copying (an instruction, an input, and a response that quotes the input)
is made in `training/llama_copying.py`. Knows the formats of the public data; does not know tokenizers or models.
Nothing is read from held-out scenarios or from the test part of any set.
"""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from assistant.prompts import Segment
from training.examples import Example
from training.split import fraction

ENGLISH: Final = "english"
KOREAN: Final = "korean"
OWN: Final = "own"
COPYING: Final = "copying"
TASK: Final = "task"
"""Rows of the task itself, as `training.build_alpaca` writes them."""
ANSWERED: Final = (COPYING, TASK)
"""Pools whose documents end in an answer, which alone counts in the loss."""
SPEAKERS: Final = {"en": ("Guest", "Staff"), "ko": ("손님", "직원")}
_TURNS_AT_ONCE: Final = 8
"""Turns of a dialogue that make one document; longer ones are cut so that a document fits a training block."""
_LINES_AT_ONCE: Final = 6
"""Lone Korean sentences that make one document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read. Segments are encoded one by one, as prompts are; `lang` is `en` or `ko`."""

    segments: tuple[Segment, ...]
    pool: str
    lang: str
    key: str

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(segment.text for segment in self.segments)


Pools = Mapping[str, Sequence[Document]]


def plain(text: str, pool: str, lang: str, key: str) -> Document:
    """A document of one segment."""
    return Document((Segment(text),), pool, lang, key)


def read_english(data: Path) -> list[Document]:
    """Dialogues of SGD train, MultiWOZ 2.1 val, WOZ, CamRest and Sim-M train; those that are missing are left out.

    Args:
        data: the folder of public data; formats as its README says.
    """
    found: list[Document] = []
    for name, turns in _english_dialogues(data):
        found += dialogue(turns, ENGLISH, "en", name)
    return found


def read_korean(data: Path, seed: int) -> list[Document]:
    """Korean: XRiSAWOZ dialogues, chit-chat pairs, 3i4K's sentences (train part) and sae4K's requests with their gist.

    Args:
        data: the folder of public data.
        seed: decides which lone sentences stand together.
    """
    found: list[Document] = []
    if (path := data / "xrisawoz_fewshot/ko_dev_half.json.xz").is_file():
        for row in _json(path):
            turns = [words for turn in row["dialogue"] for words in (turn["user_utterance"][0], _said(turn))]
            found += dialogue(turns, KOREAN, "ko", row["dialogue_id"])
    if (path := data / "ko_chitchat/ChatbotData.csv").is_file():
        with path.open(encoding="utf-8") as file:
            for pair in csv.DictReader(file):
                found += dialogue([pair["Q"].strip(), pair["A"].strip()], KOREAN, "ko", pair["Q"])
    if (path := data / "ko_sae4k/sae4k_v1.txt").is_file():
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            request, gist, *_ = line.split("\t")
            found.append(plain(f"손님: {request.strip()}\n요지: {gist.strip()}", KOREAN, "ko", request))
    if (path := data / "ko_3i4k/fci_train_val.txt").is_file():
        rows = (line.split("\t", 1)[-1].strip() for line in path.read_text(encoding="utf-8").splitlines())
        found += _together(sorted(set(rows)), KOREAN, "ko", seed)
    return found


def read_own(examples: Iterable[Example], scenarios: Path, responses: Path, seed: int) -> list[Document]:
    """The domain's own texts: utterances, the visible scenarios with the utterances in order, the replies.

    Args:
        examples: hand-written and generated utterances.
        scenarios: the folder of the visible scenarios; may be missing.
        responses: the domain's `responses` folder, one YAML per language.
        seed: decides which utterances stand together.
    """
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        texts[example.lang].add(example.text)
    found: list[Document] = []
    for lang, rows in sorted(texts.items()):
        found += _together(sorted(rows), OWN, lang, seed)
    for path in sorted(scenarios.glob("*.yaml")):
        turns = yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]
        for lang in ("en", "ko"):
            said = [turn["say"][lang] for turn in turns if lang in (turn.get("say") or {})]
            if said:
                found.append(plain("\n".join(f"{SPEAKERS[lang][0]}: {one}" for one in said), OWN, lang, path.stem))
    for path in sorted(responses.glob("*.yml")):
        replies = [text for _, text in leaves(yaml.safe_load(path.read_text(encoding="utf-8")))]
        found += _together(replies, OWN, path.stem, seed)
    return found


def leaves(tree: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a responses file with their dotted keys, as in `asks.time`."""
    if isinstance(tree, str):
        yield name, tree
    elif isinstance(tree, dict):
        for key, below in tree.items():
            yield from leaves(below, f"{name}.{key}".strip("."))
    elif isinstance(tree, list):
        for below in tree:
            yield from leaves(below, name)


def dialogue(turns: Sequence[str], pool: str, lang: str, key: str) -> list[Document]:
    """Documents of a dialogue in which guest and staff take turns, the guest first."""
    lines = [f"{SPEAKERS[lang][number % 2]}: {' '.join(words.split())}" for number, words in enumerate(turns)]
    parts = (lines[start : start + _TURNS_AT_ONCE] for start in range(0, len(lines), _TURNS_AT_ONCE))
    return [plain("\n".join(part), pool, lang, key) for part in parts]


def hold_out(documents: Iterable[Document], share: float) -> tuple[list[Document], list[Document]]:
    """Part documents by their key into those to learn from and those to measure on.

    Args:
        documents: of any pool.
        share: of the keys that are held out, 0..1.
    """
    rows: defaultdict[bool, list[Document]] = defaultdict(list)
    for document in documents:
        rows[fraction(document.key) < share].append(document)
    return rows[False], rows[True]


def data_hash(documents: Iterable[Document]) -> str:
    """A sha256 over every document in order, for the manifest."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(repr((document.pool, document.lang, document.key, document.segments)).encode())
    return digest.hexdigest()


def read_json(path: Path) -> Any:
    """A JSON file, packed (`.xz`) or plain."""
    return _json(path)


def _english_dialogues(data: Path) -> Iterator[tuple[str, list[str]]]:
    if (path := data / "sgd/train.json.xz").is_file():
        for row in _json(path):
            yield "sgd " + row["dialogue_id"], [turn["utterance"] for turn in row["turns"]]
    for name in ("woz", "camrest"):
        if (path := data / name / "dialogues_train_val.json.xz").is_file():
            for row in _json(path):
                yield row["dialogue_id"], [turn["utterance"] for turn in row["turns"]]
    if (path := data / "multiwoz21_val/val.json.xz").is_file():
        for name, row in _json(path).items():
            yield "multiwoz " + name, [turn["text"] for turn in row["log"]]
    if (path := data / "m2m_sim_movie/train.json").is_file():
        for row in _json(path):
            turns = [turn.get(side, {}).get("text") for turn in row["turns"] for side in _SIDES]
            yield row["dialogue_id"], [words for words in turns if words]


_SIDES: Final = ("system_utterance", "user_utterance")


def _said(turn: Mapping[str, Any]) -> str:
    return str(turn["system_utterance"][0])


def _json(path: Path) -> Any:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as packed:
            return json.load(packed)
    return json.loads(path.read_text(encoding="utf-8"))


def _together(rows: Sequence[str], pool: str, lang: str, seed: int) -> list[Document]:
    """Shuffle lone sentences and make documents of a few lines; each sentence stands in one document only."""
    rows = list(rows)
    random.Random(seed).shuffle(rows)
    parts = (rows[start : start + _LINES_AT_ONCE] for start in range(0, len(rows), _LINES_AT_ONCE))
    return [plain("\n".join(part), pool, lang, part[0]) for part in parts]
