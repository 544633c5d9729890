"""An answer leaves the archive with all that proves it, and is checked against the archive again later."""

from rag.exporting.files import FORMATS, check_target, read_record, render, write_export
from rag.exporting.plain import plain_text
from rag.exporting.record import Record
from rag.exporting.verifying import Change, Check, Report, verify

__all__ = [
    "FORMATS",
    "Change",
    "Check",
    "Record",
    "Report",
    "check_target",
    "plain_text",
    "read_record",
    "render",
    "verify",
    "write_export",
]
