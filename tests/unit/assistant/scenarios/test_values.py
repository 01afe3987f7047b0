from __future__ import annotations

from assistant.scenarios.values import Scripts, Value

KIM = Value("Kim Minsu", "김민수")


def test_a_value_is_expected_in_the_language_of_the_turn_that_gave_it():
    scripts = Scripts()
    scripts.hear([KIM], "이름은 김민수예요", "ko")
    scripts.hear([KIM], "Make it 8 pm.", "en")
    assert scripts.told(KIM) == "김민수"


def test_a_value_that_start_gave_keeps_its_script():
    scripts = Scripts()
    scripts.give([KIM], "en")
    scripts.hear([KIM], "시간은 8시요", "ko")
    assert scripts.told(KIM) == "Kim Minsu"


def test_a_value_that_went_and_is_restored_keeps_its_old_script():
    scripts = Scripts()
    scripts.hear([KIM], "Kim Minsu.", "en")
    scripts.hear([], "이름 지워 주세요", "ko")
    scripts.hear([KIM], "되돌려 주세요", "ko")
    assert scripts.told(KIM) == "Kim Minsu"


def test_a_value_that_went_and_is_said_again_has_the_new_script():
    scripts = Scripts()
    scripts.hear([KIM], "kim  minsu", "en")
    scripts.hear([], "Remove it.", "en")
    scripts.hear([KIM], "김민수요", "ko")
    assert scripts.told(KIM) == "김민수"
