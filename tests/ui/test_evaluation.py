import os
import tempfile
import threading
from html import unescape

import pytest

import ui.evaluation
from eval import running
from eval.gold_set import NEWSROOM_GOLD, SEED_GOLD, SHIPPED
from eval.report.files import write_report
from tests.eval.report.trees import HOSTILE, TODAY, tree
from ui.actions import HIDDEN, SHOWN, UNFORESEEN
from ui.evaluation import NO_ARTICLES, STOPPED, Evaluation

END = 60
"""Seconds by which a run is over on a slow machine."""


@pytest.fixture
def folder(archive):
    """Where the archive's settings have the report."""
    return archive.settings.report


@pytest.fixture
def few(tmp_path, monkeypatch):
    """Three questions instead of the whole seed set."""
    gold = tmp_path / "few.jsonl"
    gold.write_text("".join(SEED_GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    monkeypatch.setitem(SHIPPED, "seed", gold)
    return gold


@pytest.fixture
def held(few, monkeypatch):
    """Runs that wait before their first question until the event is set."""
    free = threading.Event()
    run_set = running.run_set

    def waiting(*values, bar, **more):
        free.wait(END)
        return run_set(*values, bar=bar, **more)

    monkeypatch.setattr(running, "run_set", waiting)
    yield free
    free.set()


def last(updates):
    *_, end = updates
    return end


class TestShow:
    def test_without_a_report_says_how_to_make_one(self, archive, folder):
        told, report, run, stop = last(Evaluation(archive).show())
        assert "No report yet" in report
        assert f'rag eval run --report "{folder}"' in unescape(report)
        assert "174 questions" in told
        assert (run, stop) == (SHOWN, HIDDEN)

    def test_a_report_is_text_in_a_sandbox_that_cannot_reach_the_page(self, archive, folder):
        html = write_report(tree(), folder, TODAY)[0].read_text(encoding="utf-8")
        _, report, *_ = last(Evaluation(archive).show())
        before, _, rest = report.partition(' srcdoc="')
        assert before.endswith(' sandbox="allow-scripts"')
        inside, _, after = rest.partition('"')
        assert unescape(inside) == html
        assert "<" not in inside
        assert after == "></iframe>"
        assert HOSTILE not in report

    def test_the_report_that_was_written_last(self, archive, folder):
        for number, place in enumerate((folder / "seed", folder)):
            place.mkdir(parents=True, exist_ok=True)
            (place / "report.html").write_text(f"of {place.name}")
            os.utime(place / "report.html", (number, number))
        assert f"of {folder.name}" in last(Evaluation(archive).show())[1]
        os.utime(folder / "seed" / "report.html", (9, 9))
        assert "of seed" in last(Evaluation(archive).show())[1]

    def test_a_report_that_cannot_be_read_is_one_line(self, archive, folder):
        (folder / "report.html").mkdir(parents=True)
        report = last(Evaluation(archive).show())[1]
        assert report.startswith('<p class="error" role="alert">The report cannot be read: ')

    def test_the_installed_package_has_no_seed_article(self, archive, monkeypatch, tmp_path):
        monkeypatch.setattr(ui.evaluation, "SEED_ARTICLES", tmp_path / "nowhere")
        told, report, run, stop = last(Evaluation(archive).show())
        assert NO_ARTICLES in told
        assert f'No report yet. Make one with <code>rag eval run --gold "{NEWSROOM_GOLD}" --report' in unescape(report)
        assert (run, stop) == (HIDDEN, HIDDEN)

    def test_names_the_chat_model_that_would_be_asked(self, tmp_path):
        import rag

        settings = rag.Settings(llm="ollama:<small>")
        with rag.Archive.open(tmp_path / "other", settings=settings) as archive:
            assert "answered by ollama:&lt;small&gt;" in last(Evaluation(archive).show())[0]


class TestStart:
    def test_shows_how_far_it_is_and_then_the_report(self, archive, folder, few):
        steps = list(Evaluation(archive).start())
        assert steps[0][2:] == (HIDDEN, SHOWN)
        assert all("<progress" in told for told, *_ in steps[:-1])
        told, report, run, stop = steps[-1]
        assert told == ""
        assert "The seed set" in report
        assert "3 questions" in report
        assert (run, stop) == (SHOWN, HIDDEN)
        assert (folder / "seed" / "report.json").exists()

    def test_a_report_of_all_sets_is_not_written_over(self, archive, folder, few):
        html = write_report(tree(), folder, TODAY)[0]
        before = html.read_bytes()
        last(Evaluation(archive).start())
        assert html.read_bytes() == before

    def test_two_windows_watch_one_run(self, archive, held):
        page = Evaluation(archive)
        first, second = page.start(), page.start()
        assert next(first)[2:] == next(second)[2:] == (HIDDEN, SHOWN)
        assert [thread.name for thread in threading.enumerate()].count("newsrag-evaluation") == 1
        third = page.show()
        assert next(third)[2:] == (HIDDEN, SHOWN)
        held.set()
        assert last(first) == last(second) == last(third)

    def test_stopped(self, archive, folder, held, monkeypatch, tmp_path):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        page = Evaluation(archive)
        steps = page.start()
        next(steps)
        page.stop()
        held.set()
        told, report, run, stop = last(steps)
        assert STOPPED in told
        assert "No report yet" in report
        assert (run, stop) == (SHOWN, HIDDEN)
        assert list(tmp_path.glob("newsrag-eval-*")) == []
        told, report, *_ = last(page.start())
        assert told == ""
        assert "<iframe" in report

    def test_stopping_nothing(self, archive):
        Evaluation(archive).stop()

    def test_gold_questions_that_cannot_be_read_are_one_line(self, archive, few):
        page = Evaluation(archive)
        few.write_text("{")
        assert last(page.start())[0].startswith('<p class="error" role="alert">')

    def test_a_folder_that_cannot_be_made_is_one_line(self, archive, folder, few):
        folder.write_text("")
        assert "cannot be made" in last(Evaluation(archive).start())[0]

    def test_a_bug_is_told_without_its_details(self, archive, few, monkeypatch, caplog):
        def broken(*_, **__):
            raise RuntimeError("secret detail")

        monkeypatch.setattr(running, "run_set", broken)
        assert UNFORESEEN in last(Evaluation(archive).start())[0]
        assert "secret detail" in caplog.text
