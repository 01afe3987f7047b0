from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.adapters.tagger import BertTagger
from assistant.domain import load_domain
from assistant.settings import ROOT
from nlu.tagger import ModelError

DOMAIN = load_domain(ROOT / "domains" / "restaurant")


def test_the_shipped_tagger_fits_the_shipped_domain():
    assert BertTagger(ROOT / "models" / "tagger", DOMAIN).version.startswith("tagger@")


def test_a_tagger_for_other_slots_is_refused_with_the_labels_that_differ():
    renamed = (replace(DOMAIN.slots[0], name="salon"), *DOMAIN.slots[1:])
    with pytest.raises(ModelError, match=r"does not fit the domain restaurant: it lacks salon, salon\.old and has"):
        BertTagger(ROOT / "models" / "tagger", replace(DOMAIN, slots=renamed))
