import random

import pytest

from rag.errors import ReadError
from rag.ingest.encoding import decode

GERMAN = (
    "Die Grünen fordern höhere Löhne für Ärzte. „Über die Größe wird gestritten“, sagte Müller – am Fuß der Straße."
)
RUSSIAN = "Президент России Владимир Путин заявил в понедельник, что переговоры продолжатся. Об этом сообщает ТАСС."
POLISH = (
    "Prezydent powiedział, że rozmowy będą kontynuowane w przyszłym tygodniu w Łodzi. Źródła potwierdzają tę wiadomość."
)
CHINESE = "总统星期一表示，谈判将于下周继续进行。 消息人士证实了这一点。\n"


class TestDecode:
    @pytest.mark.parametrize("text", [GERMAN, RUSSIAN, POLISH, CHINESE, "ASCII only", "😀 ü"])
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_unicode(self, text, codec):
        assert decode(text.encode(codec)) == text

    @pytest.mark.parametrize("text", [GERMAN, RUSSIAN, POLISH, CHINESE, "Short one."])
    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, text, codec):
        assert decode(text.encode(codec)) == text

    @pytest.mark.parametrize("mark_and_codec", [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
    def test_utf16_of_both_byte_orders_with_a_mark(self, mark_and_codec):
        mark, codec = mark_and_codec
        assert decode(mark + GERMAN.encode(codec)) == GERMAN

    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (GERMAN, "cp1252"),
            ("Grüße aus Köln\n", "cp1252"),
            ("Le président a déclaré que ça va être très dur, à Genève l’année prochaine.", "cp1252"),
            (RUSSIAN, "cp1251"),
            ("Привет, мир", "cp1251"),
            ("Президент України Володимир Зеленський заявив, що перемовини триватимуть у Києві.", "cp1251"),
            (RUSSIAN, "koi8_r"),
            (POLISH, "cp1250"),
            (
                "Cumhurbaşkanı görüşmelerin gelecek hafta İstanbul'da devam edeceğini söyledi, çalışmalar sürüyor.",
                "cp1254",
            ),
            ("Ο πρόεδρος δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα στην Αθήνα.", "cp1253"),
            (CHINESE * 5, "gb18030"),
        ],
    )
    def test_code_pages(self, text, codec):
        assert decode(text.encode(codec)) == text

    def test_accents_far_behind_plain_text(self):
        text = "Plain words only. " * 10_000 + RUSSIAN
        assert decode(text.encode("cp1251")).endswith("ТАСС.")

    def test_one_bad_byte_does_not_garble_a_utf8_text(self):
        assert decode(GERMAN.encode() + b"\xff" + GERMAN.encode()) == GERMAN + "\ufffd" + GERMAN

    def test_stray_control_characters_are_no_reason_to_refuse(self):
        assert decode(b"Ein Text\0 mit einem NUL\x1a") == "Ein Text\0 mit einem NUL\x1a"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
            (b"\x7fELF\x02\x01\x01" + bytes(100), "a program"),
            (b"%PDF-1.7\n...", "name it .pdf"),
            (b"PK\x03\x04....", "name it .docx"),
            (random.Random(1).randbytes(5000), "control characters or undecodable"),
            (random.Random(2).randbytes(300), "control characters or undecodable"),
            (bytes(1000), "1,000 of its 1,000 characters"),
            (b"\xff\xfe" + random.Random(3).randbytes(5000), "not text"),
        ],
    )
    def test_what_is_not_text(self, data, reason):
        with pytest.raises(ReadError, match=f"not text.*{reason}|{reason}"):
            decode(data)
