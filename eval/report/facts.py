"""What a report says in sentences: its headline, what was asked of what, and what changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from eval.metrics.measures import MEASURES
from eval.report.schema import Figure, SetTree, Tree
from eval.report.wording import OURS
from rag.wording import language_name

if TYPE_CHECKING:
    from eval.report.comparing import SetComparison

_LABELS = {measure.name: measure.label for measure in MEASURES}


def label_of(name: str) -> str:
    """Return what a measure is called, also one of an older report."""
    return _LABELS.get(name, name.replace("_", " "))


def set_title(name: str) -> str:
    """Return what a set is called."""
    return f"The {name} set"


def headline(tree: Tree) -> str:
    """Return the finding of the largest set in one line."""
    largest = _largest(tree)
    found = _count(largest["overall"].get("evidence_hit_at_3"))
    if found is None:
        return f"{len(largest['questions']):,} questions asked"
    right, n = found
    return f"Of {n:,} questions that have an answer, {right:,} find their evidence in the first three passages"


def deck(tree: Tree) -> list[str]:
    """Return a few sentences on the same set: what was cited, what refused, and whether quotes are exact."""
    largest, lines = _largest(tree), []
    overall = largest["overall"]
    if cited := _count(overall.get("cited")):
        lines.append(f"{cited[0]:,} are answered with that evidence among the first three citations.")
    if silent := _count(overall.get("refused_rightly")):
        lines.append(f"Of {silent[1]:,} questions that no article answers, {silent[0]:,} are refused.")
    if wrongly := _count(overall.get("refused_wrongly")):
        lines.append(f"Of {wrongly[1]:,} that one answers, {wrongly[0]:,} are refused wrongly.")
    cited_words = [cited for question in largest["questions"] for cited in (question["given"] or _NONE)["citations"]]
    inexact = sum(not cited["exact"] for cited in cited_words)
    if cited_words and inexact:
        lines.append(f"{inexact:,} of {len(cited_words):,} quotes are not what stands where they are said to stand.")
    elif cited_words:
        lines.append(f"All {len(cited_words):,} quotes are, letter for letter, what stands in their article.")
    return [" ".join(lines)] if lines else []


_NONE: Any = {"citations": []}


def facts(tree: Tree) -> list[str]:
    """Return what was measured with what, for a line of small print."""
    indexed = tree["indexed_with"]
    with_what = (
        ", ".join(f"{key} {value}" for key, value in indexed.items()) if isinstance(indexed, dict) else str(indexed)
    )
    others = [name for name in tree["systems"] if name != OURS]
    return [
        f"index: {with_what}",
        f"chat model: {tree['llm'] or 'none'}",
        *([f"beside {', '.join(others)}"] if others else []),
    ]


def size_line(one: SetTree, pool: Any) -> str:  # noqa: ANN401 - a pool's tree, absent from older reports
    """Return how many questions of what sort a set has, and what they were asked of."""
    questions = one["questions"]
    answerable = sum(question["answerable"] for question in questions)
    languages = sorted({question["language"] for question in questions})
    names = ", ".join(str(language_name(language)) for language in languages)
    line = (
        f"{len(questions):,} questions in {len(languages)} languages ({names}):"
        f" {answerable:,} that the articles answer, {len(questions) - answerable:,} that they do not"
    )
    return f"{line}; asked of {pool_line(pool)}." if pool else f"{line}."


def pool_line(pool: Any) -> str:  # noqa: ANN401 - a pool's tree, absent from older reports
    """Return what the evidence stood among, nothing where that is not known."""
    if not pool:
        return ""
    languages = ", ".join(f"{language} {count:,}" for language, count in pool["languages"].items())
    return f"{_many(pool['articles'], 'article')} ({languages}), {_many(pool['passages'], 'passage')}"


def since_line(since: Mapping[str, "SetComparison"]) -> str:
    """Return what changed, counted."""
    if not since:
        return "The last report was about other sets of questions."
    lost = sum(len(one["worse"]) for one in since.values())
    won = sum(len(one["better"]) for one in since.values())
    fell = [change for one in since.values() for change in one["figures"].values() if change["course"] == "worse"]
    unpaired = sum(len(one["unpaired"]) for one in since.values())
    if not (lost or won or fell):
        line = "No figure got worse, and every question went as before."
    else:
        certain = sum(change["certain"] for change in fell)
        line = (
            f"{_many(lost, 'question')} that {'was' if lost == 1 else 'were'} right {'is' if lost == 1 else 'are'}"
            f" missed now, {won:,} the other way round. {_many(len(fell), 'figure')} got worse, {certain} of them"
            " by more than chance."
        )
    if unpaired:
        are = "is" if unpaired == 1 else "are"
        line += f" {_many(unpaired, 'question')} of only one of the two reports {are} left out."
    return line


def _largest(tree: Tree) -> SetTree:
    return max(tree["systems"][OURS]["sets"].values(), key=lambda one: len(one["questions"]))


def _count(figure: Figure | None) -> tuple[int, int] | None:
    """Return how many of how many, for a share of whole questions."""
    if figure is None or figure["value"] is None:
        return None
    return round(figure["value"] * figure["n"]), figure["n"]


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' * (n != 1)}"
