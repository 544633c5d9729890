from rag.answers import NOT_ANSWERED, Answer
from rag.articles import ArticleInfo
from ui.conversation import EXAMPLES, Turn, conversation_html, welcome_html


def info(article_id, origin=None):
    return ArticleInfo(article_id, None, None, None, None, None, origin, 9, 1, "2024-11-08T00:00:00+00:00")


def test_a_question_is_shown_as_typed_but_never_as_markup():
    page = conversation_html([Turn('<img src=x onerror=alert(1)> "why" **now**')])
    assert "&lt;img src=x onerror=alert(1)&gt; &quot;why&quot; **now**" in page


def test_a_turn_without_its_last_answer_says_that_it_is_being_worked_on():
    assert 'aria-busy="true"' in conversation_html([Turn("Q?")])
    assert "Reading the archive" in conversation_html([Turn("Q?")])


def test_a_complete_turn_no_longer_does():
    answer = Answer("Q?", False, NOT_ANSWERED, (), ())
    page = conversation_html([Turn("Q?", answer, complete=True)])
    assert 'aria-busy="false"' in page
    assert "Reading the archive" not in page


def test_an_error_keeps_the_question_and_says_one_line():
    page = conversation_html([Turn("Q?", error="Run `rag rebuild` <now>.", complete=True)])
    assert ">Q?</p>" in page
    assert '<p class="error" role="alert">Run `rag rebuild` &lt;now&gt;.</p>' in page


def test_turns_stand_in_the_order_they_were_asked():
    page = conversation_html([Turn("First?"), Turn("Second?")])
    assert page.index("First?") < page.index("Second?")


def test_examples_are_offered_when_the_article_they_ask_about_is_there():
    page = welcome_html([info("x", "/seeds/000_6dea5b3e4e647803.txt")])
    assert page.count('class="chip"') == len(EXAMPLES)
    assert 'data-question="Did Musk talk to Putin?"' in page


def test_other_archives_are_not_asked_about_musk():
    assert "chip" not in welcome_html([info("x")])


def test_an_empty_archive_says_where_to_put_articles():
    assert "Drop articles" in welcome_html([])
