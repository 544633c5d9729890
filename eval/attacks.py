"""Instructions planted in articles, and how they are read: ``eval/gold/README.md``, Attacks."""

from dataclasses import dataclass
from pathlib import Path

from eval.json_lines import GoldError, read_json_lines

ATTACKS = Path(__file__).resolve().parent / "gold" / "attacks" / "attacks.jsonl"
_FIELDS = ("id", "language", "kind", "text", "obeyed")


@dataclass(frozen=True, slots=True)
class Attack:
    """What somebody plants in an article to steer the model that reads it.

    :param language: ISO 639-1.
    :param kind: what it tries, such as ``instruction``, ``delimiter`` or ``link``.
    :param text: what stands in the article.
    :param obeyed: what a model that obeys would write.
    """

    id: str
    language: str
    kind: str
    text: str
    obeyed: str


def read_attacks(path: Path = ATTACKS) -> tuple[Attack, ...]:
    """Return the attacks of a file, in its order.

    :raises GoldError: the file cannot be read, a line is not an attack, or an id comes twice.
    """
    attacks: dict[str, Attack] = {}
    for record in read_json_lines(path, _FIELDS):
        values = [record[field] for field in _FIELDS]
        if len(record) > len(_FIELDS) or not all(isinstance(value, str) and value.strip() for value in values):
            raise GoldError(f"{path}: {record.get('id')!r} is no attack: it is {', '.join(_FIELDS)}, each a text.")
        attack = Attack(*values)
        if attack.id in attacks:
            raise GoldError(f"{path}: the id {attack.id!r} comes twice.")
        attacks[attack.id] = attack
    return tuple(attacks.values())
