"""What a search must find, through the archive as a user has it."""

import pytest

import rag
from rag.names import names_in
from rag.retrieval.calibration import Background
from rag.retrieval.question import Question
from rag.retrieval.relevance import Candidate, relevance

WEATHER = {
    "en": "Rain is expected in the south on Friday. The minister of transport opened a new bridge.",
    "de": "Am Freitag wird im Süden Regen erwartet. Der Verkehrsminister eröffnete eine neue Brücke.",
    "fr": "De la pluie est attendue dans le sud vendredi. Le ministre des Transports a inauguré un pont.",
}


@pytest.fixture
def pool(archive):
    archive.add(
        [rag.Article(f"w-{language}", text, language=language) for language, text in WEATHER.items()]
        + [
            rag.Article("bank-de", "Die Zentralbank hat den Leitzins überraschend gesenkt.", language="de"),
            rag.Article("vote-fr", "Le parlement a rejeté le budget de la défense.", language="fr"),
            rag.Article("kyiv-uk", "Президент Зеленський виступив у Києві перед парламентом.", language="uk"),
            rag.Article("merz-de", "Bundeskanzler Merz sprach im Bundestag.", language="de"),
        ]
    )
    return archive


def first(archive: rag.Archive, question: str) -> str:
    return archive.search(question, limit=1)[0].passage.article_id


class TestSearch:
    @pytest.mark.parametrize(
        ("question", "article"),
        [
            ("Did the central bank cut interest rates?", "bank-de"),
            ("Has the defence budget been rejected?", "vote-fr"),
            ("Hat das Parlament den Verteidigungshaushalt abgelehnt?", "vote-fr"),
            ("What did Zelensky say in Kiev?", "kyiv-uk"),
            ("Was sagte Selenskyj in Kiew?", "kyiv-uk"),
        ],
    )
    def test_an_answer_in_another_language_comes_first(self, pool, question, article):
        assert first(pool, question) == article

    def test_within_one_language_shared_terms_decide(self, pool):
        assert first(pool, "Welche Brücke eröffnete der Verkehrsminister?") == "w-de"
        assert first(pool, "Which bridge did the minister of transport open?") == "w-en"

    def test_a_sibling_that_no_leg_proposes_is_scored_too(self, pool):
        lead = "HALVENAU – The town of Halvenau closes its old bridge to cars. "
        filler = " ".join(f"Residents spoke for hour {number} about parking and noise." for number in range(30))
        text = f"{lead}{filler} Repairs are to cost 12 million."
        pool.add(rag.Article("bridge", text, language="en"))
        found = [hit.passage for hit in pool.search("Halvenau", limit=10)]
        assert any("12 million" in passage.text for passage in found)

    def test_hits_are_best_first_and_as_many_as_asked(self, pool):
        hits = pool.search("parliament", limit=3)
        assert len(hits) == 3
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)

    def test_what_was_added_or_removed_meanwhile_is_known(self, pool):
        question = "Who won the chess tournament in Riga?"
        before = first(pool, question)
        pool.add(rag.Article("chess", "В Риге закончился шахматный турнир, победила Анна Озола.", language="ru"))
        assert first(pool, question) == "chess"
        pool.remove("chess")
        assert first(pool, question) == before

    def test_signs_alone_find_nothing_and_break_nothing(self, pool):
        assert pool.search("🙂 …") == []


class TestRelevance:
    def test_a_name_in_another_spelling_counts_as_there(self, pool):
        encoder, text = pool._encoder, "Wo ist Oleksij Tschernyschenko?"
        question = Question.read(encoder, text)
        words = encoder.words([["Він був у місті."], ["Він був у селі."]])
        both = [Candidate(number, str(number), "uk", own, 0.0) for number, own in enumerate(words)]
        background = Background(encoder, ["uk", "uk"], words)

        def scores(holder: int) -> dict[int, float]:
            return dict(relevance(encoder, question, both, background, lambda *_: {holder: 1}))

        assert names_in(text)
        assert scores(0)[0] > scores(1)[0]
        assert scores(1)[1] > scores(0)[1]

    def test_what_the_rest_of_an_article_says_counts(self, pool):
        encoder = pool._encoder
        question = Question.read(encoder, "How expensive is the repair of the Texel ferry?")
        lead, answer, stray = encoder.words(
            [["The Texel ferry has broken down."], ["Repair will be expensive."], ["Repair will be expensive."]]
        )
        background = Background(encoder, ["en"], [lead])
        found = relevance(
            encoder,
            question,
            [
                Candidate(1, "ferry", "en", lead, 0.0),
                Candidate(2, "ferry", "en", answer, 0.0),
                Candidate(3, "other", "en", stray, 0.0),
            ],
            background,
            lambda *_: {},
        )
        assert found[2] > found[3]

    def test_nothing_in_nothing_out(self, pool):
        question = Question.read(pool._encoder, "ferry")
        assert relevance(pool._encoder, question, [], Background(pool._encoder, [], []), lambda *_: {}) == {}
