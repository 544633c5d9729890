"""The conversation as HTML: what was asked, what was answered so far, and what to ask when it is empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import starmap

from rag.answers import Answer
from rag.articles import ArticleInfo
from rag.exporting import Record
from rag.filters import EVERYTHING, Filters
from ui.answer_view import answer_html
from ui.keeping import buttons_html

SEED = "000_6dea5b3e4e647803"
"""Part of the id or file name of the article that the project is born with; the examples ask about it."""

EXAMPLES = ("Did Musk talk to Putin?", "Hat Musk mit Selenskyj gesprochen?", "Кто первым сообщил о звонке?")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it: an answer (growing until it is complete) or an error.

    :param known: what the archive's list said of the articles that the answer names.
    :param record: the complete answer's export.
    :param filters: which articles it was asked of.
    """

    question: str
    answer: Answer | None = None
    error: str | None = None
    complete: bool = False
    known: dict[str, ArticleInfo] = field(default_factory=dict)
    record: Record | None = None
    filters: Filters = EVERYTHING

    @property
    def searched(self) -> str:
        """The question as it can be understood without the turns before."""
        return (self.answer.searched if self.answer is not None else None) or self.question


def conversation_html(turns: Iterable[Turn]) -> str:
    """Return all turns, oldest first."""
    return f'<div class="turns">{"".join(starmap(_turn, enumerate(turns)))}</div>'


def welcome_html(articles: Sequence[ArticleInfo]) -> str:
    """Return what an empty conversation shows; with examples if the archive has the article that they ask about."""
    if articles:
        hint = "In any language. The answer quotes your articles word for word and opens them at the quoted sentence."
    else:
        hint = "The archive is empty. Drop articles into the box on the left, then ask about them in any language."
    seeded = any(SEED in article.id or SEED in (article.origin or "") for article in articles)
    chips = "".join(
        f'<button type="button" class="chip" dir="auto" data-question="{escape(example)}">{escape(example)}</button>'
        for example in (EXAMPLES if seeded else ())
    )
    tried = f'<div class="chips" role="group" aria-label="Example questions">{chips}</div>' if chips else ""
    return f'<div class="welcome"><p class="lead">Ask the archive</p><p>{hint}</p>{tried}</div>'


def _turn(number: int, turn: Turn) -> str:
    shown = f'<p class="searched">Only articles {escape(str(turn.filters))}</p>' if turn.filters else ""
    shown += answer_html(turn.answer, turn.known) if turn.answer is not None else ""
    if turn.record is not None:
        shown += buttons_html(turn.record, number)
    if turn.error is not None:
        shown += f'<p class="error" role="alert">{escape(turn.error)}</p>'
    elif not turn.complete:
        shown += '<p class="pending" role="status"><span class="pulse"></span>Reading the archive …</p>'
    return (
        f'<section class="turn"><p class="question" dir="auto">{escape(turn.question)}</p>'
        f'<div class="answer" aria-busy="{str(not turn.complete).lower()}">{shown}</div></section>'
    )
