"""What a tagger claimed of annotated examples, and whether it was right.

Knows examples and taggings; does not know models.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlu.calibration import Claim
from nlu.types import Span, Tagging
from training.examples import Example


def span_claims(examples: Sequence[Example], taggings: Sequence[Tagging]) -> list[Claim]:
    """Every span that was found; right is one with the right place, label and role."""
    return [
        Claim(span.confidence, _place(span) in set(map(_place, example.spans)))
        for example, tagging in zip(examples, taggings, strict=True)
        for span in tagging.spans
    ]


def act_claims(examples: Sequence[Example], taggings: Sequence[Tagging]) -> list[Claim]:
    """Every act that was found, in examples whose acts are known."""
    return [
        Claim(confidence, act in example.acts)
        for example, tagging in zip(examples, taggings, strict=True)
        if example.acts is not None
        for act, confidence in tagging.acts.items()
    ]


def _place(span: Span) -> tuple[str, str, int, int]:
    return span.label, str(span.role), span.start, span.end
