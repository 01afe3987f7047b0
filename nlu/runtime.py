"""How ONNX Runtime runs a model of ours: on one thread, and to the same numbers on every processor."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import onnxruntime

CPUINFO: Final = Path("/proc/cpuinfo")
SLOWER: Final = ("SkipLayerNormFusion",)
"""Rewritings that cost more than they save: one operator for a sum and its normalisation takes three times as long as the two,
0.6 of 6.6 ms at 64 pieces and 0.25 of 3.0 at 24 (ONNX Runtime 1.31, bench.tagger)."""


def open_session(model: Path) -> onnxruntime.InferenceSession:
    """Loads an 8-bit model for the processor.

    Args:
        model: an ONNX file.

    Raises:
        Exception: ONNX Runtime cannot load it; its exceptions share no public base class.
    """
    options = onnxruntime.SessionOptions()
    # One thread a turn: more only fight each other when turns run side by side.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    if not has_vnni(CPUINFO):
        # Its fast product of 8-bit numbers overflows: one to two sums of a hundred are wrong, by up to a tenth. Exact sums
        # take 1.7 times as long where they are not needed (bench.tagger, 52 pieces).
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"], disabled_optimizers=SLOWER)


def has_vnni(cpuinfo: Path) -> bool:
    """Whether the processor adds products of 8-bit numbers in 32 bits (VNNI).

    Args:
        cpuinfo: Linux's description of the processor; where it is missing the answer is no, which is slower and never wrong.
    """
    try:
        flags = cpuinfo.read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return False
    return "avx512_vnni" in flags or "avx_vnni" in flags
