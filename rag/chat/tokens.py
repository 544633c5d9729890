"""How many tokens a text may take, without the model's tokenizer, which would have to be downloaded."""

from bisect import bisect_right

_FROM = (0x0, 0x80, 0x370, 0x400, 0x530, 0x2E80, 0xA000, 0xAC00, 0xD7B0, 0x10000)
_TOKENS = (0.34, 0.8, 1.0, 0.6, 1.5, 1.5, 2.0, 1.5, 1.5, 3.0)
"""Tokens a character, from each of the code points above: ASCII; Latin with diacritics; Greek; Cyrillic; Hebrew,
Arabic, India's and other scripts; Chinese and Japanese; rarer scripts; Korean; compatible forms; emoji and all beyond.
Byte-pair vocabularies spend about a token on four letters of English and on three of other Latin text, one on two of
Cyrillic, one on a syllable or character of Asian scripts, and fall back to a token a byte where they know nothing;
these are upper estimates for vocabularies of 32,000 tokens, so that what is thought to fit does."""


def estimate_tokens(text: str) -> int:
    """Return how many tokens a text takes at most, but for unusual ones: 1,000 characters of English count as 340."""
    return round(sum(_TOKENS[bisect_right(_FROM, ord(letter)) - 1] for letter in text)) + 1
