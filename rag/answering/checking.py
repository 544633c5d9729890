"""A claim becomes a checked statement: each quote is located, each citation judged, and then the statement."""

from collections.abc import Mapping, Sequence

from rag.answering.bare import only_yes_or_no
from rag.answering.claims import Cited, Claim
from rag.answers import Hit, Located, Statement, Verdict
from rag.articles import Article, Passage
from rag.citing import Evidence, Judgement, Place, Verifier, cite, evidence_at, find_quote, speaks_to_machine
from rag.encoders import TokenEncoder
from rag.retrieval import Texts, late_interaction

_TRUST = list(Verdict)
_BEST_FOUND = list(Located)
_NO_CITATION = "It cites no passage."
_MISQUOTED = "The quoted words stand nowhere in the articles that were read."
_BARE = "A bare yes or no says nothing that can be checked."
_PLANTED = "These words are an instruction to a machine, no report."


class Checker:
    """Checks claims against the passages that a chat model was given.

    :param encoder: chooses the sentence of a passage that a claim without a quote rests on.
    :param hits: the passages, in the order of their numbers from 1.
    :param articles: the passages' articles by id.
    :param language: of the claims, ISO 639-1, or None where it is not known.
    """

    def __init__(
        self,
        verifier: Verifier,
        encoder: TokenEncoder,
        hits: Sequence[Hit],
        articles: Mapping[str, Article],
        language: str | None = None,
    ) -> None:
        self._verifier, self._encoder, self._articles, self._language = verifier, encoder, articles, language
        self._passages = [hit.passage for hit in hits]

    def check(self, claim: Claim) -> Statement:
        """Return the claim with its citations, each with a verdict; without any if none of what it cites exists."""
        missing: dict[int, str] = {}
        places: dict[tuple[str, int, int], Place] = {}
        for cited in claim.cited:
            place = self._place(claim.text, cited)
            if place is None:
                missing[cited.number] = f"It cites passage {cited.number}; there are {len(self._passages)}."
            else:
                known = places.setdefault((place.article.id, place.start, place.end), place)
                if _BEST_FOUND.index(place.located) < _BEST_FOUND.index(known.located):
                    places[known.article.id, known.start, known.end] = place
        if not places:
            reasons = tuple(missing.values()) or (_NO_CITATION,)
            return Statement(claim.text, (), Verdict.UNSUPPORTED, reasons, tuple(missing))
        bare = only_yes_or_no(claim.text)
        citations, judged, sound = [], [], []
        for place in places.values():
            read = evidence_at(place)
            fault = _BARE if bare else _fault(place, read)
            if fault is None:
                judged.append(self._verifier.judge(claim.text, [read], self._language))
                sound.append(read)
            else:
                judged.append(Judgement(Verdict.UNSUPPORTED, (fault,)))
            citations.append(cite(place, judged[-1], read.attributed))
        verdict = self._together(claim.text, judged, sound)
        reasons = (*verdict.reasons, *missing.values())
        return Statement(claim.text, tuple(citations), verdict.verdict, reasons, tuple(missing))

    def _together(self, statement: str, judged: Sequence[Judgement], sound: Sequence[Evidence]) -> Judgement:
        """Return the best verdict of the citations, or that on all sound ones together where it is better."""
        best = min(judged, key=lambda judgement: _TRUST.index(judgement.verdict))
        if best.verdict is Verdict.SUPPORTED or len(sound) < 2:  # noqa: PLR2004 - together means two
            return best
        together = self._verifier.judge(statement, sound, self._language)
        return min(best, together, key=lambda judgement: _TRUST.index(judgement.verdict))

    def _place(self, statement: str, cited: Cited) -> Place | None:
        """Return where what is cited stands; of a passage whose quote is missing or wrong its nearest sentence.

        None if there is no such passage, and its quote stands nowhere.
        """
        named = self._named(cited)
        place = find_quote(cited.quote, named, self._passages, self._articles) if cited.quote else None
        if place is not None or named is None:
            return place
        located = Located.NOT_FOUND if cited.quote else Located.CHOSEN
        return Place(self._articles[named.article_id], *self._nearest(statement, named), located)

    def _nearest(self, statement: str, passage: Passage) -> tuple[int, int]:
        """Return the span of the passage's sentence that says most of a statement."""
        spans = passage.sentences or ((passage.start, passage.end),)
        texts = [passage.text[start - passage.start : end - passage.start] for start, end in spans]
        asked, *read = self._encoder.words([[text] for text in (statement, *texts)])
        matches = Texts(self._encoder, read).match(asked)
        return spans[int(late_interaction(matches.words, self._encoder.word_weights(asked)).argmax())]

    def _named(self, cited: Cited) -> Passage | None:
        return self._passages[cited.number - 1] if 1 <= cited.number <= len(self._passages) else None


def _fault(place: Place, evidence: Evidence) -> str | None:
    """Return why a citation proves nothing, whatever stands near it and whatever the statement says; None if it may."""
    if place.located is Located.NOT_FOUND:
        return _MISQUOTED
    quote = place.article.text[place.start : place.end]
    before = evidence.text.partition(quote)[0]
    return _PLANTED if speaks_to_machine(before + quote) else None
