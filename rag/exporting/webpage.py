"""An answer as one HTML page for people: no script, no request, every word of articles and models escaped."""

from collections.abc import Iterator
from html import escape

from rag.answers import Citation, Statement
from rag.exporting.record import Record
from rag.wording import LOCATED, STRUCK, VERDICTS, citation_details, usage_line, verdict_reasons

_STYLE = """
:root { color-scheme: light dark; --quiet: #5b6472; --line: #d9dee5; --supported: #15803d; --overstated: #b45309;
  --partly: #1d4ed8; --unsupported: #b91c1c; --contradicted: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --quiet: #9aa4b2; --line: #333b47; --supported: #4ade80;
  --overstated: #fbbf24; --partly: #93c5fd; --unsupported: #f87171; --contradicted: #f87171; } }
body { font: 16px/1.55 system-ui, "Noto Sans", sans-serif; max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1rem; margin: 2.5rem 0 .5rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0; }
.statement { font-size: 1.1rem; margin: .3rem 0; }
.verdict { font-size: .85rem; font-weight: 650; }
.supported { color: var(--supported); } .overstated { color: var(--overstated); } .partly { color: var(--partly); }
.unsupported { color: var(--unsupported); } .contradicted { color: var(--contradicted); }
ul { margin: .3rem 0; padding-inline-start: 1.2rem; }
figure { margin: 1rem 0; } blockquote { margin: 0; padding-inline-start: .8rem;
  border-inline-start: 3px solid var(--line); }
figcaption, dl, .details { font-size: .85rem; color: var(--quiet); } figcaption { margin-top: .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; }
@media (max-width: 30rem) { dl { display: block; } dd { margin-bottom: .4rem; } }
"""


def webpage(record: Record) -> str:
    """Return the record as a complete HTML document that may do nothing but be read."""
    number = 0
    sections = []
    for statement in record.statements:
        figures = []
        for citation in statement.citations:
            number += 1
            figures.append(_figure(number, citation, statement))
        sections.append(f"<section>{_statement(statement)}{''.join(figures)}</section>")
    searched = f'<p class="details">Searched for: {_text(record.searched)}</p>' if record.searched else ""
    abstained = "" if record.answered else f"<p><strong>{_text(record.text)}</strong></p>"
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{_text(value)}</dd>" for name, value in _facts(record))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(record.question)}</title><style>{_STYLE}</style></head>\n"
        f'<body><h1 dir="auto">{escape(record.question)}</h1>{searched}{abstained}\n{"".join(sections)}\n'
        f"<h2>Record</h2><dl>{facts}</dl></body></html>\n"
    )


def _text(text: str) -> str:
    """Return escaped text that finds its own direction."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _statement(statement: Statement) -> str:
    verdict = VERDICTS[statement.verdict]
    tag = "s" if statement.verdict in STRUCK else "span"
    reasons = _list(verdict_reasons(statement.verdict, statement.reasons))
    quoted = any(citation.quote == statement.text for citation in statement.citations)
    text = f"“{escape(statement.text)}”" if quoted else escape(statement.text)
    return (
        f'<p class="verdict {statement.verdict}">{verdict.icon} {verdict.label}</p>'
        f'<p class="statement" dir="auto"><{tag}>{text}</{tag}></p>{reasons}'
    )


def _figure(number: int, citation: Citation, statement: Statement) -> str:
    """Return the source's words, and below them whose they are and what they are worth."""
    verdict = VERDICTS[citation.verdict]
    language = f' lang="{escape(citation.language)}"' if citation.language else ""
    quote = f'<blockquote dir="auto"{language}>{escape(citation.quote)}</blockquote>'
    if citation.quote == statement.text:
        quote = ""  # it stands right above
    about = " · ".join(map(_text, (citation.title or citation.article_id, *citation_details(citation))))
    notes = [*citation.reasons, f"{citation.article_id}, characters {citation.start}–{citation.end}"]
    if citation.attributed:
        notes.append(f"reported: {citation.attributed}")
    if citation.copies:
        notes.append(f"also in: {', '.join(citation.copies)}")
    if citation.url:
        notes.append(citation.url)
    return (
        f"<figure>{quote}"
        f'<figcaption>[{number}] {about}<br><span class="verdict {citation.verdict}">{verdict.icon} {verdict.says}'
        f"</span> · {LOCATED[citation.located]}{_list(notes)}</figcaption></figure>"
    )


def _list(lines: tuple[str, ...] | list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in lines)}</ul>" if lines else ""


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    yield "Answered", record.created
    yield "newsrag", record.newsrag
    if record.filters:
        yield "Only articles", str(record.filters)
    yield "Written by", record.model or "nobody; the statements are quoted sentences"
    if record.confidence is not None:
        yield "Confidence", f"{record.confidence:.2f}"
    if record.usage is not None:
        yield "Usage", usage_line(record.usage)
    if record.notice:
        yield "Notice", record.notice
    yield from ((f"Index: {name}", str(value)) for name, value in record.index.items())
    for article_id, digest in record.text_sha256.items():
        yield "SHA-256", f"{article_id}: {digest or 'had changed before the export'}"
