"""Whether a short answer's words stand in a text: what public sets count where answers are sentences."""

import re
import string
from collections.abc import Iterable

from rag.answers import Answer, Verdict

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def told(answers: Iterable[str], text: str) -> bool:
    """Return whether a text has one of the answers, but for case, punctuation and English articles.

    The comparison of SQuAD and ALCE (``exact_presence``); an answer that is nothing but those is in no text.
    """
    plain = _plain(text)
    return any(wanted in plain for answer in answers if (wanted := _plain(answer)))


def quotes(answer: Answer) -> str:
    """Return the words that an answer cites, without those of sources that say otherwise; none of an abstention."""
    return "\n".join(
        citation.quote
        for statement in answer.statements
        for citation in statement.citations
        if citation.verdict is not Verdict.CONTRADICTED
    )


def _plain(text: str) -> str:
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())
