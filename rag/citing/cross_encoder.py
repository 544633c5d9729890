"""The verifier that asks a model for natural language inference, run by sentence-transformers."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.answers import Verdict
from rag.citing.attribution import keeps_attribution
from rag.citing.verdict import Evidence, Judgement
from rag.errors import VerifierError

_SURE = 0.5
"""Probability from which a label counts; below it the source neither says so nor otherwise."""
_LABELS = {"entail": Verdict.SUPPORTED, "support": Verdict.SUPPORTED, "contradict": Verdict.CONTRADICTED}
"""How the labels begin that NLI models have, in ``id2label``; any other is *neutral*."""


class CrossEncoderVerifier:
    """Judges statements by whether a model says that they follow; see :class:`rag.citing.Verifier`.

    :param name: name or path of a cross-encoder with the labels entailment, neutral and contradiction, in any order.
    :raises VerifierError: it cannot be loaded, or has no label for entailment.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - seconds of torch

        try:
            self._model: Any = CrossEncoder(name)
        except Exception as error:  # each part of it raises its own kinds
            reason = " ".join(str(error).split())[:300]
            raise VerifierError(
                f"RAG_VERIFIER={name!r} cannot be loaded: {reason}. Name a model or unset it."
            ) from error
        labels: dict[int, str] = self._model.model.config.id2label
        self._verdicts = [_verdict(labels[number]) for number in sorted(labels)]
        if Verdict.SUPPORTED not in self._verdicts:
            raise VerifierError(
                f"RAG_VERIFIER={name!r} has the labels {sorted(labels.values())}, none of them entailment. "
                "Name a model for natural language inference."
            )

    def judge(self, statement: str, evidence: Sequence[Evidence], language: str | None = None) -> Judgement:
        """Return what the model makes of the statement; attribution is looked at as by the bundled verifier."""
        premise = " ".join(one.text for one in evidence)
        logits = np.asarray(self._model.predict([(premise, statement)], convert_to_numpy=True), dtype=np.float64)[0]
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        likely = int(shares.argmax())
        verdict = self._verdicts[likely] if shares[likely] >= _SURE else Verdict.UNSUPPORTED
        if verdict is not Verdict.SUPPORTED:
            said = "says otherwise" if verdict is Verdict.CONTRADICTED else "does not say so"
            reason = f"By the model, the source {said} ({shares[likely]:.0%} sure)."
            return Judgement(verdict, (reason,), clash=verdict is Verdict.CONTRADICTED)
        for one in evidence:
            if one.attributed is not None and not keeps_attribution(statement, language, one.attributed):
                reason = f"The source says who says so (“{one.attributed.text}”), the statement does not."
                return Judgement(Verdict.OVERSTATED, (reason,))
        return Judgement(Verdict.SUPPORTED)


def _verdict(label: str) -> Verdict:
    stem = re.sub(r"[^a-z]", "", label.lower())
    return next((verdict for start, verdict in _LABELS.items() if stem.startswith(start)), Verdict.UNSUPPORTED)
