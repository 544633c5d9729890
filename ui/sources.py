"""An answer as HTML: its statements, each with the numbers of its sources, and the list of these sources."""

from collections.abc import Iterable, Mapping
from html import escape

from rag.answers import Answer, Citation, Hit, Statement, Verdict
from rag.articles import ArticleInfo
from ui.labels import details, language_name, name_in, opener

NEAREST = 3
"""Passages offered when the archive does not answer."""

SNIPPET = 240
"""Characters of a passage that are shown in the list; the article opens with all of it marked."""

VERDICTS = {
    Verdict.SUPPORTED: "The source says so.",
    Verdict.OVERSTATED: "The source only reports that somebody says so; the statement leaves that out.",
    Verdict.PARTLY: "The source says some of it, and nothing against the rest.",
    Verdict.UNSUPPORTED: "The source does not say so.",
    Verdict.CONTRADICTED: "The source says otherwise.",
}

Numbers = dict[tuple[str, int, int], int]
Known = Mapping[str, ArticleInfo]


def answer_html(answer: Answer, known: Known | None = None) -> str:
    """Return everything the page shows of an answer.

    :param known: what the archive's list says of the articles that the answer names.
    """
    known = known or {}
    if not answer.answered:
        return f'<p class="abstained">{escape(answer.text)}</p>{_nearest(answer.hits, known)}{_footnotes(answer)}'
    citations = _numbered(answer.statements)
    numbers = {_place(citation): number for number, citation in enumerate(citations, start=1)}
    statements = "".join(_statement(statement, numbers, known) for statement in answer.statements)
    own_words = {statement.text for statement in answer.statements}
    sources = "".join(
        _source(number, citation, known, quoted=citation.quote not in own_words)
        for number, citation in enumerate(citations, start=1)
    )
    listed = f'<ol class="sources" aria-label="Sources">{sources}</ol>' if sources else ""
    return f"{statements}{listed}{_footnotes(answer)}"


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.article_id, citation.start, citation.end


def _numbered(statements: Iterable[Statement]) -> list[Citation]:
    """Return each cited place once, in the order of first mention."""
    places: dict[tuple[str, int, int], Citation] = {}
    for statement in statements:
        for citation in statement.citations:
            places.setdefault(_place(citation), citation)
    return list(places.values())


def _statement(statement: Statement, numbers: Numbers, known: Known) -> str:
    """Return a quotation where the statement is its source's own words, else a paragraph, with source numbers."""
    buttons = "".join(_cite(numbers[_place(citation)], citation, known) for citation in statement.citations)
    verbatim = next((citation for citation in statement.citations if citation.quote == statement.text), None)
    words = f'<span class="words">{escape(statement.text)}</span>'
    if verbatim is None:
        return f'<p class="statement" dir="auto">{words} {buttons}</p>'
    language = f' lang="{escape(verbatim.language)}"' if verbatim.language else ""
    return f'<blockquote class="statement" dir="auto"{language}>{words} {buttons}</blockquote>'


def _cite(number: int, citation: Citation, known: Known) -> str:
    name = escape(name_in(known, citation.article_id, citation.title))
    return f'<button class="cite" {opener(*_place(citation))} aria-label="Source {number}: {name}">{number}</button>'


def _source(number: int, citation: Citation, known: Known, *, quoted: bool) -> str:
    """Return one line of the list; with the quote where no statement is made of it."""
    quote = f'<q dir="auto">{escape(citation.quote)}</q>' if quoted else ""
    meaning = VERDICTS.get(citation.verdict, "")
    return (
        f'<li><button class="source" {opener(*_place(citation))}><span class="number">{number}</span>'
        f'<span class="title" dir="auto">{escape(name_in(known, citation.article_id, citation.title))}</span>'
        f'<span class="details">{details(citation)}</span>{quote}'
        f'<span class="verdict {escape(citation.verdict)}" title="{escape(meaning)}">{escape(citation.verdict)}</span>'
        "</button></li>"
    )


def _nearest(hits: Iterable[Hit], known: Known) -> str:
    """Return the passages nearest to a question that the archive does not answer, as such."""
    items = "".join(_hit(hit, known) for hit in tuple(hits)[:NEAREST])
    return f'<h3 class="nearest">Nearest passages</h3><ul class="sources">{items}</ul>' if items else ""


def _hit(hit: Hit, known: Known) -> str:
    passage = hit.passage
    snippet = passage.text if len(passage.text) <= SNIPPET else passage.text[:SNIPPET].rsplit(" ", 1)[0] + " …"
    info = known.get(passage.article_id)
    described = escape(language_name(passage.language) or "") if info is None else details(info)
    return (
        f'<li><button class="source" {opener(passage.article_id, passage.start, passage.end)}>'
        f'<span class="title" dir="auto">{escape(name_in(known, passage.article_id))}</span>'
        f'<span class="details">{described}</span><q dir="auto">{escape(snippet)}</q></button></li>'
    )


def _footnotes(answer: Answer) -> str:
    """Return the notice and the chat model, where there are any."""
    notice = f'<p class="notice" role="status">{escape(answer.notice)}</p>' if answer.notice else ""
    model = f'<p class="model">Written by {escape(answer.model)}.</p>' if answer.model else ""
    return notice + model
