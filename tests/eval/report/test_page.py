"""The report's page in a real Chromium, from a file, with hostile words in its questions."""

import pytest

from eval.report.files import write_report
from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.eval.report.trees import ARABIC, HOSTILE, TODAY, YESTERDAY, tree

PLOTS = {"heat": "rect", "curves": "polyline", "histogram": "rect", "strip": "circle"}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A second report of two sets with a baseline, so that every section has something to show."""
    folder = tmp_path_factory.mktemp("report")
    write_report(tree({"two": "right"}, sets=("harbour", "orchard")), folder, YESTERDAY)
    baseline = {"one": "lost", "five": "wrong"}
    return write_report(tree(baseline=baseline, sets=("harbour", "orchard")), folder, TODAY)[0]


@pytest.fixture
def opened(browser, file):  # noqa: F811
    """Open the page as this or that reader; at the end nothing may have been asked for but the page."""
    contexts, seen = [], []

    def opens(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        context.on("request", lambda request: seen.append(request.url))
        for event in ("console", "pageerror", "dialog"):
            page.on(event, lambda what, event=event: seen.append(f"{event}: {what}"))
        page.goto(file.as_uri())
        return page

    yield opens
    for context in contexts:
        context.close()
    assert set(seen) == {file.as_uri()}


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_plot_is_visible(opened, width, colours):
    page = opened(viewport={"width": width, "height": 800}, color_scheme=colours)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for kind, shape in PLOTS.items():
        plots = page.locator(f"svg.{kind}").all()
        assert len(plots) >= 2
        for plot in plots:
            box = plot.bounding_box()
            assert box["width"] > 40
            assert box["height"] > 5
            assert plot.locator(shape).count() > 0
            assert plot.get_attribute("aria-label")
    # nothing makes the page itself scroll sideways
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_shapes_are_painted_in_other_colours_than_the_page(opened):
    for colours in ("light", "dark"):
        page = opened(color_scheme=colours)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for shape, part in ((".bar rect", "fill"), (".curve", "stroke"), (".dot", "fill"), (".cell rect", "fill")):
            assert page.locator(shape).first.evaluate(f"(one) => getComputedStyle(one).{part}") not in {paper, "none"}


def test_hostile_words_stay_words(opened):
    page = opened()
    assert page.locator(".miss h3").filter(has_text="</script><script>").count() == 2
    assert page.locator(".miss h3").nth(1).inner_text() == HOSTILE
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert page.get_by_text("plain <b>").count() > 0


def test_right_to_left_words_run_right_to_left(opened):
    question = opened().locator(".miss h3", has_text=ARABIC).first
    assert question.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert question.get_attribute("lang") == "ar"


def test_misses_can_be_sifted(opened):
    page = opened()
    told, shown = page.locator(".filters output"), page.locator(".miss:visible")
    assert told.inner_text() == "8 of 8 shown"
    page.get_by_label("reason").select_option("not retrieved")
    assert shown.count() == 2
    page.get_by_label("set").select_option("orchard")
    assert told.inner_text() == "1 of 8 shown"
    assert shown.locator("h3").inner_text() == "Wann fährt die Fähre?"
    page.get_by_label("language of the question").select_option("ar")
    assert shown.count() == 0
    page.get_by_label("reason").select_option("")
    assert "abstained wrongly" in shown.inner_text()


def test_all_misses_are_there_without_scripts(opened):
    page = opened(java_script_enabled=False)
    assert page.locator(".miss:visible").count() == 8
    assert not page.locator(".filters").is_visible()


def test_says_what_got_worse_and_leads_to_it(opened):
    page = opened()
    section = page.locator("#since")
    assert "2 questions that were right are missed now, 0 the other way round." in section.inner_text()
    section.get_by_role("link").first.click()
    assert page.locator(".miss:target h3").inner_text() == ARABIC


def test_differences_have_a_zero_line(opened):
    strips = opened().locator("#baselines .strip")
    assert strips.count() > 10
    assert strips.locator(".zero").count() == strips.count()
