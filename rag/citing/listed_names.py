"""Names told apart by what they are called, without the encoder: countries, organisations, acronyms, newspapers."""

import re

from rag.citing.alignment import Side
from rag.citing.spelling import has_word_like, speaks_of, spells
from rag.names import english_name, nations_in, organisations_in, seat_or_country

_ACRONYM = re.compile(r"(?<![\w-])(?:[^\W\d_a-zа-я]{2,5}|[A-Z][a-z][A-Z])(?![\w-])")
"""What stands for a party, an agency, a company: CHP, İYİ, PiS."""
_LEAST_CAPITALS = 2
_LEAST_TELLING = 3
_COMMON_ACRONYMS = {"CEO", "CFO", "PDG", "GmbH", "USA", "LLC", "PLC", "IPO", "BIP", "GDP", "PIB", "MPs", "MEP"}
"""Offices, forms of companies and the like, which stand for no name."""
_WORD = re.compile(r"[^\W\d_]+")
_NEWSPAPER = re.compile(
    r"(?:news)?paper|\bdaily|zeitung|blatt\b|magazin|journal|quotidien|giornal|quotidian|diario|peri[óo]dico|krant|dagblad"
    r"|gazet|dzienni|газет|журнал|видання|издани|jornal|صحيف|جريد|报",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[„“”«»\"「《‘]([^„“”«»\"「」《》‘’]{2,40})[“”«»\"」》’]")
_MOST_TITLE, _SHORT = 4, 2
"""Words of a title, and letters of one that tells nothing: *La*."""
_CASELESS = {"zh", "ja", "ko", "ar"}
_ARABIC_NEWSPAPER = re.compile(r"(?:صحيفة|جريدة) (\w{4,}(?<!ية))")
_SAYS = "表示|宣布|指出|认为|强调|透露|警告|批评|拒绝|说|称|告诉|承认|否认|呼吁|要求"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷"
    "黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
)
_SPEAKER = re.compile(
    f"(?:^|(?<=[，。；：员长任人授事席理者家裁记官]))([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?={_SAYS})"
)
"""A Chinese surname and given name before a word of saying, at a pause or after an office."""


_OFFICES = (
    "总统|主席|部长|总理|首相|市长|省长|州长|县长|镇长|区长|局长|院长|校长|行长|队长|厂长|会长|社长|处长|大臣|书记|议员|大使|将军|教授|律师|法官|检察官|记者|"
    "发言人|发言人|医生|董事长|总裁|经理|首席执行官|主任|专家|工程师|人士|官员|教练|导演|作家|老板|企业家|商人|候选人|学者|分析师|创始人|负责人|代表"
)
_COMPOUND_SURNAMES = "欧阳|司马|诸葛|上官|司徒|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|濮阳|南宫|端木|独孤"
_PERSON = re.compile(
    rf"(?:{_OFFICES})((?:{_COMPOUND_SURNAMES})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}濮翁祝柳麦简凌霍柯骆关施安洪温游阮"
    rf"俞葛尤甘卓冷聂焦鲁褚][\u4e00-\u9fff]{{1,2}}?)"
    rf"(?=[，。；：、“（]|{_SAYS}|在|将|被|起诉|是|于|已|对|向|与|和|也|则|曾|今|昨|周|$)"
)
"""A Chinese name after an office, before a pause or a verb."""


def people_in_han(text: str) -> list[str]:
    """Return the Chinese names of people that a text has after their offices.

    >>> people_in_han("省长司马庆澜批评了市长欧阳振廷。")
    ['司马庆澜', '欧阳振廷']
    """
    return _PERSON.findall(text)


def other_listed_name(statement: Side, source: Side, whole: str, context: Side) -> tuple[str, str | None] | None:
    """Return a name of the statement that the source surely has not, and the source's own, if any; else None."""
    return (
        other_country(statement, source, whole, context)
        or other_organisation(statement, source, whole)
        or other_acronym(statement, source, whole)
        or other_speaker(statement, source, whole)
        or other_newspaper(statement, source, whole)
    )


def other_country(statement: Side, source: Side, whole: str, context: Side) -> tuple[str, str | None] | None:
    """Return a country that the statement names or has an adjective of, and the source's other one; else None."""
    rivals: list[str] | None = None
    for nation in nations_in(statement.text, statement.language):
        if speaks_of(whole, source.language, nation.code):
            continue
        if rivals is None:
            rivals = [
                rival.text
                for rival in nations_in(source.text, source.language)
                if not _answered(statement, source, rival.code)
            ]
        around = speaks_of(context.text, source.language, nation.code)
        if rivals and not (around and nation.text[0].islower()):
            return nation.text, rivals[0]
    return None


def _answered(statement: Side, source: Side, code: str) -> bool:
    """Tell whether a statement speaks of a source's country; with its capital only where that does not stand there."""
    if not speaks_of(statement.text, statement.language, code):
        return False
    if any(one.code == code for one in nations_in(statement.text, statement.language)):
        return True
    capitals = seat_or_country(english_name(code))
    return not (spells(source.text, capitals) and spells(statement.text, capitals))


def other_organisation(statement: Side, source: Side, whole: str) -> tuple[str, str] | None:
    """Return an organisation that the statement names and the source does not, and the source's; else None."""
    theirs = {one.number for one in organisations_in(whole)}
    said = organisations_in(statement.text)
    ours = {one.number for one in said}
    rivals = [one.text for one in organisations_in(source.text) if one.number not in ours]
    other = next((one.text for one in said if one.number not in theirs), None)
    return (other, rivals[0]) if other is not None and rivals else None


def other_acronym(statement: Side, source: Side, whole: str) -> tuple[str, str] | None:
    """Return an acronym of the statement that the source has neither as such nor spelled out, and another; else None.

    Only in one language, for each abbreviates in its own way.
    """
    if statement.language != source.language:
        return None
    other = next((one for one in _acronyms(statement.text) if not _abbreviates(one, whole)), None)
    rival = next((one for one in _acronyms(source.text) if not _abbreviates(one, statement.text)), None)
    return (other, rival) if other is not None and rival is not None else None


def strange_acronym(statement: Side, source: Side, context: Side) -> str | None:
    """Return an acronym of a statement that its source, in the same language, and what is around do not have."""
    if statement.language != source.language:
        return None
    listed = [one.text for one in organisations_in(statement.text)]
    return next(
        (
            one
            for one in _acronyms(statement.text)
            if len(one) >= _LEAST_TELLING
            and one not in _COMMON_ACRONYMS
            and not any(one in name for name in listed)
            and not _abbreviates(one, source.text)
            and one not in context.text
        ),
        None,
    )


def _acronyms(text: str) -> list[str]:
    return [one for one in _ACRONYM.findall(text) if sum(map(str.isupper, one)) >= _LEAST_CAPITALS]


def _abbreviates(acronym: str, text: str) -> bool:
    """Tell whether a text has an acronym, or words in a row that begin with its letters."""
    initials = "".join(word[0] for word in _WORD.findall(text)).casefold()
    capitals = "".join(word[0] for word in _WORD.findall(text) if word[0].isupper()).casefold()
    letters = acronym.casefold()
    return letters in text.casefold() or letters in initials or letters in capitals


def other_speaker(statement: Side, source: Side, whole: str) -> tuple[str, str] | None:
    """Return who speaks or has an office in a Chinese statement and not in the Chinese source, and who does there."""
    if statement.language != "zh" or source.language != "zh":
        return None
    for people in (_SPEAKER.findall, people_in_han):
        other = next((one for one in people(statement.text) if one not in whole), None)
        rival = next((one for one in people(source.text) if one not in statement.text), None)
        if other is not None and rival is not None:
            return other, rival
    return None


def other_newspaper(statement: Side, source: Side, whole: str) -> tuple[str, str | None] | None:
    """Return the newspaper that the statement names and the source does not, and what the source has; else None.

    A newspaper's name stands in quotation marks, as do those of films and ships; in another language only it is kept.
    """
    kept = statement.language == source.language or (
        _NEWSPAPER.search(statement.text) and _CASELESS.isdisjoint({statement.language, source.language})
    )
    titles = _titles(statement.text) if kept else []
    titles += _ARABIC_NEWSPAPER.findall(statement.text)
    other = next((title for title in titles if not _has_title(whole, title)), None)
    if other is None:
        return None
    rivals = [title for title in _titles(source.text) if not _has_title(statement.text, title)]
    if rivals or _NEWSPAPER.search(source.text):
        return other, rivals[0] if rivals else None
    return None


def _titles(text: str) -> list[str]:
    """Return what in quotation marks may be a name: a few words, the first with a capital where there are any."""
    found = _QUOTED.findall(text)
    return [title for title in found if len(title.split()) <= _MOST_TITLE and not title[0].islower()]


def _has_title(text: str, title: str) -> bool:
    """Tell whether a text has most words of a title; of two both."""
    words = [word for word in _WORD.findall(title) if len(word) > _SHORT]
    return title in text or 2 * sum(has_word_like(text, word) for word in words) > len(words)
