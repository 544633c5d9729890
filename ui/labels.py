"""How an article is named and described wherever the page shows one."""

from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Protocol

from rag.articles import ArticleInfo

LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


class Described(Protocol):
    """What articles, their infos and citations have in common."""

    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102
    @property
    def language(self) -> str | None: ...  # noqa: D102


def language_name(code: str | None) -> str | None:
    """Return the English name of an ISO 639-1 code, or the code itself where it is a rare one."""
    return code and LANGUAGES.get(code.lower(), code)


def name_of(article: ArticleInfo) -> str:
    """Return an article's title, or its file's name, or its id; not escaped."""
    return (article.title or "").strip() or PurePath(article.origin or "").name or article.id


def name_in(known: Mapping[str, ArticleInfo], article_id: str, title: str | None = None) -> str:
    """Return what to call an article of which the archive's list may know more; not escaped."""
    info = known.get(article_id)
    return (title or "").strip() or (name_of(info) if info is not None else article_id)


def details(article: Described) -> str:
    """Return outlet, date and language as one HTML line; what is unknown is left out."""
    parts = (article.source, article.published, language_name(article.language))
    return '<span class="dot"> · </span>'.join(f'<span dir="auto">{escape(part)}</span>' for part in parts if part)


def opener(article_id: str, start: int | None = None, end: int | None = None) -> str:
    """Return the attributes of a button that opens an article, with characters ``start`` to ``end`` marked."""
    span = "" if start is None else f' data-start="{start}" data-end="{end}"'
    return f'type="button" data-article="{escape(article_id)}"{span}'
