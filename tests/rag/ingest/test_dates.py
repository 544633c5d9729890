from datetime import UTC, datetime

import pytest

from rag.ingest.dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-08", "2024-11-08"),
        (" 2024-11-08\n", "2024-11-08"),
        ("20241108", "2024-11-08"),
        ("2024/11/8", "2024-11-08"),
        ("8.11.2024", "2024-11-08"),
        ("08. 11. 2024", "2024-11-08"),
        ("2024-11-08T10:00:00Z", "2024-11-08T10:00:00+00:00"),
        ("2024-11-08 10:00", "2024-11-08T10:00:00"),
        ("2024-11-08T10:00:00+01:00", "2024-11-08T10:00:00+01:00"),
        ("Fri, 08 Nov 2024 10:00:00 GMT", "2024-11-08T10:00:00+00:00"),
        (datetime(2024, 11, 8, tzinfo=UTC), "2024-11-08T00:00:00+00:00"),
    ],
)
def test_reads(value, expected):
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value", [None, "", "gestern", "11/08/2024", "2024-02-30", "31.02.2024", "0000-00-00", 1731060000, "2024", ["2024"]]
)
def test_leaves_out_what_is_not_certain(value):
    assert iso_date(value) is None
