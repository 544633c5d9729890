"""A real page over a real archive in a real browser; every test also checks that the page stayed by itself."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright

import rag
from rag.answers import Located, Usage
from ui.serving import start

CHROMIUMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")

ANSWER_TIMEOUT = 20_000
"""Milliseconds until an answer must be there, on a slow machine that loads its encoder first."""


@dataclass
class Visit:
    """One window with the page open, and what happened in it that must not happen."""

    page: Page
    url: str
    incidents: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note dialogs, errors and requests to anywhere but the page's own server."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.incidents.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.context.on("request", self._request)

    def ask(self, question: str) -> None:
        """Type a question, press Enter and wait for the complete answer."""
        asked = self.page.locator(".turn").count()
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(".turn").nth(asked).locator(".answer[aria-busy=false]").wait_for(timeout=ANSWER_TIMEOUT)

    def drop(self, files: dict[str, str]) -> None:
        """Drop files (name to content) onto the drop zone."""
        self.page.evaluate(
            """files => {
                const transfer = new DataTransfer();
                for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
                const zone = document.querySelector('#drop button');
                for (const kind of ['dragenter', 'dragover', 'drop'])
                    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
            }""",
            files,
        )

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.incidents.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.incidents.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != urlsplit(self.url).netloc:
            self.incidents.append(f"request: {request.url}")


ARTICLES = [
    rag.Article(
        "daily",
        "Die Brücke wurde am Dienstag eröffnet. Laut einer Quelle im Rathaus kostete sie 308 Millionen Euro. "
        "Der Bürgermeister sprach nicht mit Journalisten.",
        "Brücke in Oberzell eröffnet", "de", "2024-11-08", "Tageblatt", "https://tageblatt.example/bruecke",
    ),
    rag.Article("wire", "Die Brücke wurde am Dienstag eröffnet.", "Agentur: Eröffnung", "de", "2024-11-08", "DPA"),
    rag.Article(
        "post", "The bridge cost 412 million euros, the audit office said.", "Audit of the Oberzell bridge", "en",
        "2025-02-01", "Morning Post",
    ),
    rag.Article("arab", "قال الرئيس إن الجسر آمن.", "الجسر", "ar", "2024-12-01", "الأخبار"),
]  # fmt: skip
"""What the judged answer cites."""


def judged(archive: rag.Archive, question: str) -> rag.Answer:
    """Return an answer with a statement of every verdict and a citation of every way to find a quote."""
    articles = {article.id: archive.article(article.id) for article in ARTICLES}

    def citation(name: str, words: str, verdict: str, **values) -> rag.Citation:
        found = articles[name]
        start = found.text.index(words)
        known = {each: getattr(found, each) for each in ("title", "source", "published", "language", "url")} | values
        return rag.Citation(name, start, start + len(words), words, rag.Verdict(verdict), **known)

    opened = "Die Brücke wurde am Dienstag eröffnet."
    cost = "Laut einer Quelle im Rathaus kostete sie 308 Millionen Euro."
    reported = {"attributed": "Laut einer Quelle im Rathaus", "located": Located.REPAIRED}
    talk = "Der Bürgermeister sprach nicht mit Journalisten."
    audit = "The bridge cost 412 million euros, the audit office said."
    statements = (
        rag.Statement(opened, (citation("daily", opened, "supported", copies=("wire",)),)),
        rag.Statement(
            "The bridge cost 308 million euros.",
            (
                citation("daily", cost, "overstated", **reported),
                citation("post", audit, "contradicted", reasons=("the source says 412, the statement 308",)),
            ),
            rag.Verdict.OVERSTATED,
            ("the source only reports it: “Laut einer Quelle im Rathaus”; the statement leaves that out",),
        ),
        rag.Statement(
            "The president said on Monday that the bridge is safe.",
            (citation("arab", "قال الرئيس إن الجسر آمن.", "partly", located=Located.MOVED),),
            rag.Verdict.PARTLY,
            ("the source does not say “Monday”",),
        ),
        rag.Statement(
            "Two ministers came to the opening.",
            (citation("daily", opened, "unsupported", located=Located.NOT_FOUND),),
            rag.Verdict.UNSUPPORTED,
            ("the source does not say “ministers”", "the quoted words stand nowhere in what was read"),
        ),
        rag.Statement(
            "The mayor talked to journalists.",
            (citation("daily", talk, "contradicted", located=Located.CHOSEN),),
            rag.Verdict.CONTRADICTED,
            ("the source says “nicht”",),
        ),
    )
    text = "\n".join(statement.text for statement in statements)
    return rag.Answer(
        question, answered=True, text=text, statements=statements, hits=(), notice="Two passages were left out.",
        model="ollama:small", searched=f"{question} (the bridge in Oberzell)", usage=Usage(1234, 56, 0.0021),
    )  # fmt: skip


class Judged(rag.Archive):
    """An archive that gives the judged answer to every question, one statement after the other."""

    def stream(self, question, *_, **__):
        answer = judged(self, question)
        for number in range(1, len(answer.statements) + 1):
            yield replace(answer, statements=answer.statements[:number])


@pytest.fixture
def judging(tmp_path) -> Iterator[rag.Archive]:
    """An archive that gives the judged answer."""
    with Judged.open(tmp_path / "judged") as archive:
        archive.add(ARTICLES)
        yield archive


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine (apt-get install chromium); CI must have one")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=arguments)
        yield started
        started.close()


@pytest.fixture
def serve() -> Iterator[Callable[[rag.Archive], str]]:
    """Serve an archive's page on a free port and return its address."""
    pages = []

    def started(archive: rag.Archive) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        pages.append(start(archive, port))
        return f"http://127.0.0.1:{port}"

    yield started
    for page in pages:
        page.close(verbose=False)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address in a window of its own, and complain at the end about anything that happened in it."""
    visits: list[Visit] = []
    contexts: list[BrowserContext] = []

    def opened(url: str, **options) -> Visit:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        visit = Visit(context.new_page(), url)
        visits.append(visit)
        visit.watch()
        visit.page.goto(url)
        visit.page.locator(".welcome").wait_for()
        return visit

    yield opened
    incidents = [incident for visit in visits for incident in visit.incidents]
    for context in contexts:
        context.close()
    assert incidents == []


@pytest.fixture
def seeded(archive: rag.Archive, seed) -> rag.Archive:
    """An archive with the seed article."""
    archive.add([seed])
    return archive


@pytest.fixture
def visit(seeded: rag.Archive, serve, open_page) -> Visit:
    """The page over an archive with the seed article."""
    return open_page(serve(seeded))
