"""A bare *yes* or *no*: it says nothing that a source could be compared with."""

import unicodedata

_YES = "yes ja oui si sí sì sim da да так tak evet نعم بله כן हाँ हां 是 是的 はい 예 네 jo kyllä ano igen ναι"
_NO = "no nein nee non não nu nej nei ei ne nem нет ні nie hayır hayir لا خیر לא नहीं 不 不是 いいえ 아니요 아니오 όχι"
_WORDS = frozenset(f"{_YES} {_NO}".split())


def only_yes_or_no(text: str) -> bool:
    """Tell whether a text is one such word, in any of some thirty languages, whatever signs stand around it."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in composed if unicodedata.category(letter)[0] in "LMN") in _WORDS
