from __future__ import annotations

import logging
import sys

from assistant.logging import RedactingFormatter, alias


def record_of_a_fault_that_quotes(words: str) -> logging.LogRecord:
    try:
        try:
            raise ValueError(words)
        except ValueError as cause:
            raise RuntimeError(f"failed on {words}") from cause
    except RuntimeError:
        return logging.LogRecord("assistant", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())


def test_a_logged_traceback_shows_where_and_what_class_but_no_words():
    line = RedactingFormatter("%(message)s").format(record_of_a_fault_that_quotes("Kim Minsu"))
    assert "Kim" not in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "in record_of_a_fault_that_quotes" in line


def test_the_same_id_has_the_same_alias_and_does_not_show():
    assert alias("+821012345678") == alias("+821012345678") != alias("+821012345679")
    assert "8210" not in alias("+821012345678")
    assert alias("") == "-"
