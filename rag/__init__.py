"""newsrag: ask a multilingual news archive, get answers whose every sentence can be checked."""

from rag.answers import NOT_ANSWERED, Answer, Citation, Hit, Statement, Verdict
from rag.archive import Archive, Status
from rag.articles import Article, ArticleInfo, Passage, Span
from rag.errors import NewsragError
from rag.filters import Filters
from rag.receipts import Entry, Outcome, Progress, Receipt
from rag.settings import Settings

__all__ = [
    "NOT_ANSWERED",
    "Answer",
    "Archive",
    "Article",
    "ArticleInfo",
    "Citation",
    "Entry",
    "Filters",
    "Hit",
    "NewsragError",
    "Outcome",
    "Passage",
    "Progress",
    "Receipt",
    "Settings",
    "Span",
    "Statement",
    "Status",
    "Verdict",
]
