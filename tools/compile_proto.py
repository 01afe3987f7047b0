"""Compile `proto/assistant/v1/*.proto` into the package `assistant.pb`: messages, servicers, stubs and their types.

    .venv/bin/python tools/compile_proto.py

The contract's package is `assistant.v1`, and protoc derives Python imports from file paths, so the generated
`from assistant.v1 import ...` lines are rewritten. `proto/` must never become a Python package: its name would shadow
Google's `proto`.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTOS = ROOT / "proto"
TARGET = ROOT / "assistant" / "pb"
IMPORT = re.compile(r"\bassistant\.v1\b(?= import|\.\w+_pb2)")
HEADER = '"""Generated from `proto/` by `make proto`; never edited, never committed."""\n'


def generate(out: Path) -> None:
    """Run protoc with the Python, gRPC and mypy plugins of this environment; writes `out/assistant/v1/*`.

    Raises:
        SystemExit: protoc refused a file; it has printed which line and why.
    """
    plugins = Path(sys.executable).parent
    code = protoc.main(
        [
            "protoc",
            f"--proto_path={PROTOS}",
            f"--proto_path={files('grpc_tools') / '_proto'}",
            f"--plugin=protoc-gen-mypy={plugins / 'protoc-gen-mypy'}",
            f"--plugin=protoc-gen-mypy_grpc={plugins / 'protoc-gen-mypy_grpc'}",
            *(f"--{kind}_out={out}" for kind in ("python", "grpc_python", "mypy", "mypy_grpc")),
            *sorted(str(path) for path in PROTOS.rglob("*.proto")),
        ]
    )
    if code:
        raise SystemExit(code)


def install(out: Path) -> None:
    """Replace `assistant/pb` by the generated files, with imports that point there."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    (TARGET / "__init__.py").write_text(HEADER, encoding="utf-8")
    for path in sorted((out / "assistant" / "v1").iterdir()):
        (TARGET / path.name).write_text(IMPORT.sub("assistant.pb", path.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> None:
    """Compile all files; nothing is replaced where one of them does not compile."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        install(Path(folder))
    print(f"compiled {len(list(PROTOS.rglob('*.proto')))} files into {TARGET.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
