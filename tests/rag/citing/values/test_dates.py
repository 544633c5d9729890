"""Dates in sentences, with all that newspapers do to them."""

import pytest

from rag.citing.values import dates

PUBLISHED = "2024-11-07"

SENTENCES = """
en|On Wednesday, November 6, 2024, he left.|2024-11-06 w2
en|It began on 6 November.|-11-06
en|It ended on November 6th.|-11-06
en|Nov. 6 was cold.|-11-06
en|The sixth of May|-05-06
en|He may march on in June.|-06
en|In May she won; they may go.|-05
en|In March 2023 and in 1999.|2023-03; 1999
en|He left yesterday.|2024-11-06
en|He arrives at 5 p.m. on Friday.|17:00; w4
en|From 5-7 November 2024|2024-11-05; 2024-11-07
en|They met on Wed, 6 Nov 2024.|2024-11-06 w2
en|Sales grew last year.|2023
en|The sun sat on the wed.|
en|In the 1990s it cost 2000 dollars.|
de|Am Mittwoch, dem 6. November 2024, um 14.30 Uhr.|2024-11-06 w2; 14:30
de|Am 06.11.2024 und am 6.11. kam er.|2024-11-06; -11-06
de|Gestern war es kalt, am Morgen auch.|2024-11-06
de|Im Mai 2023, seit Mittwochabend.|2023-05; w2
de|Er kommt morgen.|2024-11-08
de|2023 und Anfang März|2023; -03
de|Am 5. und 6. November|-11-05; -11-06
fr|Le mercredi 6 novembre 2024 à 20h30.|2024-11-06 w2; 20:30
fr|Le 1er mai il est parti hier.|-05-01; 2024-11-06
fr|La planète Mars et le mois de juillet.|-07
es|El miércoles 6 de noviembre de 2024 a las 15 horas.|2024-11-06 w2; 15:00
es|Por la mañana llegó; ayer no.|2024-11-06
es|El 1 de mayo de 2023|2023-05-01
it|Mercoledì 6 novembre 2024, ieri.|2024-11-06 w2; 2024-11-06
it|Il primo maggio|-05-01
pt|Na quarta-feira, 6 de novembro de 2024.|2024-11-06 w2
pt|Em março de 2023, ontem|2023-03; 2024-11-06
nl|Op woensdag 6 november 2024 om 14.30 uur.|2024-11-06 w2; 14:30
nl|Gisteren, woensdagavond|2024-11-06 w2
pl|W środę 6 listopada 2024 roku, wczoraj.|2024-11-06 w2; 2024-11-06
pl|W listopadzie 2023|2023-11
cs|Ve středu 6. listopadu 2024, 6. 11. 2024.|2024-11-06 w2; 2024-11-06
ro|Miercuri, 6 noiembrie 2024, ieri.|2024-11-06 w2; 2024-11-06
ro|Au trecut 3 luni.|
sv|Onsdagen den 6 november 2024, igår.|2024-11-06 w2; 2024-11-06
tr|6 Kasım 2024 Çarşamba günü saat 14.30'da|2024-11-06 w2; 14:30
ru|В среду, 6 ноября 2024 года, в 14:30.|2024-11-06 w2; 14:30
ru|Вчера, в марте и в мае 2023 года.|2024-11-06; -03; 2023-05
uk|У середу, 6 листопада 2024 року, вчора.|2024-11-06 w2; 2024-11-06
ar|يوم الأربعاء ٦ نوفمبر ٢٠٢٤|2024-11-06 w2
ar|في تشرين الثاني 2024 وأمس|2024-11
zh|2024年11月6日（三）下午3时30分|2024-11-06 w2; 15:30
zh|去年12月,昨天,星期三。|2023; -12; 2024-11-06 w2
zh|二〇二四年十一月六日|2024-11-06
ja|令和6年11月6日、水曜日。|2024-11-06 w2
ja|6日午後3時、3年間、1990年代|--06; 15:00
ko|2024년 11월 6일(수) 오후 3시|2024-11-06 w2; 15:00
ko|지난해 3개월 동안|2023
hu|2024. november 6.|2024-11-06
xx|2024-11-06 and 06.11.2024|2024-11-06; 2024-11-06
""".strip().splitlines()


def written(one):
    if one.hour is not None:
        return f"{one.hour:02}:{one.minute:02}"
    parts = [
        f"{one.year}" if one.year else "",
        f"{one.month:02}" if one.month else "",
        f"{one.day:02}" if one.day else "",
    ]
    day = "-".join(parts).rstrip("-")
    return f"{day} w{one.weekday}".strip() if one.weekday is not None else day


@pytest.mark.parametrize("line", SENTENCES)
def test_a_newspapers_sentence(line):
    language, sentence, expected = line.split("|")
    found = dates(sentence, language, PUBLISHED)
    assert [written(one) for one in found] == [part.strip() for part in expected.split(";") if part.strip()]
    assert all(sentence[one.start : one.end] == one.text for one in found)


def test_yesterday_without_a_day_of_publication_is_no_date():
    assert dates("Gestern", "de") == dates("Gestern", "de", "unknown") == ()


@pytest.mark.parametrize(
    ("text", "language", "month", "day", "swapped"),
    [
        ("11/06/2024", "en", 11, 6, True), ("11/06/2024", "fr", 6, 11, False), ("13/06/2024", "en", 6, 13, False),
        ("06/13/2024", "fr", 6, 13, False), ("11/06/2024", None, 6, 11, True), ("11.06.2024", "en", 6, 11, False),
        ("6/6/2024", "en", 6, 6, False),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month(text, language, month, day, swapped):
    (one,) = dates(text, language)
    assert (one.month, one.day) in {(month, day), (day, month) if swapped else (month, day)}
    assert one.swapped is swapped


@pytest.mark.parametrize("text", ["", "32.13.2024", "99/99/9999", "1.2.3.4", "2024-13-45", "25:61"])
def test_what_is_no_date(text):
    assert dates(text, "de") == ()


class TestHalvesOfTheDay:
    @pytest.mark.parametrize(
        ("language", "text", "hour", "minute"),
        [
            ("pl", "o dziewiątej rano", 9, 0),
            ("pl", "o godzinie 20.", 20, 0),
            ("uk", "о дев'ятій ранку", 9, 0),
            ("ru", "в шесть часов вечера", 18, 0),
            ("ru", "в 6 часов 45 минут", 6, 45),
            ("ar", "عند الساعة الثامنة مساء", 20, 0),
            ("es", "a las seis de la tarde", 18, 0),
            ("de", "um sechs Uhr", 6, 0),
            ("de", "um 18 Uhr 30", 18, 30),
        ],
    )
    def test_reads(self, language, text, hour, minute):
        (found,) = dates(text, language)
        assert (found.hour, found.minute) == (hour, minute)

    def test_a_day_in_words_before_an_arabic_month(self):
        (found,) = dates("في التاسع من مارس", "ar")
        assert (found.month, found.day) == (3, 9)
