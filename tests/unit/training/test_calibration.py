"""A tagger's claims are judged by what people annotated."""

from __future__ import annotations

from nlu.calibration import Claim
from nlu.types import Role, Span, Tagging
from training.calibration import act_claims, span_claims
from training.examples import Example


def test_a_span_is_right_with_its_place_label_and_role() -> None:
    said = Span("time", Role.VALUE, 0, 1, "7", 0.9)
    wrong_role = Example("7", "en", (), (Span("time", Role.OLD, 0, 1, "7"),))
    right = Example("7", "en", (), (Span("time", Role.VALUE, 0, 1, "7"),))
    claims = span_claims([wrong_role, right], [Tagging({}, (said,)), Tagging({}, (said,))])
    assert [claim.right for claim in claims] == [False, True]


def test_acts_that_nobody_annotated_are_not_judged() -> None:
    tagging = Tagging({"affirm": 0.8}, ())
    unknown, known = Example("yes", "en", None, ()), Example("yes", "en", ("affirm",), ())
    assert act_claims([unknown, known], [tagging, tagging]) == [Claim(0.8, True)]
