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


@pytest.mark.parametrize(
    ("statement", "source", "languages", "context"),
    [
        ("市长欧阳振廷批评濮存秀“缺乏大局观”。", "省长司马庆澜批评濮存秀“缺乏大局观”。", ("zh", "zh"), ""),
        (
            "Mayor Ouyang Zhenting said the trip would take a quarter of an hour.",
            "省长司马庆澜说，过海时间将缩短到四分之一小时。",
            ("en", "zh"),
            "市长欧阳振廷在座。",
        ),
        (
            "Volgens raadslid Bouzrani van de VVD kan een kwart van de kinderen niet zwemmen.",
            "Volgens raadslid Bouzrani van GroenLinks kan een kwart van de kinderen niet zwemmen.",
            ("nl", "nl"),
            "",
        ),
        (
            "Last week he met the Tunisian president in Cairo.",
            "La semaine dernière, il a rencontré au Caire le président égyptien.",
            ("en", "fr"),
            "",
        ),
        ("Half of it comes from the World Bank.", "Половину дасть Європейський інвестиційний банк.", ("en", "uk"), ""),
    ],
)
def test_another_one_of_an_office_a_party_a_country(judge, statement, source, languages, context):
    assert judge(statement, source, languages, context)


@pytest.mark.parametrize(
    ("statement", "source", "languages", "context"),
    [
        ("«Гринпис» требует закрыть завод.", "Greenpeace domaga się zamknięcia zakładu.", ("ru", "pl"), ""),
        (
            "El Banco Europeo de Inversiones pagará la mitad.",
            "Половину дасть Європейський інвестиційний банк.",
            ("es", "uk"),
            "",
        ),
        (
            "The chair met Dame Philippa in Washington last week.",
            "The chair of the Federal Trade Commission met Tarrant in Washington last week.",
            ("en", "en"),
            "Carrowmore’s chief executive is Dame Philippa Tarrant.",
        ),
        (
            "Laut Bürgermeister Ouyang Zhenting dauert die Überfahrt bald eine Viertelstunde.",
            "市长欧阳振廷说，过海时间将缩短到四分之一小时。",
            ("de", "zh"),
            "",
        ),
        ("Van de 430 werknemers woont de helft hier.", "Half of the 430 employees live here.", ("nl", "en"), ""),
    ],
)
def test_the_same_one_called_otherwise(judge, statement, source, languages, context):
    assert not judge(statement, source, languages, context)
