"""The stages of `make train`: what each runs, what it is made from, and what it makes.

    data -> tagger -> policy -> llama -> evaluate -> report -> promote

Everything of a run lies in `runs/train/NAME/`; `work/` holds what a killed run is gone on from. Knows files and command lines;
does not know when a stage is due (`training.pipeline`), nor what a model is.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any, Final

from training.configuration import read_config, read_settings

CONFIGS: Final = Path("training/configs/train")
RUNS: Final = Path("runs/train")
OURS: Final = ("assistant", "nlu", "training")
PUBLIC: Final = ("restaurant8k", "clinc150", "ko_chitchat", "ko_sae4k")
"""Folders of public data that the tagger learns from."""
SECONDS_A_ROW: Final = 0.024
"""To learn a row of the tagger's, what is read in between and the export included, on one core."""
POLICY_PYTHON: Final = Path("policy/.venv/bin/python")


@dataclass(frozen=True, slots=True)
class Config:
    """One run. Every key is in the YAML file; paths are relative to the repository, `{domain}` stands for the run's name."""

    domain: str
    """The domain folder."""
    tagger: str
    """Configuration of `training.train_tagger`."""
    alpaca: str
    """Configuration of `training.build_alpaca`, or empty."""
    llama: str
    """Configuration of `training.finetune_llama`, or empty."""
    scenarios: list[str]
    """Folders of dialogues to measure with; those that are missing are left out."""
    canary: list[str]
    """Folders of dialogues that must be right."""
    injections: str
    """A file of texts that try to be more than a guest's words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A run and its places."""

    name: str
    given: str
    """How the run was asked for: a domain, or a file of settings."""
    config: Config
    data: Path
    """The folder of public data; may be absent."""
    out: Path
    settings: Path = CONFIGS / "any.yml"
    """The file that the configuration was read from."""

    @property
    def note(self) -> Path:
        """What there is to learn from."""
        return self.out / "data.json"

    @property
    def alpaca(self) -> Path:
        """The rows for the language model."""
        return self.out / "alpaca"

    @property
    def tagger(self) -> Path:
        """The exported tagger."""
        return self.out / "tagger"

    @property
    def policy(self) -> Path:
        """The policy's archive."""
        return self.out / "policy.tar.gz"

    @property
    def adapter(self) -> Path | None:
        """The language model's adapter, where the run makes one."""
        return self.work("llama") / "adapter" if self.config.llama else None

    @property
    def made_adapter(self) -> Path | None:
        """The adapter, where the run has made one that passed its own gates."""
        return self.adapter if self.adapter and (self.adapter / "manifest.json").is_file() else None

    @property
    def evaluation(self) -> Path:
        """The figures of the new models and of those in use."""
        return self.out / "evaluation.json"

    def work(self, stage: str) -> Path:
        """Where a stage keeps what it goes on from."""
        return self.out / "work" / stage


def plan_of(name: str, data: Path, runs: Path = RUNS) -> Plan:
    """The plan for a domain.

    Args:
        name: of the domain, whose settings are in `training/configs/train/NAME.yml` or `any.yml`; or the path of such a file.
        data: the folder of public data.
        runs: where the folders of all runs are.

    Raises:
        ValueError: the settings cannot be used; names file, line and key.
    """
    given = Path(name)
    path = given if given.suffix == ".yml" else CONFIGS / f"{name}.yml"
    if path != given and not path.is_file():
        path = CONFIGS / "any.yml"
    written, stem = read_config(path, Config), given.stem

    def filled(value: Any) -> Any:
        return [one.format(domain=stem) for one in value] if isinstance(value, list) else value.format(domain=stem)

    config = Config(**{one.name: filled(getattr(written, one.name)) for one in fields(written)})
    if not (Path(config.domain) / "slots.yml").is_file():
        line = read_settings(path)[1]["domain"]
        raise ValueError(
            f"{path}:{line}: domain: {config.domain} holds no slots.yml; `assistant new-domain` makes a domain"
        )
    return Plan(stem, name, config, data, runs / stem, path)


def plan_from(description: str, arguments: Sequence[str] | None) -> Plan:
    """The plan that a command line names; `training.evaluate`, `training.report` and `training.promote` take the same.

    Raises:
        ValueError: its settings cannot be used.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="a domain, or a file like training/configs/train/restaurant.yml")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of public data")
    parser.add_argument("--runs", type=Path, default=RUNS)
    given = parser.parse_args(arguments)
    return plan_of(given.name, given.data, given.runs)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step.

    `commands` are run in order; the last part of a `resumes` command is `--resume` where the stage goes on from `work`.
    `publish` moves a finished folder into the place of an older one. `minutes` is what it takes on two free cores.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    needs: tuple[Path, ...]
    makes: tuple[Path, ...]
    minutes: float
    resumes: bool = False
    spare: bool = False
    """Whether the run goes on where it fails, with what is in use in place of what it makes."""
    publish: tuple[Path, Path] | None = None
    against: str = ""
    """What the result is compared with, where that is not a file."""


def stages(plan: Plan, against: str = "") -> list[Stage]:
    """The stages of a run, in order; each needs only what earlier ones made.

    Args:
        plan: the run.
        against: names the models in use, with which the new ones are compared.

    Raises:
        ValueError: a configuration that a stage is made from cannot be read.
    """
    found = [_data(plan), _tagger(plan), _policy(plan)]
    if plan.config.llama:
        found.append(_llama(plan))
    return [*found, _evaluate(plan, against), _report(plan), _promote(plan)]


def _data(plan: Plan) -> Stage:
    config, domain = plan.config, Path(plan.config.domain)
    also = _setting(config.tagger, "also") or []
    llama = ("--llama", config.llama) if config.llama else ()
    commands = [_python("check_data", config.tagger, *llama, "--data", plan.data, "--out", plan.note)]
    needs = [*_yaml_in(domain, *map(Path, also)), *_settings(plan), *_public(plan.data), *_code("check_data")]
    makes = [plan.note]
    if config.alpaca:
        commands.append(_python("build_alpaca", "--config", config.alpaca, "--data", plan.data, "--out", plan.alpaca))
        read = [Path(_setting(config.alpaca, "tagger") or "") / "manifest.json"]
        needs += [*_yaml_in(Path(_setting(config.alpaca, "scenarios") or "absent"))]
        needs += [*_code("build_alpaca"), *(path for path in read if path.is_file())]
        makes.append(plan.alpaca / "manifest.json")
    return Stage("data", tuple(commands), _once(needs), tuple(makes), 2)


def _tagger(plan: Plan) -> Stage:
    work, export, path = plan.work("tagger"), plan.work("export"), plan.config.tagger
    start = Path(_setting(path, "encoder") or "")
    return Stage(
        "tagger",
        (
            _python("train_tagger", path, "--data", plan.data, "--out", work),
            _python("export_tagger", work, export),
        ),
        _once([plan.note, Path(path), *_weights(start), *_code("train_tagger", "export_tagger")]),
        (plan.tagger / "manifest.json",),
        SECONDS_A_ROW * _rows(path) / 60,
        resumes=True,
        publish=(export, plan.tagger),
    )


def _policy(plan: Plan) -> Stage:
    domain = Path(plan.config.domain)
    needs = [domain / "config.yml", *sorted(domain.glob("domain*.yml")), *_yaml_in(domain / "domain")]
    needs += [path for path in _yaml_in(domain / "data") if not path.name.startswith(("nlu", "reviewed"))]
    command = (str(POLICY_PYTHON), "policy/train.py", str(domain), str(plan.policy))
    needs += [Path("policy/train.py"), Path("policy/requirements.txt")]
    return Stage("policy", (command,), _once(needs), (plan.policy,), 0.5)


def _llama(plan: Plan) -> Stage:
    work, path = plan.work("llama"), plan.config.llama
    base = Path(_setting(path, "base") or "")
    return Stage(
        "llama",
        (_python("finetune_llama", "--config", path, "--data", plan.alpaca, "--out", work),),
        _once([plan.alpaca / "manifest.json", Path(path), *_weights(base), *_code("finetune_llama")]),
        (work / "adapter" / "manifest.json",),
        22,
        resumes=True,
        spare=True,
    )


def _evaluate(plan: Plan, against: str) -> Stage:
    config = plan.config
    needs = [plan.note, plan.tagger / "manifest.json", plan.policy, Path(config.injections)]
    needs += [plan.adapter / "manifest.json"] if plan.adapter else []
    needs += [*_yaml_in(Path(config.domain)), *_code("evaluate"), *_package("assistant"), *_package("nlu")]
    needs += _yaml_in(*map(Path, [*config.scenarios, *config.canary]))
    minutes = 10 if config.llama else 3
    command = _python("evaluate", *_named(plan))
    return Stage("evaluate", (command,), _once(needs), (plan.evaluation,), minutes, against=against)


def _report(plan: Plan) -> Stage:
    needs = [plan.evaluation, *Path("training/templates").glob("*"), *_code("report")]
    makes = (plan.out / "report.html", plan.out / "report.json")
    return Stage("report", (_python("report", *_named(plan)),), _once(needs), makes, 0.5)


def _promote(plan: Plan) -> Stage:
    needs = [plan.evaluation, plan.out / "report.json", *_code("promote")]
    return Stage("promote", (_python("promote", *_named(plan)),), _once(needs), (plan.out / "promoted.json",), 0.2)


def _settings(plan: Plan) -> list[Path]:
    """The files of settings of the stages that learn."""
    return [Path(path) for path in (plan.config.tagger, plan.config.alpaca, plan.config.llama) if path]


def _rows(path: str) -> float:
    """Rows that the tagger reads while it learns; 0 where its settings are wrong, which the recipe itself will say."""
    epochs, rows = _setting(path, "epochs"), _setting(path, "epoch_examples")
    return epochs * rows if isinstance(epochs, int) and isinstance(rows, int) else 0


def _named(plan: Plan) -> tuple[object, ...]:
    return plan.given, "--data", plan.data, "--runs", plan.out.parent


def _python(module: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-u", "-m", f"training.{module}", *map(str, arguments))


def _setting(path: str, name: str) -> Any:
    """A setting of another recipe; None where it is not there, which the recipe itself will say."""
    return read_settings(Path(path))[0].get(name)


def _yaml_in(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.y*ml"))


def _weights(folder: Path) -> list[Path]:
    """What a pretrained model consists of; nothing where it is a package's name, whose hash the recipe checks."""
    endings = (".safetensors", ".onnx", ".json")
    return sorted(path for path in folder.glob("*") if path.suffix in endings) if folder.name else []


def _public(data: Path) -> list[Path]:
    return sorted(path for name in PUBLIC for path in (data / name).rglob("*") if path.is_file())


def _package(name: str) -> list[Path]:
    return sorted(path for path in Path(name).rglob("*.py") if "pb" not in path.parts)


_PARSING: Final = Lock()
"""Stages run side by side, and up to Python 3.11.7 two threads that parse disturb each other (python/cpython#106905)."""


def _code(*modules: str) -> list[Path]:
    """The files of `training.<module>` and of everything of ours that it imports, however far away."""
    found: dict[str, Path] = {}
    waiting = [f"training.{module}" for module in modules]
    while waiting:
        name = waiting.pop()
        path = Path(*name.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if name in found or name.split(".")[0] not in OURS or not path.is_file():
            continue
        found[name] = path
        with _PARSING:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return sorted(path for path in found.values() if "pb" not in path.parts)


def _once(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(paths))
