import json

import pytest
from playwright.sync_api import expect

import rag
from rag.exporting import plain_text, read_record, render
from rag.wording import VERDICTS

QUESTION = "What is known of the bridge?"


@pytest.fixture
def asked(judging, serve, open_page):
    """The page with the judged answer."""
    visit = open_page(serve(judging), permissions=["clipboard-read", "clipboard-write"])
    visit.ask(QUESTION)
    return visit


def test_every_statement_carries_its_verdict_in_words_and_its_reasons_are_visible(asked):
    labels = asked.page.locator(".judged > .verdict .badge")
    expect(labels).to_have_text([f"{words.icon} {words.label}" for words in VERDICTS.values()])
    for reason in (
        "the source only reports it: “Laut einer Quelle im Rathaus”; the statement leaves that out",
        "the source does not say “Monday”",
        "the quoted words stand nowhere in what was read",
        "the source says “nicht”",
    ):
        expect(asked.page.locator(".reasons li", has_text=reason)).to_be_visible()


def test_only_what_nothing_bears_out_is_struck_through(asked):
    struck = asked.page.locator("s.words")
    expect(struck).to_have_text(["Two ministers came to the opening.", "The mayor talked to journalists."])
    lines = struck.evaluate_all("all => all.map(e => getComputedStyle(e).textDecorationLine)")
    assert lines == ["line-through"] * 2
    expect(asked.page.get_by_text("Struck out: ")).to_have_count(2)
    for bearing in ("supported", "overstated", "partly"):
        expect(asked.page.locator(f".judged.{bearing} s")).to_have_count(0)


def test_how_each_quote_was_found_who_said_it_and_who_else_prints_it_are_visible(asked):
    notes = asked.page.locator(".source .note")
    for words in (
        "found word for word",
        "repaired",
        "stands in another passage",
        "chosen by the archive",
        "the quoted words stand nowhere; these are the nearest ones",
        "reported: Laut einer Quelle im Rathaus",
        "also in: Agentur: Eröffnung",
    ):
        expect(notes.filter(has_text=words).first).to_be_visible()


def test_sources_that_disagree_stand_side_by_side_newest_first(asked):
    block = asked.page.locator(".judged.overstated .disagreement")
    expect(asked.page.locator(".disagreement")).to_have_count(1)
    expect(block.get_by_role("heading", name="Sources disagree")).to_be_visible()
    sides = block.locator(".source")
    expect(sides.nth(0)).to_contain_text("2025-02-01")
    expect(sides.nth(0)).to_contain_text("says otherwise")
    expect(sides.nth(1)).to_contain_text("2024-11-08")
    newer, older = (sides.nth(number).bounding_box() for number in (0, 1))
    assert newer["y"] == older["y"]
    assert newer["x"] < older["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_shows_everything_without_scrolling_sideways(judging, serve, open_page, scheme):
    phone = {"viewport": {"width": 390, "height": 800}, "color_scheme": scheme}
    visit = open_page(serve(judging), **phone)
    visit.ask(QUESTION)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390
    newer, older = (visit.page.locator(".disagreement .source").nth(number).bounding_box() for number in (0, 1))
    assert newer["x"] == older["x"]
    assert newer["y"] < older["y"]


def test_the_question_as_searched_the_notice_and_the_usage_are_shown(asked):
    answer = asked.page.locator(".answer")
    expect(answer).to_contain_text(f"Searched for: {QUESTION} (the bridge in Oberzell)")
    expect(answer).to_contain_text("Two passages were left out.")
    expect(answer).to_contain_text("Written by ollama:small. 1,234 tokens read, 56 written, 0.0021 US dollars.")


def test_a_source_of_any_statement_opens_at_its_words(asked):
    asked.page.locator(".judged.contradicted button.source").click()
    expect(asked.page.locator("#open mark")).to_have_text("Der Bürgermeister sprach nicht mit Journalisten.")


def test_copy_puts_the_answer_with_its_sources_on_the_clipboard(asked, judging, tmp_path):
    asked.page.get_by_role("button", name="Copy with sources").click()
    expect(asked.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = asked.page.evaluate("navigator.clipboard.readText()")
    record = saved(asked, "JSON", tmp_path / "a.json")
    assert copied == plain_text(read_record(record))
    assert "“Die Brücke wurde am Dienstag eröffnet.”\n  [1] Brücke in Oberzell eröffnet, Tageblatt" in copied
    expect(asked.page.get_by_role("button", name="Copy with sources")).to_be_visible()


@pytest.mark.parametrize(("name", "ending"), [("JSON", ".json"), ("Markdown", ".md"), ("HTML", ".html")])
def test_download_saves_the_export(asked, judging, tmp_path, name, ending):
    path = saved(asked, name, tmp_path / f"answer{ending}")
    record = read_record(saved(asked, "JSON", tmp_path / "again.json"))
    assert path.read_text(encoding="utf-8") == render(record, ending)
    assert not judging.verify(record).changed


def test_each_answer_is_saved_as_itself_and_as_often_as_wished(asked, tmp_path):
    asked.ask("And the tunnel?")
    for button, question in ((0, QUESTION), (1, "And the tunnel?"), (1, "And the tunnel?")):
        path = saved(asked, "JSON", tmp_path / "answer.json", button)
        assert json.loads(path.read_text(encoding="utf-8"))["question"] == question


def saved(visit, name, path, number=0):
    """Press a download button and return the file that the browser saved."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=f"Download as {name}").nth(number).click()
    assert download.value.suggested_filename.startswith(("what-is-known-of-the-bridge.", "and-the-tunnel."))
    download.value.save_as(path)
    return path


def test_the_exported_page_runs_and_loads_nothing(judging, asked, browser, tmp_path):
    path = saved(asked, "HTML", tmp_path / "answer.html")
    context = browser.new_context()
    requests = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("s")).to_have_count(2)
    context.close()
    assert requests == [path.as_uri()]


def test_a_follow_up_is_asked_with_what_was_asked_before(archive, serve, open_page, seed):
    heard = []

    class Listening(rag.Archive):
        def stream(self, question, earlier=(), **values):
            heard.append(list(earlier))
            yield from super().stream(question, earlier=earlier, **values)

    archive.add([seed])
    archive.close()
    with Listening.open(archive.directory) as listening:
        visit = open_page(serve(listening))
        visit.ask("Did Musk talk to Putin?")
        visit.ask("Did Musk talk to Xi Jinping?")
        visit.page.get_by_role("button", name="Clear").click()
        expect(visit.page.locator(".turn")).to_have_count(0)
        visit.ask("Did Musk talk to Putin?")
    assert heard == [[], ["Did Musk talk to Putin?"], []]


def test_a_question_can_be_limited_to_some_articles(judging, serve, open_page, monkeypatch, tmp_path):
    heard = []
    answers = judging.stream

    def listening(question, filters, earlier):
        heard.append(filters)
        return answers(question)

    monkeypatch.setattr(judging, "stream", listening)
    visit = open_page(serve(judging))
    visit.page.get_by_role("button", name="Only some articles").click()
    visit.page.get_by_label("Languages").click()
    visit.page.get_by_role("option", name="German").click()
    visit.page.keyboard.press("Escape")
    visit.page.get_by_label("From").fill("2024")
    visit.ask(QUESTION)
    expect(visit.page.locator(".answer")).to_contain_text("Only articles in de, published from 2024-01-01")
    assert heard == [rag.Filters(("de",), (), "2024")]
    record = read_record(saved(visit, "JSON", tmp_path / "answer.json"))
    assert record.filters == heard[0]
    visit.page.get_by_label("From").fill("soon")
    visit.ask(QUESTION)
    expect(visit.page.locator(".answer [role=alert]")).to_contain_text("'soon' is not a date")
