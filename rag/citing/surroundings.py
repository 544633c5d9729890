"""What a verifier reads of a cited span: the whole sentences that it touches, and what stands around them."""

from rag.citing.attribution import attribution
from rag.citing.quoting import Place
from rag.citing.verdict import Evidence
from rag.ingest import sentence_spans

_AROUND = 600
"""Characters before and after, about four sentences: far enough to say who *he* is."""
_LONGEST_SENTENCE = 2_000


def evidence_at(place: Place) -> Evidence:
    """Return what stands at a place, and around it."""
    article, start, end = place.article, place.start, place.end
    text = article.text
    first = text.rfind("\n", 0, max(start - _AROUND, 0)) + 1
    last = text.find("\n", min(end + _AROUND, len(text)))
    around = text[first : last if last >= 0 else len(text)]
    touched = [
        (left, right)
        for left, right in sentence_spans(around, article.language, _LONGEST_SENTENCE)
        if left < end - first and right > start - first
    ]
    left = min((left for left, _ in touched), default=start - first)
    right = max((right for _, right in touched), default=end - first)
    return Evidence(
        text=around[left:right],
        context="\n".join(part for part in (article.title, around) if part),
        language=article.language,
        published=article.published,
        attributed=attribution(around, article.language, left, right),
    )
