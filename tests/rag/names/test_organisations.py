"""Which organisations a text names, in any language."""

import pytest

from rag.names import organisations_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IMF", "国际货币基金组织总裁"),
        ("der Europäischen Union", "Avrupa Birliği"),
        ("ООН", "les Nations unies"),
        ("NATO", "Nato-Generalsekretär"),
        ("the World Bank", "Banku Światowego"),
    ],
)
def test_one_organisation(one, other):
    assert {each.number for each in organisations_in(one)} == {each.number for each in organisations_in(other)} != set()


@pytest.mark.parametrize(("one", "other"), [("WWF", "Greenpeace"), ("ФАО", "ЮНЕСКО"), ("联合国", "联合国教科文组织")])
def test_two_organisations(one, other):
    assert {each.number for each in organisations_in(one)} != {each.number for each in organisations_in(other)}


def test_none():
    assert organisations_in("Who said so? Nobody in the union, the bank or the league.") == ()
