"""As much text as wanted out of real articles: their sentences, drawn and put together anew by a fixed seed."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.gold_set import SEED_GOLD, read_gold
from eval.json_lines import GoldError
from eval.pool import add_files, temporary
from rag.articles import Article
from rag.progress import Advance

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_SENTENCES = 40
"""An article of about seven passages."""
_PARAGRAPH_SENTENCES = 4
_ENOUGH = 200
"""Sentences that a language needs: fewer would come back in every article."""
_SEED = 5


class RecombinedText:
    """Articles by number, each of sentences of one language.

    :param files: files of articles that ``rag add`` reads, also packed by xz.
    :param progress: told the number of files read and of all.
    :raises GoldError: nothing of a file can be read, or no language has enough sentences.
    """

    def __init__(self, files: Sequence[Path], progress: Advance | None = None) -> None:
        self._sentences: dict[str | None, list[str]] = {}
        with temporary() as archive:  # reads whatever `rag add` reads, and says in which language it is
            add_files(archive, files, progress)
            for info in archive.list():
                parts = _SENTENCE_END.split(archive.article(info.id).text)
                self._sentences.setdefault(info.language, []).extend(part for part in parts if part.strip())
        self._languages = sorted(
            (language for language, found in self._sentences.items() if language and len(found) >= _ENOUGH), key=str
        )
        if not self._languages:
            raise GoldError(f"The articles have no language with {_ENOUGH} sentences; give more of them.")

    def article(self, number: int) -> Article:
        """Return an article of about seven passages."""
        language = self._languages[number % len(self._languages)]
        rng = np.random.default_rng([_SEED, number])
        known = self._sentences[language]
        drawn = [known[at] for at in rng.integers(0, len(known), size=_SENTENCES)]
        paragraphs = [
            " ".join(drawn[start : start + _PARAGRAPH_SENTENCES])
            for start in range(0, _SENTENCES, _PARAGRAPH_SENTENCES)
        ]
        return Article(f"recombined-{number}", "\n\n".join(paragraphs), language=language)


def gold_questions(count: int) -> list[str]:
    """Return so many gold questions, evenly spread over the seed and the development set; over again if need be."""
    gold = [*read_gold(SEED_GOLD), *read_gold(SEED_GOLD.parent / "dev" / "questions.jsonl")]
    step = max(1, len(gold) // count)
    return [gold[number * step % len(gold)].question for number in range(count)]
