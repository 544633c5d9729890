"""BM25 alone, as a person would set it up: stems of each article's language, no vectors, nothing shared with the index.

It is asked beside the archive, on the archive's own articles. A question is stemmed as each language of the pool and
meets only articles of that language, whose words it would otherwise miss by their endings.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Set

import numpy as np
import Stemmer  # type: ignore[import-not-found, unused-ignore]

from rag.answers import Hit
from rag.archive import Archive
from rag.articles import Article, Passage

PIECE_CHARS = 800
"""Articles are cut into pieces of about this size, as the archive's passages are."""
_K1, _B = 1.2, 0.75
"""The usual constants of BM25 (Robertson & Zaragoza 2009), as in Lucene."""
_WORD = re.compile(r"\w+")
_CHARACTER_LANGUAGES = {"zh", "ja", "th"}
"""Written without spaces: a word is then any two neighbouring characters."""


class BM25:
    """An index of all articles of an archive, in memory.

    :param archive: its articles' texts and languages are taken; nothing else of it is used.
    """

    def __init__(self, archive: Archive) -> None:
        self._pieces: list[Passage] = []
        lengths: list[int] = []
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for info in archive.list():
            for piece in _pieces(archive.article(info.id)):
                words = Counter(_terms(piece.text, piece.language or ""))
                for word, count in words.items():
                    postings[word].append((len(self._pieces), count))
                self._pieces.append(piece)
                lengths.append(words.total())
        languages = [piece.language or "" for piece in self._pieces]
        self._postings = {word: np.array(found, dtype=np.int64) for word, found in postings.items()}
        self._in_language = {language: np.array(languages) == language for language in sorted(set(languages))}
        length = np.array(lengths, dtype=np.float64)
        self._norm = _K1 * (1 - _B + _B * length / length.mean()) if lengths else length

    def search(self, question: str, limit: int) -> list[str]:
        """Return the article of each of the best pieces, best first; one that has no word in common is left out."""
        return [hit.passage.article_id for hit in self.hits(question, limit)]

    def hits(self, question: str, limit: int, among: Set[str] | None = None) -> list[Hit]:
        """Return the best pieces, best first; one that has no word in common is left out.

        :param among: ids of the articles that may be found, None for all. How rare a word is, all tell.
        """
        total = len(self._pieces)
        scores = np.zeros(total)
        for language, members in self._in_language.items():
            for word in dict.fromkeys(_terms(question, language)):
                found = self._postings.get(word)
                if found is None:
                    continue
                pieces, counts = found[:, 0], found[:, 1]
                idf = np.log1p((total - len(pieces) + 0.5) / (len(pieces) + 0.5))
                scores[pieces] += members[pieces] * idf * counts / (counts + self._norm[pieces])
        if among is not None:
            scores *= [piece.article_id in among for piece in self._pieces]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(float(scores[number]), self._pieces[number]) for number in best if scores[number] > 0]


def _terms(text: str, language: str) -> list[str]:
    words: list[str] = _WORD.findall(text.casefold())
    if language in _CHARACTER_LANGUAGES:
        return [pair for word in words for pair in (word[at : at + 2] for at in range(max(len(word) - 1, 1)))]
    try:
        stemmer = Stemmer.Stemmer(language)
    except KeyError:  # a language without a stemmer has its words as they are
        return words
    stems: list[str] = stemmer.stemWords(words)
    return stems


def _pieces(article: Article) -> Iterator[Passage]:
    """Cut an article at spaces into the fewest pieces of about equal size; white space at their ends is left out."""
    text = article.text
    count = -(-len(text) // PIECE_CHARS)
    size = -(-len(text) // max(count, 1))
    start = 0
    while start < len(text):
        space = text.find(" ", start + size)
        end = len(text) if space < 0 else space
        piece = text[start:end].strip()
        if piece:
            first = text.index(piece, start)
            yield Passage(article.id, first, first + len(piece), piece, article.language)
        start = end
