"""Chinese, Japanese and Korean write foreign names in syllables: 特朗普 is *te-lang-pu*, トランプ *to-ran-pu*."""

import re
from functools import cache
from itertools import groupby

from anyascii import anyascii

HAN = (
    "斯克拉特爾德尔里尼卡利格阿夫布科巴基塔雷迪西奇洛伊普米維维瓦羅罗曼姆哈馬马托勒蒂亞亚比納纳吉恩多森安加奧奥林諾诺莫塞希"
    "赫弗埃帕艾梅達达波伯薩萨索萊莱貝贝耶娜蘭兰菲博瑞沃杜法提沙霍皮古魯鲁茨佩茲兹威麥麦戈金史莉什倫伦穆扎泰福海蒙文施切列瑟"
    "雅內内妮庫库坦費费頓顿娃瑪玛查努朗高登凱凯丹桑辛丁蘇苏歐欧柯莎隆傑杰默戴佐尤柏圖图根佛因烏乌肯澤泽韋韦坎絲丝琳康本奈芬"
    "夏齊齐考盧卢班賽赛胡勞劳喬乔舒謝谢路那道摩漢汉可奎約约麗丽涅祖賈贾哥葛蓋盖舍溫温寧宁潘厄豪凡昂邦席賓宾揚扬朱拜派亨狄"
    "代保契許许汀寇滕卜蕾邁迈廷芙鮑鲍婭娅珀捷肖修素崔黛薇彭孔楚彼連连依詹翁唐魏露紐纽歷历卓畢毕罕昆琪琴歇堡翰惠奴札姬休賴赖"
    "撒侯蓮莲津珊薛柳芭吕碧珍烈蓬錫锡伽潔洁勃哲蘿萝龍龙遜逊洪斐貢贡芒欣贊赞翠朵岑孟陀堤墨龐庞彻徹川柴黎茱芮慕京帝兒儿任热熱若申绍紹朔仁"
)
"""The characters that transcribe foreign names: those of the syllable tables of Xinhua's guides to names, in
simplified and traditional form, that are frequent in the names of Wikidata."""

KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
HANGUL = "\uac00-\ud7a3"

_UNLIKE_PINYIN = {
    "基": "KI", "吉": "KI", "加": "KA", "伽": "KA", "捷": "TI", "京": "SIN", "尔": "L", "爾": "L", "儿": "L",
    "兒": "L", "厄": "A", "姆": "M", "恩": "N", "金": "KIN", "亨": "HAN", "任": "SAN", "热": "SA",
    "熱": "SA", "若": "SA", "仁": "SAN", "ッ": "",
}  # fmt: skip
"""Characters whose Mandarin consonant has moved away from the one they write, *ji* for *gi* and *ki*, *re* for *zhe*;
the small kana that doubles a consonant."""
_SPELLED = (
    (re.compile("zh|ch|sh|ts|[zcsjqx]"), "S"),
    (re.compile("ng|n$"), "N"),
    (re.compile("[wfvbp]"), "P"),
    (re.compile("[dt]"), "T"),
    (re.compile("[gk]"), "K"),
    (re.compile("h"), "H"),
    (re.compile("[lr]"), "L"),
    (re.compile("m"), "M"),
    (re.compile("n"), "N"),
    (re.compile("y"), "Y"),
    (re.compile("i"), "I"),
    (re.compile("[aeou]"), "A"),
    (re.compile("[^A-Z]"), ""),
)
"""Pinyin, Hepburn and the Korean romanisation of anyascii, which write these consonants alike."""


def spoken_syllables(run: str) -> str:
    """Return the sounds that a run of Han, kana or Hangul writes: consonants in coarse classes, vowels as A and I.

    >>> spoken_syllables("特朗普"), spoken_syllables("トランプ"), spoken_syllables("트럼프")
    ('TALANPA', 'TALANPA', 'TAALAAMPAA')
    """
    return "".join(_spell(sign) for sign in run)


def in_syllables(word: str) -> bool:
    """Tell whether a word holds katakana, Hangul or Han that transcribes."""
    return any("\u30a1" <= sign <= "\u30ff" or "\uac00" <= sign <= "\ud7a3" or sign in _HAN for sign in word)


def han_runs(text: str) -> list[tuple[int, int]]:
    """Return where the longest runs of characters that transcribe are in a text, as (start, end).

    >>> han_runs("总统特朗普说")
    [(2, 5)]
    """
    runs = []
    at = 0
    for transcribes, signs in groupby(text, key=_HAN.__contains__):
        end = at + len(list(signs))
        if transcribes:
            runs.append((at, end))
        at = end
    return runs


@cache
def _spell(sign: str) -> str:
    if sign in _UNLIKE_PINYIN:
        return _UNLIKE_PINYIN[sign]
    spelled = anyascii(sign).casefold()
    for letters, sound in _SPELLED:
        spelled = letters.sub(sound, spelled)
    return spelled


_HAN = frozenset(HAN)
