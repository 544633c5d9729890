"""Articles, file names and questions are data: whatever they contain, nothing runs, loads or is formatted."""

from dataclasses import replace

from playwright.sync_api import expect

import rag

FACT = "Der Bürgermeister Quintus Habermehl eröffnete die Brücke in Oberzell am Dienstag."
BAD = (
    "<script>alert('text')</script> <img src=http://evil.example/i.png onerror=alert(1)> **fett** _kursiv_ "
    "[Link](http://evil.example/) ![Bild](http://evil.example/b.png) $x^2$ ${alert(3)} {{value}} `code` </mark></div>"
)
HOSTILE = rag.Article(
    id='h"><img src=x onerror=alert(4)>',
    text=f"{FACT}\n{BAD}\nQuintus Habermehl sagte: {BAD}",
    title="A \"quoted\" 'title' <b onmouseover=alert(5)>bold</b> <script>alert(6)</script>",
    language="de",
    source="<iframe src=http://evil.example/></iframe>",
    published="2024-11-08",
    url="javascript:alert(7)",
)


def test_a_hostile_article_is_inert_wherever_it_is_shown(archive, serve, open_page):
    archive.add([HOSTILE])
    visit = open_page(serve(archive))
    text = archive.article(HOSTILE.id).text
    expect(visit.page.locator("#articles .title")).to_have_text(HOSTILE.title)
    visit.ask("Wer eröffnete die Brücke in Oberzell?")
    visit.ask(f"Hat {BAD} mit Xi Jinping gesprochen?")
    visit.page.locator("button.source").first.click()
    expect(visit.page.locator("#open h2")).to_have_text(HOSTILE.title)
    assert visit.page.locator("#open .text").evaluate("e => e.textContent") == text
    visit.page.locator("#open h2").hover()
    for tag in ("script", "img", "iframe", "b", "em", "strong", "code", "a"):
        assert visit.page.locator(f"#archive {tag}, #conversation {tag}, #open {tag}").count() == 0
    assert BAD in visit.page.locator(".question").last.inner_text()
    visit.page.wait_for_timeout(500)
    assert visit.incidents == []


class Lying(rag.Archive):
    """An archive whose chat model writes markup into everything that a model can write."""

    def stream(self, question, *_, **__):
        article = self.article(HOSTILE.id)
        citation = rag.Citation(
            article.id, 0, len(article.text), article.text, rag.Verdict.CONTRADICTED, reasons=(BAD,), attributed=BAD,
            copies=(BAD, HOSTILE.id), title=article.title, source=article.source, language=BAD, url=article.url,
        )  # fmt: skip
        other = replace(citation, article_id=BAD, verdict=rag.Verdict.SUPPORTED)
        statements = (
            rag.Statement(BAD, (citation,), rag.Verdict.CONTRADICTED, (BAD, BAD)),
            rag.Statement(f"{BAD} again", (other, citation), rag.Verdict.PARTLY, (BAD,)),
        )
        yield rag.Answer(
            question, answered=True, text=BAD, statements=statements, hits=(), notice=BAD, model=BAD, searched=BAD
        )


def test_a_hostile_model_is_inert_wherever_its_words_are_shown_or_saved(tmp_path, serve, open_page):
    with Lying.open(tmp_path / "archive") as archive:
        archive.add([HOSTILE])
        visit = open_page(serve(archive), permissions=["clipboard-read", "clipboard-write"])
        visit.ask("Why?")
        for place in (".statement", ".reasons li", ".note.reason", ".note.attributed", ".note.copies", ".searched"):
            expect(visit.page.locator(place).first).to_contain_text("<img src=http://evil.example/i.png")
        expect(visit.page.locator(".disagreement")).to_have_count(1)
        visit.page.locator(".statement").first.hover()
        visit.page.get_by_role("button", name="Copy with sources").click()
        expect(visit.page.get_by_role("button", name="Copied")).to_be_visible()
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name="Download as HTML").click()
        download.value.save_as(tmp_path / "answer.html")
        for tag in ("script", "img", "iframe", "b", "em", "strong", "code", "a"):
            assert visit.page.locator(f"#conversation {tag}, #saved {tag}").count() == 0
        saved = visit.page.context.new_page()
        saved.on("dialog", lambda dialog: visit.incidents.append(dialog.message))
        saved.on("request", lambda request: visit.incidents.append(request.url))
        saved.set_content((tmp_path / "answer.html").read_text(encoding="utf-8"))
        expect(saved.locator("s")).to_contain_text("<script>alert('text')</script>")
        for tag in ("script", "img", "iframe", "b", "em", "strong", "code", "a"):
            assert saved.locator(tag).count() == 0
        visit.page.wait_for_timeout(500)
        assert visit.incidents == []


def test_a_hostile_file_name_is_inert(visit):
    name = "<img src=x onerror=alert(1)> & 'a'.txt"
    visit.drop({name: FACT})
    expect(visit.page.locator("#receipt .counts")).to_have_text("1 added", timeout=20_000)
    expect(visit.page.locator("#receipt img, #articles img")).to_have_count(0)


def test_the_browser_itself_refuses_every_other_host(visit):
    blocked = visit.page.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.blockedURI));
            const image = new Image();
            image.src = 'http://evil.example/i.png';
        })"""
    )
    assert blocked == "http://evil.example/i.png"
    visit.incidents.clear()  # the refusal itself is a line in the console


def test_another_web_page_cannot_reach_the_archive(visit, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("http://evil.example/", lambda route: route.fulfill(body="<p>evil</p>", content_type="text/html"))
    page.goto("http://evil.example/")
    reached = page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", f"{visit.url}/config")
    sent = page.evaluate(
        "url => fetch(url, {method: 'POST', mode: 'no-cors', body: '{}'}).then(r => r.type, () => 'refused')",
        f"{visit.url}/gradio_api/upload",
    )
    context.close()
    assert reached == "refused"
    assert sent in {"opaque", "refused"}  # the guard's 403 (see tests/ui), which the other page cannot even read


def test_a_right_to_left_article_reads_from_the_right(archive, serve, open_page):
    archive.add([rag.Article("ar", "قال الرئيس إن المحادثات ستستمر يوم الخميس.\nEnglish words here.", "عنوان", "ar")])
    page = open_page(serve(archive)).page
    page.locator("#articles button").click()
    expect(page.locator("#open .text p")).to_have_count(2)
    directions = page.locator("#open .text p").evaluate_all("all => all.map(p => getComputedStyle(p).direction)")
    assert directions == ["rtl", "ltr"]
