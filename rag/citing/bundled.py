"""The default verifier: it compares words, numbers, dates, names, negation and who said it, with the bundled encoder.

No model judges the whole. A statement is supported if its source speaks of the same and nothing objects; each objection
is one that a person can check, and says so in words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answers import Verdict
from rag.citing.alignment import MOST_SENTENCES, Aligner, Side
from rag.citing.attribution import attribution, keeps_attribution
from rag.citing.naming import other_name
from rag.citing.polarity_check import denied
from rag.citing.splicing import copied, spliced
from rag.citing.support import LEAST, Support
from rag.citing.values import Date, Difference, Quantity, dates, differences, quantities
from rag.citing.verdict import Evidence, Judgement
from rag.encoders import TokenEncoder
from rag.ingest import sentence_spans

_LONGEST_SENTENCE = 2_000
_THE_VERY_SAME = 2.0
"""Log-odds of support from which another article's sentence speaks of the very same thing: seven to one."""
_LACKING, _MOST_LACKING = 0.3, 3
"""Cosine below which a word counts as not there, and how many such words a reason names."""


@dataclass(frozen=True, slots=True)
class _Objection:
    """What speaks against a statement.

    :param reason: why, for people, in English.
    :param named: whether it is about who or what is named, which may be the same by another name.
    """

    verdict: Verdict
    reason: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A statement beside what it cites.

    :param whole: all that is cited, where numbers and names may stand anywhere.
    :param near: the sentences of it that say most of the statement; ``sentences`` are all of them.
    :param statement: with its words in ``near``; ``source``: ``near`` with its words in the statement; ``around``: what
        stands around, with the statement's words in it.
    """

    whole: Evidence
    near: Evidence
    sentences: tuple[str, ...]
    statement: Side
    source: Side
    around: Side
    values: tuple[tuple[int, int], ...]
    differences: tuple[Difference, ...]

    @property
    def support(self) -> Support:
        """What speaks for the source's saying the same."""
        forth, around = self.statement.alignment, self.around.alignment
        held = len(self.values) - len(self.differences)
        return Support.of(forth.whole, self.source.alignment.coverage, held, around.coverage, around.whole)


class BundledVerifier:
    """Judges by alignment and by rules; equal input gives equal judgements.

    :param encoder: whose word vectors are compared.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._aligner = Aligner(encoder)

    def judge(self, statement: str, evidence: Sequence[Evidence], language: str | None = None) -> Judgement:
        """Return what the evidence, taken together, makes of the statement."""
        reading = self._read(statement, evidence, language)
        if reading.support.logit < LEAST:
            lacking = reading.statement.alignment.uncovered(statement, _LACKING, _MOST_LACKING)
            named = ", ".join(f"“{word}”" for word in lacking)
            said = f"nothing of {named}" if named else "something else"
            return Judgement(Verdict.UNSUPPORTED, (f"The source says {said}.",))
        objections = list(_objections(reading))
        if not objections:
            return Judgement(Verdict.SUPPORTED)
        worst = max((one.verdict for one in objections), key=list(Verdict).index)
        reasons = tuple(one.reason for one in objections)
        others = any(one.verdict is Verdict.PARTLY or one.named for one in objections)
        clash = worst is Verdict.CONTRADICTED and not others and reading.support.logit >= _THE_VERY_SAME
        return Judgement(worst, reasons, clash)

    def support(self, statement: str, evidence: Sequence[Evidence], language: str | None = None) -> Support:
        """Return what speaks for the evidence's saying the same, as :mod:`eval.fit_support` weighs it."""
        return self._read(statement, evidence, language).support

    def _read(self, statement: str, evidence: Sequence[Evidence], language: str | None) -> _Reading:
        whole = _joined(evidence)
        spans = sentence_spans(whole.text, whole.language, _LONGEST_SENTENCE)
        sentences = tuple(whole.text[start:stop] for start, stop in spans)
        near = whole
        if len(sentences) > MOST_SENTENCES:
            begin, end = self._aligner.nearest(statement, sentences)
            start, stop = spans[begin][0], spans[end - 1][1]
            said = attribution(whole.text, whole.language, start, stop)
            near = replace(whole, text=whole.text[start:stop], attributed=said)
        surroundings = whole.context.replace(near.text, " ")
        forth, back, around = self._aligner.align(statement, near.text, surroundings)
        found: list[Date | Quantity] = [*dates(statement, language, whole.published), *quantities(statement, language)]
        return _Reading(
            whole=whole,
            near=near,
            sentences=sentences,
            statement=Side(statement, language, forth),
            source=Side(near.text, near.language, back),
            around=Side(surroundings, whole.language, around),
            values=tuple((value.start, value.end) for value in found),
            differences=differences(statement, language, whole.text, whole.language, whole.published, whole.context),
        )


def _joined(evidence: Sequence[Evidence]) -> Evidence:
    """Return the evidence as one: language and date are those of the first, and what is attributed anywhere is."""
    if len(evidence) == 1:
        return evidence[0]
    context = "\n".join(dict.fromkeys(one.context for one in evidence if one.context))
    attributed = next((one.attributed for one in evidence if one.attributed is not None), None)
    text = "\n".join(one.text for one in evidence)
    return replace(evidence[0], text=text, context=context, attributed=attributed)


def _objections(reading: _Reading) -> Iterator[_Objection]:
    """Yield what speaks against a statement whose source speaks of the same."""
    statement, near = reading.statement, reading.near
    if not copied(statement.text, reading.sentences):
        yield from _otherwise_called(reading)
    opposite = denied(statement, reading.source)
    if opposite is not None:
        yield _Objection(Verdict.CONTRADICTED, opposite)
    if len(reading.sentences) > MOST_SENTENCES and spliced(statement.text, reading.sentences):
        yield _Objection(Verdict.PARTLY, "The source has these words, but not together in one place.")
    if near.attributed is not None and not keeps_attribution(statement.text, statement.language, near.attributed):
        said = f"The source says who says so (“{near.attributed.text}”), the statement does not."
        yield _Objection(Verdict.OVERSTATED, said)


def _otherwise_called(reading: _Reading) -> Iterator[_Objection]:
    """Yield the numbers, dates and names that the source has otherwise or not at all."""
    for difference in reading.differences:
        if _stands(difference.said, reading.whole.text):
            continue
        if difference.found:
            yield _Objection(Verdict.CONTRADICTED, _sentence(difference.reason()))
        elif not difference.in_context:
            yield _Objection(Verdict.PARTLY, _sentence(difference.reason()))
    theirs = [date.text for date in dates(reading.near.text, reading.near.language)]
    other = other_name(reading.statement, reading.source, reading.whole.text, reading.around, reading.values, theirs)
    if other is not None:
        name, instead = other
        if instead is not None:
            reason = f"The source names {instead}, the statement {name}."
            yield _Objection(Verdict.CONTRADICTED, reason, named=True)
        else:
            yield _Objection(Verdict.PARTLY, f"The source does not name {name}.", named=True)


def _stands(value: str, text: str) -> bool:
    """Tell whether a number stands in a text as it is written, whatever it was read as."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None


def _sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:] + "."
