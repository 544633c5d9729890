import io
from datetime import UTC, datetime

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from rag.ingest import split
from rag.ingest.readers.pdf import unwrap

SENTENCE = (
    "The president said on Monday that the talks with the neighbouring countries will continue next week in Geneva, "
    "although several ministers had asked for a longer pause."
)


def pdf(*pages, **facts):
    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.set_creation_date(facts.pop("created", datetime(2024, 11, 8, tzinfo=UTC)))
    for name, value in facts.items():
        getattr(document, f"set_{name}")(value)
    for text in pages:
        document.add_page()
        document.multi_cell(0, text=text, align="L")
    return bytes(document.output())


def encrypted(data, user, owner, algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm=algorithm)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


class TestReadPdf:
    def test_pages_and_facts(self, read_one):
        article = read_one("a.pdf", pdf("First page.", "Second page.", title="Talks go on", author="Eva Muster"))
        assert article.text == "First page.\nSecond page."
        assert (article.title, article.source) == ("Talks go on", "Eva Muster")
        assert article.published.startswith("2024-11-08")

    def test_sentence_over_several_lines_is_one(self, read_one):
        article = read_one("a.pdf", pdf(f"Talks go on\n\n{SENTENCE} {SENTENCE}\nEnd."))
        spans = [span for passage in split(article, 800) for span in passage.sentences]
        assert [article.text[start:end] for start, end in spans] == ["Talks go on", SENTENCE, SENTENCE, "End."]

    @pytest.mark.parametrize("title", ["Untitled-1", "Microsoft Word - news.doc", "artikel.indd"])
    def test_title_that_a_program_wrote_is_none(self, read_one, title):
        assert read_one("a.pdf", pdf("Text.", title=title)).title is None

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
    def test_encrypted(self, failure, algorithm):
        data = encrypted(pdf("Secret text."), "secret", "owner", algorithm)
        assert failure("a.pdf", data) == "the PDF is encrypted; remove its password first"

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
    def test_encrypted_with_the_empty_password(self, read_one, algorithm):
        assert read_one("a.pdf", encrypted(pdf("Open text."), "", "owner", algorithm)).text == "Open text."

    def test_pages_without_text(self, failure):
        assert failure("a.pdf", pdf("", "")) == "no text (a scanned PDF? run OCR first)"

    @pytest.mark.parametrize("data", [b"no pdf at all", b"%PDF-1.7\n%%EOF", pdf("Text.")[:300]])
    def test_broken(self, failure, data):
        assert failure("a.pdf", data).startswith(("not a PDF that can be read", "no text"))

    def test_text_too_large(self, failure):
        # One page whose content is drawn 400 times: a small file, a large text.
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("word " * 600))))
        for _ in range(400):
            writer.add_page(writer.pages[0])
        stream = io.BytesIO()
        writer.write(stream)
        assert "RAG_MAX_ARTICLE_MB" in failure("a.pdf", stream.getvalue())


class TestUnwrap:
    FULL = "Dies ist eine volle Zeile, die im nächsten Augenblick"

    def test_full_line_is_joined(self):
        assert unwrap(f"{self.FULL}\nweitergeht.\nNeu") == f"{self.FULL} weitergeht.\nNeu"

    def test_hyphen_stays(self):
        assert unwrap(f"{self.FULL} Kranken-\nhaus und\nX") == f"{self.FULL} Kranken-haus und\nX"
        assert unwrap(f"{self.FULL} Berlin-\nMitte und\nX") == f"{self.FULL} Berlin- Mitte und\nX"

    def test_short_and_finished_lines_and_blank_ones_end(self):
        text = f"Titel\n{self.FULL} endet.\nNeuer Satz\n\n{self.FULL}\n\nEnde"
        assert unwrap(text) == text

    def test_empty(self):
        assert unwrap("") == ""
