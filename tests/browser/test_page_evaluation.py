"""The Evaluation tab: the last report in a frame, and the seed set run beside the conversation."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from eval.gold_set import SEED_GOLD, SHIPPED
from eval.report.files import write_report
from tests.eval.report.trees import HOSTILE, TODAY, tree

RUN = 60_000
"""Milliseconds until a run is over on a slow machine."""


@pytest.fixture
def some(tmp_path, monkeypatch):
    """Twenty-five questions instead of the whole seed set: a few seconds."""
    gold = tmp_path / "some.jsonl"
    gold.write_text("".join(SEED_GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:25]), encoding="utf-8")
    monkeypatch.setitem(SHIPPED, "seed", gold)


@pytest.fixture
def report(seeded):
    """A report with hostile words, which is there before the page is opened."""
    return write_report(tree(), seeded.settings.report, TODAY)[0]


def evaluation(visit):
    visit.page.get_by_role("tab", name="Evaluation").click()
    return visit.page


def test_without_a_report_one_line_says_how_to_make_one(visit, seeded):
    page = evaluation(visit)
    expect(page.locator("#report")).to_have_text(
        "No report yet. Run the seed set here, or all shipped sets with"
        f' rag eval run --report "{seeded.settings.report}"'
    )
    expect(page.get_by_role("button", name="Run the seed set")).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(page.locator("iframe")).to_have_count(0)


def test_the_seed_set_runs_with_a_bar_and_its_report_appears(visit, some):
    page = evaluation(visit)
    page.get_by_role("button", name="Run the seed set").click()
    bar = page.get_by_role("progressbar", name="Running the seed set")
    expect(bar).to_have_attribute("max", "25", timeout=RUN)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("#told")).to_contain_text("of 25")
    frame = page.frame_locator("iframe.report")
    expect(frame.get_by_text("newsrag · evaluation")).to_be_visible(timeout=RUN)
    expect(frame.locator("svg.plot").first).to_be_visible()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("button", name="Run the seed set")).to_be_visible()


def test_a_question_is_answered_while_the_set_runs(visit):
    page = evaluation(visit)
    page.get_by_role("button", name="Run the seed set").click()
    bar = page.get_by_role("progressbar", name="Running the seed set")
    expect(bar).to_have_attribute("max", "174", timeout=RUN)
    page.get_by_role("tab", name="Ask").click()
    visit.ask("Did Musk talk to Putin?")
    expect(page.locator("blockquote .words").first).to_contain_text("Putin")
    evaluation(visit)
    expect(bar).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#told")).to_have_text("Stopped; no report was written.", timeout=RUN)


def test_another_window_sees_the_run_and_can_stop_it(visit, open_page):
    page = evaluation(visit)
    page.get_by_role("button", name="Run the seed set").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    other = evaluation(open_page(visit.url))
    expect(other.get_by_role("progressbar")).to_be_visible()
    other.get_by_role("button", name="Stop").click()
    for window in (page, other):
        expect(window.locator("#told")).to_have_text("Stopped; no report was written.", timeout=RUN)


def test_hostile_words_in_a_report_stay_words(seeded, report, serve, open_page):
    visit = open_page(serve(seeded))
    frame = evaluation(visit).frame_locator("iframe.report")
    expect(frame.locator(".miss h3").nth(1)).to_have_text(HOSTILE)
    expect(frame.locator("img")).to_have_count(0)
    visit.page.wait_for_timeout(500)
    assert visit.incidents == []


@pytest.fixture
def elsewhere():
    """Another machine: its address, and the paths it was asked for."""
    asked = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_report_that_is_not_ours_reaches_neither_the_page_nor_another_machine(
    seeded, report, serve, open_page, elsewhere
):
    address, asked = elsewhere
    report.write_text(
        f"""<img src={address}/i.png><p id=said></p><script>
        let said = 'reached';
        try {{ parent.document.title = 'evil'; }} catch (error) {{ said = error.name; }}
        fetch('{address}/').then(() => 'sent', () => 'refused').then((end) => {{
            document.querySelector('#said').textContent = `${{said}}, ${{end}}`;
        }});
        </script>""",
        encoding="utf-8",
    )
    visit = open_page(serve(seeded))
    frame = evaluation(visit).frame_locator("iframe.report")
    expect(frame.locator("#said")).to_have_text("SecurityError, refused")
    visit.page.wait_for_timeout(500)
    assert visit.page.title() == "newsrag"
    assert asked == []
    visit.incidents.clear()  # what was refused: lines in the console, and requests that the browser did not send


def test_the_reports_links_and_its_filter_work_in_the_frame(seeded, report, serve, open_page):
    page = evaluation(open_page(serve(seeded)))
    frame = page.frame_locator("iframe.report")
    expect(frame.locator("#missed")).not_to_be_in_viewport()
    frame.get_by_role("link", name="What was missed").click()
    expect(frame.locator("#missed")).to_be_in_viewport()
    missed = frame.locator(".miss:visible").count()
    frame.get_by_label("reason").select_option(index=1)
    expect(frame.locator(".miss:visible")).not_to_have_count(missed)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_report_fills_the_window_under_the_tabs(seeded, report, serve, open_page, width):
    page = evaluation(open_page(serve(seeded), viewport={"width": width, "height": 800}))
    box = page.locator("iframe.report").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, width, 800)
    assert box["y"] < 130
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for name in ("Ask", "Evaluation"):
        tab = page.get_by_role("tab", name=name).bounding_box()
        assert tab["y"] + tab["height"] <= 44
        assert tab["x"] + tab["width"] <= width
