"""Proves a gold set: every span, article, id, language, part and day; and counts what it holds."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from eval.gold_set import Question, read_question
from eval.json_lines import GoldError, numbered_lines
from rag.articles import Article
from rag.ingest import Record, detect_language, find_files, read_file, sentence_spans
from rag.settings import Settings
from rag.wording import LANGUAGES

KINDS = {
    "fact": True, "several": True, "comparison": True, "as_of": True, "contradiction": True, "spelling": True,
    "unanswerable": False, "false_premise": False,
}  # fmt: skip
"""What makes a question hard, and whether a question of that kind is answerable."""
_TWO_PARTS = frozenset({"several", "comparison", "contradiction"})
_SURE = 60
"""Letters from which on the detector is believed. Of the 300 development questions it takes ten, of up to 54 letters,
for another language; names that are foreign to the language mislead it in eight."""
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or worth a look.

    :param where: file and line of the question, or the article's name.
    :param error: whether the set cannot be used so; else it is a warning.
    """

    where: str
    text: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a gold file holds and what is wrong with it.

    :param articles: how many were read.
    :param kinds: questions by kind; of a set without kinds, by whether they are answerable.
    :param languages: questions by language.
    :param pairs: answerable questions by language of the question and of the article of their best evidence, ``de→en``.
    :param across: answerable questions of which these two differ.
    :param undetected: questions too short to tell their language.
    :param unreviewed: proposals that nobody has read yet.
    """

    questions: int
    articles: int
    article_languages: tuple[str, ...]
    kinds: dict[str, int]
    languages: dict[str, int]
    pairs: dict[str, int]
    answerable: int
    across: int
    undetected: int
    unreviewed: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What makes the set unusable."""
        return tuple(finding for finding in self.findings if finding.error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is worth a look."""
        return tuple(finding for finding in self.findings if not finding.error)


def read_articles(folder: Path, settings: Settings) -> dict[str, Article]:
    """Read a folder as the archive does and return its articles by file name; a name that several share names none.

    :raises GoldError: there is no such folder, a file of it cannot be read, or there is no article in it.
    """
    if not folder.is_dir():
        raise GoldError(f"{folder} is not a folder of articles.")
    found: dict[str, list[Article]] = {}
    for item in find_files([folder]):
        for record in [item] if isinstance(item, Record) else read_file(item, settings):
            if record.article is not None:
                found.setdefault(Path(record.origin).name, []).append(record.article)
            elif not record.skipped:
                raise GoldError(f"The article {record.origin} cannot be read: {record.reason}.")
    if not found:
        raise GoldError(f"{folder} holds no article.")
    return {name: named[0] for name, named in found.items() if len(named) == 1}


def validate(gold: Path, articles: Mapping[str, Article], passage_chars: int) -> Checked:
    """Check every line of a gold file, going on after each error.

    :param articles: by the names that the gold file uses.
    :param passage_chars: the longest a sentence may be, as the archive's splitter has it.
    :raises GoldError: the file cannot be read or holds nothing.
    """
    questions, findings = _read(gold)
    used = {evidence.article for question in questions for evidence in question.evidence}
    known = {name: _Text(article, passage_chars) for name, article in articles.items() if name in used}
    for name, article in articles.items():
        findings += _of_article(name, article)
    findings += _doubles(questions)
    undetected = 0
    for question in questions:
        language, telling = _language(question)
        undetected += not telling
        for check in (language, _tags(question), _parts(question), _evidence(question, known), _day(question, known)):
            findings += check
    pairs = [
        (question.language, best.language or "unknown")
        for question in questions
        if question.evidence and (best := articles.get(question.evidence[0].article))
    ]
    return Checked(
        questions=len(questions),
        articles=len({article.id for article in articles.values()}),
        article_languages=tuple(sorted({article.language or "unknown" for article in articles.values()})),
        kinds=_counted(
            question.kind or ("answerable" if question.answerable else "unanswerable") for question in questions
        ),
        languages=_counted(question.language for question in questions),
        pairs=_counted(f"{asked}→{read}" for asked, read in pairs),
        answerable=sum(question.answerable for question in questions),
        across=sum(asked != read for asked, read in pairs),
        undetected=undetected,
        unreviewed=sum(not question.reviewed for question in questions),
        findings=tuple(findings),
    )


class _Text:
    """An article that is evidence, and where its sentences begin and end."""

    def __init__(self, article: Article, passage_chars: int) -> None:
        self.article = article
        spans = sentence_spans(article.text, article.language, passage_chars)
        self.starts, self.ends = {start for start, _ in spans}, {end for _, end in spans}


def _read(gold: Path) -> tuple[list[Question], list[Finding]]:
    """Return the questions of the lines that can be read, and what is wrong with the others."""
    questions, findings = [], []
    for number, line in numbered_lines(gold, "gold questions"):
        where = f"{gold}:{number}"
        try:
            questions.append(read_question(line, where))
        except GoldError as error:
            findings.append(Finding(where, str(error).removeprefix(f"{where}: ")))
    if not questions and not findings:
        raise GoldError(f"{gold} holds no question.")
    return questions, findings


def _of_article(name: str, article: Article) -> Iterator[Finding]:
    detected = detect_language(article.text)
    if detected is not None and detected != article.language:
        yield Finding(name, f"the article is tagged {article.language}, but looks like {detected}.")


def _doubles(questions: Iterable[Question]) -> Iterator[Finding]:
    ids: dict[str, str] = {}
    texts: dict[tuple[str, str, str | None], str] = {}
    for question in questions:
        if (first := ids.setdefault(question.id, question.where)) != question.where:
            yield Finding(question.where, f"the id {question.id!r} is taken already, at {first}.")
        asked = question.language, " ".join(question.question.casefold().split()), question.as_of
        if (first := texts.setdefault(asked, question.where)) != question.where:
            yield Finding(question.where, f"asks the same as {first}.")


def _language(question: Question) -> tuple[list[Finding], bool]:
    """Return what speaks against a question's language tag, and whether its language could be told at all.

    A guess that differs is tried again without the names and quotations, which may be in any language.
    """
    tag = question.language
    if tag not in LANGUAGES:
        return [Finding(question.where, f"{tag!r} is no language code that newsrag knows (ISO 639-1).")], True
    detected = detect_language(question.question)
    if detected is None or detected == tag:
        return [], detected is not None
    again = detect_language(_without_names(question.question))
    if again is None or again == tag:
        return [], again is not None
    sure = sum(map(str.isalpha, question.question)) >= _SURE
    doubt = "" if sure else ", which may be wrong of so few letters"
    return [Finding(question.where, f"is tagged {tag}, but looks like {again}{doubt}.", sure)], True


def _without_names(question: str) -> str:
    first, *others = _QUOTED.sub(" ", question).split() or [""]
    return " ".join([first, *(word for word in others if word == word.lower())])


def _tags(question: Question) -> Iterator[Finding]:
    kind = question.kind
    if not kind:
        return
    if kind not in KINDS:
        yield Finding(question.where, f"there is no kind {kind!r}. Kinds are: {', '.join(KINDS)}.")
    elif KINDS[kind] != question.answerable:
        yield Finding(question.where, f"is of kind {kind} and answerable is {json.dumps(question.answerable)}.")
    elif kind in _TWO_PARTS and len(question.parts) == 1:
        yield Finding(question.where, f"is of kind {kind} and has evidence of one part only.")
    elif kind == "as_of" and question.as_of is None:
        yield Finding(question.where, "is of kind as_of and has no as_of.")


def _parts(question: Question) -> Iterator[Finding]:
    parts = question.parts
    if parts != tuple(range(1, len(parts) + 1)):
        yield Finding(question.where, f"the parts are {', '.join(map(str, parts))}; they count from 1 without a gap.")
    for evidence, count in Counter(question.evidence).items():
        if count > 1:
            place = f"{evidence.article} {evidence.start} to {evidence.end}"
            yield Finding(question.where, f"{place} is listed {count} times in part {evidence.part}.")


def _evidence(question: Question, known: Mapping[str, _Text]) -> Iterator[Finding]:
    for evidence in question.evidence:
        if evidence.article not in known:
            yield Finding(question.where, f"no article, or more than one, is called {evidence.article!r}.")
            continue
        text, start, end = known[evidence.article].article.text, evidence.start, evidence.end
        if text[start:end] != evidence.quote:
            at = text.find(evidence.quote)
            found = f"it stands at {at} to {at + len(evidence.quote)}" if at >= 0 else "it stands nowhere"
            yield Finding(question.where, f"{evidence.article} has other words at {start} to {end}: {found}.")
        elif start not in known[evidence.article].starts or end not in known[evidence.article].ends:
            yield Finding(question.where, f"{evidence.article} {start} to {end} is no run of whole sentences.", False)


def _day(question: Question, known: Mapping[str, _Text]) -> Iterator[Finding]:
    """Check that each part has evidence by the day that is asked on; what has no date passes no filter by date."""
    if question.as_of is None:
        return
    for part, listed in groupby(sorted(question.evidence, key=lambda one: one.part), key=lambda one: one.part):
        names = [evidence.article for evidence in listed if evidence.article in known]
        days = [known[name].article.published or "undated" for name in names]
        if names and not any(day <= question.as_of for day in days):
            yield Finding(
                question.where, f"as_of is {question.as_of}, before all evidence of part {part}: {', '.join(days)}."
            )


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Count values, the most frequent first."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
