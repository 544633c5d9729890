"""Statements that a chat model writes, each checked before anybody sees it."""

from collections.abc import Iterator, Mapping, Sequence

from rag.answering.agreement import Agreement
from rag.answering.checking import Checker
from rag.answering.fitting import fitting
from rag.answering.generative import write_claims
from rag.answers import Hit, Statement, Usage
from rag.articles import Article
from rag.chat import load_chat
from rag.citing import Verifier
from rag.encoders import TokenEncoder
from rag.ingest import detect_language
from rag.settings import Settings
from rag.wording import STRUCK


class Writing:
    """One answer in the making.

    :param encoder: chooses the sentence of a passage that a claim without a quote rests on.
    :raises LanguageModelError: the settings name no chat model that can be used.
    """

    def __init__(self, settings: Settings, verifier: Verifier, encoder: TokenEncoder, agreement: Agreement) -> None:
        self._chat = load_chat(settings)
        self._verifier, self._encoder, self._agreement = verifier, encoder, agreement
        self._drops = settings.on_unsupported == "drop"
        self._left_out = self._shown = self._bad = 0

    @property
    def usage(self) -> Usage | None:
        """What the chat model counted so far."""
        return self._chat.usage

    @property
    def notice(self) -> str | None:
        """What was left out, of the passages and of the statements; None where nothing was."""
        said = []
        if self._left_out:
            total = self._shown + self._left_out
            said.append(f"{self._left_out} of {total} passages did not fit the model's context and were left out.")
        if self._bad:
            said.append(f"Of what the model wrote, {self._bad} {_counted(self._bad)} the articles do not support.")
        return " ".join(said) or None

    def statements(self, question: str, hits: Sequence[Hit], articles: Mapping[str, Article]) -> Iterator[Statement]:
        """Yield each statement with its checked citations as soon as it is complete; bad ones as the settings say.

        :param articles: the hits' articles by id.
        :raises LanguageModelError: the model did not answer, broke off, or wrote nothing that cites a passage.
        """
        shown = hits[: fitting(question, hits, articles, self._chat.context)]
        self._shown, self._left_out = len(shown), len(hits) - len(shown)
        language = detect_language(question)
        checker = Checker(self._verifier, self._encoder, shown, articles, language)
        for claim in write_claims(self._chat, question, shown, articles):
            statement = checker.check(claim)
            if statement.verdict in STRUCK:
                self._bad += 1
                if self._drops:
                    continue
            yield self._agreement.compare(statement, language)


def _counted(number: int) -> str:
    return "statement is one that" if number == 1 else "statements are ones that"
