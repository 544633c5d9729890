"""Several processes on one archive: none loses, hides or breaks what another wrote."""

import subprocess
import sys
import time

import pytest

import rag

FERRY = "The ferry to Texel was late on Monday because of the storm."
ADD = """
import sys, rag
directory, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with rag.Archive.open(directory) as archive:
    text = "The council of ward {n} met about bridge {n} and road {m}. "
    archive.add([rag.Article(f"other{n}", text.format(n=n, m=n * n) * 9) for n in range(first, last)])
"""
ASK = """
import sys, time, rag
end = time.monotonic() + float(sys.argv[2])
asked = 0
while time.monotonic() < end:
    with rag.Archive.open(sys.argv[1]) as archive:
        hits = archive.search("Fähre nach Texel", 300)
        assert "ferry" in {hit.passage.article_id for hit in hits}, hits
    asked += 1
print(asked)
"""


NOUNS = (
    "bridges",
    "children",
    "forests",
    "gardens",
    "hospitals",
    "islands",
    "mills",
    "prisons",
    "schools",
    "vineyards",
)


def _in_nouns(turn: int, number: int) -> str:
    """Write two numbers in nouns: texts that differ by digits alone hide each other from an approximate search."""
    return " and ".join(NOUNS[int(digit)] for digit in f"{turn}{number:03}")


def run(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def ferry(archive: rag.Archive) -> rag.Archive:
    archive.add(rag.Article("ferry", FERRY, language="en"))
    return archive


class TestTwoWriters:
    def test_taking_turns_they_keep_each_others_vectors(self, ferry):
        for turn in range(3):
            assert run(ADD, ferry.directory, turn * 400, turn * 400 + 400).wait() == 0
            ferry.add([rag.Article(f"own{turn}-{n}", f"The flood hit {_in_nouns(turn, n)}. " * 12) for n in range(400)])
        with rag.Archive.open(ferry.directory) as fresh:
            assert fresh.status().articles == 1 + 6 * 400
            assert fresh.status().consistent
            index = fresh._index
            build, _ = index.active_build()
            numbers = index.catalog.passage_numbers()
            for at in range(0, len(numbers), 50):  # every stretch, so that a lost batch shows
                assert index._vectors.findable(build, numbers[at : at + 50])

    def test_second_one_at_a_time_gets_a_clear_line_within_two_seconds(self, tmp_path, ferry):
        first = run(ADD, ferry.directory, 0, 3000)
        while not (ferry.directory / "writer.json").read_text().count(f'"pid": {first.pid}'):
            assert first.poll() is None
            time.sleep(0.02)
        (tmp_path / "late.txt").write_text("The bridge was opened.")
        started = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "rag.cli",
            "add",
            str(tmp_path / "late.txt"),
            "--archive",
            str(ferry.directory),
        ]
        second = subprocess.run(command, check=False, capture_output=True, text=True)
        waited = time.monotonic() - started
        still_writing = first.poll() is None
        assert first.wait() == 0
        assert still_writing
        assert second.returncode == 2
        assert f"is being written by process {first.pid}" in second.stderr
        assert second.stderr.count("\n") == 1
        assert waited < 10  # two seconds on an idle machine; a benchmark's business, not a test's
        assert ferry.status().articles == 3001
        assert ferry.status().consistent


class TestReader:
    def test_open_archive_finds_what_another_process_added_by_its_vector(self, ferry):
        """Its question shares no word with the text, so terms cannot find it."""
        assert [hit.passage.article_id for hit in ferry.search("Brücke")] == ["ferry"]
        assert run(ADD, ferry.directory, 0, 1).wait() == 0
        assert ferry.search("Brücke")[0].passage.article_id == "other0"

    def test_searches_go_on_while_another_process_adds(self, ferry):
        asking = run(ASK, ferry.directory, 8)
        assert run(ADD, ferry.directory, 0, 1500).wait() == 0
        asked, _ = asking.communicate()
        assert asking.returncode == 0
        assert int(asked) >= 2

    def test_searches_go_on_while_another_process_rebuilds(self, ferry):
        run(ADD, ferry.directory, 0, 300).wait()
        asking = run(ASK, ferry.directory, 8)
        for _ in range(3):
            ferry.rebuild()
        assert asking.wait() == 0

    def test_article_replaced_between_search_and_citation_is_not_quoted_wrongly(self, ferry, monkeypatch):
        search = ferry.search

        def replacing(question, limit, filters):
            hits = search(question, limit, filters)
            ferry.add(
                rag.Article("ferry", "Nobody knows what this is about, but it is about something else.", language="en")
            )
            return hits

        monkeypatch.setattr(ferry._answerer, "_search", replacing)
        answer = ferry.ask("Was the ferry to Texel late?")
        assert (answer.answered, answer.statements) == (False, ())


class TestDamage:
    @pytest.mark.parametrize("part", ["vectors", "terms"])
    def test_is_one_clear_error_and_rebuild_mends_it(self, ferry, part):
        import shutil

        from rag.errors import ArchiveError

        directory = ferry.directory
        ferry.close()
        shutil.rmtree(directory / part)
        with rag.Archive.open(directory) as archive:
            for use in (
                archive.status,
                lambda: archive.search("ferry"),
                lambda: archive.add(rag.Article("b", "Words.")),
            ):
                with pytest.raises(ArchiveError, match="Run `rag rebuild`"):
                    use()
        with rag.Archive.open(directory) as archive:
            assert [info.id for info in archive.list()] == ["ferry"]
            archive.rebuild()
            assert archive.status().consistent
            assert archive.search("ferry")[0].passage.text == FERRY

    def test_rebuild_leaves_one_folder_each(self, ferry):
        for _ in range(3):
            ferry.rebuild()
        assert len(list((ferry.directory / "vectors").iterdir())) == 1
        assert len(list((ferry.directory / "terms").iterdir())) == 1
