"""Files that are there whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.files import write_whole


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "a/b.txt", ["one", "둘"]) == 2
    assert (tmp_path / "a/b.txt").read_text() == "one\n둘\n"


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "new"
        raise OSError("no space left on device")

    path = tmp_path / "a.txt"
    write_whole(path, ["old"])
    with pytest.raises(OSError, match="no space"):
        write_whole(path, lines())
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]
