"""Questions without a model: a sentence with a number, date or name left out."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from math import ceil
from pathlib import Path

from eval.drafting.proposal import Proposal
from eval.drafting.terms import Kind, Term, holders, spread, terms_in
from eval.gold_set import Evidence, Question
from rag.archive import Archive
from rag.articles import Article, ArticleInfo
from rag.citing import speaks_to_machine
from rag.ingest import sentence_spans
from rag.progress import Advance

BLANK = "____"
_LEADS = Path(__file__).with_name("leads.json")
_SHORTEST, _LONGEST = 40, 300
"""Characters of a sentence that says what happened, and that is one sentence."""
_ENDS = tuple('.!?。！？।…»”"')
_SPARE = 6
"""Sentences looked at for each question wanted: most values stand in more than one article."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an article: its terms, and those of them that stand nowhere else in the article."""

    article_id: str
    language: str
    start: int
    text: str
    terms: tuple[Term, ...]
    once: tuple[Term, ...]


def cloze_questions(
    archive: Archive, infos: Sequence[ArticleInfo], wanted: int, progress: Advance | None = None
) -> list[Proposal]:
    """Propose questions by leaving out a term that stands once in one article and in no other of the archive.

    :param infos: the articles to take sentences from, the first ones first; their language is known.
    :param wanted: how many at most; fewer where the articles have no more such sentences.
    :param progress: told the number of articles read and of all.
    """
    read = infos[: wanted * 2]
    per_article = _SPARE * ceil(wanted / max(1, len(read)))
    by_article: list[list[_Sentence]] = []
    for number, info in enumerate(read, start=1):
        article = archive.article(info.id)
        by_article.append(_sentences(article, archive.settings.passage_chars, per_article))
        if progress is not None:
            progress(number, len(read))
    held = holders(archive, {term.text for listed in by_article for one in listed for term in one.once})
    used: Counter[Kind] = Counter()
    proposals: list[Proposal] = []
    for round_ in zip_longest(*by_article):
        for sentence in round_:
            if sentence is None or len(proposals) == wanted:
                continue
            unique = [term for term in sentence.once if held[term.text] == {sentence.article_id}]
            if unique:
                term = min(unique, key=lambda one: used[one.kind])
                used[term.kind] += 1
                proposals.append(_proposal(sentence, term))
    return proposals


def _sentences(article: Article, longest: int, count: int) -> list[_Sentence]:
    """Return sentences that have a term standing once in the article, spread evenly over it."""
    spans = sentence_spans(article.text, article.language, longest)
    found: list[_Sentence] = []
    for index in spread(len(spans)):
        start, end = spans[index]
        text = article.text[start:end]
        fits = _SHORTEST <= end - start <= _LONGEST and text.endswith(_ENDS) and BLANK not in text
        if not fits or speaks_to_machine(text):
            continue
        terms = terms_in(text, article.language)
        once = tuple(term for term in terms if article.text.count(term.text) == 1)
        if once:
            found.append(_Sentence(article.id, article.language or "", start, text, terms, once))
        if len(found) == count:
            break
    return found


def _proposal(sentence: _Sentence, term: Term) -> Proposal:
    before = f"{_lead(sentence.language, term.kind)} "
    shift = len(BLANK) - len(term.text)
    asked = f"{before}{sentence.text[: term.start]}{BLANK}{sentence.text[term.end :]}"
    others = (
        other.shifted(len(before) + (shift if other.start > term.start else 0))
        for other in sentence.terms
        if other != term
    )
    evidence = Evidence(sentence.article_id, sentence.start, sentence.start + len(sentence.text), sentence.text)
    question = Question(
        id="",
        language=sentence.language,
        question=asked,
        answerable=True,
        evidence=(evidence,),
        answer=term.text,
        answers=(term.text,),
        kind="fact",
        note=f"cloze: a {term.kind} left out",
        reviewed=False,
    )
    return Proposal(question, sentence.article_id, tuple(others))


def _lead(language: str, kind: Kind) -> str:
    leads = _leads()
    return leads.get(language, leads["en"])[kind]


@lru_cache(maxsize=1)
def _leads() -> dict[str, dict[str, str]]:
    leads: dict[str, dict[str, str]] = json.loads(_LEADS.read_text(encoding="utf-8"))
    return leads
