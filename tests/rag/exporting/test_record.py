import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import rag
from rag.exporting import Record


def test_it_holds_the_answer_and_its_circumstances(bridges, answer, record):
    for name in ("question", "searched", "answered", "text", "statements", "notice", "model", "confidence", "usage"):
        assert getattr(record, name) == getattr(answer, name)
    assert record.index == bridges.status().indexed_with
    assert record.filters == rag.Filters(languages=("de",))
    age = datetime.now(UTC) - datetime.fromisoformat(record.created)
    assert -1 <= age.total_seconds() < 60


def test_the_hash_is_of_the_normalised_text(bridges, record):
    text = bridges.article("daily").text
    assert record.text_sha256 == {"daily": hashlib.sha256(text.encode("utf-8")).hexdigest()}


def test_an_article_that_changed_before_the_export_has_no_hash(bridges, answer):
    bridges.add(rag.Article("daily", "Other words stand here now."))
    assert bridges.export(answer).text_sha256 == {"daily": None}
    bridges.remove("daily")
    assert bridges.export(answer).text_sha256 == {"daily": None}


def test_the_json_tree_says_what_it_is(record):
    tree = record.as_dict()
    assert (tree["format"], tree["version"]) == ("newsrag-answer", 1)
    assert tree["statements"][1]["citations"][0]["attributed"] == "Laut einer Quelle"
    assert tree["statements"][2]["verdict"] == "contradicted"


def test_an_answer_of_an_empty_archive_can_be_recorded(archive):
    record = archive.export(archive.ask("Why?"))
    assert isinstance(record, Record)
    assert (record.statements, record.text_sha256, record.index) == ((), {}, {})
    assert not record.answered


def test_an_archive_that_was_never_filled_still_verifies(archive, record, tmp_path):
    with rag.Archive.open(tmp_path / "other") as other:
        assert len(other.verify(replace(record, statements=record.statements[:1])).changed) == 1
