"""What an answer rests on as HTML: cited words with their place and worth, and passages that are merely near."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from rag.answers import Citation, Hit, Verdict
from rag.articles import ArticleInfo
from rag.wording import LOCATED, VERDICTS, language_name
from ui.labels import details, name_in, opener

NEAREST = 3
"""Passages offered when the archive does not answer."""

SNIPPET = 240
"""Characters of a passage that are shown in the list; the article opens with all of it marked."""

Numbers = Mapping[tuple[str, int, int], int]
Known = Mapping[str, ArticleInfo]


def place(citation: Citation) -> tuple[str, int, int]:
    """Return what makes two citations one source: the article and the cited characters."""
    return citation.article_id, citation.start, citation.end


def numbered(citations: Iterable[Citation]) -> dict[tuple[str, int, int], int]:
    """Return each cited place with its number, from 1, in the order of first mention."""
    return {each: number for number, each in enumerate(dict.fromkeys(map(place, citations)), start=1)}


def badge_html(verdict: Verdict, label: str) -> str:
    """Return a verdict as icon and words, so that nobody needs its colour."""
    words = VERDICTS[verdict]
    icon = f'<span class="icon" aria-hidden="true">{words.icon}</span>'
    return f'<span class="badge {escape(verdict)}" title="{escape(words.meaning)}">{icon} {escape(label)}</span>'


def number_html(citation: Citation, numbers: Numbers, known: Known) -> str:
    """Return the small number behind a statement that opens its source."""
    number = numbers[place(citation)]
    name = escape(name_in(known, citation.article_id, citation.title))
    return f'<button class="cite" {opener(*place(citation))} aria-label="Source {number}: {name}">{number}</button>'


def sources_html(citations: Sequence[Citation], numbers: Numbers, known: Known, statement: str) -> str:
    """Return the citations of a statement; sources that disagree stand side by side, newest first.

    :param statement: its text; a quote that is just this is not repeated.
    """
    if not citations:
        return ""
    if not disagree(citations):
        items = "".join(_source(citation, numbers, known, statement) for citation in citations)
        return f'<ol class="sources" aria-label="Sources">{items}</ol>'
    newest_first = sorted(citations, key=lambda citation: citation.published or "", reverse=True)
    items = "".join(_source(citation, numbers, known, None) for citation in newest_first)
    return (
        '<div class="disagreement" role="group" aria-label="Sources disagree"><h3>Sources disagree</h3>'
        f'<ol class="sources sides" aria-label="Sources, newest first">{items}</ol></div>'
    )


def disagree(citations: Sequence[Citation]) -> bool:
    """Tell whether another source says otherwise than the first one, which the statement is made from."""
    first = citations[0]
    return first.verdict is not Verdict.CONTRADICTED and any(
        citation.verdict is Verdict.CONTRADICTED and citation.article_id != first.article_id for citation in citations
    )


def nearest_html(hits: Sequence[Hit], known: Known) -> str:
    """Return the passages nearest to a question that the archive does not answer, as such."""
    items = "".join(_hit(hit, known) for hit in hits[:NEAREST])
    return f'<h3 class="nearest">Nearest passages</h3><ul class="sources">{items}</ul>' if items else ""


def _source(citation: Citation, numbers: Numbers, known: Known, statement: str | None) -> str:
    """Return one citation: whose words they are, the words, how they were found and what they are worth."""
    language = f' lang="{escape(citation.language)}"' if citation.language else ""
    quote = "" if citation.quote == statement else f'<q dir="auto"{language}>{escape(citation.quote)}</q>'
    return (
        f'<li><button class="source" {opener(*place(citation))}>'
        f'<span class="number">{numbers[place(citation)]}</span>'
        f'<span class="title" dir="auto">{escape(name_in(known, citation.article_id, citation.title))}</span>'
        f"{badge_html(citation.verdict, VERDICTS[citation.verdict].says)}"
        f'<span class="details">{details(citation)}</span>{quote}{_notes(citation, known)}</button></li>'
    )


def _notes(citation: Citation, known: Known) -> str:
    """Return what is to be known of a quote, one line each."""
    notes = [("located", LOCATED[citation.located])]
    if citation.attributed:
        notes.append(("attributed", f"reported: {citation.attributed}"))
    notes += [("reason", reason) for reason in citation.reasons]
    if citation.copies:
        notes.append(("copies", f"also in: {', '.join(name_in(known, copy) for copy in citation.copies)}"))
    return "".join(f'<span class="note {kind}" dir="auto">{escape(note)}</span>' for kind, note in notes)


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
