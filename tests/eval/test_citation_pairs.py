"""The pairs of statement and source are read strictly and are what their README says."""

import json
import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from anyascii import anyascii

from eval import citation_pairs
from eval.citation_pairs import (
    ARTICLE_FOLDERS,
    CITATION_DEV,
    CITATION_TEST,
    CitationPair,
    Kind,
    normalise_article,
    read_citation_pairs,
    read_cited_articles,
)
from eval.json_lines import GoldError
from rag.errors import NewsragError

PAIR = {
    "id": "p1",
    "kind": "number",
    "article": "a.txt",
    "article_language": "en",
    "quote": "Ada sang.",
    "start": 4,
    "end": 13,
    "statement": "Ada sang zweimal.",
    "statement_language": "de",
    "note": "",
}
LANGUAGES = {"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr", "uk", "zh"}
ATTRIBUTED_IN = {"de", "en", "es", "fr", "it", "nl", "pl", "ru", "uk"}
SETS = {"test": (CITATION_TEST, 260, 35), "dev": (CITATION_DEV, 200, 25)}
SENTENCE_END = re.compile(r"[.!?。！？][”“»’」]?$")


def write(path, *lines):
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "pairs.jsonl"


@pytest.fixture
def articles(tmp_path, monkeypatch):
    monkeypatch.setattr(citation_pairs, "ARTICLE_FOLDERS", (tmp_path / "none", tmp_path))
    return tmp_path


class TestReadCitationPairs:
    def test_reads_every_field(self, file):
        (pair,) = read_citation_pairs(write(file, "", PAIR))
        assert pair == CitationPair(
            "p1", Kind.NUMBER, "a.txt", "en", "Ada sang.", 4, 13, "Ada sang zweimal.", "de", "", f"{file}:2"
        )
        assert pair.crosses_languages

    def test_takes_a_byte_order_mark_windows_line_ends_and_a_line_separator(self, file):
        line = json.dumps(PAIR | {"statement": "Ada\u2028sang."}, ensure_ascii=False)
        file.write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n")
        assert [pair.statement for pair in read_citation_pairs(file)] == ["Ada\u2028sang."]

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("{", "not a citation pair; the line: Invalid JSON"),
            ("[]", "not a citation pair; the line: "),
            ({name: value for name, value in PAIR.items() if name != "end"}, "end: Field required"),
            (PAIR | {"verdict": "true"}, "verdict: Unexpected keyword argument"),
            (PAIR | {"kind": "wrong"}, "kind: Input should be 'true', 'number', 'name', 'negation', 'attribution' or"),
            (PAIR | {"start": "4"}, "start: Input should be a valid integer"),
            (PAIR | {"start": True}, "start: Input should be a valid integer"),
            (PAIR | {"note": None}, "note: Input should be a valid string"),
            (PAIR | {"statement": " "}, "statement is empty"),
            (PAIR | {"start": 13, "end": 4}, "13 to 4 is not a span"),
            (PAIR | {"start": -1, "end": 8}, "-1 to 8 is not a span"),
            (PAIR | {"end": 14}, "the quote has 9 characters and its span 10"),
            (PAIR, "the id 'p1' is taken already, at "),
        ],
    )
    def test_a_bad_line_is_named(self, file, line, message):
        with pytest.raises(GoldError, match=f"^{re.escape(str(file))}:2: .*{re.escape(message)}"):
            read_citation_pairs(write(file, PAIR, line))

    def test_no_file(self, file):
        with pytest.raises(NewsragError, match=r"Cannot read the citation pairs .*pairs\.jsonl: No such file"):
            read_citation_pairs(file)

    def test_not_utf8(self, file):
        file.write_bytes(b'{"id": "\xe9"}')
        with pytest.raises(GoldError, match=r"is not UTF-8 \(byte 8\)"):
            read_citation_pairs(file)

    def test_empty(self, file):
        with pytest.raises(GoldError, match="holds no citation pair"):
            read_citation_pairs(write(file, ""))


class TestReadCitedArticles:
    def test_returns_each_article_normalised(self, file, articles):
        (articles / "a.txt").write_bytes("\ufeffOh!\r\nAda sang. Cafe\u0301.".encode())
        pairs = read_citation_pairs(write(file, PAIR, PAIR | {"id": "p2"}))
        assert read_cited_articles(pairs) == {"a.txt": "Oh!\nAda sang. Café."}

    def test_a_quote_that_stands_elsewhere(self, file, articles):
        (articles / "a.txt").write_text("Ada sang.", encoding="utf-8")
        with pytest.raises(GoldError, match=r":1: a\.txt has 'sang\.' from 4 to 13, not the quote"):
            read_cited_articles(read_citation_pairs(write(file, PAIR)))

    def test_no_article(self, file, articles):
        with pytest.raises(GoldError, match=r":1: the article a\.txt is not there"):
            read_cited_articles(read_citation_pairs(write(file, PAIR)))

    def test_an_article_that_is_not_utf8(self, file, articles):
        (articles / "a.txt").write_bytes(b"Oh! Ada s\xe9ng.")
        with pytest.raises(GoldError, match=r"a\.txt is not UTF-8 \(byte 9\)"):
            read_cited_articles(read_citation_pairs(write(file, PAIR)))


@pytest.fixture(params=SETS, scope="module")
def name(request):
    return request.param


@pytest.fixture(scope="module")
def pairs(name):
    return read_citation_pairs(SETS[name][0])


@pytest.fixture(scope="module")
def texts(pairs):
    return read_cited_articles(pairs)


class TestSets:
    def test_ids_run_on(self, name, pairs):
        """Each block, as cit-dev or cit-dev-5, counts from 1."""
        blocks: dict[str, list[str]] = {}
        for pair in pairs:
            block, number = pair.id.rsplit("-", 1)
            blocks.setdefault(block, []).append(number)
        assert all(block == f"cit-{name}" or block.startswith(f"cit-{name}-") for block in blocks)
        for block, numbers in blocks.items():
            assert numbers == [f"{number:03}" for number in range(1, len(numbers) + 1)], block

    def test_every_quote_is_whole_sentences_of_one_paragraph(self, pairs, texts):
        for pair in pairs:
            before, after = texts[pair.article][: pair.start], texts[pair.article][pair.end :]
            assert "\n" not in pair.quote, pair.id
            assert pair.quote == pair.quote.strip(), pair.id
            assert SENTENCE_END.search(pair.quote), pair.id
            assert not before or before[-1] == "\n" or SENTENCE_END.search(before.rstrip()), pair.id
            assert not after or after[0].isspace() or pair.article_language == "zh", pair.id

    def test_every_article_is_cited_and_its_name_is_in_one_folder(self, name, pairs):
        files = [path.name for folder in ARTICLE_FOLDERS for path in folder.glob("*.txt")]
        assert len(set(files)) == len(files)
        folder = CITATION_DEV.parent / "articles" / name
        assert {path.name for path in folder.iterdir()} <= {pair.article for pair in pairs}

    def test_languages_are_known_and_an_article_has_one(self, pairs):
        languages = {(pair.article, pair.article_language) for pair in pairs}
        assert len(languages) == len({article for article, _ in languages})
        assert all(re.search(rf"-{language}\.txt$", article) for article, language in languages if "-" in article)
        assert {pair.article_language for pair in pairs} | {pair.statement_language for pair in pairs} <= LANGUAGES
        assert len({pair.article_language for pair in pairs}) >= 9

    def test_statements_are_clean_and_none_comes_twice_with_a_quote(self, pairs):
        for pair in pairs:
            assert pair.statement == pair.statement.strip(), pair.id
            assert pair.statement.isprintable(), pair.id
            assert unicodedata.is_normalized("NFC", pair.statement), pair.id
            assert pair.statement != pair.quote, pair.id
        assert len({(pair.statement, pair.start, pair.article) for pair in pairs}) == len(pairs)

    def test_words_do_not_mix_scripts(self, pairs, texts):
        """A Latin letter in a Cyrillic word looks right and matches nothing."""
        for text in [*texts.values(), *(pair.statement for pair in pairs)]:
            for word in re.findall(r"[^\W\d_]+", text):
                scripts = {unicodedata.name(letter).split()[0] for letter in word}
                assert not {"LATIN", "CYRILLIC"} <= scripts, word

    def test_there_are_enough_of_every_kind(self, name, pairs):
        _, total, each = SETS[name]
        kinds = Counter(pair.kind for pair in pairs)
        assert len(pairs) >= total
        assert set(kinds) == set(Kind)
        assert 0.33 <= kinds[Kind.TRUE] / len(pairs) <= 0.6
        assert min(kinds.values()) >= each

    def test_half_of_each_kind_crosses_languages(self, pairs):
        for kind in Kind:
            those = [pair for pair in pairs if pair.kind is kind]
            assert len(those) / 2 <= sum(pair.crosses_languages for pair in those) < len(those), kind

    def test_not_only_english_is_crossed_to(self, pairs):
        crossing = [pair for pair in pairs if pair.crosses_languages]
        assert sum("en" not in (pair.article_language, pair.statement_language) for pair in crossing) >= 60

    def test_every_language_has_attributed_statements(self, pairs):
        dropped = {pair.article_language for pair in pairs if pair.kind is Kind.ATTRIBUTION}
        assert dropped >= ATTRIBUTED_IN

    def test_half_of_the_unrelated_stand_elsewhere(self, pairs):
        notes = [pair.note for pair in pairs if pair.kind is Kind.UNRELATED]
        assert notes.count("elsewhere in the article") >= len(notes) / 2

    def test_few_roles_are_swapped(self, pairs):
        notes = [pair.note for pair in pairs if pair.kind is Kind.NAME]
        assert 1 <= notes.count("roles swapped") <= len(notes) / 5


class TestApart:
    """The sets share no article and nobody: what is fitted on the one does not know the other."""

    @pytest.fixture(scope="class")
    def both(self):
        return [read_cited_articles(read_citation_pairs(path)) for path in (CITATION_TEST, CITATION_DEV)]

    def test_no_article_is_in_both(self, both):
        assert not both[0].keys() & both[1].keys()
        assert not set(both[0].values()) & set(both[1].values())

    def test_no_family_name_is_in_both(self, both):
        """In scripts with capitals, which Arabic and Chinese lack."""
        test, dev = (set().union(*map(family_names, texts.values())) for texts in both)
        assert {"musk", "pellizzon", "khvostova"} <= test
        assert {"falchieri", "belozerova"} <= dev
        assert test & dev == {"hochschule", "bakani"}  # a capital, and nobody's name


def family_names(text):
    """The capitalised words that follow another, as *Pellizzon* in *Corrado Pellizzon*, in Latin letters."""
    words = re.findall(r"[^\W\d_]+|[.!?:\n]", text)
    return {
        anyascii(second).casefold()
        for first, second in pairwise(words)
        if first.istitle() and second.istitle() and len(second) > 1
    }


class TestNormaliseArticle:
    def test_is_what_an_archive_makes_of_the_articles(self):
        from rag.ingest import normalise

        for folder in ARTICLE_FOLDERS:
            for path in folder.glob("*.txt"):
                data = path.read_bytes()
                assert normalise_article(data) == normalise(data.decode("utf-8")), path.name
