"""What is put in the place of personal data."""

from assistant.feedback.redact import Edit, Redactor, applied, moved


def redactor(*, seed: bytes = b"s" * 32, ordinary: frozenset[str] = frozenset()) -> Redactor:
    made = Redactor(seed, ordinary)
    made.learn(names=["Kim Minsu", "이은지", "Will"], phones=["010-2345-6789"])
    return made


def test_the_same_name_becomes_the_same_other_name_in_any_case() -> None:
    one, two, three = redactor().text("Minsu, MINSU and minsu").replace(" and", ",").split(", ")
    assert (one.upper(), one.lower()) == (two, three)
    assert one != "Minsu"


def test_another_secret_gives_other_names() -> None:
    assert len({redactor(seed=bytes([n]) * 32).text("Minsu") for n in range(20)}) > 5


def test_an_ordinary_word_that_is_a_name_too_is_replaced_only_as_a_name() -> None:
    made = redactor(ordinary=frozenset({"will"}))
    assert made.text("I will come") == "I will come"
    assert made.text("I am Will") != "I am Will"


def test_a_korean_name_keeps_its_length_and_the_ending_that_fits() -> None:
    text = redactor().text("이은지예요")
    assert text.endswith("예요")
    assert len(text) == 5
    assert (ord(text[2]) - ord("가")) % 28 == 0


def test_a_number_keeps_its_form_and_its_parts_stay_parts() -> None:
    made = redactor()
    whole, tail = made.text("010-2345-6789"), made.text("the last are 6789")
    assert whole.startswith("010-")
    assert tail == f"the last are {whole[-4:]}"
    assert made.text("+82 10 2345 6789").replace(" ", "") == f"+82{whole.replace('-', '')[1:]}"


def test_what_is_left_over_is_noticed() -> None:
    made = redactor()
    assert made.knows("call Minsu")
    assert made.knows("at 010 2345 6789")
    assert not made.knows(made.text("call Minsu at 010 2345 6789"))


def test_places_move_with_the_edits_before_them() -> None:
    edits = [Edit(4, 9, "Al"), Edit(11, 12, "four")]
    assert applied("for Minsu, 3 of us", edits) == "for Al, four of us"
    assert (moved(4, edits, end=False), moved(9, edits, end=True)) == (4, 6)
    assert moved(13, edits, end=False) == 13
