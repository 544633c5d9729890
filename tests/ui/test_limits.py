import pytest

from rag import Filters, NewsragError
from rag.articles import ArticleInfo
from ui.limits import choices, chosen


def info(language, source):
    return ArticleInfo("a", None, language, None, source, None, None, 9, 1, "2024-11-08T00:00:00+00:00")


def test_each_language_and_outlet_is_offered_once_and_in_order():
    articles = [info("uk", "taz"), info("de", "DPA"), info("de", "taz"), info(None, None)]
    assert choices(articles) == ([("German", "de"), ("Ukrainian", "uk")], ["DPA", "taz"])
    assert choices([]) == ([], [])


def test_what_was_chosen_becomes_filters():
    assert chosen(["de"], ["DPA"], " 2024 ", "") == Filters(("de",), ("DPA",), "2024-01-01")
    assert not chosen()
    assert not chosen(None, [], " ", "")


def test_a_date_that_is_none_is_named():
    with pytest.raises(NewsragError, match="'soon' is not a date"):
        chosen([], [], "soon", "")
