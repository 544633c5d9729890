import threading

import pytest
from playwright.sync_api import expect

import rag

HARBOUR = "Der Hamburger Hafen hat im Mai 2031 genau 812 Frachter abgefertigt. Das teilte die Hafenbehörde mit.\n"
ARTICLES = [
    rag.Article(
        id=f"n{number}",
        text=f"Bericht Nummer {number} aus der Stadt. Der Rat tagte am Montag und beschloss den Haushalt {number}.",
        title=f"Bericht {number}",
        language="de",
        source="Stadtblatt" if number % 2 else "Landbote",
    )
    for number in range(12)
]


def titles(page):
    return page.locator("#articles .title")


def test_the_list_shows_what_is_there_and_a_click_opens_it(visit):
    expect(visit.page.locator("#count")).to_contain_text("1 article")
    expect(titles(visit.page)).to_have_text(["000_6dea5b3e4e647803.txt"])
    visit.page.locator("#articles button").click()
    expect(visit.page.locator("#open .text")).to_contain_text("WASHINGTON – Technologiemogul Elon Musk")
    expect(visit.page.locator("#open mark")).to_have_count(0)
    expect(visit.page.locator("#articles button")).to_have_attribute("aria-current", "true")


def test_a_dropped_file_is_added_listed_and_answers_questions(visit, seeded):
    visit.drop({"Hafen.txt": HARBOUR})
    receipt = visit.page.locator("#receipt .receipt[aria-label=Receipt]")
    expect(receipt).to_contain_text("1 added", timeout=20_000)
    expect(receipt.locator(".entry")).to_have_count(1)
    expect(titles(visit.page)).to_have_text(["Hafen.txt", "000_6dea5b3e4e647803.txt"])
    expect(visit.page.locator("#count")).to_contain_text("2 articles")
    visit.ask("Wie viele Frachter hat der Hamburger Hafen im Mai 2031 abgefertigt?")
    expect(visit.page.locator("blockquote .words").first).to_have_text(
        "Der Hamburger Hafen hat im Mai 2031 genau 812 Frachter abgefertigt."
    )
    visit.page.locator("button.source").first.click()
    expect(visit.page.locator("#open h2")).to_have_text("Hafen.txt")
    assert (seeded.directory / "uploads" / "Hafen.txt").read_text(encoding="utf-8") == HARBOUR


def test_progress_shows_while_files_are_added(visit):
    visit.page.evaluate(
        """() => {
            window.bars = 0;
            const count = () => { window.bars += document.querySelectorAll('#receipt progress').length; };
            new MutationObserver(count).observe(document.querySelector('#archive'), {childList: true, subtree: true});
        }"""
    )
    visit.drop({f"file {number}.txt": f"{HARBOUR} Fassung {number}." for number in range(20)})
    expect(visit.page.locator("#receipt .counts")).to_contain_text("20 added", timeout=30_000)
    assert visit.page.evaluate("window.bars") > 0


def test_every_dropped_file_is_accounted_for(visit, seeded):
    visit.drop(
        {"good.txt": HARBOUR, "empty.txt": "", "tool.xyz": "?", "lines.jsonl": '{"text": "Ein Satz."}\n{broken\n'}
    )
    entries = visit.page.locator("#receipt .entry")
    expect(entries).to_have_count(5, timeout=20_000)
    expect(entries.filter(has_text="good.txt")).to_contain_text("added")
    expect(entries.filter(has_text="empty.txt").locator(".reason")).not_to_be_empty()
    expect(entries.filter(has_text="tool.xyz")).to_contain_text("not supported")
    expect(entries.filter(has_text="lines.jsonl:2")).to_contain_text("failed")
    kept = {path.name for path in (seeded.directory / "uploads").iterdir()}
    assert kept == {"good.txt", "lines.jsonl"}


def test_a_new_version_of_a_file_replaces_the_article(visit, seeded):
    visit.drop({"Hafen.txt": HARBOUR})
    expect(visit.page.locator("#receipt .counts")).to_have_text("1 added", timeout=20_000)
    visit.drop({"Hafen.txt": HARBOUR.replace("812", "950")})
    expect(visit.page.locator("#receipt .counts")).to_have_text("1 replaced", timeout=20_000)
    visit.drop({"Hafen.txt": HARBOUR.replace("812", "950")})
    expect(visit.page.locator("#receipt .counts")).to_have_text("1 unchanged", timeout=20_000)
    assert len(seeded.list()) == 2


def test_an_article_is_removed_only_after_a_second_look(visit, seeded):
    visit.drop({"Hafen.txt": HARBOUR})
    expect(visit.page.locator("#receipt .counts")).to_have_text("1 added", timeout=20_000)
    visit.page.locator("#articles button", has_text="Hafen.txt").click()
    visit.page.get_by_role("button", name="Remove from archive").click()
    expect(visit.page.locator("#notice")).to_contain_text("Remove “Hafen.txt” from the archive?")
    visit.page.get_by_role("button", name="Keep").click()
    assert len(seeded.list()) == 2
    visit.page.get_by_role("button", name="Remove from archive").click()
    visit.page.get_by_role("button", name="Remove", exact=True).click()
    expect(titles(visit.page)).to_have_text(["000_6dea5b3e4e647803.txt"])
    expect(visit.page.locator("#open")).to_contain_text("No article open")
    assert len(seeded.list()) == 1
    assert list((seeded.directory / "uploads").iterdir()) == []


def test_a_source_that_was_removed_meanwhile_says_so(visit, seeded):
    visit.ask("Did Musk talk to Putin?")
    seeded.remove([info.id for info in seeded.list()])
    visit.page.locator("button.source").first.click()
    expect(visit.page.locator("#open [role=alert]")).to_contain_text("No article")


def test_the_filter_appears_with_many_articles_and_narrows_the_list(archive, serve, open_page):
    archive.add(ARTICLES)
    page = open_page(serve(archive)).page
    expect(titles(page)).to_have_count(12)
    page.locator("#filter textarea").press_sequentially("landbote")
    expect(titles(page)).to_have_count(6)
    page.locator("#filter textarea").fill("Bericht 7")
    expect(titles(page)).to_have_text(["Bericht 7"])


def test_a_few_articles_need_no_filter(visit):
    expect(visit.page.locator("#filter")).to_have_count(0)


def test_an_empty_archive_says_what_to_do_and_fills(archive, serve, open_page):
    visit = open_page(serve(archive))
    expect(visit.page.locator(".welcome")).to_contain_text("The archive is empty")
    expect(visit.page.locator("button.chip")).to_have_count(0)
    visit.ask("Did Musk talk to Putin?")
    expect(visit.page.locator(".abstained")).to_be_visible()
    visit.drop({"Hafen.txt": HARBOUR})
    expect(titles(visit.page)).to_have_text(["Hafen.txt"], timeout=20_000)


@pytest.mark.parametrize("action", ["add", "remove"])
def test_an_archive_that_another_process_writes_says_so(visit, seeded, action):
    locked, free = threading.Event(), threading.Event()

    def hold(_):
        locked.set()
        free.wait(60)

    with rag.Archive.open(seeded.directory) as other:
        writer = threading.Thread(target=other.add, args=([rag.Article("x", HARBOUR)], hold))
        writer.start()
        try:
            assert locked.wait(30)
            if action == "add":
                visit.drop({"Hafen.txt": HARBOUR})
                shown = visit.page.locator("#receipt [role=alert]")
            else:
                visit.page.locator("#articles button", has_text="000_6dea5b3e4e647803").click()
                visit.page.get_by_role("button", name="Remove from archive").click()
                visit.page.get_by_role("button", name="Remove", exact=True).click()
                shown = visit.page.locator("#notice [role=alert]")
            expect(shown).to_contain_text("is being written by", timeout=10_000)
        finally:
            free.set()
            writer.join()
    assert any("000_6dea5b3e4e647803" in info.id for info in seeded.list())
