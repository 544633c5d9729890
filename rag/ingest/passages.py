"""Cut an article into passages: consecutive whole sentences, of about equal size, none above the limit."""

from rag.articles import Article, Passage
from rag.ingest.sentences import Span, sentence_spans

# Part of the index fingerprint: change it whenever the same text would be split differently.
SPLITTER_VERSION = "sentencex-1 balanced-1"

# Ending a passage inside a paragraph costs as much as missing the aimed size by this share of it.
INSIDE_PARAGRAPH = 0.15


def split(article: Article, passage_chars: int) -> list[Passage]:
    """Return the article's passages in order, without overlap.

    Every character that is not white space lies in exactly one sentence of one passage; a passage's text is
    ``article.text[start:end]``. The same text always gives the same passages.

    :param article: one whose text is normalised, as ``prepare`` and ``read_file`` return it.
    :param passage_chars: the most characters a passage may have; longer sentences are cut at white space.
    """
    if passage_chars < 1:
        raise ValueError(f"passage_chars is {passage_chars}; a passage needs at least 1 character")
    text = article.text
    sentences = sentence_spans(text, article.language, passage_chars)
    passages = []
    first = 0
    while first < len(sentences):
        last = _last_of_passage(text, sentences, first, passage_chars)
        start, end = sentences[first][0], sentences[last][1]
        spans = tuple(sentences[first : last + 1])
        passages.append(Passage(article.id, start, end, text[start:end], article.language, spans))
        first = last + 1
    return passages


def _last_of_passage(text: str, sentences: list[Span], first: int, limit: int) -> int:
    """Return the index of the last sentence of the passage that begins with the sentence ``first``.

    The rest of the text is to be shared evenly by the fewest passages it fits in, so that no tiny one is left over.
    Aiming anew at each passage keeps the work linear in the number of sentences.
    """
    start = sentences[first][0]
    rest = sentences[-1][1] - start
    if rest <= limit:
        return len(sentences) - 1
    aim = rest / -(-rest // limit)
    best, best_cost = first, float("inf")
    for index in range(first, len(sentences) - 1):
        end = sentences[index][1]
        if end - start > limit:
            break
        paragraph_ends = "\n" in text[end : sentences[index + 1][0]]
        cost = abs(end - start - aim) / aim + (0.0 if paragraph_ends else INSIDE_PARAGRAPH)
        if cost < best_cost:
            best, best_cost = index, cost
    return best
