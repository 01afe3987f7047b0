"""What a run needs to go on after a kill: weights, optimizer and schedule after a whole epoch, in one file."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler


def write(path: Path, epoch: int, model: nn.Module, optimizer: Optimizer, schedule: LRScheduler) -> None:
    """Write a checkpoint; whoever calls puts it in the place of the one before.

    Raises:
        OSError, RuntimeError: the disk does not take it.
    """
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    torch.save({"epoch": epoch, **state}, path)


def take_up(path: Path, model: nn.Module, optimizer: Optimizer, schedule: LRScheduler) -> int:
    """Put everything back as it was; the number of epochs that are done."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    print(f"resumed after epoch {state['epoch']}")
    return int(state["epoch"])
