"""A span becomes a citation, and proves itself while it does."""

from rag.answers import Citation
from rag.citing.attribution import Attribution
from rag.citing.quoting import Place
from rag.citing.verdict import Judgement


def cite(place: Place, judgement: Judgement, attributed: Attribution | None = None) -> Citation:
    """Cite a place in an article.

    :param judgement: what the words there make of the statement that cites them.
    :param attributed: what puts them in somebody's mouth.
    :raises ValueError: the place is empty or does not lie in the article.
    """
    article, start, end = place.article, place.start, place.end
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"Span {start}–{end} is not in article {article.id!r} of {len(article.text)} characters.")
    return Citation(
        article_id=article.id,
        start=start,
        end=end,
        quote=article.text[start:end],
        verdict=judgement.verdict,
        located=place.located,
        reasons=judgement.reasons,
        attributed=None if attributed is None else attributed.text,
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        url=article.url,
    )
