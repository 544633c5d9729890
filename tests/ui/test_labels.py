import pytest

from rag.articles import Article, ArticleInfo
from ui.labels import details, language_name, name_in, name_of, opener


def info(**values):
    known = {"title": None, "language": None, "published": None, "source": None, "url": None, "origin": None}
    return ArticleInfo("a1", **(known | values), characters=9, passages=1, added="2024-11-08T00:00:00+00:00")


@pytest.mark.parametrize(
    ("code", "name"), [("de", "German"), ("DE", "German"), ("uk", "Ukrainian"), ("xx", "xx"), (None, None)]
)
def test_language_name(code, name):
    assert language_name(code) == name


def test_an_article_is_called_by_title_then_file_then_id():
    assert name_of(info(title="T", origin="/x/f.txt")) == "T"
    assert name_of(info(title="  ", origin="/x/f.txt")) == "f.txt"
    assert name_of(info()) == "a1"


def test_a_name_may_come_from_the_list_of_the_archive():
    assert name_in({"a1": info(origin="/x/f.txt")}, "a1") == "f.txt"
    assert name_in({"a1": info()}, "a1", "Title") == "Title"
    assert name_in({}, "a2") == "a2"


def test_what_is_unknown_is_left_out_of_the_details():
    assert details(Article("a", "t")) == ""
    assert details(Article("a", "t", language="de", source="A & B")).count("<span dir") == 2
    assert "A &amp; B" in details(Article("a", "t", source="A & B"))


def test_an_opener_quotes_the_id():
    assert opener('a"b', 1, 2) == 'type="button" data-article="a&quot;b" data-start="1" data-end="2"'
    assert "data-start" not in opener("a")
