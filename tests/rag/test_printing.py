"""What the command line shows of an answer."""

import io

import pytest
from rich.console import Console

from rag import printing
from rag.answers import NOT_ANSWERED, Answer, Citation, Located, Statement, Usage, Verdict

OWN = Citation(
    "daily", 5, 17, "308 Millionen", Verdict.OVERSTATED, Located.REPAIRED, ("It is [only] reported.",), "Laut Quelle",
    ("wire", "print"), "Die Brücke", "Tageblatt", "2024-11-08", "de",
)  # fmt: skip
OTHER = Citation(
    "late", 0, 9, "380 were.", Verdict.CONTRADICTED, reasons=("The source says 380.",), published="2024-11-09"
)
ANSWER = Answer(
    question="What did it cost?",
    answered=True,
    text="It cost 308 million.",
    statements=(
        Statement("It cost 308 million.", (OWN, OTHER), Verdict.OVERSTATED, ("It is [only] reported.",)),
        Statement("It rained.", (), Verdict.UNSUPPORTED, ("It cites no passage.",)),
        Statement("It was [bold]dry[/].", (OTHER,), Verdict.CONTRADICTED),
        Statement("308 Millionen", (OWN,), Verdict.PARTLY),
    ),
    hits=(),
    notice="A passage was left out.",
    model="ollama:small",
    searched="What did the bridge cost?",
    usage=Usage(1200, 34, 0.5),
)


@pytest.fixture
def shown(monkeypatch):
    """Print an answer; return what goes to stdout and to stderr, on a terminal or not."""

    def play(answer, *, terminal=False):
        consoles = {}
        for name in ("out", "err"):
            options = {"force_terminal": terminal, "color_system": "standard" if terminal else None}
            consoles[name] = Console(file=io.StringIO(), highlight=False, soft_wrap=True, **options)
            monkeypatch.setattr(printing, name, consoles[name])
        printing.print_answer(answer)
        return [consoles[name].file.getvalue() for name in ("out", "err")]

    return play


def test_statements_with_verdict_reasons_and_sources(shown):
    assert shown(ANSWER)[0].splitlines() == [
        "It cost 308 million. ▲ overstated",
        "  – It is [only] reported.",
        "  [1] Die Brücke · Tageblatt · 2024-11-08 · German · daily 5–17 · ▲ only reports it",
        "      “308 Millionen”",
        "      repaired: shown as the source spells it",
        "      reported: Laut Quelle",
        "      also in: wire, print",
        "  [2] 2024-11-09 · late 0–9 · ✗ says otherwise",
        "      “380 were.”",
        "      The source says 380.",
        "It rained. ? unsupported",
        "  – It cites no passage.",
        "It was [bold]dry[/]. ✗ contradicted",
        "  – The source says otherwise.",
        "  [3] 2024-11-09 · late 0–9 · ✗ says otherwise",
        "      “380 were.”",
        "      The source says 380.",
        "308 Millionen ◐ partly supported",
        "  – The source says some of it, and nothing against the rest.",
        "  [4] Die Brücke · Tageblatt · 2024-11-08 · German · daily 5–17 · ▲ only reports it",
        "      repaired: shown as the source spells it",
        "      It is [only] reported.",
        "      reported: Laut Quelle",
        "      also in: wire, print",
    ]


def test_what_is_about_the_answer_goes_to_stderr(shown):
    assert shown(ANSWER)[1].splitlines() == [
        "Searched: What did the bridge cost?",
        "A passage was left out.",
        "ollama:small: 1,200 tokens read, 34 written, 0.5000 US dollars",
    ]


def test_what_nothing_bears_out_is_struck_through_on_a_terminal(shown):
    struck = [line for line in shown(ANSWER, terminal=True)[0].splitlines() if "\x1b[9m" in line]
    assert len(struck) == 2
    assert struck[0].startswith("\x1b[9mIt rained.\x1b[0m")
    assert struck[1].startswith("\x1b[9mIt was [bold]dry[/].\x1b[0m")


def test_no_answer_says_what_it_cost(shown):
    out, err = shown(Answer("What?", False, NOT_ANSWERED, (), (), model="ollama:small", usage=Usage(9, 5)))
    assert out == f"{NOT_ANSWERED}\n"
    assert err == "ollama:small: 9 tokens read, 5 written\n"


def test_json_keeps_the_letters_of_every_script(capsys):
    printing.print_json({"text": "Мост – Brücke"})
    assert capsys.readouterr().out == '{\n  "text": "Мост – Brücke"\n}\n'
