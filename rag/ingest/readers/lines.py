"""The lines of a file that is too large to be loaded: numbered, decoded, and none ever longer than the limit."""

import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.encoding import SAMPLE_BYTES, codec_of, decode, refuse_noise
from rag.ingest.sizes import MEGABYTE
from rag.settings import Settings

_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its line end, or only its beginning if it is too long.

    :param quotes: how many quotation marks (U+0022) are in the whole line.
    """

    number: int
    text: str
    quotes: int
    too_long: bool = False


class Lines:
    """An iterator over the lines of a file in any encoding.

    :param settings: ``max_article_mb`` million characters are the most a line may have.
    :raises ReadError: the file begins like something that is not text.
    """

    def __init__(self, file: BinaryIO, settings: Settings) -> None:
        sample = file.read(SAMPLE_BYTES)
        file.seek(0)
        codec = codec_of(sample, complete=len(sample) < SAMPLE_BYTES)
        refuse_noise(sample.decode(codec, "replace"))
        # A stray line in another encoding can be told, and decoded on its own, if its bytes survive.
        errors = "surrogateescape" if codec.startswith("utf-8") else "replace"
        self._stream = io.TextIOWrapper(file, codec, errors, newline="")
        self._limit = settings.max_article_mb * MEGABYTE
        self.number = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> Line:
        text = self._stream.readline(self._limit + 1)
        if not text:
            raise StopIteration
        self.number += 1
        if len(text) > self._limit and not text.endswith(("\n", "\r")):
            return Line(self.number, text[:1000], text.count('"') + self._skip_rest_of_line(), too_long=True)
        if _UNDECODED.search(text):
            text = _decode_alone(text)
        return Line(self.number, text, text.count('"'))

    def _skip_rest_of_line(self) -> int:
        """Skip to the next line; return how many quotation marks were passed."""
        quotes = 0
        while more := self._stream.readline(MEGABYTE):
            quotes += more.count('"')
            if more.endswith(("\n", "\r")):
                break
        return quotes


def _decode_alone(text: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    try:
        return decode(data)
    except ReadError:
        return data.decode("utf-8", "replace")
