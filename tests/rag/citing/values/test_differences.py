"""A statement's numbers and dates against its source's."""

import pytest

from rag.citing.values import Difference, differences

AGREE = [
    ("12.5 billion euros were spent.", "en", "Es wurden 12,5 Mrd. Euro ausgegeben.", "de"),
    ("About 300 people died.", "en", "Es starben 304 Menschen.", "de"),
    ("304 people died.", "en", "Rund 300 Menschen starben.", "de"),
    ("More than 300 died.", "en", "340 morts.", "fr"),
    ("308 died.", "en", "Погибли 308 человек.", "ru"),
    ("Two died.", "en", "Двое погибли.", "ru"),
    ("Half of the voters stayed away.", "en", "50 Prozent blieben fern.", "de"),
    ("Twelve countries", "en", "Ein Dutzend Länder", "de"),
    ("It fell by 5 percent.", "en", "Veränderung: -5 %", "de"),
    ("He won on 6 November.", "en", "Er gewann am 6. November 2024.", "de"),
    ("He won on Wednesday.", "en", "Er gewann am 6. November 2024.", "de"),
    ("He won on 6 November 2024.", "en", "Er gewann am Mittwoch.", "de"),
    ("He won on 6 November.", "en", "Er gewann gestern.", "de"),
    ("He won in 2024.", "en", "Er gewann.", "de"),
    ("He won in November.", "en", "Er gewann am 6. November.", "de"),
    ("2,000 soldiers", "en", "2000 Soldaten", "de"),
    ("On 11/06/2024", "en", "Am 6. November 2024", "de"),
    ("An hour later", "en", "Danach", "de"),
    ("One hour later", "en", "eine Stunde später", "de"),
    ("5 to 6 million", "en", "5–6 Millionen", "de"),
    ("He finished third.", "en", "Er wurde 3. im Rennen.", "de"),
    ("At 5 p.m.", "en", "um 17 Uhr", "de"),
    ("30 %", "en", "百分之三十", "zh"),
    ("1.5 million dollars", "en", "Полтора миллиона долларов", "ru"),
    ("€5m", "en", "5 millones de euros", "es"),
    ("1 500 personas", "es", "1,500 people", "en"),
    ("1,500 personas", "es", "1,500 people", "en"),
    ("", "en", "5 Menschen", "de"),
    ("Cafe\u0301 300", "fr", "300", "de"),
]
DIFFER = [
    ("380 people died.", "en", "Es starben 308 Menschen.", "de", "the source says 308, the statement 380"),
    ("380 people died.", "en", "Es starben Menschen.", "de", "the source gives no number for “380”"),
    ("5 km", "en", "5 Meilen", "de", "the source says 5 Meilen, the statement 5 km"),
    ("5 million euros", "en", "5 Mrd. Euro", "de", "the source says 5 Mrd. Euro, the statement 5 million euros"),
    ("2.5 billion", "en", "2,48 Mrd.", "de", "the source says 2,48 Mrd., the statement 2.5 billion"),
    ("5 billion", "en", "5 Billionen", "de", "the source says 5 Billionen, the statement 5 billion"),
    ("20 dollars", "en", "20 Euro", "de", "the source says 20 Euro, the statement 20 dollars"),
    ("3 percentage points", "en", "3 Prozent", "de", "the source says 3 Prozent, the statement 3 percentage points"),
    ("More than 300 died.", "en", "290 Tote", "de", "the source says 290, the statement 300"),
    ("About 400 died.", "en", "Es starben 304 Menschen.", "de", "the source says 304, the statement 400"),
    ("Two died.", "en", "Drei starben, fünf wurden verletzt.", "de", "the source says Drei, the statement Two"),
    ("On 7 November", "en", "Am 6. November", "de", "the source says 6. November, the statement 7 November"),
    ("On Tuesday", "en", "Am 6. November 2024", "de", "the source says 6. November 2024, the statement Tuesday"),
    ("In 2023", "en", "Er gewann.", "de", "the source gives no date for “2023”"),
    ("On 5 November", "en", "Er gewann gestern.", "de", "the source says gestern, the statement 5 November"),
    ("At 6 p.m.", "en", "um 17 Uhr", "de", "the source says 17 Uhr, the statement 6 p.m."),
    ("In May 2023", "en", "im Juni 2023", "de", "the source says Juni 2023, the statement May 2023"),
    ("-5 °C", "en", "5 °C", "de", "the source says 5 °C, the statement -5 °C"),
    ("the third", "en", "drei", "de", "the source says drei, the statement third"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "language", "source", "its"), AGREE)
def test_they_agree(statement, language, source, its):
    assert differences(statement, language, source, its, "2024-11-07") == ()


@pytest.mark.parametrize(("statement", "language", "source", "its", "reason"), DIFFER)
def test_they_differ(statement, language, source, its, reason):
    assert [one.reason() for one in differences(statement, language, source, its, "2024-11-07")] == [reason]


def test_the_nearest_of_the_same_unit_comes_first_and_what_the_statement_has_is_left_out():
    (one,) = differences("21 died, 90 %", "en", "10 starben, 20 flohen, 30 %, 90 %, 400 blieben", "de")
    assert one == Difference("number", "21", ("20", "10", "400"))


def test_the_context_may_hold_it():
    (one,) = differences("380 died", "en", "Viele starben.", "de", None, "Zahl der Toten: 380")
    assert one.in_context
    (one,) = differences("380 died", "en", "Viele starben.", "de", None, "Zahl der Toten: 381")
    assert not one.in_context


@pytest.mark.parametrize(
    ("statement", "language", "source", "its"),
    [
        ("It will be 18 months late.", "en", "比原计划晚了一年半。", "zh"),
        ("Es kommt zwölf Monate später.", "de", "Elle viendra dans un an.", "fr"),
        ("In ten years it halved.", "en", "Hace una década había más.", "es"),
        ("Debts stand at 12 million pounds.", "en", "Debts stand at between £12m and £13m.", "en"),
        ("It is 31 degrees below zero.", "en", "Температура упала до минус 31 градуса.", "ru"),
        ("Более 30 процентов не соответствуют нормам.", "ru", "超过三成不合格。", "zh"),
        ("That is 23 million more.", "en", "Statt 38 Millionen kostet es 61 Millionen Euro.", "de"),
    ],
)
def test_what_is_said_in_other_units_or_worked_out(statement, language, source, its):
    assert differences(statement, language, source, its) == ()


def test_a_small_number_is_not_worked_out():
    (one,) = differences("Eight survived.", "en", "Three of eleven survived.", "en")
    assert one.said == "Eight"


def test_a_date_without_a_day_of_publication():
    (one,) = differences("In 2024", "en", "Er gewann.", "de")
    assert (one.kind, one.said, one.found) == ("date", "2024", ())


class TestWhatFollows:
    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("Nearly 33 % of them left.", "Nearly a third of them left."),
            ("215 of the 430 live there.", "Half of the 430 employees live there."),
            ("It takes 15 minutes.", "It takes a quarter of an hour."),
            ("It starts at 10 p.m.", "It starts between 22 and 4."),
            ("This is the first phase.", "This is phase A."),
        ],
    )
    def test_holds(self, statement, source):
        assert differences(statement, "en", source, "en") == ()

    @pytest.mark.parametrize(
        ("statement", "source", "found"),
        [
            ("30 % of them left.", "A third of them left.", "A third"),
            ("One in five left.", "A quarter left.", "A quarter"),
            ("It takes 20 minutes.", "It takes a quarter of an hour.", "a quarter of an hour"),
            ("This is the first phase.", "This is the second phase.", "second"),
        ],
    )
    def test_differs(self, statement, source, found):
        (one,) = differences(statement, "en", source, "en")
        assert one.found == (found,)

    def test_a_date_line_dates_a_weekday(self):
        context = "VALETTA, 3 June 2026 – The port was closed. The mayor said so on Wednesday."
        said = ("The mayor said so on 3 June 2026.", "The mayor said so on 4 June 2026.")
        found = [differences(one, "en", "The mayor said so on Wednesday.", "en", context=context) for one in said]
        assert [len(one) for one in found] == [0, 1]
