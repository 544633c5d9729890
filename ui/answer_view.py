"""An answer as HTML: each statement with its verdict, the reasons for it, and its sources right below."""

from html import escape

from rag.answers import Answer, Statement
from rag.wording import STRUCK, VERDICTS, usage_line, verdict_reasons
from ui.sources import Known, Numbers, badge_html, nearest_html, number_html, numbered, sources_html


def answer_html(answer: Answer, known: Known | None = None) -> str:
    """Return everything the page shows of an answer.

    :param known: what the archive's list says of the articles that the answer names.
    """
    known = known or {}
    if answer.answered:
        numbers = numbered(citation for statement in answer.statements for citation in statement.citations)
        shown = "".join(_statement(statement, numbers, known) for statement in answer.statements)
    else:
        shown = f'<p class="abstained">{escape(answer.text)}</p>{nearest_html(answer.hits, known)}'
    return f"{_searched(answer)}{shown}{_footnotes(answer)}"


def _statement(statement: Statement, numbers: Numbers, known: Known) -> str:
    """Return a statement, struck through where nothing bears it out, and below it all that is to be known of it."""
    reasons = "".join(
        f'<li dir="auto">{escape(reason)}</li>' for reason in verdict_reasons(statement.verdict, statement.reasons)
    )
    why = f'<ul class="reasons" aria-label="Reasons">{reasons}</ul>' if reasons else ""
    return (
        f'<div class="judged {escape(statement.verdict)}">{_words(statement, numbers, known)}'
        f'<p class="verdict">{badge_html(statement.verdict, VERDICTS[statement.verdict].label)}</p>{why}'
        f"{sources_html(statement.citations, numbers, known, statement.text)}</div>"
    )


def _words(statement: Statement, numbers: Numbers, known: Known) -> str:
    """Return a quotation where the statement is its source's own words, else a paragraph, with source numbers."""
    buttons = "".join(number_html(citation, numbers, known) for citation in statement.citations)
    if statement.verdict in STRUCK:
        words = f'<span class="unheard">Struck out: </span><s class="words">{escape(statement.text)}</s>'
    else:
        words = f'<span class="words">{escape(statement.text)}</span>'
    verbatim = next((citation for citation in statement.citations if citation.quote == statement.text), None)
    if verbatim is None:
        return f'<p class="statement" dir="auto">{words} {buttons}</p>'
    language = f' lang="{escape(verbatim.language)}"' if verbatim.language else ""
    return f'<blockquote class="statement" dir="auto"{language}>{words} {buttons}</blockquote>'


def _searched(answer: Answer) -> str:
    """Return the question as it was searched, where a follow-up was completed."""
    return f'<p class="searched">Searched for: <bdi>{escape(answer.searched)}</bdi></p>' if answer.searched else ""


def _footnotes(answer: Answer) -> str:
    """Return the notice, and the chat model with what it counted, where there are any."""
    notice = f'<p class="notice" role="status">{escape(answer.notice)}</p>' if answer.notice else ""
    usage = f" {escape(usage_line(answer.usage))}." if answer.usage is not None else ""
    model = f'<p class="model">Written by {escape(answer.model)}.{usage}</p>' if answer.model else ""
    return notice + model
