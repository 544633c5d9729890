"""Searches among the passages that pass filters."""

import pytest

import rag
from rag.errors import FilterError
from rag.filters import Filters

BOATS = {
    "daily-en": ("The ferry to Texel is late again, the shipping company says.", "en", "The Daily", "2024-11-08"),
    "weekly-en": ("A ferry to Texel ran aground in fog.", "en", "Weekly News", "2024-11-09T23:30:00-08:00"),
    "weekly-de": ("Die Fähre nach Texel lief im Nebel auf Grund.", "de", "Weekly News", "2023-01-31"),
    "undated-de": ("Die Fähre nach Texel fährt heute nicht.", "de", "Inselbote", None),
    "straße-de": ("Die Brücke an der Bahnhofstraße ist gesperrt.", "de", "Straßenblatt", "2024-02-29"),
}


@pytest.fixture
def boats(archive):
    archive.add(
        [
            rag.Article(name, text, language=language, source=source, published=published)
            for name, (text, language, source, published) in BOATS.items()
        ]
    )
    return archive


def found(archive: rag.Archive, filters: Filters) -> set[str]:
    return {hit.passage.article_id for hit in archive.search("Was the ferry to Texel late?", filters=filters)}


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "articles"),
        [
            (Filters(), set(BOATS)),
            (Filters(languages=("de",)), {"weekly-de", "undated-de", "straße-de"}),
            (Filters(languages=("DE", "en")), set(BOATS)),
            (Filters(sources=(" weekly NEWS ",)), {"weekly-en", "weekly-de"}),
            (Filters(sources=("STRASSENBLATT", "The Daily")), {"straße-de", "daily-en"}),
            (Filters(published_from="2024-11-09"), {"weekly-en"}),
            (Filters(published_to="2024-11-09"), set(BOATS) - {"undated-de"}),
            (Filters(published_to="2024-11-08"), {"daily-en", "weekly-de", "straße-de"}),
            (Filters(published_from="2023-01-31", published_to="2023-01-31"), {"weekly-de"}),
            (Filters(published_from="2024-02", published_to="2024-02"), {"straße-de"}),
            (Filters(("de",), ("Weekly News",), "2023", "2024"), {"weekly-de"}),
            (Filters(published_from="2030"), set()),
        ],
    )
    def test_only_articles_that_pass_are_found_and_listed(self, boats, filters, articles):
        assert found(boats, filters) == articles
        assert {info.id for info in boats.list(filters)} == articles

    def test_an_unknown_source_or_language_is_refused_with_the_ones_there(self, boats):
        with pytest.raises(FilterError, match=r"source 'Nope'\. Sources there: Weekly News, Inselbote, .*The Daily\.$"):
            boats.search("ferry", filters=Filters(sources=("The Daily", "Nope")))
        with pytest.raises(FilterError, match=r"language 'xx'\. Languages there: de, en\.$"):
            boats.list(Filters(languages=("xx",)))

    def test_ten_of_many_choices_are_listed(self, archive):
        archive.add([rag.Article(str(number), f"Words {number}.", source=f"S{number:02}") for number in range(13)])
        with pytest.raises(FilterError, match=r"S00, .*S09 and 3 more\.$"):
            archive.search("words", filters=Filters(sources=("Nope",)))

    def test_without_any_source_the_message_says_so(self, archive):
        archive.add(rag.Article("a", "The ferry is late."))
        with pytest.raises(FilterError, match="None of them names a source"):
            archive.search("ferry", filters=Filters(sources=("Nope",)))

    def test_an_article_that_was_removed_or_replaced_passes_no_more(self, boats):
        boats.remove("daily-en")
        with pytest.raises(FilterError):
            boats.search("ferry", filters=Filters(sources=("The Daily",)))
        boats.add(rag.Article("weekly-en", "A ferry to Texel ran aground.", source="Inselbote", language="en"))
        assert found(boats, Filters(sources=("Weekly News",))) == {"weekly-de"}

    def test_passages_that_are_gone_are_ignored_by_both_indexes(self, boats):
        index, build = boats._index, boats._index.active_build()[0]
        numbers = index.passing(Filters(languages=("en",)))
        vector = boats._encoder.encode_queries(["ferry"])[0]
        boats.remove("daily-en")
        (left,) = index.passing(Filters(languages=("en",)))
        assert [number for number, _ in index.nearest(build, vector, 10, numbers)] == [left]
        assert [number for number, _ in index.matching(build, "ferry", 10, numbers)] == [left]
        boats.remove("weekly-en")
        assert index.nearest(build, vector, 10, numbers) == []

    def test_passages_that_do_not_pass_are_proposed_by_no_leg(self, boats):
        from rag.names import names_in

        index, build = boats._index, boats._index.active_build()[0]
        allowed = index.passing(Filters(languages=("de",)))
        vector = boats._encoder.encode_queries(["ferry to Texel"])[0]
        token = dict.fromkeys(boats._encoder.words([["ferry"]])[0].pieces.tolist(), 1.0)
        assert {number for number, _ in index.nearest(build, vector, 10, allowed)} == set(allowed)
        assert index.matching(build, "ferry late again", 10, allowed) == []
        assert len(index.named(build, names_in("Texel"), 10)) == 4
        assert {number for number, _ in index.named(build, names_in("Texel"), 10, allowed)} < set(allowed)
        assert index.translated(build, [token], 10)
        assert index.translated(build, [token], 10, allowed) == []

    def test_after_a_rebuild_the_new_passages_pass(self, boats):
        boats.rebuild()
        assert found(boats, Filters(languages=("en",))) == {"daily-en", "weekly-en"}


class TestAmongMany:
    """A pool in which what passes is nowhere near the best hundred of all."""

    @pytest.fixture(scope="class")
    def many(self, tmp_path_factory):
        with rag.Archive.open(tmp_path_factory.mktemp("many"), rag.Settings(candidates=20)) as archive:
            crowd = [
                rag.Article(f"c{n}", f"The ferry to Texel was late by {n} minutes.", language="en", source="Crowd")
                for n in range(600)
            ]
            lone = rag.Article(
                "lone", "Nebel legte die Häfen lahm. Das Schiff fuhr erst mittags.", language="de", source="Lone"
            )
            few = [
                rag.Article(f"f{n}", f"Minute {n} of the council's debate on parking.", language="en", source="Few")
                for n in range(60)
            ]
            best = rag.Article("best", "In the council one member asked about the ferry.", language="en", source="Few")
            archive.add([*crowd, lone, *few, best])
            yield archive

    def test_the_one_article_of_a_source_is_found(self, many):
        assert found(many, Filters()) <= {f"c{n}" for n in range(600)}
        assert found(many, Filters(sources=("lone",))) == {"lone"}
        assert found(many, Filters(languages=("de",))) == {"lone"}

    def test_the_best_of_a_narrow_filter_comes_first(self, many):
        hits = many.search("Was the ferry to Texel late?", filters=Filters(sources=("Few",)))
        assert len(hits) == 10
        assert hits[0].passage.article_id == "best"

    def test_a_wide_filter_changes_no_order(self, many):
        unfiltered = many.search("Was the ferry late by 77 minutes?", limit=1)
        assert many.search("Was the ferry late by 77 minutes?", limit=1, filters=Filters(("en",))) == unfiltered
        assert unfiltered[0].passage.article_id == "c77"
