import re

from eval.report.comparing import in_common
from eval.report.markdown import markdown
from tests.eval.report.trees import GIVEN, tree


def test_all_sections():
    made = markdown(tree(baseline={"two": "wrong"}), in_common(tree({"two": "right"}), tree()), "today")
    assert made.startswith("# Of 4 questions that have an answer, 3 find their evidence in the first three passages\n")
    assert "| evidence in the first 3 passages | 0.75 | 0.25 to 1.00 | 4 |" in made
    assert "| en→de | 1.00 (2) |" in made
    assert "## Against plain \\<b\\>: the harbour set" in made
    assert "| answerable refused | 0.25 | 0.00 | +0.25 |" in made
    assert "1 question that was right is missed now" in made
    assert "- missed now, abstained wrongly: متى تبحر العبارة؟ (harbour, two)" in made


def test_each_miss_with_what_was_expected_and_given():
    made = markdown(tree(), None, "today")
    missed = made.partition("## What was missed")[2]
    assert "**not retrieved** (harbour, four): Wann fährt die Fähre?" in missed
    assert "- expected: The ferry sails on Friday. (ferry\\.txt 0–26)" in missed
    assert "- given: The mayor said nothing. (mayor 0–23)" in missed
    assert "- evidence: in passage none of 1, citation none of 1" in missed
    assert "- expected: no answer" in missed


def test_hostile_text_is_escaped():
    made = markdown(tree(), None, "today")
    assert re.search(r"(?<!\\)[<>]|(?<!\\):(?=//)", made.replace("\n> ", "")) is None
    assert "\\<script\\>" in made
    assert "http:" not in made


def test_nothing_missed():
    made = markdown(tree(dict.fromkeys(GIVEN, "right") | {"five": "silent", "six": "silent"}), None, "today")
    assert made.endswith("## What was missed\n\nNothing.\n")
