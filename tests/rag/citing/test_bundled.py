"""The default verifier on pairs of its own: each kind of objection, in several languages and across them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Verdict
from rag.articles import Article
from rag.citing import Evidence, Judgement, Place, evidence_at
from rag.citing.bundled import BundledVerifier
from rag.encoders import BUNDLED, StaticEncoder

LINES = {
    "en": "The harbour of Ostrevik was closed on Monday after a storm, and 42 fishing boats stayed in port.",
    "de": "Der Bürgermeister Konrad Weidling eröffnete am 6. November die neue Bibliothek in Hainstedt. "
    "Sie kostete 12,5 Mio. Euro.",
    "fr": "Selon la police, le chauffeur du camion avait bu avant l'accident près de Lunerville.",
    "es": "La ministra Elena Quiroga anunció el jueves que la fábrica de Valdemora cerrará en 2026.",
    "it": "Il tribunale non ha accolto il ricorso dell'azienda contro la multa di 3 milioni di euro.",
    "pl": "W pożarze magazynu w Dębowie nie ucierpiał nikt z 38 pracowników.",
    "ru": "Мост через реку Сухону открыли для грузовиков в марте 2023 года.",
    "uk": "За словами директорки школи Олени Левчишин, ремонт триватиме до вересня.",
}
TRUE = [
    ("en", "The harbour of Ostrevik was closed after a storm.", "en"),
    ("en", "Der Hafen von Ostrevik wurde am Montag nach einem Sturm geschlossen.", "de"),
    ("en", "42 barcos pesqueros se quedaron en el puerto de Ostrevik tras la tormenta.", "es"),
    ("de", "On November 6, mayor Konrad Weidling opened the new library in Hainstedt.", "en"),
    ("de", "The new library in Hainstedt cost 12.5 million euros.", "en"),
    ("de", "Мэр Конрад Вейдлинг открыл новую библиотеку в Хайнштедте 6 ноября.", "ru"),
    ("fr", "According to police, the lorry driver had been drinking before the accident near Lunerville.", "en"),
    ("fr", "Laut Polizei hatte der Fahrer des Lastwagens vor dem Unfall bei Lunerville getrunken.", "de"),
    ("es", "Minister Elena Quiroga announced that the factory in Valdemora will close in 2026.", "en"),
    ("it", "The court did not grant the company's appeal against the fine of 3 million euros.", "en"),
    ("pl", "None of the 38 workers was hurt in the warehouse fire in Dębowo.", "en"),
    ("ru", "The bridge over the river Sukhona was opened to lorries in March 2023.", "en"),
    ("uk", "According to headmistress Olena Levchyshyn, the repairs will last until September.", "en"),
]
WRONG = [
    # a number or an amount
    ("en", "The harbour of Ostrevik was closed and 24 fishing boats stayed in port.", "en", "contradicted", "42", "24"),
    ("en", "Nach dem Sturm blieben 24 Fischerboote im Hafen von Ostrevik.", "de", "contradicted", "42", "24"),
    ("de", "The new library in Hainstedt cost 15.2 million euros.", "en", "contradicted", "12,5 Mio. Euro", "15.2"),
    ("de", "The new library in Hainstedt cost 12.5 billion euros.", "en", "contradicted", "12,5 Mio. Euro", "billion"),
    ("it", "The court did not grant the company's appeal against the fine of 8 million euros.", "en",
     "contradicted", "3 milioni", "8 million"),
    ("pl", "Nikt z 83 pracowników nie ucierpiał w pożarze magazynu w Dębowie.", "pl", "contradicted", "38", "83"),
    # a date
    ("de", "Konrad Weidling eröffnete am 9. November die neue Bibliothek in Hainstedt.", "de",
     "contradicted", "6. November", "9. November"),
    ("de", "Mayor Konrad Weidling opened the new library in Hainstedt on December 6.", "en",
     "contradicted", "6. November", "December 6"),
    ("es", "Elena Quiroga announced that the factory in Valdemora will close in 2028.", "en",
     "contradicted", "2026", "2028"),
    ("ru", "Мост через реку Сухону открыли для грузовиков в мае 2023 года.", "ru", "contradicted", "мар", "ма"),
    ("en", "The harbour of Ostrevik was closed on Thursday after a storm.", "en", "contradicted", "Monday", "Thursday"),
    # a name
    ("de", "Der Bürgermeister Ludwig Harrach eröffnete die neue Bibliothek in Hainstedt.", "de",
     "contradicted", "Weidling", "Harrach"),
    ("es", "La ministra Carmen Ibarrola anunció que la fábrica de Valdemora cerrará en 2026.", "es",
     "contradicted", "Quiroga", "Ibarrola"),
    ("es", "Minister Elena Quiroga announced that the factory in Torrelinda will close in 2026.", "en",
     "contradicted", "Valdemora", "Torrelinda"),
    ("uk", "According to headmistress Iryna Tkachenko, the repairs will last until September.", "en",
     "contradicted", "Левчишин", "Tkachenko"),
    # a name or number that is simply not there
    ("it", "The court in Pontelungo did not grant the company's appeal.", "en", "partly", "Pontelungo"),
    ("uk", "According to Olena Levchyshyn, the repairs cost 7 million euros.", "en", "partly", "7 million"),
    # the opposite
    ("en", "The harbour of Ostrevik was not closed after the storm.", "en", "contradicted", "not"),
    ("it", "Il tribunale ha accolto il ricorso dell'azienda contro la multa di 3 milioni di euro.", "it",
     "contradicted", "non"),
    ("it", "The court granted the company's appeal against the fine of 3 million euros.", "en", "contradicted", "non"),
    ("ru", "Мост через реку Сухону не открыли для грузовиков в марте 2023 года.", "ru", "contradicted", "не"),
    # who said it
    ("fr", "The lorry driver had been drinking before the accident near Lunerville.", "en", "overstated", "Selon"),
    ("fr", "Le chauffeur du camion avait bu avant l'accident près de Lunerville.", "fr", "overstated", "Selon"),
    ("uk", "Ремонт школи триватиме до вересня.", "uk", "overstated", "За словами"),
    # something else altogether
    ("en", "The parliament passed a law on renting flats to tourists.", "en", "unsupported", "parliament"),
    ("pl", "Die Zentralbank erhöhte überraschend den Leitzins.", "de", "unsupported", "Leitzins"),
    ("ru", "A tortoise won the garden prize of the city museum.", "en", "unsupported", "tortoise"),
]  # fmt: skip


@pytest.fixture(scope="module")
def verifier():
    return BundledVerifier(StaticEncoder(BUNDLED))


def evidence(language):
    text = LINES[language]
    return evidence_at(Place(Article("a", text, language=language), 0, len(text)))


def test_there_are_enough():
    assert len(TRUE) + len(WRONG) >= 40
    assert len(LINES) >= 8


@pytest.mark.parametrize(("source", "statement", "language"), TRUE)
def test_true(verifier, source, statement, language):
    assert verifier.judge(statement, [evidence(source)], language) == Judgement(Verdict.SUPPORTED)


@pytest.mark.parametrize("pair", WRONG, ids=lambda pair: f"{pair[3]}: {pair[1]}")
def test_wrong(verifier, pair):
    source, statement, language, verdict, *words = pair
    found = verifier.judge(statement, [evidence(source)], language)
    assert found.verdict == verdict
    assert any(all(word in reason for word in words) for reason in found.reasons), found.reasons


@pytest.mark.parametrize("language", LINES)
def test_a_sentence_supports_itself(verifier, language):
    assert verifier.judge(LINES[language], [evidence(language)], language) == Judgement(Verdict.SUPPORTED)


def test_several_sources_are_read_as_one(verifier):
    statement = "The harbour of Ostrevik was closed after a storm and the fine is 3 million euros."
    found = verifier.judge(statement, [evidence("en"), evidence("it")], "en")
    assert found.verdict is not Verdict.UNSUPPORTED
    assert verifier.judge("The fine is 8 million euros.", [evidence("it"), evidence("en")], "en").verdict in BAD


BAD = {Verdict.UNSUPPORTED, Verdict.CONTRADICTED}


class TestImpliedDenial:
    """What one text says with a negation, another says with a word that implies one."""

    @pytest.mark.parametrize(
        ("source", "language", "said", "in_language"),
        [
            ("В 2023 году завод оштрафовали на 900 тысяч рублей, но суд отменил штраф.", "ru",
             "Eine Strafe von 900.000 Rubel aus dem Jahr 2023 kippte ein Gericht.", "de"),
            ("The new director has barred employees from accepting gifts.", "en",
             "Employees may no longer accept gifts under the new director.", "en"),
            ("Der Kreistag hat den Zuschuss von 2,3 Millionen Euro abgelehnt.", "de",
             "Il consiglio ha bocciato il contributo di 2,3 milioni di euro.", "it"),
        ],
    )  # fmt: skip
    def test_is_no_contradiction(self, verifier, source, language, said, in_language):
        assert verifier.judge(said, [Evidence(source, language=language)], in_language).verdict is Verdict.SUPPORTED

    def test_excuses_nothing_where_both_have_the_word(self, verifier):
        source = Evidence("研发团队不受裁员影响。", language="zh")
        assert verifier.judge("研发团队受裁员影响。", [source], "zh").verdict is Verdict.CONTRADICTED

    @pytest.mark.parametrize(
        ("source", "language", "said", "in_language"),
        [
            ("五号线的建设则不受影响。", "zh", "Auch der Bau der Linie fünf ist betroffen.", "de"),
            ("The 31 employees of the ward will not be dismissed.", "en",
             "Den 31 Beschäftigten der Station wird gekündigt.", "de"),
            ("Завод, на котором трудятся 2600 человек, останавливать не стали.", "ru",
             "The plant, which employs 2,600 people, was shut down.", "en"),
        ],
    )  # fmt: skip
    def test_excuses_nothing_where_the_other_side_says_what_is_denied(
        self, verifier, source, language, said, in_language
    ):
        judged = verifier.judge(said, [Evidence(source, language=language)], in_language)
        assert judged.verdict is Verdict.CONTRADICTED


class TestLong:
    TEXT = " ".join(LINES[language] for language in ("en", "es", "it", "ru")) + " The mayor thanked all the helpers."

    def test_is_read_where_it_says_most(self, verifier):
        whole = evidence_at(Place(Article("a", self.TEXT, language="en"), 0, len(self.TEXT)))
        assert verifier.judge("After a storm 42 fishing boats stayed in port.", [whole], "en").verdict == "supported"
        assert verifier.judge("After a storm 24 fishing boats stayed in port.", [whole], "en").verdict in BAD

    def test_words_put_together_from_several_places(self, verifier):
        text = (
            "The mayor of Hainstedt opened a library with 42 rooms. The weather was fine all week. "
            "Nobody had expected so many guests. A choir sang in the evening. "
            "The farmer sold a tractor to the museum of the county."
        )
        whole = evidence_at(Place(Article("a", text, language="en"), 0, len(text)))
        spliced = "The mayor of Hainstedt opened a tractor to the museum of the county."
        found = verifier.judge(spliced, [whole], "en")
        assert found.verdict is not Verdict.SUPPORTED
        assert (
            verifier.judge("The mayor of Hainstedt opened a library with 42 rooms.", [whole], "en").verdict
            == "supported"
        )


@given(
    st.text(max_size=80), st.text(min_size=1, max_size=120).filter(str.strip), st.sampled_from([None, "en", "de", "zh"])
)
def test_anything_gets_a_verdict_and_what_is_not_supported_a_reason(verifier, statement, source, language):
    read = Evidence(source, source, language)
    found = verifier.judge(statement, [read], language)
    assert found == verifier.judge(statement, [read], language)
    assert (found.verdict is Verdict.SUPPORTED) == (not found.reasons)
    assert all(
        reason.strip() == reason and "\n" not in reason for reason in found.reasons if "\n" not in statement + source
    )


@given(st.integers(2, 9_999), st.integers(2, 9_999))
def test_a_number_is_right_only_if_it_is_the_same(verifier, said, there):
    read = Evidence(f"The village of Hainstedt has {there} inhabitants and a church.", language="en")
    found = verifier.judge(f"Hainstedt has {said} inhabitants.", [read], "en")
    assert (found.verdict is Verdict.SUPPORTED) == (said == there)
