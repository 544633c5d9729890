"""Names told apart by what they are called: countries, organisations, acronyms, newspapers, speakers."""

import pytest

from rag.citing.bundled import BundledVerifier
from rag.citing.verdict import Evidence
from rag.encoders import BUNDLED, StaticEncoder


@pytest.fixture(scope="module")
def judge():
    verifier = BundledVerifier(StaticEncoder(BUNDLED))

    def named(statement, source, languages, context=""):
        read = Evidence(source, f"{context}\n{source}", languages[1])
        reasons = verifier.judge(statement, [read], languages[0]).reasons
        return [reason for reason in reasons if "name" in reason]

    return named


@pytest.mark.parametrize(
    ("statement", "source", "languages"),
    [
        ("Le chantier danois livrera dix bateaux.", "The Norwegian shipyard will deliver ten boats.", ("fr", "en")),
        ("Estonia’s prime minister stayed away.", "Die lettische Ministerpräsidentin blieb fern.", ("en", "de")),
        ("Das Rote Kreuz lieferte Zelte.", "Greenpeace delivered tents.", ("de", "en")),
        ("La SNC veut baisser les impôts.", "La PRK veut baisser les impôts.", ("fr", "fr")),
        ("Die „Hainstedter Zeitung“ schrieb darüber.", "Die „Ostrevik Zeitung“ schrieb darüber.", ("de", "de")),
        ("王小明表示，桥梁安全。", "市长李国强表示，桥梁安全。", ("zh", "zh")),
        (
            "Poland’s prime minister said in Warsaw that he would resign.",
            "波兰总理在成都表示，他将辞职。",
            ("en", "zh"),
        ),
    ],
)
def test_another_name(judge, statement, source, languages):
    assert judge(statement, source, languages)


@pytest.mark.parametrize(
    ("statement", "source", "languages"),
    [
        ("Le chantier norvégien livrera dix bateaux.", "The Norwegian shipyard will deliver ten boats.", ("fr", "en")),
        ("Latvia’s prime minister stayed away.", "Die lettische Ministerpräsidentin blieb fern.", ("en", "de")),
        ("The Red Cross delivered tents.", "Das Rote Kreuz lieferte Zelte.", ("en", "de")),
        ("The EU pays half.", "Avrupa Birliği yarısını ödüyor.", ("en", "tr")),
        ("The PFO wants lower taxes.", "The Party for Order wants lower taxes, said the BDK.", ("en", "en")),
        ("In der „Süddeutschen Zeitung“ stand es.", "Es stand in der „Süddeutsche Zeitung“.", ("de", "de")),
        ("李国强表示，桥梁安全。", "市长李国强表示，桥梁安全。", ("zh", "zh")),
    ],
)
def test_the_same_name(judge, statement, source, languages):
    assert not judge(statement, source, languages)
