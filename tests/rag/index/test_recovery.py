"""A real process is killed at many moments of adding; what it called added is there, and nothing is half there."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rag

ARTICLES = 300
MOMENTS = 22
ADD = f"""
import sys
import rag
sentence = "In {{town}} the council of ward {{n}}-{{k}} met about bridge {{n}} and the budget of the coming year. "
with rag.Archive.open(sys.argv[1]) as archive:
    articles = [
        rag.Article(f"a{{n}}", "".join(sentence.format(town=f"Zwolle{{n}}", n=n, k=k) for k in range(40)))
        for n in range({ARTICLES})
    ]
    print("start", flush=True)
    archive.add(articles, progress=lambda step: print(step.entry.article_id, flush=True))
    print("end", flush=True)
"""


def start(directory: Path) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", ADD, str(directory)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "start\n"
    return process


def parts(archive: rag.Archive) -> list[set[int]]:
    """The passage numbers in the vectors, the terms and the catalog."""
    index = archive._index
    build = index.catalog.active_build()[0]
    catalog = {row[0] for row in index.catalog._all("SELECT id FROM passages WHERE build = ?", (build,))}
    assert index._vectors.findable(build, sorted(catalog))
    return [index._vectors.ids(build), index._terms.ids(build), catalog]


@pytest.fixture(scope="module")
def duration(tmp_path_factory) -> float:
    process = start(tmp_path_factory.mktemp("whole") / "archive")
    started = time.monotonic()
    assert process.stdout.read().endswith("end\n")
    process.wait()
    return time.monotonic() - started


class TestKilledAdd:
    @pytest.mark.parametrize("moment", range(MOMENTS))
    def test_loses_nothing_that_was_reported_and_leaves_nothing_half_there(self, tmp_path, duration, moment):
        process = start(tmp_path / "archive")
        time.sleep(duration * moment / MOMENTS)
        process.kill()
        reported = [line for line in process.stdout.read().split("\n")[:-1] if line != "end"]
        process.wait()
        with rag.Archive.open(tmp_path / "archive") as archive:
            there = {info.id for info in archive.list()}
            assert set(reported) <= there
            status = archive.status()
            assert status.consistent
            assert status.articles == len(there)
            if status.articles:
                vectors, terms, catalog = parts(archive)
                assert vectors == terms == catalog
            for article_id in [*reported[:2], *reported[-2:]]:
                hits = archive.search(f"council in Zwolle{article_id[1:]} bridge {article_id[1:]}")
                assert article_id in {hit.passage.article_id for hit in hits}
            receipt = archive.add([rag.Article("later", "Der Rat von Meppel tagte am Abend über die neue Brücke.")])
            assert receipt.count(rag.Outcome.ADDED) == 1
            assert archive.search("Rat von Meppel")[0].passage.article_id == "later"


CHANGE = """
import sys
import rag
with rag.Archive.open(sys.argv[1]) as archive:
    print("start", flush=True)
    new = [rag.Article(f"a{n}", f"The harbour of quay {n} was sold. " * 60) for n in range(0, 120, 2)]
    archive.add(new, progress=lambda step: print(step.entry.article_id, flush=True))
    archive.remove([f"a{n}" for n in range(1, 120, 2)])
    print("removed", flush=True)
    archive.rebuild()
    print("end", flush=True)
"""


class TestKilledChange:
    """The same for replacing, removing and rebuilding."""

    @pytest.fixture(scope="class")
    def before(self, tmp_path_factory) -> Path:
        directory = tmp_path_factory.mktemp("before") / "archive"
        with rag.Archive.open(directory) as archive:
            archive.add([rag.Article(f"a{n}", f"The mill of quay {n} was built. " * 60) for n in range(120)])
        return directory

    def start(self, directory: Path) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, "-c", CHANGE, str(directory)], stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "start\n"
        return process

    @pytest.fixture(scope="class")
    def duration(self, before, tmp_path_factory) -> float:
        directory = shutil.copytree(before, tmp_path_factory.mktemp("whole") / "archive")
        process, started = self.start(directory), time.monotonic()
        assert process.stdout.read().endswith("end\n")
        process.wait()
        return time.monotonic() - started

    @pytest.mark.parametrize("moment", range(10))
    def test_leaves_each_article_in_its_old_or_its_new_state(self, tmp_path, before, duration, moment):
        process = self.start(shutil.copytree(before, tmp_path / "archive"))
        time.sleep(duration * moment / 10)
        process.kill()
        said = process.stdout.read().split("\n")[:-1]
        process.wait()
        with rag.Archive.open(tmp_path / "archive") as archive:
            assert archive.status().consistent
            there = {info.id for info in archive.list()}
            odd = {f"a{n}" for n in range(1, 120, 2)}
            assert there & odd in (odd, set())
            assert {f"a{n}" for n in range(0, 120, 2)} <= there
            if "removed" in said:
                assert not there & odd
            for article_id in [line for line in said if line.startswith("a")]:
                assert "harbour" in archive.article(article_id).text
            for hit in archive.search("mill or harbour of the quay", 50):
                assert (
                    archive.article(hit.passage.article_id).text[hit.passage.start : hit.passage.end]
                    == hit.passage.text
                )


class TestCutOffWrite:
    """States between two steps of a write, made by stopping it there."""

    @pytest.mark.parametrize("step", ["_vectors.upsert", "_terms.add", "_terms.commit", "_catalog.publish"])
    def test_pending_article_is_undone(self, tmp_path, monkeypatch, step):
        from rag.index.store import IndexWriter

        with rag.Archive.open(tmp_path) as archive:
            archive.add([rag.Article("old", "The harbour of Vlissingen was closed on Monday after the storm.")])
            original = IndexWriter.__init__

            def broken(self, *arguments):
                original(self, *arguments)
                part, method = step.split(".")
                monkeypatch.setattr(getattr(self, part), method, stop)

            def stop(*arguments, **named):
                raise KeyboardInterrupt

            monkeypatch.setattr(IndexWriter, "__init__", broken)
            with pytest.raises(KeyboardInterrupt):
                archive.add([rag.Article("new", "The theatre of Deventer opens in spring with a play about Erasmus.")])
            monkeypatch.undo()
            assert [info.id for info in archive.list()] == ["old"]
        with rag.Archive.open(tmp_path) as archive:
            assert [info.id for info in archive.list()] == ["old"]
            vectors, terms, catalog = parts(archive)
            assert vectors == terms == catalog
            assert {hit.passage.article_id for hit in archive.search("theatre of Deventer Erasmus")} == {"old"}

    def test_replacement_shows_the_old_text_until_the_new_one_is_there(self, tmp_path, monkeypatch):
        from rag.index.catalog import Catalog

        with rag.Archive.open(tmp_path) as archive:
            archive.add([rag.Article("a", "The mayor of Sneek resigned on Tuesday.")])

            def stop(*arguments):
                raise KeyboardInterrupt

            monkeypatch.setattr(Catalog, "publish", stop)
            with pytest.raises(KeyboardInterrupt):
                archive.add([rag.Article("a", "The mayor of Sneek stays in office after all.")])
            monkeypatch.undo()
            assert "resigned" in archive.article("a").text
        with rag.Archive.open(tmp_path) as archive:
            assert "resigned" in archive.article("a").text
            assert archive.search("mayor of Sneek")[0].passage.text == "The mayor of Sneek resigned on Tuesday."
            assert archive.status().consistent

    def test_cut_off_rebuild_leaves_the_old_index(self, tmp_path):
        with rag.Archive.open(tmp_path) as archive:
            archive.add([rag.Article(f"a{n}", f"The ferry to Texel number {n} was late.") for n in range(5)])
            making = archive._index.rebuild(lambda: archive._encoder, archive._recipe, archive._split)
            next(making)
            making.close()
            assert len(archive.search("ferry to Texel")) == 5
        with rag.Archive.open(tmp_path) as archive:
            assert archive.status().consistent
            assert archive._index.catalog.unused_builds() == []
            assert len(archive.search("ferry to Texel")) == 5
