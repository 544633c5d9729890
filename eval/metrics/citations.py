"""Citation recall and precision after ALCE (Gao et al. 2023, arXiv 2305.14627), judged by the verdicts in the rows.

What is counted, of each answer:

- **Recall**: the share of its statements that are wholly supported by their citations together: the statement's verdict
  is *supported*, and one of its citations at least is neither misquoted nor inexact. *Overstated* and *partly* are not
  wholly.
- **Precision**: the share of its citations that support their statement and are exact. A citation supports if its own
  verdict is *supported*, or if it is *partly*, no other supports alone, and together they do. A misquoted one
  (``Located.NOT_FOUND``) and one whose words do not stand at its span never do.

ALCE's scripts have two traps, which are not here. A passage number out of range is passed over there; here it counts
as a citation that does not support, and so does naming no passage at all. And ``[0]`` is the last passage there, by
Python's indices; the archive counts from 1 and knows no passage 0.

A citation that contradicts a statement which others support is shown to warn the reader, not to prove: it counts
neither way. Statements that are flagged and kept out of the answer's text count like the others.
"""

from collections.abc import Sequence
from statistics import fmean

from rag.answers import Citation, Located, Statement, Verdict


def citation_recall(statements: Sequence[Statement], inexact: Sequence[Citation] = ()) -> float:
    """Return the share of the statements that their citations wholly support; 0 without statements.

    :param inexact: the citations whose words do not stand at their span.
    """
    return fmean(_wholly_supported(statement, inexact) for statement in statements) if statements else 0.0


def citation_precision(statements: Sequence[Statement], inexact: Sequence[Citation] = ()) -> float:
    """Return the share of the citations that support; 0 without statements."""
    counted = [supports for statement in statements for supports in _supporting(statement, inexact)]
    return fmean(counted) if counted else 0.0


def _sound(citation: Citation, inexact: Sequence[Citation]) -> bool:
    return citation.located is not Located.NOT_FOUND and citation not in inexact


def _wholly_supported(statement: Statement, inexact: Sequence[Citation]) -> bool:
    return statement.verdict is Verdict.SUPPORTED and any(_sound(cited, inexact) for cited in statement.citations)


def _supporting(statement: Statement, inexact: Sequence[Citation]) -> list[bool]:
    """Return whether it supports, for each citation that counts and each number that is out of range."""
    supported = statement.verdict is Verdict.SUPPORTED
    counted = [
        citation
        for citation in statement.citations
        if not (supported and citation.verdict is Verdict.CONTRADICTED and _sound(citation, inexact))
    ]
    alone = any(citation.verdict is Verdict.SUPPORTED and _sound(citation, inexact) for citation in counted)
    enough = {Verdict.SUPPORTED, Verdict.PARTLY} if supported and not alone else {Verdict.SUPPORTED}
    found = [_sound(citation, inexact) and citation.verdict in enough for citation in counted]
    return found + [False] * len(statement.out_of_range) or [False]
