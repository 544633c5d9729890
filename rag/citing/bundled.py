"""The default verifier: it compares words, numbers, dates, names, negation and who said it, with the bundled encoder.

No model judges the whole. A statement is supported if its source speaks of the same and nothing objects; each objection
is one that a person can check, and says so in words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answers import Verdict
from rag.citing.alignment import Aligner, Side
from rag.citing.attribution import attribution, keeps_attribution
from rag.citing.naming import other_name
from rag.citing.polarity_check import denied
from rag.citing.splicing import spliced
from rag.citing.values import dates, differences, quantities
from rag.citing.verdict import Evidence, Judgement
from rag.encoders import TokenEncoder
from rag.ingest import sentence_spans

_SPEAKS_OF_IT = 0.48
"""Sum of the cosine of the wholes and half of the mean cosine back from which a source speaks of a statement. Chosen on
the development pairs (``eval/gold/citations/dev.jsonl``), where 5 % of the true ones lie below."""
_COMPARED_SENTENCES = 3
"""Longer evidence is read by the run of so many sentences that says most of the statement; the rest is its context."""
_LONGEST_SENTENCE = 2_000
_LACKING, _MOST_LACKING = 0.3, 3
"""Cosine below which a word counts as not there, and how many such words a reason names."""


class BundledVerifier:
    """Judges by alignment and by rules; equal input gives equal judgements.

    :param encoder: whose word vectors are compared.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._aligner = Aligner(encoder)

    def judge(self, statement: str, evidence: Sequence[Evidence], language: str | None = None) -> Judgement:
        """Return what the evidence, taken together, makes of the statement."""
        whole = _joined(evidence)
        spans = sentence_spans(whole.text, whole.language, _LONGEST_SENTENCE)
        sentences = [whole.text[start:stop] for start, stop in spans]
        if long := len(sentences) > _COMPARED_SENTENCES:
            begin, end = self._aligner.nearest(statement, sentences)
            start, stop = spans[begin][0], spans[end - 1][1]
            said = attribution(whole.text, whole.language, start, stop)
            near = replace(whole, text=whole.text[start:stop], attributed=said)
        else:
            near = whole
        forth = self._aligner.align(statement, near.text)
        back = self._aligner.align(near.text, statement)
        if forth.whole + 0.5 * back.coverage < _SPEAKS_OF_IT:
            lacking = forth.uncovered(statement, _LACKING, _MOST_LACKING)
            named = ", ".join(f"“{word}”" for word in lacking) or "it"
            return Judgement(Verdict.UNSUPPORTED, (f"The source says nothing of {named}.",))
        ours, theirs = Side(statement, language, forth), Side(near.text, near.language, back)
        objections = list(_objections(ours, theirs, whole, near))
        if long and spliced(statement, sentences):
            objections.append((Verdict.PARTLY, "The source has these words, but not together in one place."))
        if not objections:
            return Judgement(Verdict.SUPPORTED)
        worst = max((verdict for verdict, _ in objections), key=list(Verdict).index)
        return Judgement(worst, tuple(reason for _, reason in objections))


def _joined(evidence: Sequence[Evidence]) -> Evidence:
    """Return the evidence as one: language and date are those of the first, and what is attributed anywhere is."""
    if len(evidence) == 1:
        return evidence[0]
    context = "\n".join(dict.fromkeys(one.context for one in evidence if one.context))
    attributed = next((one.attributed for one in evidence if one.attributed is not None), None)
    text = "\n".join(one.text for one in evidence)
    return replace(evidence[0], text=text, context=context, attributed=attributed)


def _objections(statement: Side, source: Side, whole: Evidence, near: Evidence) -> Iterator[tuple[Verdict, str]]:
    """Yield what speaks against a statement whose source speaks of the same.

    :param whole: what is cited, where numbers and names may stand anywhere.
    :param near: the sentences of it that say most of the statement.
    """
    said = statement.text, statement.language
    for difference in differences(*said, whole.text, whole.language, whole.published, whole.context):
        if _stands(difference.said, whole.text):
            continue
        if difference.found:
            yield Verdict.CONTRADICTED, _sentence(difference.reason())
        elif not difference.in_context:
            yield Verdict.PARTLY, _sentence(difference.reason())
    values = [(value.start, value.end) for value in dates(*said, whole.published)]
    values += [(value.start, value.end) for value in quantities(*said)]
    other = other_name(statement, source, whole.text, whole.context, values)
    if other is not None:
        name, instead = other
        if instead is not None:
            yield Verdict.CONTRADICTED, f"The source names {instead}, the statement {name}."
        else:
            yield Verdict.PARTLY, f"The source does not name {name}."
    opposite = denied(statement, source)
    if opposite is not None:
        yield Verdict.CONTRADICTED, opposite
    if near.attributed is not None and not keeps_attribution(*said, near.attributed):
        yield Verdict.OVERSTATED, f"The source says who says so (“{near.attributed.text}”), the statement does not."


def _stands(value: str, text: str) -> bool:
    """Tell whether a number stands in a text as it is written, whatever it was read as."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None


def _sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:] + "."
