"""A set as the gate sees it: what became of every question, figure by figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.metrics import MEASURES
from rag.errors import NewsragError

DECIMALS = 4
"""Of a value of one question. It is rounded before it is compared, or what is only rounded in the file would fall."""


class GateError(NewsragError):
    """Nothing can be compared with main's figures."""


@dataclass(frozen=True, slots=True)
class Column:
    """What is measured of a question.

    :param name: as ``expected.json`` has it.
    :param label: as people read it.
    :param by_language: whether each language is compared by itself as well.
    """

    name: str
    label: str
    higher_is_better: bool = True
    by_language: bool = False


RIGHT = Column("right", "questions answered or refused rightly")
"""1 where nothing was missed, else 0: a question that breaks falls from 1 to 0."""
TERMS = Column("evidence_matched_by_terms", "how well terms alone match the evidence", by_language=True)
"""See :mod:`eval.gate.terms`."""
NAME_COLUMNS = (
    Column("passage_hit_at_1", "passages found first by a name in another spelling"),
    Column("passage_hit_at_5", "passages found among five by a name in another spelling"),
    Column("passage_mrr", "mean reciprocal rank by a name in another spelling"),
)
PAIR_COLUMNS = (
    Column("true_not_called_wrong", "true statements taken for good"),
    Column("wrong_found", "wrong statements found"),
)
COLUMNS = {
    column.name: column
    for column in (
        RIGHT,
        *(Column(one.name, one.label, one.higher_is_better) for one in MEASURES),
        TERMS,
        *NAME_COLUMNS,
        *PAIR_COLUMNS,
    )
}


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    :param language: its language, ISO 639-1.
    :param values: by column, rounded to :data:`DECIMALS`; None where it does not count.
    """

    language: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Table:
    """A set.

    :param digest: of the set's questions and articles, so that figures of other ones are never compared.
    :param items: by the questions' ids; of a part of the set, those that were asked.
    """

    digest: str
    items: Mapping[str, Item]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that some question counts in, in the order of :data:`COLUMNS`."""
        counted = {name for item in self.items.values() for name, value in item.values.items() if value is not None}
        return tuple(name for name in COLUMNS if name in counted)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the questions, in alphabetical order."""
        return tuple(sorted({item.language for item in self.items.values()}))


def item(language: str, values: Iterable[tuple[str, float | bool | None]]) -> Item:
    """Return a question with its values rounded."""
    return Item(language, {name: None if value is None else round(float(value), DECIMALS) for name, value in values})
