"""The two limits on size, and the messages that name them. A megabyte is a million bytes, as in the settings."""

from rag.errors import ReadError
from rag.settings import Settings

MEGABYTE = 1_000_000


def check_article(size: int, settings: Settings) -> None:
    """Refuse an article's text of this many bytes if the settings allow less.

    :raises ReadError: with both figures and the setting to raise.
    """
    if size > settings.max_article_mb * MEGABYTE:
        raise ReadError(
            f"the text has {_megabytes(size)} MB, more than the {settings.max_article_mb} MB one article may have; "
            "split it or raise RAG_MAX_ARTICLE_MB"
        )


def check_file(size: int, settings: Settings, verb: str = "has") -> None:
    """Refuse a file that has, or unpacks to, this many bytes if the settings allow less.

    :raises ReadError: with both figures and the setting to raise.
    """
    if size > settings.max_file_mb * MEGABYTE:
        raise ReadError(
            f"the file {verb} {_megabytes(size)} MB, more than the {settings.max_file_mb} MB that are allowed; "
            "raise RAG_MAX_FILE_MB"
        )


def _megabytes(size: int) -> str:
    # Rounded up, so that a file one byte over the limit is not reported as being exactly at it.
    return f"{-(-size * 10 // MEGABYTE) / 10:,.1f}"
