"""One WordPiece vocabulary for all languages, and the normalisation before it.

All of it is written into tokenizer.json, so whoever loads the file cuts texts exactly as the training did.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from rag.encoders.training.data import Corpus, PairTable
from rag.encoders.training.recipe import Recipe

UNKNOWN = "[UNK]"  # id 0; its vector stays zero
CONTINUATION = "##"
# Longest run of a script without spaces that is cut at once: longest-match-first is quadratic in the length.
LONGEST_RUN = 24
_SPACELESS = (
    (r"\p{Han}", "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    (r"[\p{Katakana}ー]", "\u30a0-\u30ff\u31f0-\u31ff"),
    (r"\p{Hiragana}", "\u3040-\u309f"),
    (r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]", "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"),
)
SPACELESS_TOKEN = re.compile(f"[{''.join(python for _, python in _SPACELESS)}]+")


def build_normalizer() -> normalizers.Normalizer:
    """Return the normaliser: compatibility forms, lower case, no marks that readers leave out.

    Removed: stress and other loose combining marks (Russian dictionaries write them, lower-casing Turkish İ leaves
    one behind; й, é, ü are single characters after NFKC and stay), Arabic vowel signs and tatweel, Hebrew points,
    zero-width characters and soft hyphens. Unified: apostrophes, ё and е, and the letter variants that Arabic and
    Persian keyboards mix (light normalisation after Larkey, Ballesteros and Connell, SIGIR 2002).
    """
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(
                Regex(
                    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
                    "\u06d6-\u06ed\u0640\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060\ufeff]"
                ),
                "",
            ),
            normalizers.Replace(Regex("[\u2018\u2019\u02bc\u02b9\u0060\u00b4]"), "'"),
            normalizers.Replace(Regex("[أإآٱ]"), "ا"),
            normalizers.Replace(Regex("[ىی]"), "ي"),
            normalizers.Replace("ک", "ك"),
            normalizers.Replace("ё", "е"),
            normalizers.Replace("\u200c", " "),
        ]
    )


def build_pre_tokenizer(alphabet: Collection[str] = ()) -> pre_tokenizers.PreTokenizer:
    """Return the splitter: at spaces and punctuation, then at every change into or out of a script without spaces.

    :param alphabet: the characters that have tokens, empty while these are still to be learned. Any other character
        is cut out first: WordPiece takes a whole word, or a run of up to 24 Chinese characters, for unknown if one
        character in it is.
    """
    runs = "|".join(f"{script}{{1,{LONGEST_RUN}}}" for script, _ in _SPACELESS)
    parts = [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Split(Regex(runs), behavior="isolated")]
    if alphabet:  # first, so that the pattern runs over a text once and not over each of its words
        parts.insert(0, pre_tokenizers.Split(Regex(_any_but(alphabet)), behavior="isolated"))
    return pre_tokenizers.Sequence(parts)


def train_tokenizer(corpus: Corpus, recipe: Recipe) -> Tokenizer:
    """Learn the vocabulary from all training texts (held-out ones excluded)."""
    learner = _tokenizer(models.WordPiece(unk_token=UNKNOWN))
    alphabet = _alphabet(_texts(corpus, recipe), recipe.rarest_character)
    # The trainer numbers the continuing characters in the order of a hash table and breaks ties by number. Given as
    # special tokens they have fixed numbers, and equal texts give equal vocabularies.
    continuing = [CONTINUATION + character for character in alphabet]
    learner.train_from_iterator(
        _texts(corpus, recipe),
        trainers.WordPieceTrainer(
            vocab_size=recipe.vocabulary,
            special_tokens=[UNKNOWN, *alphabet, *continuing],
            min_frequency=2,
            initial_alphabet=alphabet,
            limit_alphabet=len(alphabet),
            show_progress=False,
        ),
    )
    ranked = [token for token, _ in sorted(learner.get_vocab().items(), key=lambda item: item[1])]
    vocabulary = {token: i for i, token in enumerate(_with_twins(ranked, recipe.vocabulary))}
    tokenizer = _tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.pre_tokenizer = build_pre_tokenizer(known_characters(vocabulary))
    return tokenizer


def known_characters(vocabulary: Collection[str]) -> list[str]:
    """Return the characters that can begin a word and continue one, in order: of them no word is unknown."""
    return sorted(token for token in vocabulary if len(token) == 1 and CONTINUATION + token in vocabulary)


def twins(tokenizer: Tokenizer) -> np.ndarray:
    """Return for each token the token it shares its vector with, int64 of shape (vocabulary,).

    In scripts without spaces, where a run begins says nothing: 普京 and ##普京 are one word and get one vector.
    Every other token is its own twin.
    """
    vocabulary = tokenizer.get_vocab()
    own = np.arange(len(vocabulary), dtype=np.int64)
    for token, number in vocabulary.items():
        surface = token.removeprefix(CONTINUATION)
        if token != surface and surface in vocabulary and SPACELESS_TOKEN.fullmatch(surface):
            own[number] = vocabulary[surface]
    return own


def _tokenizer(model: models.Model) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = build_normalizer()
    tokenizer.pre_tokenizer = build_pre_tokenizer()
    return tokenizer


def _any_but(characters: Iterable[str]) -> str:
    """Return a regular expression for one character that is none of these, nor a space."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(map(ord, characters)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    spans = ("-".join(re.escape(chr(code)) for code in sorted(set(ends))) for ends in ranges)
    return rf"[^\s{''.join(spans)}]"


def _with_twins(ranked: list[str], size: int) -> Iterator[str]:
    """Yield at most `size` tokens in rank order, each of a spaceless script in both its forms."""
    seen: set[str] = set()
    for token in ranked:
        surface = token.removeprefix(CONTINUATION)
        both = (surface, CONTINUATION + surface) if SPACELESS_TOKEN.fullmatch(surface) else (token,)
        for form in both:
            if form not in seen and len(seen) < size:
                seen.add(form)
                yield form


def _alphabet(texts: Iterable[str], rarest: int) -> list[str]:
    """Return the normalised characters that stand at least `rarest` times in the texts, in order."""
    raw: Counter[str] = Counter()
    for text in texts:
        raw.update(text)
    normalizer, counts = build_normalizer(), Counter[str]()
    for character, count in raw.items():
        for normal in normalizer.normalize_str(character):
            counts[normal] += count
    return sorted(character for character, count in counts.items() if count >= rarest and not character.isspace())


def _texts(corpus: Corpus, recipe: Recipe) -> Iterator[str]:
    """Yield the texts to learn the vocabulary from: sentences up to each language's limit, all words, all names."""
    read: Counter[str] = Counter()
    for table in (corpus.parallel, corpus.qa):
        for text, language in _sides(table):
            read[language] += 1
            if read[language] <= recipe.sentences_per_language:
                yield text
    for table in (corpus.dictionary, corpus.names):
        yield from table.left
        yield from table.right


def _sides(table: PairTable) -> Iterable[tuple[str, str]]:
    for left, right, group in zip(table.left, table.right, table.group, strict=True):
        first, second = table.languages(table.names[group])
        yield left, first
        yield right, second
