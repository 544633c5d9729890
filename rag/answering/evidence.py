"""Retrieved passages become ranked evidence sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answers import Hit
from rag.encoders import Encoder, TokenEncoder
from rag.retrieval import Texts, aside_weights, late_interaction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer.

    :param hit: the passage it stands in.
    :param start: where it starts in the article's text; ``end`` where it ends.
    :param score: how well it and its passage match the question; compares only within one question.
    :param cosine: cosine between the means of the question and of the sentence.
    """

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    cosine: float


def rank_sentences(encoder: Encoder, question: str, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the sentences of the passages, best first.

    A sentence counts by its own match and by its passage's, because *He declined* is about whoever the passage names.
    """
    found = [
        (number, start, end, hit.passage.text[start - hit.passage.start : end - hit.passage.start])
        for number, hit in enumerate(hits)
        for start, end in hit.passage.sentences
    ]
    if not found:
        return []
    texts = [text for *_, text in found]
    if isinstance(encoder, TokenEncoder):
        asked, *read = encoder.words([[text] for text in (question, *texts, *(hit.passage.text for hit in hits))])
        matches = Texts(encoder, read).match(asked)
        begins = encoder.tokenize([question])[0].offsets[asked.starts, 0]
        weights = encoder.word_weights(asked) * aside_weights(question, begins)
        late, cosines = late_interaction(matches.words, weights), matches.wholes[: len(texts)]
        of_passage = late[len(texts) :][[number for number, *_ in found]]
        scores = 0.5 * cosines + late[: len(texts)] + of_passage
    else:
        scores = cosines = encoder.encode_passages(texts) @ encoder.encode_queries([question])[0]
    ranked = [
        Evidence(hits[number], start, end, text, float(score), float(cosine))
        for (number, start, end, text), score, cosine in zip(found, scores, cosines, strict=True)
    ]
    return sorted(ranked, key=lambda evidence: -evidence.score)
