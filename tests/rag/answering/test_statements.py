import pytest

from rag.answering.claims import Cited, Claim
from rag.answering.statements import ReplyParser
from rag.answers import NOT_ANSWERED
from rag.errors import LanguageModelError


def read(reply, piece=1000):
    """Parse a reply given in pieces; return its claims and whether it abstains."""
    parser = ReplyParser()
    claims = [claim for at in range(0, len(reply), piece) for claim in parser.feed(reply[at : at + piece])]
    claims += parser.close()
    return claims, parser.abstained


def cited(*numbers, quotes=(None,)):
    """Each number with each quote."""
    return tuple(Cited(number, quote) for number in numbers for quote in quotes)


def quotes_of(claim):
    return tuple(dict.fromkeys(each.quote for each in claim.cited if each.quote is not None))


def one(reply):
    claims, _ = read(reply)
    assert len(claims) == 1, claims
    return claims[0]


class TestCitations:
    @pytest.mark.parametrize(
        ("written", "numbers"),
        [
            ("[1]", (1,)),
            ("[1, 2]", (1, 2)),
            ("[1; 3]", (1, 3)),
            ("[1][2]", (1, 2)),
            ("[1] [2]", (1, 2)),
            ("[1], [2]", (1, 2)),
            ("[[1]]", (1,)),
            ("【1】", (1,)),
            ("【1†source】", (1,)),
            ("［2］", (2,)),
            ("[Passage 1]", (1,)),
            ("[passage 1, passage 2]", (1, 2)),
            ("[Passages 1 and 2]", (1, 2)),
            ("[Source: 4]", (4,)),
            ("[Источник 2]", (2,)),
            ("[#1]", (1,)),
            ("[^1]", (1,)),
            ("[1](#passage-1)", (1,)),
            ("[1-3]", (1, 2, 3)),
            ("[1–3]", (1, 2, 3)),
            ("[٢]", (2,)),
            ("([1])", (1,)),
            ("**[1]**", (1,)),
            ("[0]", (0,)),
            ("[99]", (99,)),
            ("[-1]", (-1,)),
            ("[2][2]", (2,)),
        ],
    )
    @pytest.mark.parametrize("line", ["Musk talked to Putin. {}", "Musk talked to Putin {}."])
    def test_brackets(self, written, numbers, line):
        claim = one(line.format(written))
        assert claim.cited == cited(*numbers)
        assert claim.text == "Musk talked to Putin."

    @pytest.mark.parametrize(
        "line",
        [
            "Musk talked to Putin.",
            "Musk talked to Putin. (1)",
            "It began in [2022].",
            "On [November 6] he called. [sic]",
        ],
    )
    def test_no_citation(self, line):
        assert read(line) == ([], False)

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("- Musk talked to Putin. [1]", "Musk talked to Putin."),
            ("* **Musk** talked to *Putin*. [1]", "Musk talked to Putin."),
            ("1. Musk talked to Putin. [1]", "Musk talked to Putin."),
            ("6. November: Musk talked to Putin. [1]", "6. November: Musk talked to Putin."),
            ("2) Musk talked to Putin. [1]", "Musk talked to Putin."),
            ("> ### Musk talked to Putin [1]", "Musk talked to Putin"),
            ("Musk talked to Putin – [1]", "Musk talked to Putin"),
            ("Musk talked [1] to Putin.", "Musk talked to Putin."),
            ("Musk [1] talked to Putin [2].", "Musk talked to Putin."),
            ("[1] Musk talked to Putin. [2]", "Musk talked to Putin."),
            ("[1] Musk talked to Putin.", "Musk talked to Putin."),
            ('"Musk talked to Putin [1]."', "Musk talked to Putin."),
            ("Journalist*innen schrieben darüber. [1]", "Journalist*innen schrieben darüber."),
            ("308.5 Mrd. Euro [1]", "308.5 Mrd. Euro"),
            ("马斯克与普京通了电话。[1]", "马斯克与普京通了电话。"),
            ("تحدث ماسك مع بوتين؟ [1]", "تحدث ماسك مع بوتين؟"),
        ],
    )
    def test_text(self, line, text):
        assert one(line).text == text

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("See [the report](https://a.example/?q=1). [1]", "See the report."),
            ("![Karte](https://a.example/p.png) Er rief an. [1]", "Karte Er rief an."),
            ("[a](javascript:alert(1)) called. [1]", "a called."),
            ('Er rief <img src="https://a.example" onerror="alert(1)">an. [1]', "Er rief an."),
            ("He wrote https://a.example/x?q=1 yesterday. [1]", "He wrote yesterday."),
            ("<script>data:text/html,x</script> He called. [1]", "He called."),
            ("<<b>img src=x>He called. [1]", "He called."),
            ("1 < 2 and 3 > 2. [1]", "1 < 2 and 3 > 2."),
            ("Data: 308 people. [1]", "Data: 308 people."),
        ],
    )
    def test_no_link_image_or_html_is_left(self, line, text):
        assert one(line).text == text

    def test_a_link_alone_is_no_statement(self):
        assert read("https://a.example/?s=x [1]\n<img src=x> [1]")[0] == []

    @pytest.mark.parametrize(
        "line", ["[1] Tagesschau, 8 November", "[1] A. [2] B.", "[1]", "• [1]", "**[1]** .", "[1] [2] A."]
    )
    def test_numbers_that_belong_to_no_statement(self, line):
        assert read(line)[0] == []

    def test_a_numbered_list(self):
        claims, _ = read("It is said:\n1. A ist so. [1]\n2. **B** auch. [2]\n9. November war es. [3]\n3. C nicht. [4]")
        assert [claim.text for claim in claims] == ["A ist so.", "B auch.", "9. November war es.", "C nicht."]


class TestOneParagraph:
    def test_is_split_at_the_citations(self):
        claims, _ = read("Musk talked to Putin. [1] Trump knew of it [2]. Vance did not. [3]")
        assert claims == [
            Claim("Musk talked to Putin.", cited(1)),
            Claim("Trump knew of it.", cited(2)),
            Claim("Vance did not.", cited(3)),
        ]

    def test_with_quotes(self):
        claims, _ = read('Er rief an. [1] "Musk rief an" Man sprach lange [2][3] «eine Stunde». Mehr weiß man nicht.')
        assert claims == [
            Claim("Er rief an.", cited(1, quotes=["Musk rief an"])),
            Claim("Man sprach lange", cited(2, 3, quotes=["eine Stunde"])),
            Claim("Mehr weiß man nicht."),
        ]

    def test_a_sentence_without_a_citation_cites_nothing(self):
        assert read("Musk talked to Putin [1]. I think so, too.")[0] == [
            Claim("Musk talked to Putin.", cited(1)),
            Claim("I think so, too."),
        ]

    def test_an_abbreviation_before_a_citation_ends_nothing(self):
        assert (
            one("In the U.S. [1] and in Ukraine [2] he was heard.").text == "In the U.S. and in Ukraine he was heard."
        )


class TestQuotes:
    @pytest.mark.parametrize(
        "marks", ['""', "“”", "„“", "„”", '„"', "«»", "»«", "‹›", "''", "‘’", "‚‘", "「」", "””", '“"']
    )
    @pytest.mark.parametrize(
        "line",
        [
            "Er rief an. [1] {}",
            "Er rief an. [1]: {}.",
            "Er rief an. {} [1]",
            "Er rief an. ({}) [1]",
            "Er rief an. [1]\n{}",
        ],
    )
    def test_marks_and_places(self, marks, line):
        claim = one(line.format(f"{marks[0]}Musk rief Putin an{marks[1]}"))
        assert claim.text == "Er rief an."
        assert claim.cited == cited(1, quotes=["Musk rief Putin an"])

    def test_of_a_statement_that_quotes_stays_in_it(self):
        claim = one("Peskow said: “We do not comment on such reports.” [2]")
        quotes = ["We do not comment on such reports."]
        assert claim == Claim("Peskow said: “We do not comment on such reports.”", cited(2, quotes=quotes))

    def test_a_title_or_a_word_so_called_is_no_proof(self):
        assert one("The “Tesla boss” called. [2]") == Claim("The “Tesla boss” called.", cited(2))

    def test_as_many_as_numbers(self):
        claim = one('Both. [1][3] "rief an" "отрицает"')
        assert claim.cited == (Cited(1, "rief an"), Cited(3, "отрицает"))

    def test_each_belongs_to_the_numbers_before_it(self):
        claim = one('Musk called and Putin denies it. [1] "rief an" [2, 3] "отрицает" [4]')
        assert claim.cited == (Cited(1, "rief an"), *cited(2, 3, quotes=["отрицает"]), Cited(4))

    def test_several(self):
        assert quotes_of(one('A und B. [1] "Das ist A" und "das ist B"')) == ("Das ist A", "das ist B")

    def test_with_the_same_marks_inside(self):
        assert quotes_of(one('Er rief an. [1] "Er sagte: "Hallo Wladimir", und legte auf"')) == (
            'Er sagte: "Hallo Wladimir", und legte auf',
        )

    def test_cut_off_before_its_end(self):
        assert quotes_of(one('Er rief an. [1] "Musk rief')) == ("Musk rief",)

    def test_apostrophes_and_gershayim_are_no_quotation_marks(self):
        assert one("Musk's and Trump's call wasn't secret. [1]").cited == cited(1)
        assert quotes_of(one('צה"ל מסר הודעה. [1] "צה"ל הודיע"')) == ('צה"ל הודיע',)

    def test_on_the_next_line_with_its_number(self):
        assert one('Er rief an. [1]\n  - [1] "Musk rief Putin an"') == Claim(
            "Er rief an.", cited(1, quotes=["Musk rief Putin an"])
        )

    def test_on_the_next_lines_each_with_its_number(self):
        assert read('Er rief an. [1][2]\n- [1] "Musk rief an"\n- [2] "звонок"\nEr schwieg. [3]')[0] == [
            Claim("Er rief an.", (Cited(1, "Musk rief an"), Cited(2, "звонок"))),
            Claim("Er schwieg.", cited(3)),
        ]

    def test_on_the_next_line_for_another_number_is_not_taken(self):
        assert one('Er rief an. [1]\n[2] "Musk rief Putin an"').cited == cited(1)

    def test_a_bracketed_number_inside_a_quote_is_no_citation(self):
        assert one('Er rief an. [1] "rief an.[7] Danach"') == Claim(
            "Er rief an.", cited(1, quotes=["rief an.[7] Danach"])
        )


class TestReasoning:
    @pytest.mark.parametrize(
        "reply",
        [
            "<think>Is it [3]? The archive does not answer this.</think>Yes. [1]",
            "<think>\nIt says A. [3]\n\n</think>\n\nYes. [1]",
            "<thinking>A. [2]</thinking>\nYes. [1]\n<think>B. [3]</think>",
            "Maybe the archive does not answer this.\n</think>\nYes. [1]",
        ],
    )
    @pytest.mark.parametrize("piece", [1, 5, 1000])
    def test_is_ignored(self, reply, piece):
        assert read(reply, piece) == ([Claim("Yes.", cited(1))], False)

    def test_that_never_ends_says_nothing(self):
        assert read("<think>\nYes. [1]\nNo. [2]") == ([], False)

    def test_taken_for_the_answer_is_an_error(self):
        with pytest.raises(LanguageModelError, match="reasoning"):
            read("It says A. [3]\nIt says B. [2]\n</think>\nYes. [1]")


class TestAbstention:
    @pytest.mark.parametrize(
        "reply",
        [
            NOT_ANSWERED,
            f"“{NOT_ANSWERED}”",
            f"**{NOT_ANSWERED}**\n",
            NOT_ANSWERED.rstrip(".").upper(),
            f"{NOT_ANSWERED} [1]",
            f"Sorry! {NOT_ANSWERED}",
            f"{NOT_ANSWERED}\nHowever, Trump called. [1]",
            f"{NOT_ANSWERED} However, Trump called. [1]",
            f"<think>Hm. [1]</think>{NOT_ANSWERED}",
        ],
    )
    def test_sentinel(self, reply):
        assert read(reply, 3) == ([], True)

    def test_after_a_statement_it_abstains_from_nothing(self):
        assert read(f"Trump called. [1]\n{NOT_ANSWERED}") == ([Claim("Trump called.", cited(1))], False)
        assert read(f"Trump called. [1] {NOT_ANSWERED}") == ([Claim("Trump called.", cited(1))], False)

    @pytest.mark.parametrize("reply", ["", "\n \n", "YES", "I cannot help with that."])
    def test_other_words_are_no_abstention(self, reply):
        assert read(reply) == ([], False)


def test_claims_come_as_soon_as_they_are_complete():
    parser = ReplyParser()
    assert list(parser.feed('Er rief an. [1] "Musk rief an')) == []
    assert [claim.text for claim in parser.feed('"\nMan')] == ["Er rief an."]
    assert list(parser.feed(" sprach lange. [2]\n")) == []  # its quote may be on the next line
    assert [claim.text for claim in parser.feed("Trump schwieg. [3]\n")] == ["Man sprach lange."]
    assert [claim.text for claim in parser.close()] == ["Trump schwieg."]


@pytest.mark.parametrize(
    "unit", ['"a ', "[1] ", "“", "[1", "** ", "<think>", "'a b", "(", '"a" [1] ', "A [1] ", "A. [1] 'b' "]
)
def test_hostile_repetition_takes_no_long_time(unit):
    read(unit * (20_000 // len(unit)))


@pytest.mark.parametrize("mark", "\"'“„«")
def test_hostile_marks_take_no_long_time(mark):
    read(mark * 20_000 + "a [1]”x")
