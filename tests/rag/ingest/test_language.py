import pytest

from rag.ingest.language import detect_language, language_code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("de", "de"),
        ("DE", "de"),
        (" de-DE ", "de"),
        ("de_AT.UTF-8", "de"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("zh-Hant-TW", "zh"),
    ],
)
def test_given_code_is_kept(given, code):
    assert language_code(given) == code


@pytest.mark.parametrize("given", [None, "", "German", "deu", "d", "1", "d3"])
def test_what_is_no_two_letter_code_is_not(given):
    assert language_code(given) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Präsident sagte am Montag, die Gespräche gingen weiter.", "de"),
        ("The president said on Monday that the talks would continue.", "en"),
        ("Le président a déclaré lundi que les négociations se poursuivraient.", "fr"),
        ("Президент заявил в понедельник, что переговоры продолжатся.", "ru"),
        ("总统星期一表示谈判将于下周继续进行", "zh"),
        ("Presidenten sa mandag at forhandlingene vil fortsette neste uke, og at det ikke er noen fare.", "no"),
    ],
)
def test_detects(text, code):
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "Ja.", "12.5 + 7 = 19.5, 2024-11-08, 100 %, (3)", "😀😀😀😀😀😀😀😀😀😀"])
def test_too_little_to_tell(text):
    assert detect_language(text) is None
