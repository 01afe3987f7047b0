"""How ONNX Runtime runs a model of ours: on one thread, and to the same numbers on every processor."""

from __future__ import annotations

from pathlib import Path

import onnxruntime


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
    # Without VNNI the fast product of 8-bit numbers overflows: one to two sums of a hundred are wrong, by up to a tenth.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])
