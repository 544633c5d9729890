"""A small parallel set in three languages, invented: four paragraphs, five questions."""

import json
from pathlib import Path

import pytest

PARAGRAPHS = {
    "en": [
        "The harbour of Ostrevik was closed on Monday after a storm. Repairs cost 12 million crowns.",
        "The farmer Konrad Weidling found an old kind of apple in Hainstedt. It is called Blue Gockel.",
        "The library in Mirabel lends 4,000 books. Its roof leaks.",
        "A tortoise named Otto crossed the bridge of Pellworth in nine hours.",
    ],
    "de": [
        "Der Hafen von Ostrevik wurde am Montag nach einem Sturm geschlossen. Reparaturen kosten 12 Millionen Kronen.",
        "Der Bauer Konrad Weidling fand in Hainstedt eine alte Apfelsorte. Sie heißt Blauer Gockel.",
        "Die Bibliothek in Mirabel verleiht 4.000 Bücher. Ihr Dach ist undicht.",
        "Eine Schildkröte namens Otto überquerte in neun Stunden die Brücke von Pellworth.",
    ],
    "es": [
        "El puerto de Ostrevik cerró el lunes tras una tormenta. La reparación cuesta 12 millones de coronas.",
        "El agricultor Konrad Weidling encontró en Hainstedt una antigua variedad de manzana. Se llama Gockel Azul.",
        "La biblioteca de Mirabel presta 4.000 libros. Su tejado tiene goteras.",
        "Una tortuga llamada Otto cruzó el puente de Pellworth en nueve horas.",
    ],
}
QUESTIONS = {
    "en": [
        (0, "When was the harbour of Ostrevik closed?", 0),
        (0, "What do the repairs cost?", 1),
        (1, "What did Konrad Weidling find in Hainstedt?", 0),
        (2, "How many books does the library in Mirabel lend?", 0),
        (3, "Who crossed the bridge of Pellworth?", 0),
    ],
    "de": [
        (0, "Wann wurde der Hafen von Ostrevik geschlossen?", 0),
        (0, "Was kosten die Reparaturen?", 1),
        (1, "Was fand Konrad Weidling in Hainstedt?", 0),
        (2, "Wie viele Bücher verleiht die Bibliothek in Mirabel?", 0),
        (3, "Wer überquerte die Brücke von Pellworth?", 0),
    ],
    "es": [
        (0, "¿Cuándo cerró el puerto de Ostrevik?", 0),
        (0, "¿Cuánto cuesta la reparación?", 1),
        (1, "¿Qué encontró Konrad Weidling en Hainstedt?", 0),
        (2, "¿Cuántos libros presta la biblioteca de Mirabel?", 0),
        (3, "¿Quién cruzó el puente de Pellworth?", 0),
    ],
}


def breaks(text):
    first = text.find(". ") + 1
    return [[0, first], [first + 1, len(text)]] if first else [[0, len(text)]]


def squad(language, *, sentences=False):
    """One language of the set in SQuAD's format, with XQuAD-R's fields if sentences are asked for."""
    paragraphs = []
    for number, text in enumerate(PARAGRAPHS[language]):
        qas = [
            {
                "id": f"q{at}",
                "question": question,
                "answers": [{"answer_start": breaks(text)[sentence][0] + 2, "text": "…"}],
            }
            for at, (paragraph, question, sentence) in enumerate(QUESTIONS[language])
            if paragraph == number
        ]
        paragraphs.append({"context": text, "qas": qas} | ({"sentence_breaks": breaks(text)} if sentences else {}))
    return {"version": "1.1", "data": [{"title": "a", "paragraphs": paragraphs[:2]}, {"paragraphs": paragraphs[2:]}]}


@pytest.fixture
def folder(tmp_path):
    """XQuAD's layout."""
    made = tmp_path / "xquad"
    made.mkdir()
    for language in PARAGRAPHS:
        (made / f"xquad.{language}.json").write_text(json.dumps(squad(language)), encoding="utf-8")
    return made


@pytest.fixture
def folder_r(tmp_path):
    """XQuAD-R's layout."""
    made = tmp_path / "xquad-r"
    made.mkdir()
    for language in PARAGRAPHS:
        (made / f"{language}.json").write_text(json.dumps(squad(language, sentences=True)), encoding="utf-8")
    return made


@pytest.fixture
def bar():
    """What starts progress bars, and what they were told: title, done, total."""
    told = []

    def start(title):
        return lambda done, total: told.append((title, done, total))

    start.told = told
    return start


@pytest.fixture
def sets():
    """A folder with tiny public sets of invented content, each in exactly the published format."""
    return Path(__file__).parent / "sets"
