"""The default verifier: it compares words, numbers, dates, names, negation and who said it, with the bundled encoder.

No model judges the whole. A statement is supported if its source speaks of the same and nothing objects; each objection
is one that a person can check, and says so in words.
"""

from collections.abc import Iterator, Sequence

from rag.answers import Verdict
from rag.citing.alignment import Aligner, Side
from rag.citing.attribution import keeps_attribution
from rag.citing.naming import other_name
from rag.citing.polarity_check import denied
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
        read = self._narrowed(statement, evidence)
        forth = self._aligner.align(statement, read.text)
        back = self._aligner.align(read.text, statement)
        if forth.whole + 0.5 * back.coverage < _SPEAKS_OF_IT:
            lacking = forth.uncovered(statement, _LACKING, _MOST_LACKING)
            named = ", ".join(f"“{word}”" for word in lacking) or "it"
            return Judgement(Verdict.UNSUPPORTED, (f"The source says nothing of {named}.",))
        objections = list(_objections(Side(statement, language, forth), Side(read.text, read.language, back), read))
        if not objections:
            return Judgement(Verdict.SUPPORTED)
        worst = max((verdict for verdict, _ in objections), key=list(Verdict).index)
        return Judgement(worst, tuple(reason for _, reason in objections))

    def _narrowed(self, statement: str, evidence: Sequence[Evidence]) -> Evidence:
        """Return the evidence as one, of a few sentences.

        Language, date and attribution are those of the first; what is attributed anywhere is attributed.
        """
        text = " ".join(one.text for one in evidence)
        context = "\n".join(dict.fromkeys(part for one in evidence for part in (one.context, one.text) if part))
        first = evidence[0]
        attributed = next((one.attributed for one in evidence if one.attributed is not None), None)
        spans = sentence_spans(text, first.language, _LONGEST_SENTENCE)
        if len(spans) > _COMPARED_SENTENCES:
            begin, end = self._aligner.nearest(statement, [text[start:stop] for start, stop in spans])
            text = text[spans[begin][0] : spans[end - 1][1]]
        return Evidence(text, context, first.language, first.published, attributed)


def _objections(statement: Side, source: Side, read: Evidence) -> Iterator[tuple[Verdict, str]]:
    """Yield what speaks against a statement whose source speaks of the same."""
    said = statement.text, statement.language
    for difference in differences(*said, source.text, source.language, read.published, read.context):
        if difference.found:
            yield Verdict.CONTRADICTED, _sentence(difference.reason())
        elif not difference.in_context:
            yield Verdict.PARTLY, _sentence(difference.reason())
    values = [(value.start, value.end) for value in dates(*said, read.published)]
    values += [(value.start, value.end) for value in quantities(*said)]
    other = other_name(statement, source, read.context, values)
    if other is not None:
        name, instead = other
        if instead is not None:
            yield Verdict.CONTRADICTED, f"The source names {instead}, the statement {name}."
        else:
            yield Verdict.PARTLY, f"The source does not name {name}."
    opposite = denied(statement, source)
    if opposite is not None:
        yield Verdict.CONTRADICTED, opposite
    if read.attributed is not None and not keeps_attribution(*said, read.attributed):
        yield Verdict.OVERSTATED, f"The source says who says so (“{read.attributed.text}”), the statement does not."


def _sentence(reason: str) -> str:
    return reason[0].upper() + reason[1:] + "."
