import pytest

from rag.articles import ArticleInfo
from rag.receipts import Entry, Outcome, Receipt
from ui.archive_panel import LONGEST_LIST, LONGEST_RECEIPT, count_html, list_html, progress_html, receipt_html


def info(article_id, **values):
    known = {"title": None, "language": None, "published": None, "source": None, "url": None, "origin": None}
    return ArticleInfo(article_id, **(known | values), characters=9, passages=1, added="2024-11-08T00:00:00+00:00")


ARTICLES = [
    info("a1", title="Der Anruf", source="VOA", published="2024-11-08", language="de"),
    info("a2", title="L'appel", source="RFI", published="2024-11-09", language="fr"),
    info("a3", origin="/news/third file.txt"),
]


class TestCount:
    @pytest.mark.parametrize(("number", "said"), [(0, "0 articles"), (1, "1 article<"), (1028, "1,028 articles")])
    def test_it_says_how_many(self, number, said):
        assert said in count_html([info(str(n)) for n in range(number)])


class TestList:
    def test_each_article_is_a_button_with_title_outlet_date_and_language(self):
        page = list_html(ARTICLES)
        assert page.count("<li><button") == 3
        for part in ("Der Anruf", "VOA", "2024-11-08", "German"):
            assert f">{part}</span>" in page

    def test_the_last_one_added_comes_first(self):
        page = list_html(ARTICLES)
        assert page.index("third file.txt") < page.index("L&#x27;appel") < page.index("Der Anruf")

    def test_the_open_one_is_current(self):
        assert list_html(ARTICLES, opened="a2").count('aria-current="true"') == 1

    @pytest.mark.parametrize("wanted", ["anruf", "voa 11-08", "GERMAN", "  der  "])
    def test_the_filter_looks_at_all_that_is_shown(self, wanted):
        page = list_html(ARTICLES, wanted)
        assert page.count("<li>") == 1
        assert "Der Anruf" in page

    def test_a_filter_that_finds_nothing_says_so(self):
        assert "No article matches the filter." in list_html(ARTICLES, "xyz")

    def test_an_empty_archive_says_so(self):
        assert "No articles yet." in list_html([])

    def test_a_large_archive_is_cut(self):
        page = list_html([info(str(n)) for n in range(10_000)])
        assert page.count("<li>") == LONGEST_LIST
        assert "… and 9,800 more" in page

    def test_markup_in_names_is_text(self):
        page = list_html([info('"><b>', title="<i>x</i>", source="<u>", published="<s>", language="<em>")])
        assert not any(tag in page for tag in ("<b>", "<i>", "<u>", "<s>", "<em>"))


class TestReceipt:
    ENTRIES = (
        Entry("/up/one.txt", Outcome.ADDED, None, "one", 3),
        Entry("/up/news.jsonl:3", Outcome.FAILED, "invalid JSON: <x>"),
        Entry("/up/two.xyz", Outcome.SKIPPED, "type '.xyz' is not supported"),
    )

    def test_it_counts_and_gives_each_file_a_line_with_its_reason(self):
        page = receipt_html(Receipt(self.ENTRIES))
        assert "1 added, 1 skipped, 1 failed" in page
        assert page.count("<li") == 3
        assert ">news.jsonl:3</span>" in page
        assert "invalid JSON: &lt;x&gt;" in page

    def test_what_failed_comes_first(self):
        page = receipt_html(Receipt(self.ENTRIES))
        assert page.index("news.jsonl") < page.index("two.xyz") < page.index("one.txt")

    def test_a_long_receipt_never_cuts_a_failure(self):
        many = tuple(Entry(f"{n}.txt", Outcome.ADDED) for n in range(1000))
        page = receipt_html(Receipt((*many, Entry("bad.txt", Outcome.FAILED, "empty"))))
        assert "bad.txt" in page
        assert f"… and {1001 - LONGEST_RECEIPT} more." in page

    def test_an_empty_receipt_says_so(self):
        assert "No files found." in receipt_html(Receipt(()))

    def test_a_file_name_is_text(self):
        assert "<img" not in receipt_html(Receipt((Entry("<img src=x>.txt", Outcome.FAILED, "<img>"),)))


class TestProgress:
    def test_it_shows_how_far_it_is(self):
        page = progress_html(2, 5, TestReceipt.ENTRIES[:1])
        assert '<progress value="2" max="5"' in page
        assert "Adding 2 of 5" in page
        assert "one.txt" in page

    def test_before_the_first_file_the_bar_has_no_value(self):
        assert "<progress aria-label" in progress_html(0, 0, ())
