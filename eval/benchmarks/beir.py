"""BEIR's format (Thakur et al. 2021): documents, queries and which of them are relevant; figures by ``ir_measures``.

A document ranks by its best passage.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.benchmarks.public_sets import PUBLIC_SETS, Bar
from eval.benchmarks.set_figures import SetFigures, Tally
from eval.benchmarks.squad import spread
from eval.json_lines import GoldError, numbered_lines, read_json_lines
from eval.pool import filled
from rag.archive import Archive
from rag.articles import Article

_CUT = 100
_DEPTH = 300
"""Passages asked for, so that a hundred documents are among them: a document of a few hundred words has about three."""
_FILES = ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv")

Qrels = dict[str, dict[str, int]]
"""By query, the relevance of documents, above 0."""


def measure_set(data: Path, questions: int | None, bar: Bar) -> SetFigures:
    """Search every set of a folder.

    :param data: the folder of ``corpus.jsonl``, or one of such folders.
    :param questions: how many of each set, evenly spread; None asks all.
    :raises GoldError: no set is there, or a file is not in the format.
    """
    folders = [folder for folder in (data, *sorted(data.glob("*/"))) if _is_set(folder)]
    if not folders:
        raise PUBLIC_SETS["beir"].missing(data)
    tally = Tally()
    for folder in folders:
        _measure(folder, questions, bar, tally)
    return tally.figures(
        f"Of the queries with a relevant document; documents by their best passage, the first {_CUT}.",
    )


def read_qrels(file: Path) -> Qrels:
    """Read which documents are relevant: a heading, then query, document and relevance, separated by tabs.

    :raises GoldError: it cannot be read, or a line is none of those.
    """
    found: Qrels = {}
    for number, line in list(numbered_lines(file, "relevance judgements"))[1:]:
        query, _, rest = line.rstrip("\r").partition("\t")
        document, _, score = rest.partition("\t")
        try:
            relevance = int(score)
        except ValueError:
            raise GoldError(f"{file}, line {number}: {score!r} is no whole number; query, document, number.") from None
        if relevance > 0:
            found.setdefault(query, {})[document] = relevance
    return found


def figures_of(qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, list[str]]) -> Iterator[dict[str, float]]:
    """Yield each query's figures; one without anything found counts 0.

    :param run: by query the documents found, best first.
    """
    import ir_measures  # noqa: PLC0415 - it loads numpy and a compiled evaluator
    from ir_measures import Qrel, R, ScoredDoc, nDCG  # noqa: PLC0415

    names = {nDCG @ 10: "ndcg_at_10", R @ _CUT: "recall_at_100"}
    relevant = [Qrel(query, doc, score) for query, docs in qrels.items() for doc, score in docs.items()]
    found = [ScoredDoc(query, doc, -float(rank)) for query, docs in run.items() for rank, doc in enumerate(docs)]
    values: dict[str, dict[str, float]] = {query: dict.fromkeys(names.values(), 0.0) for query in qrels}
    for metric in ir_measures.iter_calc(list(names), relevant, found):
        values[metric.query_id][names[metric.measure]] = metric.value
    yield from values.values()


def _measure(folder: Path, questions: int | None, bar: Bar, tally: Tally) -> None:
    corpus, queries, judged = (folder / name for name in _FILES)
    texts = {str(record["_id"]): record["text"] for record in read_json_lines(queries, ("_id", "text"))}
    qrels = read_qrels(judged)
    if strangers := sorted(qrels.keys() - texts.keys()):
        raise GoldError(f"{judged} judges the query {strangers[0]!r}, which {queries.name} does not have.")
    asked = spread(list(qrels), questions)
    documents = [
        Article(str(record["_id"]), text, title=record.get("title") or None)
        for record in read_json_lines(corpus, ("_id", "text"))
        if any(map(str.isalnum, text := f"{record.get('title') or ''}\n\n{record['text']}".strip()))
    ]
    run = {}
    with filled(documents, (), bar, f"{folder.name}: ") as archive:
        advance = bar(f"{folder.name}: searching")
        for done, query in enumerate(asked, start=1):
            run[query] = _documents(archive, query, texts[query])
            advance(done, len(asked))
    for values in figures_of({query: qrels[query] for query in asked}, run):
        tally.add(folder.name, **values)


def _documents(archive: Archive, query: str, text: str) -> list[str]:
    """Return the documents found, without the query itself, which some sets have among them (as BEIR does)."""
    found = dict.fromkeys(hit.passage.article_id for hit in archive.search(text, limit=_DEPTH))
    return [document for document in found if document != query][:_CUT]


def _is_set(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _FILES)
