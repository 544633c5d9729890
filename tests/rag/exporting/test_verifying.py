from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag.errors import UnknownArticleError
from rag.exporting import Change, Record, verify

TEXT = "Die Brücke wurde am Dienstag eröffnet. Laut einer Quelle kostete sie 308 Millionen Euro. Es regnete stark."
KNOWN = {
    "title": "Brücke eröffnet",
    "language": "de",
    "published": "2024-11-08",
    "source": "Tageblatt",
    "url": "https://tageblatt.example/bruecke",
}


def now(bridges, text, **known):
    """Put another version of the article into the archive."""
    bridges.add(rag.Article("daily", text, **(KNOWN | known)))


def changes(report):
    return [check.change for check in report.checks]


def test_nothing_changed(bridges, record):
    report = bridges.verify(record)
    assert changes(report) == [Change.NONE] * 3
    assert (report.changed, report.as_dict()["holds"]) == ((), True)
    assert report.summary == f"Unchanged since the answer of {record.created}: 3 of 3 citations."


def test_adding_the_same_article_again_changes_nothing(bridges, record):
    now(bridges, TEXT)
    assert not bridges.verify(record).changed


def test_a_changed_number_is_named_with_statement_and_verdict(bridges, record):
    now(bridges, TEXT.replace("308", "380"))
    first, second, third = bridges.verify(record).checks
    assert (first.change, second.change, third.change) == (Change.EDITED, Change.REWORDED, Change.EDITED)
    assert second.line == (
        "Statement 2 “The bridge cost 308 million euros.”, verdict was overstated, source 2 (daily): reworded: "
        "“308” is now “380”; the nearest words, at 39–88, are “Laut einer Quelle kostete sie 380 Millionen Euro.”"
    )
    assert "the article's text has changed around it" in first.detail


def test_words_put_in_before_it_move_a_quote(bridges, record):
    now(bridges, f"Neu. {TEXT}")
    report = bridges.verify(record)
    assert changes(report) == [Change.MOVED] * 3
    text = bridges.article("daily").text
    for check, statement in zip(report.checks, record.statements, strict=True):
        assert text[check.start : check.end] == statement.citations[0].quote
    assert report.checks[0].detail == "the quote stood at 0–38, it now stands at 5–43"


def test_other_quotation_marks_and_spaces_still_are_the_quote(bridges, record):
    now(bridges, TEXT.replace("Es regnete", "Es  regnete"))
    moved = bridges.verify(record).checks[2]
    assert moved.change is Change.MOVED
    assert moved.detail.endswith("and reads “Es regnete stark.”")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("am Dienstag ", "", "“am Dienstag” is gone"),
        ("am Dienstag", "am späten Dienstag", "“späten” was put in"),
        ("wurde am Dienstag", "wurde nicht am Dienstag", "“nicht” was put in"),
        ("Dienstag eröffnet", "Mittwoch geschlossen", "“Dienstag eröffnet” is now “Mittwoch geschlossen”"),
        ("wurde am Dienstag", "wurde am दिन की Dienstag", "“दिन की” was put in"),
        ("Die Brücke", "Eine alte Brücke", "“Die” is now “alte”"),
    ],
)
def test_what_changed_is_said_in_words(bridges, record, before, after, said):
    now(bridges, TEXT.replace(before, after))
    check = bridges.verify(record).checks[0]
    assert check.change is Change.REWORDED
    assert check.detail.startswith(said)


def test_of_chinese_only_the_changed_characters_are_named(bridges):
    bridges.add(rag.Article("zh", "这座桥耗资三亿欧元,于星期二正式通车。", language="zh"))
    quote = "这座桥耗资三亿欧元,于星期二正式通车。"
    citation = rag.Citation("zh", 0, len(quote), quote, rag.Verdict.SUPPORTED)
    answer = rag.Answer("?", True, quote, (rag.Statement(quote, (citation,)),), ())
    record = bridges.export(answer)
    bridges.add(rag.Article("zh", "这座桥耗资四亿欧元,于星期二正式通车。", language="zh"))
    assert bridges.verify(record).checks[0].detail.startswith("“三” is now “四”;")


def test_a_quote_that_left_nothing_behind(bridges, record):
    now(bridges, "Ganz andere Worte über Fußball und Wetter, zwölf Tore, drei Karten.")
    check = bridges.verify(record).checks[0]
    assert check.change is Change.REWORDED
    assert "is gone and nothing like it is left; at 0–38 now stands “Ganz andere Worte über Fußball" in check.detail


def test_an_article_that_became_shorter(bridges, record):
    now(bridges, "Kurz.")
    assert "the article now ends before it" in bridges.verify(record).checks[1].detail


def test_a_removed_article_and_the_copy_that_still_says_so(bridges, record):
    bridges.remove("daily")
    first, second, _ = bridges.verify(record).checks
    assert first.change is second.change is Change.REMOVED
    assert first.detail == ("the article is no longer in the archive; the same words stand in its copy wire at 9–47")
    assert second.detail.startswith("the article is no longer in the archive; the quote was “Laut einer Quelle")


def test_another_date_or_title_is_a_change(bridges, record):
    now(bridges, TEXT, published="2024-11-09", title="Brücke gesperrt")
    check = bridges.verify(record).checks[0]
    assert check.change is Change.EDITED
    assert check.detail == (
        "its title was “Brücke eröffnet”, is “Brücke gesperrt”; its published was “2024-11-08”, is “2024-11-09”"
    )


def test_an_article_already_changed_at_the_export_is_judged_by_its_quotes(bridges, record):
    assert not bridges.verify(replace(record, text_sha256={"daily": None})).changed


def test_an_export_without_quotes_has_nothing_to_check(bridges, record):
    report = bridges.verify(replace(record, statements=(), answered=False))
    assert report.as_dict()["holds"] is True
    assert report.summary.startswith("Nothing to check")


def test_no_line_steers_a_terminal_or_breaks(bridges, record):
    bad = "\x1b[2J\x9b31m\u202e\r\n[red]"
    citation = replace(record.statements[0].citations[0], article_id=f"gone{bad}", quote=f"quote{bad}")
    report = bridges.verify(replace(record, statements=(rag.Statement(f"text{bad}", (citation,)),)))
    line = report.checks[0].line
    assert line.isprintable()
    assert "[2J31m [red]" in line


words = st.lists(st.sampled_from(["Brücke", "308", "nicht", "am", "é", "中文", ".", "«", "سلام", "\n"]), max_size=12)


@given(words.map(" ".join), words.map(" ".join), st.data())
def test_any_change_is_described_and_no_found_place_is_a_lie(before, after, data):
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    if start == end:
        return
    citation = rag.Citation("a", start, end, before[start:end], rag.Verdict.SUPPORTED)
    record = Record("now", "0", "?", True, "", (rag.Statement("S.", (citation,)),), {"a": None})
    (check,) = verify(record, lambda _: rag.Article("a", after)).checks
    same = after[start:end] == citation.quote
    assert (check.change is Change.NONE) == same
    assert bool(check.detail) != same
    if check.start is not None:
        found = after[check.start : check.end]
        assert "".join(filter(str.isalnum, found)) == "".join(filter(str.isalnum, citation.quote))


def test_an_unreadable_archive_is_not_a_missing_article(record):
    def broken(_):
        raise rag.NewsragError("The catalog is damaged.")

    with pytest.raises(rag.NewsragError, match="damaged"):
        verify(record, broken)

    def gone(_):
        raise UnknownArticleError("no")

    assert changes(verify(record, gone)) == [Change.REMOVED] * 3
