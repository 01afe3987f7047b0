"""What is said about a file that is no YAML."""

from pathlib import Path

import pytest

from assistant.yaml_files import Unreadable, read_nodes, values


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"a:\n\tb: 1\n", "f.yml:2", "a tab stands here; indent with blanks"),
        (b"a: [1\n", "f.yml:2", "this is not YAML"),
        (b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "f.yml:5: b.c", "stands here twice, first in line 3; remove one"),
        (b"a: 1\nb: \xff\n", "f.yml:2", "byte 0xff is no UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: \x00\n", "f.yml:2", "cannot stand in YAML; remove it"),
        (b"[a, b]: 1\n", "f.yml:1", "a list or a mapping cannot be a key here; write a word"),
        (b"a: 1\n---\nb: 1\n", "f.yml:2", "this is not YAML"),
        (b"[" * 10_000, "f.yml:1", "too deep"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_line_and_what_to_do(
    tmp_path: Path, content: bytes, place: str, said: str
) -> None:
    (tmp_path / "f.yml").write_bytes(content)
    with pytest.raises(Unreadable, match=said) as raised:
        read_nodes(tmp_path / "f.yml")
    assert raised.value.at("f.yml") == place


@pytest.mark.parametrize(("name", "said"), [("none.yml", "no such file in .*; write it"), (".", "this is a folder")])
def test_what_is_no_file_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_nodes(tmp_path / name)


@pytest.mark.parametrize("content", ["a: 2026-02-30\n", "a: !thing 1\n"])
def test_a_value_that_stands_for_nothing_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "f.yml").write_text(content)
    nodes = read_nodes(tmp_path / "f.yml")
    with pytest.raises(Unreadable):
        values(nodes)


def test_a_file_that_can_be_used_is_read(tmp_path: Path) -> None:
    (tmp_path / "f.yml").write_text("a: [1, x]\n")
    assert values(read_nodes(tmp_path / "f.yml")) == {"a": [1, "x"]}
    (tmp_path / "f.yml").write_text("")
    assert values(read_nodes(tmp_path / "f.yml")) is None
