"""An answer as Markdown for people; what articles and models wrote is escaped, so that none of it becomes live."""

import re
from collections.abc import Iterator

from rag.answers import Citation, Statement
from rag.exporting.record import Record
from rag.wording import LOCATED, STRUCK, VERDICTS, citation_details, usage_line, verdict_reasons

_SPECIAL = re.compile(
    r"[\\`*_\[\]<>&#|~$]"
    r"|:(?=[^\s\d])"  # a scheme
    r"|/(?=/)"
    r"|(?<=\w)\.(?=[^\W\d])"  # a host's name
)
"""What Markdown, its dialects (tables, strike-through, formulas) and their finders of bare addresses act on."""
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^()([-+=])")


def escaped(text: str) -> str:
    r"""Return text as Markdown on one line that shows exactly its characters, with white space as single spaces.

    >>> escaped("[x](http://e.example) me@e.example")
    '\\[x\\](http\\:\\//e\\.example) me`@`e\\.example'

    An ``@`` is shown as code: GitHub makes addresses of e-mails even where it is escaped.
    """
    line = _LINE_START.sub(r"\1\3\\\2\4", _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())))
    return re.sub("@+", r"`\g<0>`", line)


def markdown(record: Record) -> str:
    """Return the record as a Markdown document (CommonMark with GitHub's ``~~``)."""
    blocks = [f"# {escaped(record.question)}"]
    if record.searched:
        blocks.append(f"Searched for: {escaped(record.searched)}")
    if not record.answered:
        blocks.append(f"**{escaped(record.text)}**")
    number = 0
    for place, statement in enumerate(record.statements, start=1):
        blocks += _statement(place, statement)
        for citation in statement.citations:
            number += 1
            blocks.append("\n".join(_citation(number, citation, statement)))
    return "\n\n".join([*blocks, "## Record", "\n".join(_record(record))]) + "\n"


def _statement(place: int, statement: Statement) -> Iterator[str]:
    verdict = VERDICTS[statement.verdict]
    quoted = any(citation.quote == statement.text for citation in statement.citations)
    text = f"“{escaped(statement.text)}”" if quoted else escaped(statement.text)
    yield f"## {place}. {verdict.icon} {verdict.label}"
    yield f"~~{text}~~" if statement.verdict in STRUCK else text
    reasons = verdict_reasons(statement.verdict, statement.reasons)
    if reasons:
        yield "\n".join(f"- {escaped(reason)}" for reason in reasons)


def _citation(number: int, citation: Citation, statement: Statement) -> Iterator[str]:
    """Yield the lines of a quotation: the source's words, and below them whose they are and what they are worth.

    A quote that is just the statement is not repeated.
    """
    verdict = VERDICTS[citation.verdict]
    about = " · ".join(
        (f"**{escaped(citation.title or citation.article_id)}**", *map(escaped, citation_details(citation)))
    )
    if citation.quote != statement.text:
        yield f"> {escaped(citation.quote)}"
        yield ">"
    yield f"> Source {number}: {about}"
    yield ">"
    yield f"> - {verdict.icon} {verdict.says}; {LOCATED[citation.located]}"
    yield f"> - {escaped(citation.article_id)}, characters {citation.start}–{citation.end}"
    yield from (f"> - {escaped(reason)}" for reason in citation.reasons)
    if citation.attributed:
        yield f"> - reported: {escaped(citation.attributed)}"
    if citation.copies:
        yield f"> - also in: {escaped(', '.join(citation.copies))}"
    if citation.url:
        yield f"> - {escaped(citation.url)}"


def _record(record: Record) -> Iterator[str]:
    yield f"- Answered: {escaped(record.created)}, newsrag {escaped(record.newsrag)}"
    if record.filters:
        yield f"- Only articles {escaped(str(record.filters))}"
    yield f"- Written by: {escaped(record.model) if record.model else 'nobody; the statements are quoted sentences'}"
    if record.confidence is not None:
        yield f"- Confidence that the articles answer: {record.confidence:.2f}"
    if record.usage is not None:
        yield f"- Usage: {usage_line(record.usage)}"
    if record.notice:
        yield f"- Notice: {escaped(record.notice)}"
    for name, value in record.index.items():
        yield f"- Index, {escaped(name)}: {escaped(str(value))}"
    for article_id, digest in record.text_sha256.items():
        yield f"- SHA-256 of {escaped(article_id)}: {digest or 'had changed before the export'}"
