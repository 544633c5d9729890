"""The report as Markdown, short: figures, differences, what changed and what was missed."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from eval.report.facts import deck, facts, headline, label_of, set_title, since_line, size_line
from eval.report.misses import expected, given, ranks
from eval.report.schema import Figure, Figures, QuestionTree, SetTree, Tree
from eval.report.wording import OURS, milliseconds, shown, span_of
from rag.exporting.markdown import escaped

if TYPE_CHECKING:
    from eval.report.comparing import Comparison, SetComparison


def markdown(tree: Tree, since: "Comparison | None", created: str) -> str:
    """Return a report as a Markdown document with GitHub's tables.

    :param since: the comparison of the last report with this one, None where there was none.
    :param created: when it was made, as a person reads it.
    """
    sets = tree["systems"][OURS]["sets"]
    blocks = [f"# {escaped(headline(tree))}", *deck(tree), escaped(" · ".join((created, *facts(tree))))]
    for name, one in sets.items():
        blocks += [f"## {escaped(set_title(name))}", escaped(size_line(one, tree["pool"].get(name)))]
        blocks += ["\n".join(_figures(one)), "\n".join(_times(one))]
        blocks += ["\n".join(_groups(title, one[field])) for title, field in _GROUPS if one[field]]  # type: ignore[literal-required]
    for baseline, by_set in tree["differences"].items():
        for name, found in by_set.items():
            blocks += [f"## Against {escaped(baseline)}: {escaped(set_title(name).lower())}"]
            blocks.append("\n".join(_differences(baseline, name, found, tree)))
    blocks += ["## Since the last report", *_since(since)]
    blocks += ["## What was missed", *_missed(sets)]
    return "\n\n".join(blocks) + "\n"


_GROUPS = (("language", "languages"), ("question → evidence", "pairs"), ("kind", "kinds"))
_COLUMNS = ("evidence_hit_at_3", "cited", "refused_rightly", "refused_wrongly")


def _figures(one: SetTree) -> Iterator[str]:
    yield "| figure | value | 95 % interval | questions |\n| --- | ---: | ---: | ---: |"
    for name, figure in one["overall"].items():
        interval = span_of(figure["low"], figure["high"])
        yield f"| {escaped(label_of(name))} | {shown(figure['value'])} | {interval} | {figure['n']} |"


def _times(one: SetTree) -> Iterator[str]:
    latency = one["latency_ms"]
    yield f"- Area under the risk–coverage curve: {shown(one['area_under_risk'])}"
    median, p95 = milliseconds(latency["median"]), milliseconds(latency["p95"])
    yield f"- Time a question takes: median {median}, 95th percentile {p95}"


def _groups(title: str, groups: Mapping[str, Figures]) -> Iterator[str]:
    yield f"| {title} | {' | '.join(label_of(name) for name in _COLUMNS)} |\n| --- |{' ---: |' * len(_COLUMNS)}"
    for key, found in groups.items():
        yield f"| {escaped(key) or '–'} | {' | '.join(_cell(found.get(name)) for name in _COLUMNS)} |"


def _cell(figure: Figure | None) -> str:
    """Return a share, and in brackets of how many questions."""
    return shown(None) if figure is None or figure["value"] is None else f"{shown(figure['value'])} ({figure['n']})"


def _differences(baseline: str, name: str, found: Figures, tree: Tree) -> Iterator[str]:
    ours, theirs = (tree["systems"][system]["sets"][name]["overall"] for system in (OURS, baseline))
    yield "| figure | ours | theirs | difference | 95 % interval |\n| --- | ---: | ---: | ---: | ---: |"
    for key, one in found.items():
        if one["value"] is not None:
            yield (
                f"| {escaped(label_of(key))} | {shown(ours[key]['value'])} | {shown(theirs[key]['value'])}"
                f" | {shown(one['value'], signed=True)} | {span_of(one['low'], one['high'], signed=True)} |"
            )


def _since(since: "Comparison | None") -> Iterator[str]:
    if since is None:
        yield "This folder held no report before."
        return
    by_set: Mapping[str, SetComparison] = since.get(OURS, {})
    yield since_line(by_set)
    fell = [
        f"- {escaped(label_of(key))} ({escaped(name)}): {shown(change['before']['value'])} →"
        f" {shown(change['after']['value'])}{', more than chance' if change['certain'] else ''}"
        for name, one in by_set.items()
        for key, change in one["figures"].items()
        if change["course"] == "worse"
    ]
    lost = [
        f"- missed now, {turn['miss']}: {escaped(turn['question'])} ({escaped(name)}, {escaped(turn['id'])})"
        for name, one in by_set.items()
        for turn in one["worse"]
    ]
    if fell or lost:
        yield "\n".join(fell + lost)


def _missed(sets: Mapping[str, SetTree]) -> Iterator[str]:
    missed = [(name, question) for name, one in sets.items() for question in one["questions"] if question["miss"]]
    if not missed:
        yield "Nothing."
    for name, question in missed:
        yield "\n".join(_miss(name, question))


def _miss(name: str, question: QuestionTree) -> Iterator[str]:
    yield f"**{question['miss']}** ({escaped(name)}, {escaped(question['id'])}): {escaped(question['question'])}\n"
    for title, passages in (("expected", expected(question)), ("given", given(question))):
        for one in passages:
            where = f" ({escaped(one['where'])})" if one["where"] else ""
            yield f"- {title}: {escaped(one['text'])}{where}"
    if found := ranks(question):
        yield f"- evidence: {found}"
