"""Names across spellings, languages and scripts: by how they sound, and by tables of what places are called."""

from rag.names.aliases import aliases, key_of
from rag.names.capitals import seat_or_country
from rag.names.finding import Name, capitals_mean_names, is_name, names_in
from rag.names.nations import Nation, english_name, nations_in
from rag.names.organisations import Organisation, organisations_in
from rag.names.sounds import counterparts, likeness, sound, sounds, sounds_of_text, spelled_alike

__all__ = [
    "Name",
    "Nation",
    "Organisation",
    "aliases",
    "capitals_mean_names",
    "counterparts",
    "english_name",
    "is_name",
    "key_of",
    "likeness",
    "names_in",
    "nations_in",
    "organisations_in",
    "seat_or_country",
    "sound",
    "sounds",
    "sounds_of_text",
    "spelled_alike",
]
