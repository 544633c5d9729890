"""Proposes gold questions from an archive: by the chat model where one is set, else by leaving words out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.drafting.cloze import cloze_questions
from eval.drafting.near_misses import near_misses
from eval.drafting.terms import spread
from eval.drafting.written import written_questions
from eval.gold_set import Question, gold_line
from eval.json_lines import GoldError
from rag.answers import Usage
from rag.archive import Archive
from rag.chat import load_chat
from rag.filters import Filters
from rag.progress import Advance

_ANSWERABLE_OF = 4
"""One of four proposals is a near miss, about as many as in the newsroom set."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Proposed questions, none reviewed.

    :param model: that wrote them; None where words were left out.
    :param dropped: what the model wrote that was of no use, by reason.
    """

    questions: tuple[Question, ...]
    model: str | None
    dropped: dict[str, int]
    usage: Usage | None

    def write(self, file: Path) -> None:
        """Write the questions as a new file of JSON lines.

        :raises GoldError: the file is there already, or cannot be written.
        """
        try:
            with file.open("x", encoding="utf-8") as out:
                out.writelines(f"{gold_line(question)}\n" for question in self.questions)
        except OSError as error:
            raise GoldError(f"Cannot write {file}: {error.strerror}.") from error


def check_out(file: Path) -> None:
    """Refuse a file that is there, so that no reviewed question is lost, and one that has no folder.

    :raises GoldError: it is one of these.
    """
    if file.exists():
        raise GoldError(f"{file} is there already, maybe with reviewed questions. Name another file.")
    if not file.absolute().parent.is_dir():
        raise GoldError(f"There is no folder {file.parent} to write {file.name} in.")


def draft(archive: Archive, questions: int, languages: Sequence[str], bar: Callable[[str], Advance]) -> Draft:
    """Propose questions, spread evenly over the archive's articles; the same archive gives the same cloze questions.

    :param questions: how many at most, a quarter of them near misses.
    :param languages: of the articles, ISO 639-1; none: all.
    :param bar: starts a progress bar of a title.
    :raises GoldError: the archive has no article of a known language, or nothing can be asked about them.
    :raises FilterError: the archive has no article in one of the languages.
    :raises LanguageModelError: the chat model cannot be used.
    """
    infos = [info for info in archive.list(Filters(languages=tuple(languages))) if info.language]
    if not infos:
        raise GoldError(f"The archive {archive.directory} holds no article whose language is known.")
    infos = [infos[index] for index in spread(len(infos))]
    near = questions // _ANSWERABLE_OF
    chat = load_chat(archive.settings) if archive.settings.llm else None
    dropped: Counter[str] = Counter()
    if chat is None:
        proposals = cloze_questions(archive, infos, questions - near, bar("Reading"))
    else:
        proposals, dropped = written_questions(archive, chat, infos, questions - near, bar("Drafting"))
    if not proposals:
        why = f" ({', '.join(dropped)})" if dropped else ""
        raise GoldError(f"No question could be made of the articles in {archive.directory}{why}.")
    proposals += near_misses(archive, proposals, near)
    return Draft(
        questions=tuple(proposal.named(number) for number, proposal in enumerate(proposals, start=1)),
        model=None if chat is None else chat.name,
        dropped=dict(dropped),
        usage=None if chat is None else chat.usage,
    )
