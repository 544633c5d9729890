"""Every error a user can cause. A message names the value, the choices and the remedy; the CLI prints one line."""


class NewsragError(Exception):
    """Base of all errors that newsrag raises on purpose; the CLI turns it into one line and exit code 2."""


class SettingsError(NewsragError):
    """A setting has a value that cannot be used."""


class ArchiveError(NewsragError):
    """The archive's folder cannot be opened, read or written."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing to the archive; the message names it."""


class UnknownArticleError(NewsragError):
    """No article of the archive has the given id."""


class UnknownQuoteError(NewsragError):
    """The given words stand nowhere in the article."""


class FilterError(NewsragError):
    """A filter cannot be used, or names what the archive does not have."""


class EncoderError(NewsragError):
    """An encoder cannot be loaded, or it is not the one the archive was indexed with."""


class VerifierError(NewsragError):
    """The verifier that the settings name cannot be loaded or does not judge."""


class ReadError(NewsragError):
    """A file, or one record of it, cannot become an article; the message is the reason shown in the receipt."""


class LanguageModelError(NewsragError):
    """The configured chat model cannot be created or did not answer."""


class ExportError(NewsragError):
    """An answer cannot be exported to a file, or a file is no export that this version reads."""
