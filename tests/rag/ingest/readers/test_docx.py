import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(xml):
    """Return a document whose only paragraph is this XML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    return saved(document)


def with_part(data, name, content):
    """Return the document with one part of its zip replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return stream.getvalue()


class TestReadDocx:
    def test_paragraphs_and_tables_in_order(self, read_one):
        document = docx.Document()
        document.add_paragraph("Vor der Tabelle.")
        table = document.add_table(2, 2)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"Zelle {number}"
        table.cell(0, 0).merge(table.cell(0, 1))
        document.add_paragraph("Nach der Tabelle.")
        lines = read_one("a.docx", saved(document)).text.split("\n")
        assert lines == ["Vor der Tabelle.", "Zelle 0", "Zelle 1", "Zelle 2", "Zelle 3", "Nach der Tabelle."]

    def test_properties(self, read_one):
        document = docx.Document()
        document.add_paragraph("Ein Text.")
        facts = document.core_properties
        facts.title, facts.author, facts.created = "Der Titel", "Eva Muster", datetime(2024, 11, 8, tzinfo=UTC)
        article = read_one("a.docx", saved(document))
        assert (article.title, article.source) == ("Der Titel", "Eva Muster")
        assert article.published.startswith("2024-11-08T00:00:00")

    def test_properties_of_the_template_are_nobodys(self, read_one):
        article = read_one("a.docx", with_body("<w:r><w:t>Ein Text.</w:t></w:r>"))
        assert (article.title, article.source, article.published) == (None, None, None)

    @pytest.mark.parametrize(
        ("xml", "text"),
        [
            ("<w:ins><w:r><w:t>Eingefügt.</w:t></w:r></w:ins>", "Eingefügt."),
            ("<w:r><w:t>Da.</w:t></w:r><w:del><w:r><w:delText>Weg.</w:delText></w:r></w:del>", "Da."),
            ("<w:r><w:t>Da.</w:t></w:r><w:moveFrom><w:r><w:t>Weg.</w:t></w:r></w:moveFrom>", "Da."),
            ("<w:sdt><w:sdtContent><w:r><w:t>Feld.</w:t></w:r></w:sdtContent></w:sdt>", "Feld."),
            (
                "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",
                "a\tb\nc",
            ),
        ],
    )
    def test_text_that_word_shows(self, read_one, xml, text):
        assert read_one("a.docx", with_body(xml)).text == text

    def test_no_text(self, failure):
        assert failure("a.docx", saved(docx.Document())).startswith("no text")

    def test_zip_bomb_above_the_limit(self, failure):
        data = with_part(with_body(""), "word/document.xml", b" " * 5_000_000)
        assert len(data) < 200_000
        reason = failure("a.docx", data)
        assert reason.startswith("the file unpacks to 5.")
        assert reason.endswith(" MB, more than the 2 MB that are allowed; raise RAG_MAX_FILE_MB")

    def test_zip_bomb_below_the_limit(self, tmp_path):
        from rag.ingest import read_file
        from rag.settings import Settings

        path = tmp_path / "a.docx"
        path.write_bytes(with_part(with_body(""), "word/document.xml", b" " * 50_000_000))
        (record,) = read_file(path, Settings())
        assert record.reason.startswith("a zip bomb: it unpacks to ")

    def test_entities_are_not_expanded(self, read, tmp_path):
        (tmp_path / "secret.txt").write_text("TOP SECRET")
        xml = (
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}"><!ENTITY i "INSIDE">]>'
            f"<w:document {W}><w:body><w:p><w:r><w:t>Da &e;&i;</w:t></w:r></w:p></w:body></w:document>"
        )
        (record,) = read("a.docx", with_part(with_body(""), "word/document.xml", xml))
        assert "SECRET" not in str(record)
        assert "INSIDE" not in str(record)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"no zip at all", "not a Word document: File is not a zip file"),
            (with_part(with_body(""), "[Content_Types].xml", "<x>"), "not a Word document that can be read"),
            (with_part(with_body(""), "word/document.xml", "no XML"), "not a Word document that can be read"),
            (saved(docx.Document())[:-100], "not a Word document"),
        ],
    )
    def test_broken(self, failure, data, reason):
        assert failure("a.docx", data).startswith(reason)
