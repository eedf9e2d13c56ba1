"""The names of persons beside a noun for a person: "the adjuster, Jordan Quillon, wrote", "Nurse Jordan Quillon".

Two words that no list of ordinary words has are a name there; they are certainly one where the first is a given name,
or where the noun introduces them as a name and they are set off by a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.name_words import (
    Name,
    NameWord,
    find_main_words,
    is_followed_by_firm,
    is_of_place,
    keep_name,
    read_words,
)

# Two words with a capital letter behind a word; what that word is, is asked afterwards, since few stand so.
_CUE = re.compile(
    r"(?<=[A-Za-z])(?P<link>['’]s name(?: is|:)?|,? named|,|) "
    r"(?=[^\W\d_a-z][\w'’‘-]*\.? (?:[\w'’‘-]{1,3}\.? ){0,2}[^\W\d_a-z])"
)
_LONGEST = 16  # characters of a noun
_ENDED = re.compile(r"[,.;:)]| [a-z]|$")
_SET_OFF = re.compile(r"[,.;)]|$")


@cache
def _roles() -> re.Pattern[str]:
    return re.compile(any_of("worker", "provider", "clinician", "kin", "bystander", "agent"), re.IGNORECASE)


@cache
def _workers() -> re.Pattern[str]:
    return re.compile(any_of("worker"), re.IGNORECASE)


def find_names_in_apposition(text: str) -> Iterator[Name]:
    """The names behind nouns for a person, in order."""
    for cue in _CUE.finditer(text):
        before = text[max(cue.start() - _LONGEST, 0) : cue.start()]
        role = before[max(before.rfind(" "), before.rfind("\n")) + 1 :].lstrip("(“\"'")
        if role and _roles().fullmatch(role) and (found := _read(text, cue, role)):
            yield found


def _read(text: str, cue: re.Match[str], role: str) -> Name | None:
    words = keep_name(read_words(text, cue.end()))
    full = find_main_words(words)
    if len(full) < 2 or is_of_place(words) or is_followed_by_firm(text, words) or not _is_name(full):
        return None
    start, end = words[0].start, words[-1].end
    if not _ENDED.match(text, end):
        return None
    named, led = "name" in cue["link"], full[0].is_given
    if named or cue["link"] == "," or not _workers().fullmatch(role):
        if role.casefold().startswith("employer") and not (named or led):
            return None  # a firm: "the employer, Wells Fargo, reported"
        set_off = (
            cue["link"] == "," and len(full) == 2 and bool(_SET_OFF.match(text, end)) and not _workers().fullmatch(role)
        )
        return Name(start, end, certain=named or led or set_off)
    return None  # "the patient Roland Morris score"


def _is_name(full: list[NameWord]) -> bool:
    """Whether words may be a given name and a surname: no ordinary word comes first but one that is a given name."""
    return full[0].is_given or not full[0].is_ordinary
