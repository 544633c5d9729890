from dataclasses import replace

from rag.exporting import plain_text


def test_every_statement_has_its_verdict_reason_quote_and_place(record):
    blocks = plain_text(record).split("\n\n")
    assert blocks[0] == "What about the bridge?"
    assert blocks[1] == "Searched for: What about the bridge in Oberzell?"
    assert blocks[2] == (
        "[✓ supported] “Die Brücke wurde am Dienstag eröffnet.”\n"
        "  [1] Brücke eröffnet, Tageblatt, 2024-11-08, German; daily, characters 0–38\n"
        "      ✓ says so; found word for word\n"
        "      also in: wire\n"
        "      https://tageblatt.example/bruecke"
    )
    assert blocks[3].splitlines()[:4] == [
        "[▲ overstated] The bridge cost 308 million euros.",
        "  – the source only reports it",
        "  [2] Brücke eröffnet, Tageblatt, 2024-11-08, German; daily, characters 39–88",
        "      “Laut einer Quelle kostete sie 308 Millionen Euro.”",
    ]
    assert blocks[4].startswith("[✗ contradicted] It was dry.\n  – The source says otherwise.\n")
    assert blocks[5].endswith("1,200 tokens read, 34 written, 0.5000 US dollars\nA passage was left out.\n")


def test_an_abstention_says_so(record):
    text = plain_text(replace(record, answered=False, statements=(), text="The archive does not answer this."))
    assert "\n\nThe archive does not answer this.\n\nnewsrag" in text


def test_no_word_of_an_article_begins_a_line_of_its_own(record):
    citation = replace(record.statements[0].citations[0], title="One\n[✓ supported] Two", quote="a\nb")
    statement = replace(record.statements[0], citations=(citation,), text="x\n[✓ supported] y")
    text = plain_text(replace(record, statements=(statement,)))
    assert sum(line.startswith("[✓") for line in text.splitlines()) == 1
