"""How the page and the exports say things: verdicts, how a quote was found, and languages, in plain English."""

from dataclasses import dataclass

from rag.answers import Citation, Located, Usage, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """How a verdict is shown: never by colour alone.

    :param label: of a statement.
    :param icon: one character of the fonts that every system has.
    :param says: of a source: what it does about the statement.
    :param meaning: one sentence.
    """

    label: str
    icon: str
    says: str
    meaning: str


VERDICTS = {
    Verdict.SUPPORTED: Wording("supported", "✓", "says so", "The source says so."),
    Verdict.OVERSTATED: Wording(
        "overstated",
        "▲",
        "only reports it",
        "The source only reports that somebody says so; the statement leaves that out.",
    ),
    Verdict.PARTLY: Wording(
        "partly supported", "◐", "says part of it", "The source says some of it, and nothing against the rest."
    ),
    Verdict.UNSUPPORTED: Wording("unsupported", "?", "does not say so", "The source does not say so."),
    Verdict.CONTRADICTED: Wording("contradicted", "✗", "says otherwise", "The source says otherwise."),
}

STRUCK = frozenset({Verdict.UNSUPPORTED, Verdict.CONTRADICTED})
"""Verdicts of statements that are shown struck through: nothing cited bears them out."""

LOCATED = {
    Located.VERBATIM: "found word for word",
    Located.REPAIRED: "repaired: shown as the source spells it",
    Located.MOVED: "stands in another passage than the one named",
    Located.CHOSEN: "no words were quoted; chosen by the archive",
    Located.NOT_FOUND: "the quoted words stand nowhere; these are the nearest ones",
}

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


def language_name(code: str | None) -> str | None:
    """Return the English name of an ISO 639-1 code, or the code itself where it is a rare one."""
    return code and LANGUAGES.get(code.lower(), code)


def verdict_reasons(verdict: Verdict, reasons: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reasons to show for a verdict: those given, else its meaning; none where it is supported."""
    return reasons if reasons or verdict is Verdict.SUPPORTED else (VERDICTS[verdict].meaning,)


def citation_details(citation: Citation) -> tuple[str, ...]:
    """Return outlet, date and language of a citation, as far as they are known."""
    known = (citation.source, citation.published, language_name(citation.language))
    return tuple(part for part in known if part)


def usage_line(usage: Usage) -> str:
    """Return one line about what a chat model counted."""
    cost = "" if usage.cost is None else f", {usage.cost:.4f} US dollars"
    return f"{usage.input_tokens:,} tokens read, {usage.output_tokens:,} written{cost}"
