"""The contract of every verifier: a statement and the words it cites go in, a judgement with reasons comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.answers import Verdict
from rag.citing.attribution import Attribution


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement cites.

    :param text: the sentences that the quoted words stand in, whole.
    :param context: what stands around them and may say who *he* is: headline and passage.
    :param language: ISO 639-1 code of the text, or None.
    :param published: date of publication, ISO 8601, which *yesterday* counts from, or None.
    :param attributed: what puts it in somebody's mouth, or None.
    """

    text: str
    context: str = ""
    language: str | None = None
    published: str | None = None
    attributed: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and why, one line a reason, in English.

    :param clash: whether the source speaks of the very same and only a number, a date or a negation is otherwise there;
        a source that was found, not cited, is shown as contradicting only then.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    clash: bool = False


class Verifier(Protocol):
    """Judges statements; the bundled one, an NLI model and the chat model are all used through this."""

    def judge(self, statement: str, evidence: Sequence[Evidence], language: str | None = None) -> Judgement:
        """Return what the evidence, taken together, makes of the statement.

        :param statement: one sentence, in any language.
        :param evidence: what it cites, at least one.
        :param language: the statement's, ISO 639-1; None where it is not known.
        """
        ...
