from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.citations import citation_precision, citation_recall
from rag.answers import Citation, Located, Statement, Verdict

SUPPORTED, OVERSTATED, PARTLY, UNSUPPORTED, CONTRADICTED = Verdict


def cited(verdict, start=0, located=Located.VERBATIM):
    return Citation("a", start, start + 10, "x" * 10, verdict, located)


def said(verdict, *citations):
    return Statement("…", tuple(citations), verdict)


class TestRecall:
    def test_is_the_share_of_the_statements_that_are_wholly_supported(self):
        verdicts = [SUPPORTED, OVERSTATED, PARTLY, UNSUPPORTED, CONTRADICTED]
        assert citation_recall([said(verdict, cited(verdict)) for verdict in verdicts]) == 0.2

    def test_citations_support_together(self):
        assert citation_recall([said(SUPPORTED, cited(PARTLY), cited(PARTLY, 20))]) == 1

    def test_without_a_citation_nothing_is_supported(self):
        assert citation_recall([said(SUPPORTED)]) == citation_recall([]) == 0

    def test_words_that_do_not_stand_at_their_span_support_nothing(self):
        statement = said(SUPPORTED, cited(SUPPORTED))
        assert citation_recall([statement], statement.citations) == 0
        assert citation_recall([said(SUPPORTED, cited(SUPPORTED, located=Located.NOT_FOUND))]) == 0


class TestPrecision:
    @pytest.mark.parametrize(
        ("verdict", "citations", "precision"),
        [
            (SUPPORTED, [SUPPORTED], 1),
            (SUPPORTED, [SUPPORTED, UNSUPPORTED], 0.5),
            (SUPPORTED, [SUPPORTED, OVERSTATED], 0.5),
            (SUPPORTED, [SUPPORTED, PARTLY], 0.5),  # the first would do alone
            (SUPPORTED, [PARTLY, PARTLY], 1),  # neither would
            (SUPPORTED, [PARTLY, UNSUPPORTED], 0.5),
            (PARTLY, [PARTLY], 0),
            (SUPPORTED, [SUPPORTED, CONTRADICTED], 1),  # a warning, no proof
            (CONTRADICTED, [CONTRADICTED], 0),
            (UNSUPPORTED, [], 0),  # it named passages that do not exist, or none
        ],
    )
    def test_by_hand(self, verdict, citations, precision):
        statement = said(verdict, *(cited(one, 20 * at) for at, one in enumerate(citations)))
        assert citation_precision([statement]) == precision

    def test_a_number_out_of_range_counts_against_it(self):
        assert citation_precision([said(SUPPORTED, cited(SUPPORTED)), said(UNSUPPORTED)]) == 0.5

    def test_inexact_and_misquoted_ones_do_not_support(self):
        good, bad = cited(SUPPORTED), cited(SUPPORTED, 20)
        assert citation_precision([said(SUPPORTED, good, bad)], [bad]) == 0.5
        assert citation_precision([said(SUPPORTED, good, cited(SUPPORTED, 40, Located.NOT_FOUND))]) == 0.5

    def test_of_no_statement(self):
        assert citation_precision([]) == 0


STATEMENTS = st.lists(
    st.builds(
        lambda verdict, citations: said(verdict, *citations),
        st.sampled_from(Verdict),
        st.lists(st.builds(cited, st.sampled_from(Verdict), st.integers(0, 50), st.sampled_from(Located)), max_size=4),
    ),
    max_size=5,
)


def test_a_number_out_of_range_counts_against_precision_beside_a_sound_citation():
    statement = replace(said(SUPPORTED, cited(SUPPORTED)), out_of_range=(9,))
    assert (citation_precision([statement]), citation_recall([statement])) == (0.5, 1)


@given(STATEMENTS)
def test_both_are_shares_and_fall_to_0_if_no_citation_is_exact(statements):
    assert 0 <= citation_recall(statements) <= 1
    assert 0 <= citation_precision(statements) <= 1
    every = [citation for statement in statements for citation in statement.citations]
    assert citation_recall(statements, every) == citation_precision(statements, every) == 0
