"""Fits what the bundled verifier takes for support: ``python -m eval.fit_support eval/gold/citations/dev.jsonl``.

Only true and unrelated pairs are fitted: what is wrong with the others (a number, a name) is told by rules.
"""

import sys
from pathlib import Path

import numpy as np

from eval.citation_pairs import Kind, read_citation_pairs, read_cited_articles
from eval.fit_abstention import fit
from rag.articles import Article
from rag.citing import Place, evidence_at
from rag.citing.bundled import BundledVerifier
from rag.citing.support import Support
from rag.encoders import BUNDLED, StaticEncoder


def main(path: Path) -> None:
    """Print intercept and weights for :mod:`rag.citing.support`, and what bounds they allow."""
    verifier = BundledVerifier(StaticEncoder(BUNDLED))
    pairs = [pair for pair in read_citation_pairs(path) if pair.kind in {Kind.TRUE, Kind.UNRELATED}]
    texts = read_cited_articles(pairs)
    signs = []
    for pair in pairs:
        article = Article(id=pair.article, text=texts[pair.article], language=pair.article_language)
        evidence = evidence_at(Place(article, pair.start, pair.end))
        signs.append(verifier.support(pair.statement, [evidence], pair.statement_language))
    matrix = np.array([[getattr(sign, name) for name in Support.__slots__] for sign in signs])
    true = np.array([pair.kind is Kind.TRUE for pair in pairs])
    weights, intercept = fit(matrix, true)
    logits = intercept + matrix @ weights
    for share in (0.02, 0.03, 0.04, 0.05):
        bound = float(np.quantile(logits[true], share))
        found = float((logits[~true] < bound).mean())
        sys.stdout.write(f"bound {bound:6.2f}: {share:.2f} of the true below, {found:.2f} of the unrelated\n")
    sys.stdout.write(f"INTERCEPT = {intercept:.2f}\nWEIGHTS = ({', '.join(f'{each:.2f}' for each in weights)})\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
