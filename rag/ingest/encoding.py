"""Bytes become text: which character encoding a file is in, and whether it is text at all."""

import codecs
import re
import unicodedata

from rag.errors import ReadError

# The longest mark is tried first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
STRAY_SHARE = 0.2
_SIGNATURES = (
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"PK\x03\x04", "a zip or Office file", "name it .docx if it is one, else unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .docx"),
    (b"{\\rtf", "an RTF file", "save it as .docx"),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"\x7fELF", "a program", ""),
    (b"\x1f\x8b", "a gzip file", "unpack it"),
    (b"\xfd7zXZ", "an xz file", "unpack it"),
    (b"SQLite format 3\x00", "a database", ""),
)
# ^Z (the old end of file), ESC and NEL do occur in text files.
_NOISE = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
# Bytes that mean nothing are 10 % of random ones. A damaged text has a few; two are forgiven in however short a text.
NOISE_SHARE, NOISE_FREE = 0.01, 2
SAMPLE_BYTES = 65_536  # enough for the statistics below; a whole file would only make them slow

# Windows' encodings of the Latin alphabet differ in the accents only, so the language, which shows in the plain
# letters too, says which one it is. Windows-1252 is that of all other languages.
_LATIN = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), "cp1250"),
    **dict.fromkeys(("tr", "az"), "cp1254"),
    **dict.fromkeys(("et", "lv", "lt"), "cp1257"),
}
_OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
# In Latin text accented letters stand alone or in twos, in other scripts whole words are above 0x7F.
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
FOREIGN_RUN = 2.5
SURE = 0.2  # charset-normalizer's coherence: below it, it has not recognised a language


def decode(data: bytes) -> str:
    """Return the text of a file that says nowhere how it is encoded.

    In this order: byte order mark, UTF-16 without a mark, UTF-8, Windows code pages. Bytes that a nearly valid text
    should not have become U+FFFD.

    :raises ReadError: it is not text; the message begins with "not text".
    """
    return decode_as(data, codec_of(data))


def decode_as(data: bytes, codec: str) -> str:
    """Return the text in this encoding.

    :raises ReadError: it is not text.
    """
    text = data.decode(codec, "replace")
    refuse_noise(text)
    return text


def codec_of(sample: bytes, *, complete: bool = True) -> str:
    """Return the name of the codec for bytes that begin with this sample.

    :param complete: False if the sample may end inside a character.
    :raises ReadError: it begins like a known type of file that is not text.
    """
    _refuse_signature(sample)
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            return codec
    valid = is_utf8(sample, complete=complete)
    head = sample[:SAMPLE_BYTES]
    # Latin and Cyrillic in UTF-16 are valid UTF-8 too, but with a control character in every other byte.
    stray = valid and len(head) - len(head.translate(None, _CONTROLS)) < STRAY_SHARE * len(head)
    if b"\x00" in head and not stray and (wide := _utf16(head)):
        return wide
    if valid or _is_damaged_utf8(sample):
        return "utf-8"
    return _code_page(sample)


def is_utf8(data: bytes, *, complete: bool = True) -> bool:
    """Return whether the bytes are valid UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=complete)
    except UnicodeDecodeError:
        return False
    return True


def refuse_noise(text: str) -> None:
    """Refuse a decoded text with too many characters that no text has.

    :raises ReadError: with their number.
    """
    noise = len(text) - len(_NOISE.sub("", text))
    if noise > NOISE_SHARE * len(text) + NOISE_FREE:
        raise ReadError(f"not text: {noise:,} of its {len(text):,} characters are control characters or undecodable")


def _refuse_signature(sample: bytes) -> None:
    for signature, kind, remedy in _SIGNATURES:
        if sample.startswith(signature):
            raise ReadError(f"not text: it begins like {kind}" + (f"; {remedy}" if remedy else ""))


def _utf16(sample: bytes) -> str | None:
    """Return the UTF-16 codec, of either byte order, in which the sample is plausible text.

    Text has spaces, line ends or digits, all of them below U+0080; read in the wrong order they are far above. And
    every character of text is assigned, while of random code units every third is not.
    """
    best, most_ascii = None, 0
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(codec)().decode(sample, final=False)
        except UnicodeDecodeError:
            continue
        if _NOISE.search(text) or any(unicodedata.category(character) in ("Cn", "Co") for character in set(text)):
            continue
        ascii_count = sum(character.isascii() for character in text)
        if ascii_count > most_ascii:
            best, most_ascii = codec, ascii_count
    return best


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether most of the bytes above 0x7F form valid UTF-8: one bad byte should not garble a whole article."""
    text = data[:SAMPLE_BYTES].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not character.isascii() for character in text) - bad
    return good > 4 * bad  # by chance, text in a Windows code page has far more invalid than valid sequences


def _code_page(data: bytes) -> str:
    """Return the Windows (or national) code page of bytes that are not Unicode."""
    first = _HIGH_RUN.search(data)
    start = max(0, first.start() - SAMPLE_BYTES // 2) if first else 0
    sample = data[start : start + SAMPLE_BYTES]
    runs = _HIGH_RUN.findall(sample)
    foreign = sum(map(len, runs)) > FOREIGN_RUN * len(runs)
    return _foreign_code_page(sample) if foreign else _latin_code_page(sample)


def _latin_code_page(sample: bytes) -> str:
    from rag.ingest.language import detect_language  # noqa: PLC0415 - only here

    return _LATIN.get(detect_language(sample.decode("cp1252", "replace")) or "", "cp1252")


def _foreign_code_page(sample: bytes) -> str:
    """Return the code page of a text that is mostly not in Latin letters, Windows-1252 if none fits."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms, and few files need it

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS, threshold=0.2).best()
    if best is not None and best.coherence >= SURE:
        return best.encoding
    # Too short for statistics. In the wrong Cyrillic encoding upper and lower case are swapped.
    cyrillic = sample.decode("cp1251", "replace")
    if sum(map(str.islower, cyrillic)) > sum(map(str.isupper, cyrillic)):
        return "cp1251"
    return best.encoding if best is not None else "cp1252"
