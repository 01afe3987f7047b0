from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from nlu.runtime import has_vnni, open_session


def test_a_product_of_large_8_bit_numbers_is_exact_on_this_processor(tmp_path: Path) -> None:
    """Can fail on processors without VNNI only."""
    weights = np.full((64, 32), 127, np.int8)
    node = helper.make_node("MatMulInteger", ["x", "weights", "zero", "zeros"], ["y"])
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [1, 64])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [1, 32])],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(np.array(0, np.uint8), "zero"),
            numpy_helper.from_array(np.zeros(32, np.int8), "zeros"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.save(model, tmp_path / "product.onnx")
    row = np.full((1, 64), 255, np.uint8)
    (product,) = open_session(tmp_path / "product.onnx").run(None, {"x": row})
    assert np.array_equal(product, row.astype(np.int64) @ weights)


@pytest.mark.parametrize(
    ("flags", "able"),
    [
        ("fpu avx2 avx512f avx512_vnni avx512_bf16", True),
        ("fpu avx2 avx_vnni", True),
        ("fpu sse4_2 avx2 avx512f avx512bw", False),
        ("fpu avx512_vnni2", False),
    ],
)
def test_a_processor_has_vnni_where_its_flags_name_it(flags: str, able: bool, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nmodel name\t: Some Processor\nflags\t\t: {flags}\n")
    assert has_vnni(tmp_path / "cpuinfo") is able


def test_an_unknown_processor_is_taken_for_one_without_vnni(tmp_path: Path) -> None:
    assert not has_vnni(tmp_path / "missing")
