"""A span becomes a citation, and proves itself while it does."""

from rag.answers import Citation, Verdict
from rag.articles import Article


def cite(article: Article, start: int, end: int, verdict: Verdict) -> Citation:
    """Cite characters ``start`` to ``end`` of an article.

    :raises ValueError: the span is empty or does not lie in the article.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"Span {start}–{end} is not in article {article.id!r} of {len(article.text)} characters.")
    return Citation(
        article_id=article.id,
        start=start,
        end=end,
        quote=article.text[start:end],
        verdict=verdict,
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        url=article.url,
    )
