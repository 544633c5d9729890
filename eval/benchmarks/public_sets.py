"""The public sets: what each is, where to get it and under what licence. Commands, ``sets`` and errors read this table.

None is part of the project. Importing this module loads no benchmark.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from eval.json_lines import GoldError
from rag.progress import Advance

if TYPE_CHECKING:
    from eval.benchmarks.set_figures import SetFigures

Bar = Callable[[str], Advance]
"""Starts a progress bar of a title."""


@dataclass(frozen=True, slots=True)
class PublicSet:
    """One public set.

    :param name: of its folder among others, and of its command.
    :param files: what its folder holds.
    :param where: where to get it, and under what licence.
    :param module: the module of :mod:`eval.benchmarks` whose ``measure_set`` measures it.
    :param asks: what its command does, one sentence; empty where ``command`` names a command with options of its own.
    :param command: what to type after ``rag eval``; empty where it is the name.
    """

    name: str
    title: str
    files: str
    where: str
    module: str
    asks: str = ""
    command: str = ""

    @property
    def data_help(self) -> str:
        """What ``--help`` says of ``--data``."""
        return f"Folder with {self.files}. {self.where}"

    def given(self, data: Path | None) -> Path:
        """Return the path that ``--data`` names.

        :raises GoldError: it names none, or what it names is not there.
        """
        if data is None:
            raise GoldError(f"Where is {self.title}? --data names the folder with {self.files}. {self.where}")
        if not data.exists():
            raise GoldError(f"There is no {data}. --data names the folder with {self.files}. {self.where}")
        return data

    def missing(self, data: Path) -> GoldError:
        """Return the error of a folder without the set's files."""
        return GoldError(f"{data} holds no {self.files}. {self.where}")

    def measure(self, data: Path, questions: int | None, bar: Bar) -> "SetFigures":
        """Measure the set.

        :param data: its folder.
        :param questions: how many of each part, evenly spread; None takes all.
        :raises GoldError: a file is missing or not in the set's format.
        """
        found: SetFigures = import_module(f"eval.benchmarks.{self.module}").measure_set(data, questions, bar)
        return found


PUBLIC_SETS = {
    each.name: each
    for each in (
        PublicSet(
            name="xquad",
            title="XQuAD",
            files="xquad.en.json, xquad.de.json …",
            where="Get XQuAD at github.com/google-deepmind/xquad, CC BY-SA 4.0.",
            module="xquad",
            command="xquad",
        ),
        PublicSet(
            name="lareqa",
            title="LAReQA",
            files="XQuAD-R's en.json, de.json …",
            where="Get XQuAD-R at github.com/google-research-datasets/lareqa, CC BY-SA 4.0.",
            module="lareqa",
            command="xquad --mixed",
        ),
        PublicSet(
            name="nomiracl",
            title="NoMIRACL",
            files="de.jsonl, en.jsonl …, one question with its passages a line, plain or packed by xz",
            where="Get NoMIRACL at github.com/project-miracl/nomiracl, Apache-2.0.",
            module="nomiracl",
            command="abstention",
        ),
        PublicSet(
            name="qags",
            title="QAGS",
            files="cnndm.jsonl, plain or packed by xz: article, sentence and supported a line",
            where="Get QAGS at github.com/W4ngatang/qags; no licence is stated.",
            module="citations",
            command="qags",
        ),
        PublicSet(
            name="squad",
            title="SQuAD 2.0",
            asks="Ask a set in SQuAD 2.0's format: whether the evidence is found, and whether the archive abstains.",
            files="dev-v2.0.json (or name another file in the format)",
            where="Get SQuAD 2.0 at rajpurkar.github.io/SQuAD-explorer, CC BY-SA 4.0.",
            module="unanswerable",
        ),
        PublicSet(
            name="multihop",
            title="MultiHop-RAG",
            asks="Ask MultiHop-RAG's questions, whose evidence stands in several articles or in none.",
            files="corpus.json and MultiHopRAG.json",
            where=(
                "Get MultiHop-RAG at github.com/yixuantt/MultiHop-RAG, ODC-BY 1.0; the articles are their outlets'."
            ),
            module="multihop",
        ),
        PublicSet(
            name="rgb",
            title="RGB",
            asks="Ask RGB's questions of passages that are noisy, beside the point or false.",
            files="en.json, en_int.json, en_fact.json, zh.json … (or some of them)",
            where="Get RGB at github.com/chen700564/RGB, CC BY-NC-SA 4.0.",
            module="rgb",
        ),
        PublicSet(
            name="alce",
            title="ALCE",
            asks="Ask ALCE's questions of their passages: citation precision and recall, and what the answer tells.",
            files="asqa_eval_….json, qampari_eval_….json, eli5_eval_….json (or some of them)",
            where=(
                "Get ALCE at github.com/princeton-nlp/ALCE, its code MIT; no licence is stated for the data, and ASQA,"
                " QAMPARI, ELI5 and their passages have terms of their own."
            ),
            module="alce",
        ),
        PublicSet(
            name="beir",
            title="BEIR",
            asks="Search a retrieval set in BEIR's format and print nDCG@10 and recall@100.",
            files="corpus.jsonl, queries.jsonl and qrels/test.tsv, or folders of that kind",
            where="Get BEIR's sets at github.com/beir-cellar/beir; each has a licence of its own.",
            module="beir",
        ),
    )
}
"""By name, in the order they are run in."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one set.

    :param figures: None where it was not run.
    :param why: … why not, and where to get it.
    :param there: whether its folder is there.
    """

    public_set: PublicSet
    figures: "SetFigures | None"
    why: str = ""
    there: bool = True


def run_sets(data: Path, questions: int | None, bar: Bar) -> Iterator[Run]:
    """Measure every set that has a folder of its name in ``data``, and say of each other that it was not run.

    :param questions: how many of each part of a set, evenly spread; None takes all.
    :raises GoldError: ``data`` is not a folder.
    """
    if not data.is_dir():
        raise GoldError(
            f"{data} is not a folder. --data names one with a folder for each set: {', '.join(PUBLIC_SETS)}."
        )
    for one in PUBLIC_SETS.values():
        folder = data / one.name
        if not folder.is_dir():
            yield Run(one, None, f"There is no {folder}. {one.where}", there=False)
            continue
        try:
            figures = one.measure(folder, questions, bar)
        except GoldError as error:
            yield Run(one, None, str(error))
        else:
            yield Run(one, figures)
