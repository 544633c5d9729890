"""Sentences as newspapers write them, and the numbers in them."""

from decimal import Decimal

import pytest

from rag.citing.values import quantities

SENTENCES = """
en|The blast killed 308 people and wounded 1,204.|308; 1204
en|The company earned $12.5bn last quarter.|12500000000 USD
en|Inflation rose to 4.2 percent, up 0.3 percentage points.|4.2 %; 0.3 percentage point
en|Twenty-one soldiers and two hundred and three civilians were freed.|21; 203
en|One million euros went missing.|1000000 EUR
en|A dozen drones were shot down.|12
en|Half of the voters stayed at home.|0.5
en|Two-thirds of the money is gone.|0.6666666667
en|He finished 3rd, she came second.|3 ordinal; 2 ordinal
en|An F-16 and two Su-34 jets crashed near Area 51.|2; 51
en|In 2024 he left.|
en|One of them said no one knew.|
en|The 30-year-old ran 42.195 km.|30 year; 42.195 kilometre
en|£300m was spent on 5 miles of road.|300000000 GBP; 5 mile
en|Hundreds of people and thousands of dogs fled.|
en|Temperatures fell to -5°C.|-5 celsius
en|It took half a million years.|500000 year
en|At 5 p.m. on 6 November 2024 three men came.|3
en|They want 5-6 million euros.|5000000 EUR; 6000000 EUR
en|The 2,000 soldiers met at 14:30.|2000
en|He won by 1.5 points over 90 minutes.|1.5; 90 minute
en|US$5 million was paid in May.|5000000 USD
en|Covid-19 killed 7 million.|7000000
de|Rund 12,5 Mrd. Euro kostet das Projekt.|12500000000 EUR
de|Es starben 1.204 Menschen.|1204
de|Vierhundertzwei Menschen wurden gerettet.|402
de|Eine Billion Euro Schulden.|1000000000000 EUR
de|Ein Mann und eine Frau kamen ums Leben.|
de|Eine Million Menschen demonstrierten.|1000000
de|Zwölf Soldaten und dreißig Zivilisten starben.|12; 30
de|Einundzwanzig Prozent stimmten dafür.|21 %
de|Zwei Drittel der Abgeordneten fehlten.|0.6666666667
de|Der Umsatz stieg um 3,4 Prozentpunkte.|3.4 percentage point
de|Er kam auf den 3. Platz.|3 ordinal
de|Am 6. November 2024 kamen um 14.30 Uhr zwei Züge an.|2
de|Ein halbes Dutzend Länder und anderthalb Jahre.|6; 1.5 year
de|Der 30-Jährige fuhr 120 km/h.|30 year; 120 kilometre-per-hour
de|Im Jahr 2000 lebten hier 2000 Menschen mehr als 1990.|
de|Die Strecke ist 5 Kilometer lang und 3,5 m breit.|5 kilometre; 3.5 metre
de|5 bis 6 Millionen Euro|5000000 EUR; 6000000 EUR
de|Tausende flohen, hundert blieben.|100
de|Das kostet 20 Mio. Franken.|20000000 CHF
fr|Le projet coûte 12,5 milliards d'euros.|12500000000 EUR
fr|Un homme et une femme ont été tués.|
fr|Quatre-vingt-dix-sept personnes sont mortes.|97
fr|Soixante et onze députés ont voté.|71
fr|Le taux atteint 4,2 % en 2024.|4.2 %
fr|Cinquante pour cent des électeurs.|50 %
fr|Un billion de dollars.|1000000000000 USD
fr|Les deux tiers des 1 234 salariés.|0.6666666667; 1234
fr|Une douzaine de blessés et une centaine d'arrestations.|12; 100
fr|Il a parcouru 35 kilomètres en 2 heures.|35 kilometre; 2 hour
fr|Deux cent trois soldats.|203
fr|Le neuf octobre.|
fr|Près de 300 000 personnes.|300000
es|Murieron 308 personas y 1.204 resultaron heridas.|308; 1204
es|Mil millones de dólares.|1000000000 USD
es|Un billón de euros.|1000000000000 EUR
es|El 12,5 por ciento de los votantes.|12.5 %
es|Una mujer y un hombre.|
es|Veintiún soldados y doscientas casas.|21; 200
es|Unos 300 millones de euros.|300000000 EUR
es|La mitad de los 20 kilómetros.|0.5; 20 kilometre
es|Una docena de países.|12
es|El 6 de noviembre de 2024 a las 15 horas llegaron tres trenes.|3
it|Duecentotrenta persone sono morte.|230
it|Il progetto costa 12,5 miliardi di euro.|12500000000 EUR
it|Due milioni di euro e tremila voti.|2000000 EUR; 3000
it|Un uomo e una donna.|
it|Il 4,2 per cento degli elettori.|4.2 %
it|Una decina di feriti.|10
it|Ventuno soldati in 3 ore.|21; 3 hour
pt|O projeto custa 12,5 bilhões de reais.|12500000000 BRL
pt|R$ 5 milhões foram pagos.|5000000 BRL
pt|Dois mil e trezentos soldados.|2300
pt|Cerca de 20 por cento dos votos.|20 %
pt|Um homem e duas mulheres.|2
pt|Mil milhões de euros.|1000000000 EUR
nl|Het project kost 12,5 miljard euro.|12500000000 EUR
nl|Tweehonderdvijftig mensen en eenentwintig honden.|250; 21
nl|Een man en een vrouw.|
nl|Twee derde van de leden.|0.6666666667
nl|Meer dan 4,2 procent.|4.2 %
nl|Een miljoen mensen.|1000000
pl|Zginęło dwóch żołnierzy i pięciu cywilów.|2; 5
pl|Projekt kosztuje 12,5 mld złotych.|12500000000 PLN
pl|Ponad 5 tys. osób.|5000
pl|Dwa tysiące trzysta osób.|2300
pl|Wzrost o 4,2 procent, czyli 0,3 punktu procentowego.|4.2 %; 0.3 percentage point
pl|W ciągu 24 godzin spadło 30 rakiet.|24 hour; 30
cs|Projekt stojí 12,5 miliardy korun.|12500000000 CZK
cs|Zahynuli dva vojáci a pět set lidí přišlo o domov.|2; 500
cs|Asi 4,2 procenta voličů.|4.2 %
cs|Má 5 tisíc členů.|5000
ro|Proiectul costă 12,5 miliarde de lei.|12500000000 RON
ro|Douăzeci și unu de soldați.|21
ro|Peste 300 de milioane de euro.|300000000 EUR
ro|Un bărbat și o femeie.|
ro|Circa 4,2 la sută.|4.2 %
sv|Projektet kostar 12,5 miljarder kronor.|12500000000 SEK
sv|Tvåhundrafemtio människor dog.|250
sv|En man och ett barn.|
sv|Över 4,2 procent.|4.2 %
sv|Två tredjedelar av de 30 åren.|0.6666666667; 30
tr|Yüzde 20 oranında arttı.|20 %
tr|Nüfusun %20'si kaçtı.|20 %
tr|Proje 12,5 milyar lira tutuyor.|12500000000 TRY
tr|İki bin üç yüz asker öldü.|2300
tr|Bir adam geldi.|
tr|300'den fazla kişi.|300
ru|Погибли двадцать два человека, двое ранены.|22; 2
ru|Проект стоит 12,5 млрд рублей.|12500000000 RUB
ru|Полтора миллиона долларов.|1500000 USD
ru|Около 5 тыс. человек.|5000
ru|Рост составил 4,2 процента.|4.2 %
ru|Две тысячи двадцать солдат.|2020
ru|Один из них сказал, что 5 в Киеве.|5
ru|30-летний мужчина проехал 15 километров.|30 year; 15 kilometre
ru|В 2024 году упал на 3-е место.|3 ordinal
uk|Загинули двоє людей, п'ятсот поранені.|2; 500
uk|Проєкт коштує 12,5 млрд грн.|12500000000 UAH
uk|Понад 300 тисяч гривень.|300000 UAH
uk|Зростання на 4,2 відсотка.|4.2 %
uk|Двадцять п’ять кілометрів.|25 kilometre
ar|بلغت التكلفة ١٢٫٥ مليار دولار.|12500000000 USD
ar|قتل ثلاثة وعشرون شخصا.|23
ar|نحو ألفين من الجنود.|2000
ar|ارتفع بنسبة 4.2 في المئة.|4.2 %
ar|مليوني شخص|2000000
ar|على بعد 15 كيلومترا|15 kilometre
zh|三十人死亡,1204人受伤。|30; 1204
zh|该项目耗资125亿美元。|12500000000 USD
zh|约3万5千人参加。|35000
zh|百分之三十的选民。|30 %
zh|一个人说十分重要。|
zh|两名士兵和五家公司。|2; 5
zh|三分之二的议员。|0.6666666667
zh|2024年11月6日有3人死亡。|3
zh|距离15公里,用了3小时。|15 kilometre; 3 hour
zh|增长4.2%,即0.3个百分点。|4.2 %; 0.3 percentage point
ja|約3万5000人が参加した。|35000
ja|1億2000万円を支払った。|120000000 JPY
ja|支持率は4.2%だった。|4.2 %
ja|3年間で三つの会社。|3 year; 3
ja|令和6年11月6日午後3時、2人が死亡。|2
ja|125億ドルの赤字。|12500000000 USD
ko|3만5천명이 참가했다.|35000
ko|다섯 명이 숨지고 30명이 다쳤다.|5; 30
ko|125억 달러를 투자했다.|12500000000 USD
ko|4.2% 증가했다.|4.2 %
ko|이천 시민 이야기.|
ko|2024년 11월 6일 오후 3시 두 명이 왔다.|2
da|Projektet koster 12,5 mia. kroner.|12500000000 DKK
fi|Hanke maksaa 12,5 miljardia euroa.|12500000000 EUR
hi|१२.५ प्रतिशत|12.5 %
""".strip().splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_a_newspapers_sentence(line):
    language, sentence, expected = line.split("|")
    found = [(one.value, one.unit) for one in quantities(sentence, language)]
    wanted = [part.strip().partition(" ") for part in expected.split(";") if part.strip()]
    assert found == [(Decimal(value), unit or None) for value, _, unit in wanted]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_quantity_is_a_span_of_the_text(line):
    language, sentence, _ = line.split("|")
    for one in quantities(sentence, language):
        assert sentence[one.start : one.end] == one.text
        assert one.text.strip() == one.text


@pytest.mark.parametrize(
    ("language", "sentence", "value"),
    [
        ("de", "eine Billion", 10**12), ("en", "one billion", 10**9), ("fr", "un billion", 10**12),
        ("es", "un billón", 10**12), ("pt", "um bilhão", 10**9), ("it", "un bilione", 10**12),
        ("nl", "een biljoen", 10**12), ("pl", "5 bilionów", 5 * 10**12), ("fr", "un milliard", 10**9),
        ("es", "dos mil millones", 2 * 10**9), ("ru", "5 триллионов", 5 * 10**12), ("sv", "en biljon", 10**12),
        ("tr", "5 milyar", 5 * 10**9), ("pt", "5 mil milhões", 5 * 10**9), ("zh", "5万亿元", 5 * 10**12),
        ("de", "1.500", 1500), ("en", "1,500", 1500), ("de", "1,500", Decimal("1.5")), ("fr", "1.500", 1500),
        ("en", "12,34,567", 1234567), ("de", "1'234", 1234), ("fr", "1\u202f234\u202f567,8", Decimal("1234567.8")),
        ("ar", "١٬٢٣٤", 1234), ("ja", "１２３", 123), ("en", "2½", Decimal("2.5")), ("en", "0,5", Decimal("0.5")),
    ],
)  # fmt: skip
def test_false_friends_and_signs(language, sentence, value):
    assert [one.value for one in quantities(sentence, language)] == [value]


@pytest.mark.parametrize(
    ("language", "sentence", "bound"),
    [
        ("en", "about 300 people", "about"), ("en", "more than 300", "over"), ("de", "rund 300", "about"),
        ("de", "mehr als 300", "over"), ("fr", "environ 300", "about"), ("fr", "plus de 300", "over"),
        ("es", "unos 300", "about"), ("it", "oltre 300", "over"), ("pl", "około 300", "about"),
        ("ru", "более 300", "over"), ("uk", "понад 300", "over"), ("zh", "超过300人", "over"),
        ("ja", "300人以上", "over"), ("ko", "약 300명", "about"), ("tr", "yaklaşık 300", "about"),
        ("en", "fewer than 300", "under"), ("de", "fast 300", "nearly"), ("en", "300 people", ""),
        ("ja", "300人未満", "under"), ("en", "over the 300", "over"), ("zh", "300多人", "about"),
    ],
)  # fmt: skip
def test_words_that_round(language, sentence, bound):
    (found,) = quantities(sentence, language)
    assert (found.bound, found.approximate, found.value) == (bound, bool(bound), 300)


@pytest.mark.parametrize("text", ["", " ", "no numbers", "1.2.3.4", "A4 5G G7 MH17", "٪", "½ ".strip() * 0])
@pytest.mark.parametrize("language", ["en", "de", "zh", "ko", "xx", None])
def test_what_holds_no_number(text, language):
    assert quantities(text, language) == ()


def test_a_language_without_a_table_still_has_digits():
    assert [(one.value, one.unit) for one in quantities("12.5 km 1,234", "xx")] == [
        (Decimal("12.5"), "kilometre"), (Decimal(1234), None),
    ]  # fmt: skip


class TestSharesAndHalves:
    @pytest.mark.parametrize(
        ("language", "text", "value", "unit"),
        [
            ("en", "six and a half years", "6.5", "year"),
            ("en", "two and a half million people", "2500000", None),
            ("de", "sechs und ein halbes Jahr", "6.5", "year"),
            ("fr", "deux millions et demi", "2500000", None),
            ("es", "seis años y medio", "6.5", "year"),
            ("pl", "dwa i pół miliona", "2500000", None),
            ("ru", "три с половиной года", "3.5", "year"),
            ("tr", "üç buçuk yıl", "3.5", "year"),
            ("ar", "مليونين ونصف المليون", "2500000", None),
            ("zh", "两个半小时", "2.5", "hour"),
            ("zh", "四分之一小时", "0.25", "hour"),
            ("zh", "半小时", "0.5", "hour"),
            ("zh", "一半贷款", "0.5", None),
            ("es", "tres cuartas partes del dinero", "0.75", None),
            ("es", "la tercera parte del dinero", "0.3333333333", None),
            ("pl", "o jedną trzecią więcej", "0.3333333333", None),
            ("uk", "третину області", "0.3333333333", None),
            ("tr", "galerinin beşte ikisi", "0.4", None),
            ("ar", "ثلث الأسهم", "0.3333333333", None),
            ("en", "a quarter of an hour", "0.25", "hour"),
        ],
    )
    def test_reads(self, language, text, value, unit):
        (found,) = quantities(text, language)
        assert (found.value, found.unit) == (Decimal(value), unit)

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "one in four children"),
            ("en", "one child in four"),
            ("de", "jedes vierte Kind"),
            ("fr", "un enfant sur quatre"),
            ("es", "uno de cada cuatro"),
            ("pl", "co czwarta osoba"),
            ("ru", "один из четырёх"),
            ("uk", "кожен четвертий"),
            ("tr", "dört kişiden biri"),
            ("nl", "een op de vier kinderen"),
        ],
    )
    def test_one_in_four_is_a_quarter_or_four(self, language, text):
        (found,) = quantities(text, language)
        assert (found.value, found.other) == (Decimal("0.25"), 4)

    @pytest.mark.parametrize(
        ("language", "text", "value"), [("tr", "on iki kişi", 12), ("ar", "إحدى وعشرين طائرة", 21)]
    )
    def test_compounds(self, language, text, value):
        (found,) = quantities(text, language)
        assert found.value == value

    def test_a_german_prefix_is_no_number(self):
        assert quantities("Sie leitete ein Verfahren ein.", "de") == ()

    def test_a_scale_is_shared_when_it_falls(self):
        assert [one.value for one in quantities("von 610 auf 480 Millionen Pfund", "de")] == [610_000_000, 480_000_000]
