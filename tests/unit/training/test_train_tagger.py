"""What training leaves on the disk; the recipe itself is in tests/recipes."""

from __future__ import annotations

import copy
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch

from training.train_tagger import Run, kept, read_curve, restore, save


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def small_run() -> Run:
    model: Any = torch.nn.Linear(200, 200)
    optimizer = torch.optim.AdamW(model.parameters())
    return Run(
        copy.deepcopy(model),
        model,
        copy.deepcopy(model),
        optimizer,
        torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: 1.0),
    )


@pytest.mark.parametrize("size", [1000, 200_000])  # too little for the weights, or only for the optimizer's state
def test_a_full_disk_leaves_the_epoch_before(tmp_path: Path, size: int) -> None:
    run = small_run()
    loss = run.model(torch.ones(1, 200)).sum()
    loss.backward()
    run.optimizer.step()
    save(run, run.average, 1, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {"model.safetensors", "state.pt"}
    with torch.no_grad():
        run.model.weight.add_(1.0)  # type: ignore[operator]
    with files_of_at_most(size), pytest.raises(OSError, match="epoch 2 was not saved, is the disk full"):
        save(run, run.average, 2, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_is_kept_lies_between_the_first_weights_and_the_average() -> None:
    run = small_run()
    with torch.no_grad():
        run.average.weight.fill_(1.0)  # type: ignore[operator]
        run.began.weight.fill_(0.0)  # type: ignore[operator]
    assert float(kept(run, 0.6).weight.detach().mean()) == pytest.approx(0.6)  # type: ignore[union-attr, operator]
    assert torch.equal(kept(run, 1.0).weight, run.average.weight)  # type: ignore[arg-type]
    assert float(run.began.weight.detach().max()) == 0.0  # type: ignore[union-attr, operator]


def test_a_resumed_run_has_its_average_and_not_what_was_kept(tmp_path: Path) -> None:
    run, again = small_run(), small_run()
    save(run, kept(run, 0.5), 3, tmp_path)
    assert restore(again, tmp_path) == 3
    assert torch.equal(again.average.weight, run.average.weight)  # type: ignore[arg-type]


def test_a_run_without_a_curve_has_an_empty_one(tmp_path: Path) -> None:
    assert read_curve(tmp_path / "curve.json") == []
