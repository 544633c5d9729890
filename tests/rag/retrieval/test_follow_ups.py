"""Questions that follow others up, and questions that do not, in fourteen languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval import complete
from rag.retrieval.follow_up_words import follow_up_words

MUSK = {
    "en": "Did Musk talk to Putin?",
    "de": "Hat Musk mit Putin gesprochen?",
    "fr": "Est-ce que Musk a parlé avec Poutine ?",
    "es": "¿Habló Musk con Putin?",
    "it": "Musk ha parlato con Putin?",
    "pt": "O presidente Musk falou com Putin?",
    "nl": "Heeft Musk met Poetin gesproken?",
    "pl": "Czy Musk rozmawiał z Putinem?",
    "ru": "Разговаривал ли Маск с Путиным?",
    "uk": "Чи розмовляв Маск з Путіним?",
    "tr": "Musk Putin ile konuştu mu?",
    "ar": "هل تحدث ماسك مع بوتين؟",
    "zh": "马斯克和普京通话了吗？",
    "ja": "マスクはプーチンと話しましたか？",
}
PUTIN = {
    **dict.fromkeys(("en", "es", "it", "pt", "tr", "de"), "Putin"),
    "fr": "Poutine",
    "nl": "Poetin",
    "pl": "Putinem",
    "ru": "Путиным",
    "uk": "Путіним",
    "ar": "بوتين",
    "zh": "普京",
    "ja": "プーチン",
}

FOLLOW_UPS = [
    ("en", "And what did Trump say?"),
    ("en", "Why?"),
    ("en", "When was that?"),
    ("en", "What did he say?"),
    ("en", "Who else was there?"),
    ("en", "What about Zelensky?"),
    ("en", "How did they react to it?"),
    ("en", "Is that true?"),
    ("en", "What did he tell Trump?"),
    ("en", "What happened?"),
    ("de", "Und was sagte Trump?"),
    ("de", "Wann war das?"),
    ("de", "Warum?"),
    ("de", "Was hat er ihm versprochen?"),
    ("de", "Was sagte er über die Satelliten?"),
    ("de", "Worüber wurde dabei gesprochen?"),
    ("de", "Wie hat sie darauf reagiert?"),
    ("fr", "Et qu'a dit Trump ?"),
    ("fr", "Quand a-t-il appelé ?"),
    ("fr", "Pourquoi ?"),
    ("fr", "Qu'est-ce que cela signifie ?"),
    ("es", "¿Y qué dijo Trump?"),
    ("es", "¿Cuándo fue eso?"),
    ("es", "¿Por qué?"),
    ("it", "E cosa ha detto Trump?"),
    ("it", "Quando?"),
    ("it", "Che cosa gli ha promesso?"),
    ("pt", "E o que disse Trump?"),
    ("pt", "O que ele prometeu?"),
    ("nl", "En wat zei Trump?"),
    ("nl", "Wat heeft hij beloofd?"),
    ("pl", "A co powiedział Trump?"),
    ("pl", "Kiedy to było?"),
    ("ru", "А что сказал Трамп?"),
    ("ru", "Когда это было?"),
    ("ru", "Что он ему обещал?"),
    ("uk", "А що сказав Трамп?"),
    ("uk", "Чому?"),
    ("uk", "Що він йому обіцяв?"),
    ("tr", "Peki Trump ne dedi?"),
    ("tr", "Neden?"),
    ("ar", "وماذا قال ترامب؟"),
    ("ar", "متى؟"),
    ("zh", "那特朗普说了什么？"),
    ("zh", "为什么？"),
    ("zh", "他说了什么？"),
    ("ja", "なぜですか？"),
    ("ja", "彼は何と言いましたか？"),
]
COMPLETE = [
    ("en", "Where is the Drina?"),
    ("en", "What did Trump say about Zelensky?"),
    ("en", "Did the minister of transport say that he would resign?"),
    ("en", "Is there a strike in Berlin?"),
    ("en", "Is it raining in Berlin?"),
    ("en", "Who won the election in Georgia this year?"),
    ("en", "How many people died in the earthquake in Turkey?"),
    ("en", "Did Merkel say that she had met Obama?"),
    ("en", "flood in Valencia"),
    ("en", "Which company bought the port of Hamburg?"),
    ("de", "Was sagte Trump über Selenskyj?"),
    ("de", "Gibt es einen Streik in Berlin?"),
    ("de", "Hat das Ministerium den Bericht veröffentlicht?"),
    ("de", "Wer gewann dieses Jahr die Wahl in Georgien?"),
    ("de", "Warum hat der Kanzler die Koalition beendet?"),
    ("de", "Wie viele Menschen starben bei dem Erdbeben in der Türkei?"),
    ("de", "Landtagswahl Brandenburg"),
    ("fr", "Y a-t-il une grève à Paris ?"),
    ("fr", "Le président Macron a-t-il rencontré Biden ?"),
    ("fr", "Quel est le prix du pétrole à Londres ?"),
    ("fr", "Est-ce que le gouvernement de Barnier est tombé cette année ?"),
    ("es", "¿Cuántas personas murieron en el terremoto de Turquía?"),
    ("es", "¿Quién ganó las elecciones en Georgia este año?"),
    ("es", "¿Dónde está el río Drina?"),
    ("it", "Chi ha vinto le elezioni in Georgia?"),
    ("it", "Quante persone sono morte a Valencia?"),
    ("pt", "Quem ganhou as eleições na Geórgia?"),
    ("pt", "Quantas pessoas morreram no terremoto da Turquia?"),
    ("nl", "Wie won de verkiezingen in Georgië?"),
    ("nl", "Heeft de minister de brug in Rotterdam geopend?"),
    ("pl", "Kto wygrał wybory w Gruzji?"),
    ("pl", "Czy w tym roku w Warszawie była powódź?"),
    ("ru", "Кто победил на выборах в Грузии?"),
    ("ru", "Сколько человек погибло при землетрясении в Турции?"),
    ("ru", "Правда ли, что Зеленский приехал в Париж?"),
    ("uk", "Хто переміг на виборах у Грузії?"),
    ("uk", "Скільки людей загинуло під час землетрусу в Туреччині?"),
    ("tr", "Gürcistan'da seçimleri kim kazandı?"),
    ("tr", "Ankara'da grev var mı?"),
    ("ar", "من فاز في الانتخابات في جورجيا؟"),
    ("ar", "هل هناك إضراب في باريس؟"),
    ("zh", "谁赢得了格鲁吉亚的选举？"),
    ("zh", "土耳其地震死了多少人？"),
    ("ja", "ジョージアの選挙で誰が勝ちましたか？"),
    ("ja", "トルコの地震で何人が亡くなりましたか？"),
    ("fr", "Combien de temps les otages sont-ils restés dans la banque ?"),
    ("fr", "Depuis quand l'ascenseur de la gare est-il en panne ?"),
]
OF_OTHER_LANGUAGES = ["Pe ce navă a avut loc un incendiu acum opt ani?", "Varför stängdes bron i Malmö?"]


class TestComplete:
    @pytest.mark.parametrize(("language", "question"), FOLLOW_UPS)
    def test_a_follow_up_gets_what_it_lacks(self, language, question):
        completed = complete(question, [MUSK[language]])
        assert completed.startswith(f"{question} (")
        assert PUTIN[language] in completed

    @pytest.mark.parametrize(("language", "question"), COMPLETE)
    def test_a_complete_question_stays_as_it_is(self, language, question):
        assert complete(question, [MUSK[language]]) == question

    @pytest.mark.parametrize("question", OF_OTHER_LANGUAGES)
    def test_a_language_without_a_table_is_left_alone(self, question):
        assert complete(question, [MUSK["en"]]) == question

    def test_both_kinds_in_every_language(self):
        assert {language for language, _ in FOLLOW_UPS} == {language for language, _ in COMPLETE} == set(MUSK)
        assert set(MUSK) == set(follow_up_words())

    def test_a_question_that_says_something_gets_the_names(self):
        assert complete("And what did Trump say?", [MUSK["en"]]) == "And what did Trump say? (Musk, Putin)"

    def test_one_that_says_nothing_gets_the_other_words_too(self):
        assert complete("When was that?", [MUSK["en"]]) == "When was that? (Musk, talk, Putin)"

    def test_without_names_the_other_words_are_carried(self):
        before = "Did the central bank cut its rates?"
        assert complete("What did the experts say about it?", [before]) == (
            "What did the experts say about it? (central, bank, cut, rates)"
        )

    def test_what_it_has_is_not_said_twice(self):
        assert complete("And why did Putin agree?", [MUSK["en"]]) == "And why did Putin agree? (Musk)"

    def test_a_name_in_another_spelling_is_not_said_twice(self):
        completed = complete("And what does Zelensky want?", ["Hat Musk mit Selenskyj gesprochen?"])
        assert "Selenskyj" not in completed
        assert "Musk" in completed

    def test_a_chain_carries_from_the_completed_question(self):
        completed = complete("When?", [MUSK["en"], "And what did Trump say?"])
        assert {"Musk", "Putin", "Trump"} <= set(completed.strip("?)").replace("(", "").replace(",", "").split())

    def test_a_chain_forgets_what_a_new_question_leaves(self):
        assert complete("Why?", [MUSK["en"], "Is there a strike in Berlin?"]) == "Why? (strike, Berlin)"

    def test_a_follow_up_in_another_language(self):
        assert complete("Warum?", [MUSK["en"]]) == "Warum? (Musk, talk, Putin)"

    @pytest.mark.parametrize("earlier", [[], [""], ["  "], ["?"]])
    def test_without_an_earlier_question_nothing_is_carried(self, earlier):
        assert complete("And why?", earlier) == "And why?"

    @given(st.text(), st.lists(st.text(), max_size=3))
    def test_the_question_always_comes_first(self, question, earlier):
        assert complete(question, earlier).startswith(question)

    @pytest.mark.parametrize("question", ["-il ?", "-", "", "?", "и", "و", "-a-t-il"])
    def test_fragments_are_no_error(self, question):
        assert complete(question, [MUSK["fr"]]).startswith(question)

    @given(st.sampled_from(FOLLOW_UPS), st.sampled_from(FOLLOW_UPS))
    def test_carrying_over_again_adds_nothing(self, first, second):
        once = complete(first[1], [MUSK[first[0]]])
        assert complete(once, [once]) == once
        assert complete(second[1], [MUSK[second[0]]]).count("(") == 1
