"""Trains the dialogue policy of a domain folder: rules and stories in, one Rasa model archive out.

    policy/.venv/bin/python policy/train.py domains/restaurant var/policy-model.tar.gz

A few seconds, offline. Nothing is trained where the domain files have not changed since the archive was made. The NLU
examples of the folder are not read: Maitre trains its own tagger from those.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

import structlog

os.environ.update(
    RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", LOG_LEVEL="WARNING"
)


def inputs_of(domain: Path) -> tuple[Path, Path, list[Path]]:
    """The files that the policy depends on.

    Args:
        domain: a Rasa project folder with `config.yml`, `domain.yml` or `domain/`, and `data/`.

    Returns:
        The config, the domain file or folder, the files with rules or stories.

    Raises:
        SystemExit: one of them is missing; names it.
    """
    config = domain / "config.yml"
    described = domain / "domain" if (domain / "domain").is_dir() else domain / "domain.yml"
    told = sorted(path for path in (domain / "data").rglob("*.yml") if not path.name.startswith(("nlu", "reviewed")))
    for path in (config, described):
        if not path.exists():
            sys.exit(f"{path}: missing; a domain folder needs config.yml, domain.yml and data/ with rules or stories")
    if not told:
        sys.exit(f"{domain / 'data'}: no rules and no stories; add rules.yml")
    return config, described, told


def fingerprint(config: Path, described: Path, told: list[Path]) -> str:
    """A hash over the names and bytes of the inputs, and over this program and its locked environment."""
    domain = sorted(described.rglob("*.yml")) if described.is_dir() else [described]
    digest = hashlib.sha256()
    for path in (config, *domain, *told, Path(__file__), Path(__file__).with_name("requirements.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def note(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    """Shows a warning about our files in one line, and none about libraries whose versions are fixed."""
    if category is UserWarning and not str(message).startswith("Slot auto-fill"):  # Rasa says that to everybody
        print(f"policy: note: {' '.join(str(message).split())}", file=sys.stderr)


def train(config: Path, described: Path, told: list[Path], archive: Path) -> None:
    """Trains and puts the archive in place in one step.

    Args:
        config: `config.yml`.
        described: the domain file or folder.
        told: the files with rules and stories.
        archive: where the model goes, ending in `.tar.gz`; replaced when the training has succeeded.

    Raises:
        SystemExit: the files are not valid or contradict each other; says where.
    """
    warnings.showwarning = note
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    from rasa.model_training import train as train_model  # ten seconds, and not needed where nothing changed
    from rasa.shared.exceptions import RasaException

    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)  # Rasa keeps a cache in its working directory
        try:
            result = train_model(
                domain=str(described),
                config=str(config),
                training_files=[str(path) for path in told],
                output=scratch,
                fixed_model_name="policy",
            )
        except RasaException as fault:
            sys.exit(f"policy: not trained. {fault}")
        if result.model is None:
            sys.exit("policy: not trained; Rasa's messages above say why")
        partial = archive.with_name(f".{archive.name}.{os.getpid()}")
        partial.write_bytes(Path(result.model).read_bytes())
        partial.replace(archive)
        os.chdir(archive.parent)


def main() -> None:
    """Trains if anything changed, in short lines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("domain", type=Path, help="domain folder, e.g. domains/restaurant")
    parser.add_argument("archive", type=Path, help="model to write, e.g. var/policy-model.tar.gz")
    arguments = parser.parse_args()
    archive = arguments.archive.resolve()
    config, described, told = inputs_of(arguments.domain.resolve())
    stamp = archive.with_name(archive.name + ".inputs")
    wanted = fingerprint(config, described, told)
    if archive.is_file() and stamp.is_file() and stamp.read_text() == wanted:
        print(f"policy: up to date ({archive.name})", flush=True)
        return
    print(f"policy: training on {', '.join(path.name for path in told)}", flush=True)
    started = time.monotonic()
    archive.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    train(config, described, told, archive)
    stamp.write_text(wanted)
    print(f"policy: trained in {time.monotonic() - started:.1f} s, {archive.stat().st_size // 1024} kB", flush=True)


if __name__ == "__main__":
    main()
