"""Imports point inward: the turn knows no wire, no database and no tensors, and the service starts without torch."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = [
    "turn",
    "gather",
    "types",
    "state",
    "values",
    "settle",
    "possible",
    "dialogue",
    "act",
    "tracker",
    "respond",
    "understand",
    "reconcile",
    "track",
    "phrase",
    *(f"composer/{path.stem}" for path in sorted((ROOT / "assistant/composer").glob("*.py"))),
]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return set(names)


@pytest.mark.parametrize("module", CORE)
def test_the_core_imports_no_wire_no_database_and_no_tensors(module: str) -> None:
    outside = (
        "grpc",
        "google",
        "sqlalchemy",
        "torch",
        "onnxruntime",
        "assistant.grpc",
        "assistant.adapters",
        "assistant.pb",
    )
    assert [name for name in imported(ROOT / "assistant" / f"{module}.py") if name.startswith(outside)] == []


def test_booking_rules_know_no_conversation() -> None:
    names = {name for path in (ROOT / "assistant" / "booking").glob("*.py") for name in imported(path)}
    assert [name for name in names if name.startswith("assistant.") and not name.startswith("assistant.booking")] == []


@pytest.mark.parametrize(
    ("folder", "forbidden"), [("assistant", "training"), ("nlu", "assistant"), ("nlu", "training")]
)
def test_nothing_imports_outward(folder: str, forbidden: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*.py") if "pb" not in path.parts]
    assert [path.name for path in paths if any(name.split(".")[0] == forbidden for name in imported(path))] == []


def test_the_service_is_imported_without_torch() -> None:
    program = "import sys, assistant.serving; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
