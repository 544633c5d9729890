"""The figures over many questions: of every measure the mean and its interval."""

from collections.abc import Callable, Sequence

from eval.metrics.bootstrap import Estimate, estimate
from eval.metrics.judging import Judgement
from eval.metrics.measures import MEASURES, values


def figures(judgements: Sequence[Judgement]) -> dict[str, Estimate]:
    """Return each measure's mean by its name, each question that counts there counting the same."""
    return {measure.name: estimate(values(judgements, measure)) for measure in MEASURES}


def grouped(judgements: Sequence[Judgement], key: Callable[[Judgement], str | None]) -> dict[str, dict[str, Estimate]]:
    """Return the figures of each group of questions, groups in alphabetical order.

    :param key: the group of a question, such as :func:`language_of`; one with None is in no group.
    """
    return {name: figures(group) for name, group in groups(judgements, key).items()}


def groups(judgements: Sequence[Judgement], key: Callable[[Judgement], str | None]) -> dict[str, tuple[Judgement, ...]]:
    """Return the questions of each group, as :func:`grouped` makes them."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if (name := key(judgement)) is not None:
            found.setdefault(name, []).append(judgement)
    return {name: tuple(found[name]) for name in sorted(found)}


def language_of(judgement: Judgement) -> str:
    """Return the language of the question."""
    return judgement.question.language


def pair_of(judgement: Judgement) -> str | None:
    """Return ``en→de``: the language of the question and of its best evidence; None without evidence.

    None, too, where no row tells the language of the evidence's article.
    """
    evidence = judgement.part_languages[0] if judgement.part_languages else None
    return f"{judgement.question.language}→{evidence}" if evidence else None


def kind_of(judgement: Judgement) -> str | None:
    """Return the kind of the question, None where the set does not say."""
    return judgement.question.kind or None
