"""The names of persons beside a noun for a person: "the adjuster, Jordan Quillon, wrote", "Nurse Jordan Quillon".

Two words that no list of ordinary words has are a name there; they are certainly one where the first is a given name,
or where they are set off by commas and end in a surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.name_words import (
    PARTICLES,
    Name,
    NameWord,
    find_main_words,
    is_followed_by_firm,
    is_of_place,
    keep_name,
    read_words,
)

# Two words with a capital letter behind a word; what that word is, is asked afterwards, since few stand so.
_CUE = re.compile(r" (?=[^\W\d_a-z][\w'’‘-]*\.? (?:[\w'’‘-]{1,3}\.? ){0,2}[^\W\d_a-z])")
_NAMED = re.compile(r"([A-Za-z][\w-]*)(?:['’]s name(?: is|:)?|,? named)$")
_NAMING = frozenset({"named", "name", "is", "name:"})
_LONGEST = 28  # characters of a noun and what links it to the name
_ROLES = re.compile(any_of("worker", "provider", "clinician", "kin", "bystander", "agent"), re.IGNORECASE)
_WORKERS = re.compile(any_of("worker"), re.IGNORECASE)
_FIRM = re.compile(r"employers?|providers?|representatives?", re.IGNORECASE)  # persons or firms
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "doctor"})
_LONGEST_ACRONYM = 4  # letters
_ENDED = re.compile(r"[,.;:)]| [a-z]|$")
_SET_OFF = re.compile(r"[,.;)]|$")


def find_names_in_apposition(text: str) -> Iterator[Name]:
    """The names behind nouns for a person, in order."""
    for cue in _CUE.finditer(text):
        before = text[max(cue.start() - _LONGEST, 0) : cue.start()]
        last = before[before.rfind(" ") + 1 :]
        link = "," if last.endswith(",") else "named" if last in _NAMING else ""
        named = _NAMED.search(before) if link == "named" else None
        role = named[1] if named else last.rstrip(",").lstrip("(“\"'")
        if role[:1].isalpha() and _ROLES.fullmatch(role) and (found := _read(text, cue.end(), role, link)):
            yield found


def _read(text: str, at: int, role: str, link: str) -> Name | None:
    words = keep_name(read_words(text, at))
    full = find_main_words(words)
    if len(full) < 2 or is_of_place(words) or is_followed_by_firm(text, words) or not _is_name(full):
        return None
    start, end = words[0].start, words[-1].end
    if not _ENDED.match(text, end):
        return None
    named, led = link == "named", full[0].is_given
    if named or link == "," or not _WORKERS.fullmatch(role):
        if _FIRM.fullmatch(role) and not (named or led):
            return None  # "the employer, Wells Fargo, reported"
        set_off = link == "," and bool(_SET_OFF.match(text, end)) and not _WORKERS.fullmatch(role)
        return Name(start, end, certain=named or led or (set_off and full[-1].is_surname))
    return None  # "the patient Roland Morris score"


def _is_name(full: list[NameWord]) -> bool:
    """Whether words are a given name and a surname, or two that may be; neither begins with an ordinary word."""
    first = full[0]
    if first.key in _TITLES:
        return False  # found by the title
    if first.text.isupper() and len(first.text) <= _LONGEST_ACRONYM and not first.is_given:
        return False  # "the psychologist, BDI"
    return first.is_given or (len(full) == 2 and not first.is_ordinary and first.key not in PARTICLES)
