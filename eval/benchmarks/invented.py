"""Text that nobody wrote, for speed only: words of the bundled encoder's vocabulary, distributed as in a language.

Nothing can be learned from it about what is found. What counts for speed is lifelike: Zipf's law makes some words stand
in nearly every passage and most in few, an article comes back to its own words, and there are several scripts. Every
article is the same for the same number, whatever the machine.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

import rag
from rag.articles import Article

VOCABULARY = Path(rag.__file__).parent / "encoders" / "static_model" / "tokenizer.json"
LANGUAGES = {
    "en": "LATIN",
    "de": "LATIN",
    "es": "LATIN",
    "fr": "LATIN",
    "pl": "LATIN",
    "tr": "LATIN",
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "ar": "ARABIC",
    "zh": "CJK",
}
"""The articles' languages, in turn, and the script of their words."""

_SHIFT = 2.7
"""Of Zipf and Mandelbrot's law: a word of rank r is as frequent as 1 / (r + 2.7)."""
_SENTENCE_WORDS = (8, 26)
_SENTENCES = 45
"""About seven passages: as long as a longer news article."""
_PARAGRAPH_SENTENCES = 4
_TOPIC_WORDS = 40
_TOPIC_SHARE = 0.3
"""How many words an article comes back to, and how much of its text they are."""
_CHARACTERS = 2
"""A Chinese word has about two characters; its sentences have no spaces."""
_SEED = 3


class InventedText:
    """Articles and passages by number."""

    def article(self, number: int) -> Article:
        """Return an article of about seven passages."""
        language = list(LANGUAGES)[number % len(LANGUAGES)]
        rng = np.random.default_rng([_SEED, number])
        topic = rng.choice(_words()[language], _TOPIC_WORDS)
        lengths = rng.integers(*_SENTENCE_WORDS, size=_SENTENCES)
        sentences = [self._sentence(rng, language, topic, int(length)) for length in lengths]
        paragraphs = [
            ("" if language == "zh" else " ").join(sentences[start : start + _PARAGRAPH_SENTENCES])
            for start in range(0, _SENTENCES, _PARAGRAPH_SENTENCES)
        ]
        return Article(f"invented-{number}", "\n\n".join(paragraphs), language=language)

    def passages(self, count: int, words: int) -> list[str]:
        """Return passages of exactly so many words; of Chinese, twice as many characters."""
        found = []
        for number in range(count):
            language = list(LANGUAGES)[number % len(LANGUAGES)]
            rng = np.random.default_rng([_SEED, 1, number])
            topic = rng.choice(_words()[language], _TOPIC_WORDS)
            found.append(self._sentence(rng, language, topic, words))
        return found

    def _sentence(self, rng: np.random.Generator, language: str, topic: NDArray[np.str_], length: int) -> str:
        joint, stop = (" ", ".") if language != "zh" else ("", "。")
        count = length if language != "zh" else length * _CHARACTERS
        words = _words()[language][np.searchsorted(self._cumulative[language], rng.random(count))]
        mine = rng.random(count) < _TOPIC_SHARE
        words[mine] = rng.choice(topic, int(mine.sum()))
        return joint.join(words).capitalize() + stop

    @cached_property
    def _cumulative(self) -> dict[str, NDArray[np.float64]]:
        """For each language the share of text that its most frequent words make up, shape (words,), up to 1."""
        shares = {}
        for language, words in _words().items():
            share = np.cumsum(1 / (np.arange(len(words)) + 1 + _SHIFT))
            shares[language] = share / share[-1]
        return shares


def questions(texts: Sequence[str], count: int) -> list[str]:
    """Return questions of 6 to 12 words, each made of words of one text in their order; of characters, 12 to 24."""
    rng = np.random.default_rng([_SEED, 4])
    asked = []
    for number in range(count):
        text = texts[number % len(texts)]
        words, joint, times = text.split(), " ", 1
        if len(words) < len(text) / 20:  # written without spaces
            words, joint, times = [sign for sign in text if sign.isalnum()], "", _CHARACTERS
        length = min(int(rng.integers(6, 13)) * times, len(words))
        start = int(rng.integers(0, max(len(words) - 2 * length, 0) + 1))
        window = words[start : start + 2 * length]
        chosen = np.sort(rng.choice(len(window), length, replace=False))
        asked.append(joint.join(window[at] for at in chosen).replace(".", "") + "?")
    return asked


@cache
def _words() -> dict[str, NDArray[np.str_]]:
    """Return each language's words, most frequent first; languages of one script differ in their order."""
    by_script: dict[str, list[str]] = {script: [] for script in LANGUAGES.values()}
    vocabulary = Tokenizer.from_file(str(VOCABULARY)).get_vocab()
    for token in sorted(vocabulary, key=vocabulary.__getitem__):
        script = _script(token)
        if script in by_script and (script == "CJK") == (len(token) == 1):
            by_script[script].append(token)
    words = {}
    for number, (language, script) in enumerate(LANGUAGES.items()):
        rng = np.random.default_rng([_SEED, 2, number])
        ranks = np.log(np.arange(len(by_script[script])) + 1.0) + rng.normal(size=len(by_script[script]))
        words[language] = np.array(by_script[script])[np.argsort(ranks)]
    return words


def _script(token: str) -> str | None:
    """Return the script of a token of letters alone, None for pieces, signs and mixtures."""
    if not token.isalpha():
        return None
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in token}
    return scripts.pop() if len(scripts) == 1 else None
