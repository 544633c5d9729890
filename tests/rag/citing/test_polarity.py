import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.citing.cue_tables import LANGUAGES, lowered, table
from rag.citing.polarity import ANTONYMS, concepts, denials, negations, opposed, says_before

SEED = Path(__file__).parents[3] / "seeds" / "000_6dea5b3e4e647803.txt"

NEGATED = [
    ("en", "Musk did not take part in the talks.", ["not"]),
    ("en", "The minister didn't sign the bill.", ["didn't"]),
    ("en", "Nobody was hurt in the crash.", ["Nobody"]),
    ("en", "He left without a word.", ["without"]),
    ("en", "Neither Zelensky nor Trump had announced it.", ["Neither"]),
    ("en", "The court rejected the appeal.", ["rejected"]),
    ("en", "Officials declined to comment.", ["declined to"]),
    ("en", "The team failed to reach the final.", ["failed to"]),
    ("en", "She never denied the affair.", ["never", "denied"]),
    ("en", "No agreement was reached.", ["No"]),
    ("de", "Musk war für den Anruf nicht vorgesehen.", ["nicht"]),
    ("de", "Es gab keine Verletzten.", ["keine"]),
    ("de", "Weder Musk noch die Botschaft reagierten.", ["Weder"]),
    ("de", "Die Beamten lehnten Anfragen nach Kommentaren ab.", ["lehnten"]),
    ("de", "Trump weigerte sich, den Vertrag zu unterschreiben.", ["weigerte sich"]),
    ("de", "Der Minister bestritt die Vorwürfe.", ["bestritt"]),
    ("de", "Das Unternehmen wies die Kritik zurück.", ["wies"]),
    ("de", "Sie verließ das Treffen ohne Ergebnis.", ["ohne"]),
    ("fr", "Le ministre n'a pas signé la loi.", ["n'"]),
    ("fr", "Il n'a jamais rencontré personne.", ["n'"]),
    ("fr", "Aucun blessé n'est à déplorer.", ["Aucun"]),
    ("fr", "Le président a refusé de signer.", ["refusé"]),
    ("fr", "L'entreprise dément ces informations.", ["dément"]),
    ("fr", "Ni Paris ni Berlin n'ont réagi.", ["Ni"]),
    ("es", "El ministro no firmó la ley.", ["no"]),
    ("es", "No dijo nada.", ["No"]),
    ("es", "Ningún herido fue trasladado.", ["Ningún"]),
    ("es", "El presidente rechazó la oferta.", ["rechazó"]),
    ("es", "La empresa negó las acusaciones.", ["negó"]),
    ("it", "Il ministro non ha firmato la legge.", ["non"]),
    ("it", "Non c'era nessuno.", ["Non"]),
    ("it", "Il governo smentì la notizia.", ["smentì"]),
    ("it", "Il presidente ha rifiutato l'offerta.", ["rifiutato"]),
    ("nl", "De minister heeft de wet niet ondertekend.", ["niet"]),
    ("nl", "Er vielen geen gewonden.", ["geen"]),
    ("nl", "De president weigerde te tekenen.", ["weigerde"]),
    ("nl", "De rechter wees het verzoek af.", ["wees"]),
    ("pl", "Minister nie podpisał ustawy.", ["nie"]),
    ("pl", "Nikt nie zginął w wypadku.", ["Nikt"]),
    ("pl", "Prezydent odmówił podpisania umowy.", ["odmówił"]),
    ("pl", "Rząd zaprzeczył tym doniesieniom.", ["zaprzeczył"]),
    ("ru", "Министр не подписал закон.", ["не"]),
    ("ru", "Никто не пострадал.", ["Никто"]),
    ("ru", "Президент отказался подписать договор.", ["отказался"]),
    ("ru", "Кремль опроверг эти сообщения.", ["опроверг"]),
    ("ru", "В городе нет воды.", ["нет"]),
    ("uk", "Міністр не підписав закон.", ["не"]),
    ("uk", "Ніхто не постраждав.", ["Ніхто"]),
    ("uk", "Президент відмовився підписати угоду.", ["відмовився"]),
    ("uk", "У місті немає води.", ["немає"]),
    ("pt", "O ministro não assinou a lei.", ["não"]),
    ("pt", "O presidente recusou a oferta.", ["recusou"]),
    ("sv", "Ministern skrev inte under lagen.", ["inte"]),
    ("sv", "Presidenten vägrade att skriva under.", ["vägrade"]),
    ("tr", "Bakan yasayı imzalamadı.", ["imzalamadı"]),
    ("tr", "Şirket iddiaları reddetti.", ["reddetti"]),
    ("cs", "Prezident odmítl smlouvu podepsat.", ["odmítl"]),
    ("cs", "Nikdo nebyl zraněn.", ["Nikdo"]),
    ("ro", "Ministrul nu a semnat legea.", ["nu"]),
    ("ar", "لم يوقع الوزير القانون.", ["لم"]),
    ("ar", "رفض الرئيس العرض.", ["رفض"]),
    ("zh", "部长没有签署法案。", ["没有"]),
    ("zh", "公司否认了指控。", ["否认"]),
    ("ja", "大臣は法案に署名しなかった。", ["なかった"]),
    ("ja", "会社は疑惑を否定した。", ["否定"]),
]

AFFIRMED = [
    ("en", "Musk took part in the talks."),
    ("en", "Not only the minister but also the mayor came."),
    ("en", "There is no doubt about the result."),
    ("en", "The no-fly zone was extended."),
    ("en", "The report is due no later than Friday."),
    ("en", "A non-profit runs the hospital."),
    ("en", "Apartment No. 7 burned down."),
    ("en", "The knot was tied in November."),
    ("de", "Musk nahm an dem Gespräch teil."),
    ("de", "Nicht nur der Minister, auch die Bürgermeisterin kam."),
    ("de", "Das ist nichts als eine Notiz."),
    ("de", "Die Partei gewann zweifellos."),
    ("de", "Sie lehnte sich an die Wand."),
    ("de", "Der Krieg dauert noch an."),
    ("de", "Die Kinder kamen nach Hause."),
    ("fr", "Le ministre a signé la loi."),
    ("fr", "Il est sans doute le meilleur joueur."),
    ("fr", "Non seulement le maire, mais aussi le ministre est venu."),
    ("fr", "Le Pas-de-Calais est en alerte."),
    ("fr", "C'est un premier pas vers la paix."),
    ("es", "El ministro firmó la ley."),
    ("es", "Sin embargo, el ministro firmó."),
    ("es", "Es sin duda el mejor."),
    ("es", "La nota llegó en noviembre."),
    ("it", "Il ministro ha firmato la legge."),
    ("it", "È senza dubbio il migliore."),
    ("it", "Non solo il sindaco, ma anche il ministro è venuto."),
    ("nl", "De minister heeft de wet ondertekend."),
    ("nl", "Niet alleen de minister, ook de burgemeester kwam."),
    ("nl", "De brug is ongetwijfeld oud."),
    ("pl", "Minister podpisał ustawę."),
    ("pl", "Nie tylko minister, ale także burmistrz przyszedł."),
    ("pl", "Niemcy podpisały umowę."),
    ("ru", "Министр подписал закон."),
    ("ru", "Не только министр, но и мэр приехал."),
    ("ru", "Он, несомненно, лучший."),
    ("ru", "Небо над городом чистое."),
    ("uk", "Міністр підписав закон."),
    ("uk", "Не лише міністр, а й мер приїхав."),
    ("uk", "Небо над містом чисте."),
    ("pt", "O ministro assinou a lei."),
    ("pt", "Não só o ministro, mas também o prefeito veio."),
    ("sv", "Ministern skrev under lagen."),
    ("sv", "Inte bara ministern utan även borgmästaren kom."),
    ("tr", "Bakan yasayı imzaladı."),
    ("tr", "Ahmet Temmuz ayında geldi."),
    ("cs", "Ministr podepsal zákon."),
    ("cs", "Nejen ministr, ale i starosta přišel."),
    ("ro", "Ministrul a semnat legea."),
    ("ro", "Nu numai ministrul, ci și primarul a venit."),
    ("ar", "وقع الوزير القانون."),
    ("ar", "لا يزال الوزير في المدينة."),
    ("zh", "部长签署了法案。"),
    ("zh", "不仅部长来了，市长也来了。"),
    ("zh", "未来三年将增长。"),
    ("ja", "大臣は法案に署名した。"),
    ("ja", "大臣だけでなく市長も来た。"),
]

SCOPES = [
    ("en", "The mayor came, but the minister did not speak, and the crowd left.", ["the minister did not speak"]),
    ("en", "He denied that the army had left the city.", ["He denied that the army had left the city"]),
    ("en", "The mayor came because nobody stopped him.", ["nobody stopped him"]),
    ("en", "She signed the bill and did not read it.", ["did not read it"]),
    ("en", "Trump and Musk did not meet.", ["Trump and Musk did not meet"]),
    ("en", "He paid 1,500 euros. He did not sign.", ["He did not sign"]),
    ("de", "Er kam nicht am Montag, sondern am Dienstag.", ["Er kam nicht am Montag"]),
    (
        "de",
        "Sie weigerte sich, den Vertrag zu unterschreiben, und ging.",
        ["Sie weigerte sich, den Vertrag zu unterschreiben"],
    ),
    ("fr", "Il est venu, mais il n'a rien dit.", ["il n'a rien dit"]),
    ("es", "Vino, pero no firmó.", ["no firmó"]),
    ("ru", "Он приехал, но никто его не встретил.", ["никто его не встретил"]),
    ("pl", "Przyjechał, ale nikt go nie spotkał.", ["nikt go nie spotkał"]),
    ("zh", "他来了，但没有签字。", ["没有签字"]),
]

OPPOSITES = [
    ("rose", "en", "fell", "en"),
    ("rose", "en", "sanken", "de"),
    ("gestiegen", "de", "снизились", "ru"),
    ("approved", "en", "rejeté", "fr"),
    ("accepta", "fr", "отказался", "ru"),
    ("ganó", "es", "verlor", "de"),
    ("виграв", "uk", "lost", "en"),
    ("rozpoczął", "pl", "ended", "en"),
    ("unterstützt", "de", "opposes", "en"),
    ("confirmó", "es", "denied", "en"),
    ("bestätigte", "de", "опроверг", "ru"),
    ("apre", "it", "closed", "en"),
    ("toegestaan", "nl", "forbidden", "en"),
    ("erlaubt", "de", "banned", "en"),
    ("schuldig", "de", "innocent", "en"),
    ("arrived", "en", "verließ", "de"),
    ("kaufte", "de", "sold", "en"),
    ("higher", "en", "niedriger", "de"),
    ("premier", "fr", "last", "en"),
    ("жив", "ru", "killed", "en"),
    ("libéré", "fr", "verhaftet", "de"),
    ("上涨", "zh", "fell", "en"),
]
NOT_OPPOSITES = [
    ("rose", "en", "increased", "en"),
    ("rose", "en", "gestiegen", "de"),
    ("window", "en", "lost", "en"),
    ("winter", "de", "verlor", "de"),
    ("Musk", "en", "Putin", "ru"),
    ("bridge", "en", "fell", "en"),
    ("bought", "en", "kaufte", "de"),
    ("fell", "en", "lost", "en"),
    ("killed", "en", "starb", "de"),
    ("rose", "xx", "fell", "en"),
    ("rose", None, "fell", "en"),
    ("", "en", "fell", "en"),
]


LEXICAL = [
    ("de", "Die Anfrage blieb unbeantwortet.", ["unbeantwortet"]),
    ("de", "Die Ministerin ließ die Frage offen.", ["ließ"]),
    ("de", "Die Partei ist geschlossen.", []),
    ("en", "The letter went unanswered.", ["unanswered"]),
    ("en", "It will be late unless the road opens.", ["unless"]),
    ("en", "The house is nevertheless for sale.", []),
    ("fr", "La lettre est restée sans réponse.", ["sans réponse"]),
    ("fr", "L'entrée est gratuite.", ["gratuite"]),
    ("es", "La petición quedó sin respuesta.", ["sin respuesta"]),
    ("it", "La domanda è rimasta senza risposta.", ["senza risposta"]),
    ("ru", "Письмо осталось без ответа.", ["без ответа"]),
    ("ru", "Служба безопасности прибыла.", []),
    ("tr", "Müteahhit ruhsatsız çalışmış.", ["ruhsatsız"]),
    ("zh", "发言人对此不予置评。", ["不予"]),
]
NOT_DENIED = [
    ("en", "There is no cheaper way to do it."),
    ("en", "Never had the country placed a larger order."),
    ("de", "Nie zuvor kamen so viele Besucher."),
    ("fr", "Aucun pays n'est plus grand que la Russie."),
    ("es", "Nunca hubo tantos visitantes."),
    ("fr", "Ce n'est pas exclu."),
    ("fr", "Il ne reste qu'un panda."),
    ("ru", "Ни один посол не более мирный, чем яблоко."),
    ("zh", "他问捷克有没有提出请求。"),
    ("zh", "不到一年树就死了。"),
]


class TestNegations:
    @pytest.mark.parametrize(("language", "text", "cues"), LEXICAL)
    def test_words_that_deny_by_what_they_mean_are_told_apart(self, language, text, cues):
        assert [one.text for one in negations(text, language) if one.lexical] == cues

    @pytest.mark.parametrize(
        ("language", "text", "cue"),
        [
            ("en", "The court overturned the fine.", "overturned"),
            ("de", "Ein Gericht kippte die Strafe.", "kippte"),
            ("fr", "Les coteaux ont été épargnés.", "épargnés"),
            ("es", "Las escuelas quedan excluidas.", "excluidas"),
            ("it", "Il consiglio ha bocciato la proposta.", "bocciato"),
            ("nl", "De provincie schrapt het park.", "schrapt"),
            ("pl", "Poseł odpiera zarzuty.", "odpiera"),
            ("ru", "Суд аннулировал штраф.", "аннулировал"),
            ("uk", "Троє уціліли.", "уціліли"),
            ("tr", "Ev boş.", "boş"),
            ("ar", "المدارس مستثناة من التقنين.", "مستثناة"),
            ("zh", "法院推翻了判决。", "推翻"),
        ],
    )
    def test_a_word_that_implies_a_denial_is_no_negation(self, language, text, cue):
        assert [one.text for one in denials(text, language) if one.implied] == [cue]
        assert cue not in [one.text for one in negations(text, language)]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language_has_words_that_imply_one(self, language):
        assert table(language)["negation"]["implied"]

    @pytest.mark.parametrize(("language", "text"), [("en", "The line was not affected."), ("zh", "五号线不受影响。")])
    def test_a_word_of_harm_neither_denies_nor_implies_it(self, language, text):
        assert [one.harm for one in denials(text, language)].count(True) == 1
        assert not any(one.implied for one in denials(text, language))
        assert len(negations(text, language)) == 1

    def test_still_beside_a_particle_is_not_yet(self):
        (cue,) = negations("Kuratorium nie wydało jeszcze opinii.", "pl")
        assert (cue.text, cue.lexical) == ("nie", False)
        assert [one.lexical for one in negations("Jeszcze czeka.", "pl")] == [True]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language_has_words_of_harm_and_of_lasting(self, language):
        assert table(language)["negation"]["harm"]
        assert table(language)["negation"]["still"]

    def test_a_prefix_is_found_behind_a_date(self):
        assert [one.text for one in negations("Die Stadt lehnte am 9. April 2026 jede Hilfe ab.", "de")] == ["lehnte"]

    @pytest.mark.parametrize(("language", "text"), NOT_DENIED)
    def test_a_denied_comparison_is_a_superlative(self, language, text):
        assert not [one for one in negations(text, language) if not one.lexical]

    def test_no_other_is_a_denial(self):
        assert [one.text for one in negations("No other party has agreed.", "en")] == ["No"]

    def test_what_is_also_denied_counts_once(self):
        cues = negations("Es gab keine Bestätigung, aber auch kein Gespräch.", "de")
        assert [one.text for one in cues] == ["keine"]

    @pytest.mark.parametrize(("language", "text", "cues"), NEGATED)
    def test_negated(self, language, text, cues):
        assert [one.text for one in negations(text, language)] == cues

    @pytest.mark.parametrize(("language", "text"), AFFIRMED)
    def test_affirmed(self, language, text):
        assert negations(text, language) == ()

    @pytest.mark.parametrize(("language", "text", "scopes"), SCOPES)
    def test_scope_is_the_clause(self, language, text, scopes):
        assert [text[one.scope_start : one.scope_end] for one in negations(text, language)] == scopes

    def test_every_language_has_examples_of_both(self):
        assert {language for language, _, _ in NEGATED} == {language for language, _ in AFFIRMED} == set(LANGUAGES)

    def test_language_is_guessed_and_unknown_ones_have_none(self):
        assert negations("The minister did not sign the bill.", None)
        assert not negations("Ministeri ei allekirjoittanut.", "fi")

    def test_seed_article(self):
        lines = SEED.read_text(encoding="utf-8").splitlines()
        cues = [[one.text for one in negations(line, "de")] for line in lines]
        assert cues[1:5] == [["nicht", "nicht"], ["Weder"], ["lehnten", "Weder"], []]
        assert cues[6:8] == [["nicht"], ["weigerte sich"]]


class TestOpposed:
    @pytest.mark.parametrize(("word", "language", "other", "other_language"), OPPOSITES)
    def test_opposites(self, word, language, other, other_language):
        assert opposed(word, language, other, other_language)
        assert opposed(other, other_language, word, language)

    @pytest.mark.parametrize(("word", "language", "other", "other_language"), NOT_OPPOSITES)
    def test_others(self, word, language, other, other_language):
        assert not opposed(word, language, other, other_language)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_table_lists_every_concept(self, language):
        listed = table(language)["antonyms"]
        assert set(listed) == {concept for pair in ANTONYMS for concept in pair}
        for concept, words in listed.items():
            for word in words.split():
                assert word == lowered(word, language)
                assert concept in concepts(word.rstrip("*"), language)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*LANGUAGES, None]), st.text(alphabet="not no, ne pas nicht не 不 İ. ", max_size=60))
def test_any_text_gives_cues_within_their_scope(language, text):
    for one in negations(text, language):
        assert text[one.start : one.end] == one.text
        assert 0 <= one.scope_start <= one.start < one.end <= one.scope_end <= len(text)


def test_time_per_sentence():
    examples = [(language, text) for language, text, _ in NEGATED]
    for language, text in examples:
        negations(text, language)
    began = time.process_time()
    for _ in range(5):
        for language, text in examples:
            negations(text, language)
    assert (time.process_time() - began) / (5 * len(examples)) < 0.0005


class TestLimits:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Der Tunnel geht nicht vor Mai in Betrieb.", "de"),
            ("The tunnel will not open until May.", "en"),
            ("Le tunnel n'ouvrira pas avant mai.", "fr"),
            ("El túnel no abrirá antes de mayo.", "es"),
            ("Тоннель не откроют раньше мая.", "ru"),
        ],
    )
    def test_a_limit_beside_a_negation(self, text, language):
        assert [one.limited for one in negations(text, language)] == [True]

    def test_a_limit_in_another_clause(self):
        (one,) = negations("The tunnel did not open, two years before the bridge.", "en")
        assert not one.limited

    def test_not_yet_is_no_still(self):
        assert [(one.text, one.lexical) for one in negations("Todavía no ha llegado.", "es")] == [("no", False)]

    @pytest.mark.parametrize(("text", "said"), [("It opens before May.", True), ("It opens not before May.", False)])
    def test_says_before(self, text, said):
        assert says_before(text, "en") is said
