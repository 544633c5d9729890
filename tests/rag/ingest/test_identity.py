import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.identity import file_id, record_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ein Artikel (2)", "Ein-Artikel-2"),
        ("Größe_7-x", "Größe_7-x"),
        ("…", "article"),
        ("", "article"),
        ("a" * 99, "a" * 60),
        ("新闻 一", "新闻-一"),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


@given(st.text())
def test_slug_can_always_be_a_name(text):
    result = slug(text)
    assert 1 <= len(result) <= 60
    assert result.isprintable()
    assert not any(map(str.isspace, result))


def test_file_id_is_the_same_however_the_file_is_named(tmp_path, monkeypatch):
    path = tmp_path / "Mein Artikel.txt"
    path.write_text("x")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    digest = hashlib.sha256(path.resolve().as_posix().encode()).hexdigest()
    assert file_id(path) == f"Mein-Artikel-{digest[:8]}"
    assert file_id(path.relative_to(tmp_path)) == file_id(path) == file_id(tmp_path / "link.txt")


class TestRecordId:
    def test_own_id_before_url_before_text(self):
        assert record_id("a/1:b", "https://x.org/1", "Text") == "a/1:b"
        assert record_id(None, "https://x.org/1", "Text") == record_id(None, "https://x.org/1", "Anderer")
        assert record_id(None, None, "Text") != record_id(None, None, "Anderer")
        assert record_id(None, None, "Text") == hashlib.sha256(b"Text").hexdigest()[:12]

    def test_ids_that_cannot_be_shown_are_slugged_and_stay_different(self):
        assert record_id("a b", None, "").startswith("a-b-")
        assert len({record_id(own, None, "") for own in ("a b", "a\nb", "a-b", "x" * 300, "x" * 301)}) == 5
