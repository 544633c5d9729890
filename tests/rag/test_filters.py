import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import FilterError
from rag.filters import Filters


class TestFilters:
    @pytest.mark.parametrize(
        ("given_from", "given_to", "days"),
        [
            ("2024", "2024", ("2024-01-01", "2024-12-31")),
            ("2024-02", "2024-02", ("2024-02-01", "2024-02-29")),
            ("2023-02", "2023-02", ("2023-02-01", "2023-02-28")),
            (" 2024-11-08 ", "2024-11-08", ("2024-11-08", "2024-11-08")),
            (None, "2024-12", (None, "2024-12-31")),
        ],
    )
    def test_a_month_and_a_year_are_all_their_days(self, given_from, given_to, days):
        filters = Filters(published_from=given_from, published_to=given_to)
        assert (filters.published_from, filters.published_to) == days

    @pytest.mark.parametrize(
        "date", ["", "yesterday", "2024-13", "2024-02-30", "8.11.2024", "24-11-08", "0000", "2024-1-1"]
    )
    def test_what_is_no_date_is_named_with_the_forms_that_are(self, date):
        for field in ("published_from", "published_to"):
            with pytest.raises(FilterError, match=r"is not a date\. Give a day \(2024-11-08\)") as raised:
                Filters(**{field: date})
            assert repr(date) in str(raised.value)
            assert "\n" not in str(raised.value)

    def test_a_range_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(FilterError, match="from 2024-11-08 to 2024-11-07"):
            Filters(published_from="2024-11-08", published_to="2024-11-07")

    @given(st.dates(), st.dates())
    def test_any_two_days_in_order_are_a_range(self, one, other):
        first, last = sorted((one.isoformat(), other.isoformat()))
        filters = Filters(published_from=first, published_to=last)
        assert (filters.published_from, filters.published_to) == (first, last)
        assert Filters(filters.languages, filters.sources, filters.published_from, filters.published_to) == filters

    def test_says_what_it_lets_pass(self):
        filters = Filters(("DE ", "fr"), (" Reuters",), "2024-11", "2025")
        assert str(filters) == "in de or fr, by Reuters, published from 2024-11-01 up to 2025-12-31"
        assert bool(filters)

    def test_nothing_given_lets_everything_pass(self):
        assert not Filters()
        assert str(Filters()) == ""
