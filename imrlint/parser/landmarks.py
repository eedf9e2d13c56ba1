"""The titles and labels by which the parts of a letter are found, and misspelt ones."""

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

_BREAKS = 40  # characters of a title that a page may break
_HALF = 20  # characters that stand on its first line
_LONG = tuple(name for name in (*HEADINGS, *LABELS) if len(name) > _BREAKS)
_LONGEST = max(map(len, (*HEADINGS, *LABELS))) + 3
_SHORTEST = 10  # shorter words are not compared: too much resembles them
_SLIP = 3  # characters by which a misspelt title may be longer or shorter
_NEAR = 86  # rapidfuzz ratio of 100; "MAXIMUS guidline" is 97, "MAXIMUS Federal" is 69


class Landmark(NamedTuple):
    """A title or label at the start of a line: how long it is as printed, and how it should be."""

    length: int
    meant: str


def begins_landmark(line: str) -> bool:
    """Whether a line may be the first part of a long title or label that goes on in the next line."""
    key = " ".join(line.casefold().split())
    return len(key) >= _HALF and any(name.startswith(key) and len(name) > len(key) for name in _LONG)


def find_landmark(line: str) -> Landmark | None:
    """The title that `line` is, or the label that it begins with."""
    colon = line.find(":", 0, _LONGEST)
    if colon > 0 and (meant := _label(line[:colon])):
        return Landmark(colon, meant)
    if len(line) <= _LONGEST and (meant := _heading(line.rstrip(" :."))):
        return Landmark(len(line), meant)
    return None


def _label(words: str) -> str | None:
    key = " ".join(words.casefold().split())
    return LABELS.get(key) or _VARIANTS.get(key) or _nearest(key, tuple(LABELS))


def _heading(words: str) -> str | None:
    key = " ".join(words.casefold().split())
    if key in HEADINGS:
        return HEADINGS[key]
    # Only titles in capitals are compared: a sentence may well resemble the others.
    if not words.isupper():
        return None
    return _nearest(key, _SHOUTED) or _without_a_word(key)


_SHOUTED = tuple(key for key, title in HEADINGS.items() if title.isupper())


def _without_a_word(key: str) -> str | None:
    """The title of which one word was left out, of those that no other words resemble."""
    for kind in (SectionKind.HOW, SectionKind.SUMMARY, SectionKind.ISSUES):
        due, said = kind.value.casefold().split(), key.split()
        if len(said) == len(due) - 1 and any(due[:i] + due[i + 1 :] == said for i in range(len(due))):
            return str(kind.value)
    return None


@lru_cache(maxsize=4096)  # letters share their titles and labels: three of four look-ups, each some 30 µs, are saved
def _nearest(key: str, known: tuple[str, ...]) -> str | None:
    """The title or label that differs from `key` by a typing error or two."""
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
