"""An answer as plain text, for the clipboard: every statement with its verdict, its quotes and their places."""

from rag.answers import Citation, Statement
from rag.exporting.record import Record
from rag.wording import LOCATED, VERDICTS, citation_details, usage_line, verdict_reasons


def plain_text(record: Record) -> str:
    """Return the answer in lines of plain text."""
    blocks = [[_line(record.question)]]
    if record.searched:
        blocks.append([f"Searched for: {_line(record.searched)}"])
    if not record.answered:
        blocks.append([_line(record.text)])
    number = 0
    for statement in record.statements:
        verdict = VERDICTS[statement.verdict]
        quoted = any(citation.quote == statement.text for citation in statement.citations)
        text = f"“{_line(statement.text)}”" if quoted else _line(statement.text)
        block = [f"[{verdict.icon} {verdict.label}] {text}"]
        block += [f"  – {_line(reason)}" for reason in verdict_reasons(statement.verdict, statement.reasons)]
        for citation in statement.citations:
            number += 1
            block += _citation(number, citation, statement)
        blocks.append(block)
    blocks.append(_record(record))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _citation(number: int, citation: Citation, statement: Statement) -> list[str]:
    about = ", ".join((citation.title or citation.article_id, *citation_details(citation)))
    verdict = VERDICTS[citation.verdict]
    quote = [] if citation.quote == statement.text else [f"      “{_line(citation.quote)}”"]
    lines = [
        f"  [{number}] {_line(about)}; {_line(citation.article_id)}, characters {citation.start}–{citation.end}",
        *quote,
        f"      {verdict.icon} {verdict.says}; {LOCATED[citation.located]}",
    ]
    if citation.attributed:
        lines.append(f"      reported: {_line(citation.attributed)}")
    if citation.copies:
        lines.append(f"      also in: {_line(', '.join(citation.copies))}")
    if citation.url:
        lines.append(f"      {_line(citation.url)}")
    return lines


def _record(record: Record) -> list[str]:
    written = f", written by {_line(record.model)}" if record.model else ", in the sources' own words"
    lines = [f"newsrag {record.newsrag}, {record.created}{written if record.answered else ''}"]
    if record.filters:
        lines.append(f"Only articles {_line(str(record.filters))}")
    if record.usage is not None:
        lines.append(usage_line(record.usage))
    if record.notice:
        lines.append(_line(record.notice))
    return lines


def _line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())
