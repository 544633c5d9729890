import pytest

import rag
from rag.answers import Located, Usage

ARTICLES = [
    rag.Article(
        "daily",
        "Die Brücke wurde am Dienstag eröffnet. Laut einer Quelle kostete sie 308 Millionen Euro. Es regnete stark.",
        "Brücke eröffnet", "de", "2024-11-08", "Tageblatt", "https://tageblatt.example/bruecke",
    ),
    rag.Article("wire", "Agentur. Die Brücke wurde am Dienstag eröffnet.", None, "de", "2024-11-08", "DPA"),
]  # fmt: skip
OPENED = "Die Brücke wurde am Dienstag eröffnet."
COST = "Laut einer Quelle kostete sie 308 Millionen Euro."


@pytest.fixture
def bridges(archive) -> rag.Archive:
    """An archive with two articles about a bridge."""
    archive.add(ARTICLES)
    return archive


@pytest.fixture
def answer(bridges) -> rag.Answer:
    """An answer of three statements: a quotation, an overstated one and one that is contradicted."""
    daily = bridges.article("daily")

    def citation(words: str, verdict: str, **values) -> rag.Citation:
        start = daily.text.index(words)
        known = {each: getattr(daily, each) for each in ("title", "source", "published", "language", "url")} | values
        return rag.Citation("daily", start, start + len(words), words, rag.Verdict(verdict), **known)

    statements = (
        rag.Statement(OPENED, (citation(OPENED, "supported", copies=("wire",)),)),
        rag.Statement(
            "The bridge cost 308 million euros.",
            (citation(COST, "overstated", attributed="Laut einer Quelle", located=Located.REPAIRED),),
            rag.Verdict.OVERSTATED,
            ("the source only reports it",),
        ),
        rag.Statement(
            "It was dry.",
            (citation("Es regnete stark.", "contradicted"),),
            rag.Verdict.CONTRADICTED,
        ),
    )
    return rag.Answer(
        "What about the bridge?", answered=True, text="\n".join(each.text for each in statements),
        statements=statements, hits=(), notice="A passage was left out.", model="ollama:small",
        searched="What about the bridge in Oberzell?", usage=Usage(1200, 34, 0.5), confidence=0.875,
    )  # fmt: skip


@pytest.fixture
def record(bridges, answer):
    return bridges.export(answer, rag.Filters(languages=("de",)))
