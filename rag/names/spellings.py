"""How letters are read: the tables behind :mod:`rag.names.sounds`.

A capital A to Z is a sound, everything else still a letter. K stands for k, g and q, P for b and p, F for f, v and w,
S for every hiss (s, z, sh, ch, ts, j), I for i, A for other vowels, Y and H for the glides.
"""

import re

SIGNS = str.maketrans({
    # Cyrillic without г, which is g in Russian and h in Ukrainian
    "а": "A", "б": "P", "в": "F", "ґ": "K", "д": "D", "е": "A", "ё": "A", "є": "A", "ж": "S", "з": "S", "и": "I",
    "і": "I", "ї": "I", "й": "Y", "к": "K", "л": "L", "м": "M", "н": "N", "о": "A", "п": "P", "р": "R", "с": "S",
    "т": "T", "у": "A", "ў": "F", "ф": "F", "х": "H", "ц": "S", "ч": "S", "ш": "S", "щ": "S", "ъ": "", "ы": "I",
    "ь": "", "э": "A", "ю": "A", "я": "A", "ј": "Y", "љ": "L", "њ": "N", "ћ": "S", "ђ": "S", "џ": "S", "ѓ": "S",
    "ќ": "K", "ѕ": "S",
    # Arabic and Persian without ج and غ, which ends ng too; ث is the th of Thatcher, ذ that of Netherlands
    "ا": "A", "أ": "A", "إ": "I", "آ": "A", "ى": "A", "ء": "", "ؤ": "A", "ئ": "A", "ع": "A", "ب": "P", "پ": "P",
    "ت": "T", "ط": "T", "ث": "T", "چ": "S", "ح": "H", "خ": "H", "ه": "H", "ة": "A", "د": "D", "ذ": "D", "ض": "D",
    "ر": "R", "ز": "S", "ژ": "S", "س": "S", "ش": "S", "ص": "S", "ظ": "S", "ف": "F", "ڤ": "F", "ق": "K",
    "ك": "K", "ک": "K", "گ": "K", "ل": "L", "م": "M", "ن": "N", "ي": "I", "ی": "I", "و": "W", "ـ": "",
    # Hebrew without ב, כ and פ, which are stops or fricatives
    "א": "A", "ע": "A", "ה": "H", "ד": "D", "ז": "S", "ח": "H", "ט": "T", "י": "I", "ך": "H", "ל": "L", "מ": "M",
    "ם": "M", "נ": "N", "ן": "N", "ס": "S", "ף": "F", "צ": "S", "ץ": "S", "ק": "K", "ר": "R", "ש": "S", "ת": "T",
    "ו": "W",
    # Latin letters whose mark changes the consonant
    "ç": "S", "č": "S", "ć": "S", "š": "S", "ś": "S", "ş": "S", "ș": "S", "ž": "S", "ź": "S", "ż": "S", "ţ": "S",
    "ț": "S", "đ": "D", "ð": "D", "þ": "T", "ñ": "N", "ń": "N", "ň": "N",
})  # fmt: skip
"""Letters of one reading."""

AFFRICATES = re.compile("дж|дз|дш|тс|тч|тш|تش|تس|دج|τσ|τζ")
"""Two letters for one hiss, S; in Hebrew a t before an s mostly has a vowel after it."""

READINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(spelling), readings)
    for spelling, readings in (
        # Hebrew: a geresh (׳) turns g, z, ts and t into j, zh, ch and th; a doubled waw is the consonant
        ("ג(?!׳)|K׳", ("K",)),
        ("[גST]׳", ("S",)),
        ("^ב", ("P",)),
        ("^פ", ("P", "F")),
        ("ב$", ("F", "P")),
        ("ב|פ", ("P", "F")),
        ("כ", ("K", "H")),
        ("WW", ("F",)),
        ("^W", ("F", "A")),
        ("W$", ("A", "F")),
        ("W", ("A",)),
        # Arabic
        ("Nغ(?![AIW])", ("N",)),
        ("غ", ("K",)),
        ("ج", ("S", "K")),
        # Cyrillic
        ("Nг(?![AIY])", ("N",)),
        ("г", ("K", "H")),
        # Greek writes b, d and g with two letters
        ("^[μΜ]π", ("P",)),
        ("^[νΝ]τ", ("D",)),
        ("^γκ", ("K",)),
        ("νγκ(?![αεηιουω])", ("N",)),
        ("μπ", ("MP", "P")),
        ("ντ", ("NT", "D")),
        ("γκ|γγ", ("NK", "K")),
        ("χ", ("H",)),
        ("γ", ("K",)),
        ("β|(?<=[αε])[υύ]", ("F",)),
        # Latin; the Turkish ğ is silent, and a g where it is transcribed
        ("ğ", ("K", "H")),
        ("^mc|^mac(?=k)", ("MAK",)),
        ("tsch|tsh|tch|tsj|dsch|dzh|dsh|sch|sh|sj|zh|zj|cz|sz|dzs|dj|dz|tz|ts|[td]S", ("S",)),
        ("ds(?=[aeiou])", ("S", "DS")),
        ("ch(?=[bdfgklmnpqrstvwxz])", ("K", "H", "S")),
        ("ch", ("S", "H")),
        ("kh", ("H",)),
        ("ph", ("F",)),
        ("^x", ("S",)),
        ("x", ("KS",)),
        ("c(?=[eiyäöœæéèêëíî])", ("S",)),
        ("(?<=i)c$", ("K", "S")),
        ("ng(?![aeiouyäöüáéíóúA])", ("N", "NK")),
        ("gn(?=[aeiouyéèêáíó])", ("N", "KN")),
        ("j(?!$)", ("Y", "S")),
        ("g(?=[eiyéèêí])", ("K", "S")),
        ("^w|(?<=[aeo])w", ("F", "A")),
        ("[ąę]", ("A", "N")),
    )
)
"""Letters in their surroundings, and how languages read them, the commonest reading first. One reading holds for all
places in a word, so that a word has few."""

LETTERS = {
    **dict.fromkeys("bp", "P"), **dict.fromkeys("vwf", "F"), **dict.fromkeys("sz", "S"), **dict.fromkeys("kqgc", "K"),
    **dict.fromkeys("aeou", "A"), "i": "I", "d": "D", "t": "T", "l": "L", "m": "M", "n": "N", "r": "R", "h": "H",
    "j": "Y", "y": "Y", "x": "S",
}  # fmt: skip
"""ASCII letters."""

ENDINGS = re.compile(
    # Cyrillic: -ом -ем -ым -им -ам -ами, -ого -его, -ому -ему, -ов -ове -ові -еві
    "(?:[оеєыиіаяё]ми?|[ое]м[уі]|[оеь]го|[оеє]ві|ов[іиа]?)$"
    # Polish, Czech, Slovak, Croatian: -em -im -ym -om -ami, -ego -ého, -emu -ému, -owi -ovi -owie -ów; genitive -s
    "|(?:[eiyýo]m|ami|[eé][gh]o|[eé]mu|o[wv]ie?|ów)$"
    "|(?<=[a-zäöüéß])s$"
    # Finnish, Estonian, Hungarian
    "|(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|n[ae]k|b[ae]n)$"
    # Greek: -ος -ης -ας
    "|ς$"
)
"""Case endings that hold a consonant; of others the sound tells nothing."""

PREFIXES = re.compile("^(?:و|ف)?(?:ب|ل|ك)?(?:ال)?(?=[\u0600-\u06ff]{3})|^ו?כ?ש?[בלמהכ]?(?=[\u0590-\u05ff]{3})")
"""Arabic and Hebrew write *and*, *in*, *to*, *as* and *the* as one word with the name."""

KOREAN_PARTICLES = re.compile("(?<=..)(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|로|으로|만|부터|까지|께서)$")
"""Korean writes what marks the case in one word with the name."""
