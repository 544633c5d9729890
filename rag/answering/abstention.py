"""When the archive does not answer: the evidence does not speak of what the question asks."""

from rag.answering.coverage import coverage, question_words
from rag.answering.evidence import Evidence
from rag.encoders import Encoder, TokenEncoder


def supported(encoder: Encoder, question: str, evidence: list[Evidence]) -> list[Evidence]:
    """Return the evidence, or nothing if it does not answer the question."""
    if not evidence or not isinstance(encoder, TokenEncoder):
        return evidence
    words = question_words(encoder, question)
    text = evidence[0].hit.passage.text
    covered = coverage(encoder, words, encoder.tokenize([text]))[0]
    return evidence if float(covered @ words.weights) >= 0.6 else []
