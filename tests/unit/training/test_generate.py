"""Drawing examples from a grammar file."""

from pathlib import Path

import pytest

from nlu.labels import labels_for
from nlu.types import Kind
from training.examples import DataError
from training.generate import generate, read_grammar

LABELS = labels_for({"date": Kind.DATE, "time": Kind.TIME})
GRAMMAR = """
lists:
  time: [7:30, 8 pm, noon, no]
  hi: ["", "hello "]
templates:
  - intent: inform
    context: {asked: [time, date], phase: collecting}
    weight: 3
    text: ["<hi> [<time>](time) (please|)", "[<time> ](time)instead of [<time>](time.old)"]
  - intent: affirm+start
    text: ["go ahead (now|then|)"]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "grammar.en.yml"
    path.write_text(text)
    return path


def test_every_example_is_different_and_its_spans_are_its_words(tmp_path: Path) -> None:
    examples = generate(read_grammar(write(tmp_path, GRAMMAR), LABELS), "en", 20, LABELS, seed=1)
    assert len({example.text for example in examples}) == len(examples) > 10
    for example in examples:
        assert example.text == " ".join(example.text.split())
        assert all(example.text[span.start : span.end] == span.text == span.text.strip() for span in example.spans)


def test_yaml_makes_no_numbers_and_truths_of_words(tmp_path: Path) -> None:
    examples = generate(read_grammar(write(tmp_path, GRAMMAR), LABELS), "en", 20, LABELS, seed=1)
    assert {span.text for example in examples for span in example.spans} == {"7:30", "8 pm", "noon", "no"}


def test_the_intent_gives_the_acts_and_the_context_the_hints(tmp_path: Path) -> None:
    examples = generate(read_grammar(write(tmp_path, GRAMMAR), LABELS), "en", 20, LABELS, seed=1)
    acts = {example.acts for example in examples}
    assert acts == {(), ("affirm", "start")}
    informing = next(example for example in examples if not example.acts)
    assert informing.hints == {"asked": ("time", "date"), "phase": ("collecting",)}


def test_one_seed_gives_one_list(tmp_path: Path) -> None:
    grammar = read_grammar(write(tmp_path, GRAMMAR), LABELS)
    assert generate(grammar, "en", 8, LABELS, seed=3) == generate(grammar, "en", 8, LABELS, seed=3)
    assert generate(grammar, "en", 8, LABELS, seed=3) != generate(grammar, "en", 8, LABELS, seed=4)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("affirm+start", "dance", "dance"),
        ("<hi> [", "<hey> [", "hey"),
        ("phase: collecting", "phase: asleep", "asleep"),
        ("weight: 3", "weigth: 3", "weigth"),
        ("(please|)", "(please", "is missing"),
    ],
)
def test_a_faulty_grammar_is_refused_with_its_file_and_fault(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path = write(tmp_path, GRAMMAR.replace(old, new))
    with pytest.raises(DataError, match=complaint) as caught:
        read_grammar(path, LABELS)
    assert str(path) in str(caught.value)


def test_a_label_that_the_domain_lacks_is_refused(tmp_path: Path) -> None:
    grammar = read_grammar(write(tmp_path, GRAMMAR.replace("](time)", "](phone)")), LABELS)
    with pytest.raises(DataError, match="phone"):
        generate(grammar, "en", 20, LABELS, seed=1)


def test_a_broken_grammar_file_is_refused_with_its_line(tmp_path: Path) -> None:
    for text, complaint in (
        ("lists: {a: [\n", ":2: this is not YAML"),
        ("templats: []\n", ":1: templats: .* did you mean 'templates'"),
        ("lists: {}\n", ":1: expected `templates:`"),
        ("- a\n", ":1: must be keys with values"),
        ("templates: []\n", ":1: templates: there are none"),
        ("templates:\n- intent: affirm\n  txt: [yes]\n", ":3: txt: .* did you mean 'text'"),
        ("templates:\n- intent: affirm\n", r":2: templates\.text: this key is missing"),
        ("templates:\n- intent: affirm\n  text: yes\n", r":3: templates\.text: must be a list"),
        ("templates:\n- intent: afirm\n  text: [yes]\n", ":2: intent: .* did you mean 'affirm'"),
        ("templates:\n- intent: affirm\n  weight: big\n  text: [yes]\n", r":2: templates\.weight: must be a number"),
        (
            "templates:\n- intent: affirm\n  text: [yes, <tim>]\nlists: {time: [noon]}\n",
            "<tim> is no list .* did you mean 'time'",
        ),
        ("templates:\n- intent: affirm\n  text:\n  - yes\n  - (a|\n", ":5: "),
    ):
        with pytest.raises(DataError, match=complaint):
            read_grammar(write(tmp_path, text), LABELS)
