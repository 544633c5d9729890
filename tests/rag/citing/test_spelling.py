"""Whether a text has a name, in any script, inflected or in a compound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.spelling import holds, holds_han
from rag.names import names_in


def first(text):
    return next(name for name in names_in(f"We met {text} today.") if name.text == text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Weidling", "Das sagte Weidlings Sprecher."),
        ("Kolasa", "Powiedział to syn Kolasy."),
        ("Zelensky", "Selenskyj sprach mit Journalisten."),
        ("Zelensky", "Зеленський розмовляв із журналістами."),
        ("Putin", "Путину позвонили."),
        ("Levchyshyn", "Директорка Олена Левчишин відповіла."),
        ("Lamoureux", "Жан Ламурё не ответил."),
        ("Musk", "马斯克打了电话。 Musk"),
        ("Germany", "Die Regierung in Deutschland schwieg."),
        ("Germany", "德国政府保持沉默。"),
        ("Kranichbrücke", "Die Kranichbrückensperrung dauert an."),
        ("O'Brien", "Mr O’Brien said so."),
        ("Beijing", "北京方面没有回应。"),
    ],
)
def test_has_it(name, text):
    assert holds(text, first(name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Musk", "Macron sprach mit Journalisten."),
        ("Weidling", "Harrach sagte nichts."),
        ("Putin", "Порошенко ничего не решил."),
        ("Germany", "Die Regierung in Frankreich schwieg."),
        ("Xi", "Taxi fares are rising."),
        ("Weidling", ""),
    ],
)
def test_has_it_not(name, text):
    assert not holds(text, first(name))


LETTERS = st.text("abcdefghijklmnoprstuvz", min_size=4, max_size=10).map(str.capitalize)


@given(LETTERS, st.text(max_size=40), st.text(max_size=40))
def test_a_name_stands_where_it_is_written(name, before, after):
    for found in names_in(f"said {name} again"):
        if found.text == name:
            assert holds(f"{before} {name} {after}", found)


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("欧阳振廷", "Mayor Ouyang Zhenting spoke.", True),
        ("欧阳振廷", "Говорил мэр Оуян Чжэньтин.", True),
        ("欧阳振廷", "Mayor Sima Qinglan spoke.", False),
        ("欧阳振廷", "Говорил губернатор Сыма Цинлань.", False),
    ],
)
def test_a_chinese_name_as_read_in_mandarin(name, text, held):
    assert holds_han(text, name) is held


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [("Сарнецького", "Wójt Bogumił Sarnecki", True), ("Каунаса", "mera Tarasa", False), ("Кіроги", "Quiroga", True)],
)
def test_another_script_spells_a_name_as_it_sounds(name, text, held):
    assert holds(text, names_in(f"це {name}")[-1]) is held
