import os
import time

import pytest

from rag.ingest import find_files, read_file, split
from rag.ingest import reading as reading_module
from rag.ingest.identity import file_id

TEXT = "Der Präsident sagte am Montag, die Gespräche gingen weiter."


class TestReadFile:
    def test_article_of_a_file(self, read, tmp_path):
        (record,) = read("Ein Artikel.TXT", TEXT)
        assert record.origin == str(tmp_path / "Ein Artikel.TXT")
        assert record.article.id == file_id(tmp_path / "Ein Artikel.TXT")
        assert record.article.text == TEXT
        assert record.article.language == "de"

    def test_every_format_is_found_and_read(self, tmp_path, settings):
        for name, content in {
            "a.txt": TEXT,
            "b.md": TEXT,
            "c.html": f"<html><body><article><p>{TEXT}</p></article></body></html>",
            "d.jsonl": '{"text": "' + TEXT + '"}',
            "e.csv": f'text\n"{TEXT}"\n',
        }.items():
            (tmp_path / name).write_text(content)
        texts = [record.article.text for path in find_files([tmp_path]) for record in read_file(path, settings)]
        assert texts == [TEXT] * 5

    def test_what_cannot_be_read_is_skipped(self, read):
        (record,) = read("photo.jpg", b"x")
        assert record.skipped
        assert "type '.jpg' is not supported" in record.reason

    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx", ".jsonl", ".csv"])
    def test_empty_file_fails(self, failure, suffix):
        assert failure("a" + suffix, b"") == "the file is empty"

    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx", ".jsonl", ".csv"])
    def test_noise_fails_with_a_reason(self, failure, suffix):
        assert failure("a" + suffix, os.urandom(10_000)).startswith(("not ", "the PDF", "no column"))

    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
    def test_file_without_text_fails(self, failure, suffix):
        assert failure("a" + suffix, b" \r\n\xef\xbb\xbf ").startswith("no ")


class TestSizes:
    @pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
    def test_article_too_large(self, failure, suffix):
        reason = failure("a" + suffix, b"x" * 1_000_001)
        assert reason.startswith("the text has 1.1 MB, more than the 1 MB one article may have")
        assert reason.endswith("raise RAG_MAX_ARTICLE_MB")

    def test_article_at_the_limit(self, read_one):
        assert len(read_one("a.txt", b"x" * 1_000_000).text) == 1_000_000

    @pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx"])
    def test_file_too_large(self, failure, suffix):
        assert failure("a" + suffix, b"x" * 2_000_001).endswith("raise RAG_MAX_FILE_MB")

    def test_text_that_grows_by_being_decoded(self, failure):
        # 600,000 Cyrillic letters are as many bytes in Windows-1251, and twice as many in UTF-8.
        assert "RAG_MAX_ARTICLE_MB" in failure("a.txt", ("Привет мир " * 55_000).encode("cp1251"))

    def test_huge_line_fails_at_once(self, tmp_path):
        from rag.settings import Settings

        path = tmp_path / "a.txt"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        begin = time.process_time()
        (record,) = read_file(path, Settings())
        assert time.process_time() - begin < 1
        assert "50.0 MB" in record.reason


class TestTrouble:
    def test_folder(self, read, tmp_path):
        (tmp_path / "folder.txt").mkdir()
        (record,) = read("folder.txt")
        assert record.reason == "not a regular file but a folder"

    def test_missing_file(self, failure):
        assert failure("gone.txt") == "there is no such file; it may have been moved or removed"

    def test_symlink_loop(self, failure, tmp_path):
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
        assert "symbolic links" in failure("loop.txt")

    def test_file_that_vanishes_before_it_is_opened(self, read, monkeypatch, tmp_path):
        original = os.open

        def vanish(path, *arguments, **keywords):
            (tmp_path / "a.txt").unlink(missing_ok=True)
            return original(path, *arguments, **keywords)

        monkeypatch.setattr(reading_module.os, "open", vanish)
        (record,) = read("a.txt", TEXT)
        assert record.reason == "there is no such file; it may have been moved or removed"

    def test_file_that_has_become_a_pipe_does_not_hang(self, read, monkeypatch, tmp_path):
        original = os.open

        def swap(path, *arguments, **keywords):
            (tmp_path / "a.txt").unlink()
            os.mkfifo(tmp_path / "a.txt")
            return original(path, *arguments, **keywords)

        monkeypatch.setattr(reading_module.os, "open", swap)
        (record,) = read("a.txt", TEXT)
        assert record.skipped
        assert record.reason == "not a regular file but a named pipe"

    def test_permission_denied(self, failure, monkeypatch):
        def refuse(*_arguments, **_keywords):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(reading_module, "_open", refuse)
        assert failure("a.txt", TEXT) == "permission denied; make it readable for this user"

    @pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".csv", ".pdf", ".docx"])
    def test_disk_that_fails_while_reading(self, tmp_path, settings, monkeypatch, suffix):
        class Broken:
            def __init__(self, file):
                self._file = file

            def __enter__(self):
                return self

            def __exit__(self, *_):
                self._file.close()

            def fileno(self):
                return self._file.fileno()

            def read(self, *_):
                raise OSError(5, "Input/output error")

            seek = tell = read

            def seekable(self):
                return True

        path = tmp_path / ("a" + suffix)
        path.write_text(TEXT)
        original = reading_module._open
        monkeypatch.setattr(reading_module, "_open", lambda path: Broken(original(path)))
        (record,) = read_file(path, settings)
        assert "Input/output error" in record.reason


def test_seed_article_is_read_and_split(settings):
    from pathlib import Path

    (record,) = read_file(Path(__file__).parents[3] / "seeds" / "000_6dea5b3e4e647803.txt", settings)
    sentence = (
        "Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefongespräche mit dem russischen "
        "Präsidenten Wladimir Putin geführt."
    )
    spans = [span for passage in split(record.article, 800) for span in passage.sentences]
    assert record.article.language == "de"
    assert [record.article.text[start:end] for start, end in spans].count(sentence) == 1


def test_importing_the_room_is_light():
    import subprocess
    import sys

    heavy = "{'trafilatura', 'pypdf', 'docx', 'lxml', 'py3langid', 'charset_normalizer', 'sentencex'}"
    code = f"import sys, rag.ingest; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
