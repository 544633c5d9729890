import pytest

SENTENCE = "Der Präsident sagte am Montag in {}, dass die Verhandlungen über Größe und Kosten weitergehen."
FIRST = " ".join(SENTENCE.format(city) for city in ("Köln", "Wien", "Genf", "Rom"))
SECOND = " ".join(SENTENCE.format(city) for city in ("Oslo", "Kiew", "Bern", "Prag"))
PAGE = f"""<!DOCTYPE html><html lang="de"><head>{{meta}}<title>Gespräche gehen weiter - Beispielblatt</title>
<meta property="og:site_name" content="Beispielblatt"><link rel="canonical" href="https://example.org/a/1">
<script type="application/ld+json">{{{{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Gespräche gehen weiter","datePublished":"2024-11-08T10:00:00+01:00",
"author":{{{{"@type":"Person","name":"Eva Muster"}}}}}}}}</script></head>
<body><nav><a href="/">Start</a><a href="/p">Politik</a></nav><article><h1>Gespräche gehen weiter</h1>
<p>{FIRST}</p><p>{SECOND}</p></article><footer>Impressum</footer></body></html>"""


class TestReadHtml:
    def test_article_without_menus_and_with_what_the_page_says_of_it(self, read_one):
        article = read_one("a.html", PAGE.format(meta=""))
        assert article.text == f"Gespräche gehen weiter\n{FIRST}\n{SECOND}"
        assert (article.title, article.published, article.source, article.url, article.language) == (
            "Gespräche gehen weiter",
            "2024-11-08",
            "Beispielblatt",
            "https://example.org/a/1",
            "de",
        )

    @pytest.mark.parametrize(
        ("codec", "meta"),
        [
            ("utf-8", '<meta charset="utf-8">'),
            ("utf-8", '<meta charset="iso-8859-1">'),
            ("cp1252", '<meta charset="iso-8859-1">'),
            ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
            ("cp1252", '<meta charset="no-such-thing">'),
            ("utf-16", '<meta charset="utf-16">'),
            ("mac_roman", "<meta charset=macintosh>"),
        ],
    )
    def test_encodings(self, read_one, codec, meta):
        assert FIRST in read_one("a.htm", PAGE.format(meta=meta).encode(codec)).text

    def test_xml_declaration(self, read_one):
        page = '<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE.format(meta="")
        assert FIRST in read_one("a.html", page).text

    @pytest.mark.parametrize(
        "body",
        [
            '<nav><ul><li><a href="/">Start</a></li><li><a href="/p">Politik</a></li></ul></nav><footer>©</footer>',
            '<div class="menu"><a href="/">Start</a></div><div id="cookie-banner">Wir verwenden Cookies.</div>',
            "<script>var text = 'Das ist kein Artikel.'</script>",
            "",
        ],
    )
    def test_page_without_an_article(self, failure, body):
        assert failure("a.html", f"<html><head><title>T</title></head><body>{body}</body></html>") == (
            "no article in the page, only menus and the like"
        )

    def test_short_article_is_one(self, read_one):
        assert read_one("a.html", "<html><body><p>Ein kurzer Text.</p></body></html>").text == "Ein kurzer Text."

    def test_deeply_nested_page_ends(self, read):
        (record,) = read("a.html", "<div>" * 100_000 + "Text")
        assert record.article is not None or record.reason
