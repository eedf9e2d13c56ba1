"""The titles and labels that mark the parts of a letter, also where they are misspelt."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import ClauseKind, SectionKind

HEADINGS = {kind.value.casefold(): kind.value for kind in SectionKind}

LABELS = {
    label.casefold(): label
    for label in (
        *(kind.value for kind in ClauseKind),
        "Rationale for the Decision",
        "State(s) of Licensure",
        "Certification(s)/Specialty",
        "Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision",
        "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer"
        " to Make His/Her Decision",
    )
}

# Variants of labels that are not misspelt.
_VARIANTS = {
    "state of licensure": "State(s) of Licensure",
    "states of licensure": "State(s) of Licensure",
    "certifications/specialty": "Certification(s)/Specialty",
    "certification(s)/specialties": "Certification(s)/Specialty",
}

_BREAKS = 30  # characters: longer titles may be broken over lines or pages
_HALF = 20  # characters of a broken title on its first line, at least
_LONG = tuple(name for name in (*HEADINGS, *LABELS) if len(name) > _BREAKS)
_BEGINNINGS = frozenset(name[:_HALF] for name in _LONG)
_LONGEST = max(map(len, (*HEADINGS, *LABELS))) + 3
_SHORTEST = 10  # characters; shorter words resemble too many others to be compared
_SLIP = 3  # characters by which a misspelt title may be longer or shorter
_NEAR = 86  # rapidfuzz ratio of 100; "MAXIMUS guidline" is 97, "MAXIMUS Federal" is 69


class Landmark(NamedTuple):
    """A title or label at the start of a line: its `length` as printed, in characters, and its `correct` spelling."""

    length: int
    correct: str


def begins_landmark(line: str) -> bool:
    """Whether a line may be the first part of a long title or label that continues on the next line."""
    key = " ".join(line.casefold().split())
    return key[:_HALF] in _BEGINNINGS and any(name.startswith(key) and len(name) > len(key) for name in _LONG)


def find_landmark(line: str) -> Landmark | None:
    """The title that `line` is, or the label that it begins with."""
    colon = line.find(":", 0, _LONGEST)
    if colon > 0 and (correct := _match_label(line[:colon])):
        return Landmark(colon, correct)
    if len(line) <= _LONGEST and (correct := _match_heading(line.rstrip(" :."))):
        return Landmark(len(line), correct)
    return None


def _match_label(words: str) -> str | None:
    key = " ".join(words.casefold().split())
    return LABELS.get(key) or _VARIANTS.get(key) or _find_near_name(key, tuple(LABELS))


def _match_heading(words: str) -> str | None:
    key = " ".join(words.casefold().split())
    if key in HEADINGS:
        return HEADINGS[key]
    # Only titles in capitals are compared: sentences resemble the other titles too often.
    if not words.isupper():
        return None
    return _find_near_name(key, _IN_CAPITALS) or _find_name_without_a_word(key)


_IN_CAPITALS = tuple(key for key, title in HEADINGS.items() if title.isupper())


def _find_name_without_a_word(key: str) -> str | None:
    """The title of which `key` lacks one word; only for titles that resemble no other words."""
    for kind in (SectionKind.HOW, SectionKind.SUMMARY, SectionKind.ISSUES):
        full, printed = kind.value.casefold().split(), key.split()
        if len(printed) == len(full) - 1 and any(full[:i] + full[i + 1 :] == printed for i in range(len(full))):
            return str(kind.value)
    return None


@lru_cache(maxsize=4096)  # letters share titles and labels: three of four calls, 30 µs each, are saved
def _find_near_name(key: str, known: tuple[str, ...]) -> str | None:
    """The title or label that differs from `key` by a typing error or two, correctly spelt."""
    if len(key) < _SHORTEST:
        return None
    likely = [
        name for name in known if abs(len(name) - len(key)) <= _SLIP and (name[0] == key[0] or name[-1] == key[-1])
    ]
    if not likely:
        return None
    from rapidfuzz import fuzz, process

    best = process.extractOne(key, likely, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return (HEADINGS.get(best[0]) or LABELS[best[0]]) if best else None
