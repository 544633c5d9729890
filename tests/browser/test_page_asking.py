import time

import pytest
from playwright.sync_api import expect

import rag
from rag.answers import NOT_ANSWERED

SENTENCE = (
    "Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefongespräche "
    "mit dem russischen Präsidenten Wladimir Putin geführt."
)


def test_the_answer_quotes_the_sentence_and_its_source_opens_there(visit, seeded):
    visit.ask("Did Musk talk to Putin?")
    quotation = visit.page.locator("blockquote.statement", has_text=SENTENCE)
    expect(quotation.locator(".words")).to_have_text(SENTENCE)
    expect(quotation).to_have_attribute("lang", "de")
    judged = visit.page.locator(".judged", has=quotation)
    source = judged.locator("button.source").first
    expect(source.locator(".number")).to_have_text(quotation.locator("button.cite").first.inner_text())
    expect(judged.locator("> .verdict")).to_contain_text("supported")
    expect(source).to_contain_text("000_6dea5b3e4e647803")
    expect(source).to_contain_text("German")
    expect(source).to_contain_text("says so")
    expect(source).to_contain_text("found word for word")
    source.click()
    mark = visit.page.locator("#open mark")
    expect(mark).to_have_text(SENTENCE)
    expect(mark).to_be_in_viewport(ratio=1)
    (info,) = seeded.list()
    assert visit.page.locator("#open .text").evaluate("e => e.textContent") == seeded.article(info.id).text


def test_the_number_in_the_answer_opens_the_same_place(visit):
    visit.ask("Did Musk talk to Putin?")
    visit.page.locator("blockquote.statement", has_text=SENTENCE).locator("button.cite").first.click()
    expect(visit.page.locator("#open mark")).to_have_text(SENTENCE)


def test_a_source_can_be_opened_with_the_keyboard_and_again_after_scrolling_away(visit):
    visit.ask("Did Musk talk to Putin?")
    number = visit.page.locator("blockquote.statement", has_text=SENTENCE).locator("button.cite").first
    number.focus()
    visit.page.keyboard.press("Enter")
    mark = visit.page.locator("#open mark")
    expect(mark).to_be_in_viewport(ratio=1)
    visit.page.locator("#open").evaluate("e => e.scrollTo(0, 0)")
    expect(mark).not_to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    expect(mark).to_be_in_viewport(ratio=1)


def test_what_the_archive_does_not_know_is_not_answered_but_the_nearest_passages_are_offered(visit, seeded):
    visit.ask("Did Musk talk to Xi Jinping?")
    expect(visit.page.locator(".abstained")).to_have_text(NOT_ANSWERED)
    expect(visit.page.locator("blockquote")).to_have_count(0)
    expect(visit.page.get_by_role("heading", name="Nearest passages")).to_be_visible()
    passages = visit.page.locator("button.source")
    assert 1 <= passages.count() <= 3
    place = passages.first.evaluate("e => ({...e.dataset})")
    passages.first.click()
    expect(visit.page.locator("#open mark").first).to_be_in_viewport()
    marked = visit.page.locator("#open mark").evaluate_all("marks => marks.map(m => m.textContent).join('')")
    assert marked == seeded.article(place["article"]).text[int(place["start"]) : int(place["end"])]


def test_examples_are_offered_and_one_click_asks(visit):
    chips = visit.page.locator("button.chip")
    expect(chips).to_have_text(
        ["Did Musk talk to Putin?", "Hat Musk mit Selenskyj gesprochen?", "Кто первым сообщил о звонке?"]
    )
    chips.first.click()
    expect(visit.page.locator(".turn .question")).to_have_text("Did Musk talk to Putin?")
    expect(visit.page.locator(".answer")).to_contain_text(SENTENCE, timeout=20_000)
    expect(chips).to_have_count(0)


def test_the_conversation_grows_downwards_and_stays_in_view(visit):
    for question in ("Did Musk talk to Xi Jinping?", "Did Musk talk to Putin?", "Did Musk talk to Narendra Modi?"):
        visit.ask(question)
    expect(visit.page.locator(".turn .question")).to_have_count(3)
    expect(visit.page.locator(".turn .question").last).to_be_in_viewport()
    expect(visit.page.locator("#question textarea")).to_be_in_viewport(ratio=1)


def test_clear_starts_anew(visit):
    visit.ask("Did Musk talk to Xi Jinping?")
    visit.page.get_by_role("button", name="Clear").click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator("button.chip")).to_have_count(3)
    visit.ask("Did Musk talk to Putin?")
    expect(visit.page.locator(".turn")).to_have_count(1)


def test_an_empty_question_asks_nothing(visit):
    visit.page.locator("#question textarea").fill("   ")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_ending_a_composed_word_does_not_ask(visit):
    box = visit.page.locator("#question textarea")
    box.fill("マスク")
    box.evaluate("e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value("マスク")


def test_an_error_is_one_line_under_the_question(seeded, serve, open_page):
    seeded.close()
    changed = rag.Settings(passage_chars=400)
    with rag.Archive.open(seeded.directory, settings=changed) as archive:
        visit = open_page(serve(archive))
        visit.ask("Did Musk talk to Putin?")
        expect(visit.page.locator(".turn .question")).to_have_text("Did Musk talk to Putin?")
        expect(visit.page.locator(".answer [role=alert]")).to_contain_text("rebuild")


def test_clear_stops_an_answer_that_is_being_written(seeded, serve, open_page):
    class Slow(rag.Archive):
        def stream(self, *arguments, **values):
            for answer in super().stream(*arguments, **values):
                time.sleep(2)
                yield answer

    seeded.close()
    with Slow.open(seeded.directory) as archive:
        page = open_page(serve(archive)).page
        page.locator("button.chip").first.click()
        expect(page.locator(".pending")).to_be_visible()
        page.get_by_role("button", name="Clear").click()
        page.wait_for_timeout(3000)
        expect(page.locator(".turn")).to_have_count(0)
        expect(page.locator("button.chip")).to_have_count(3)


def test_two_windows_do_not_see_each_others_conversation(visit, open_page):
    visit.ask("Did Musk talk to Putin?")
    other = open_page(visit.url)
    expect(other.page.locator(".turn")).to_have_count(0)
    other.ask("Did Musk talk to Xi Jinping?")
    visit.ask("Did Musk talk to Narendra Modi?")
    expect(other.page.locator(".question")).to_have_text(["Did Musk talk to Xi Jinping?"])
    expect(visit.page.locator(".question")).to_have_text(["Did Musk talk to Putin?", "Did Musk talk to Narendra Modi?"])


@pytest.mark.parametrize(("width", "height"), [(1100, 700), (1440, 900), (2200, 1200)])
def test_three_columns_fit_the_window(seeded, serve, open_page, width, height):
    page = open_page(serve(seeded), viewport={"width": width, "height": height}).page
    boxes = [page.locator(column).bounding_box() for column in ("#archive", "#talk", "#article")]
    assert [box["y"] for box in boxes] == [boxes[0]["y"]] * 3
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    assert page.evaluate("(e => [e.scrollWidth, e.scrollHeight])(document.documentElement)") == [width, height]


def test_a_narrow_window_stacks_the_columns(seeded, serve, open_page):
    page = open_page(serve(seeded), viewport={"width": 600, "height": 800}).page
    boxes = [page.locator(column).bounding_box() for column in ("#talk", "#article", "#archive")]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 600
