"""The reviewer's credentials: a block of labels in later letters, a sentence in earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.letter import Field, Reviewer
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose

_SENTENCE = Pattern(
    r"(?:is|are) board[- ]certified(?: in)? (?P<specialty>[^.]+?)"
    r"(?:,? (?:and )?has an? (?:subspecialty|sub-specialty)(?: certificate)? in (?P<sub>[^.]+?))?"
    r",? (?:and )?(?:is )?licensed to practice in (?P<states>[^.]+)",
    re.IGNORECASE,
)
_LICENSED = Pattern(
    r"\blicensed (?:to practice(?: \w+)? )?(?:in|by) (?:the states? of )?(?P<states>[^.]+)", re.IGNORECASE
)
_END = r"(?=,? (?:and )?(?:is|has|holds|who|that)\b|\.|,|;|$)"
_CERTIFIED = Pattern(
    rf"\bboard[- ]certified(?: in)? (?P<specialty>[^.]+?)(?=,? and\b|,? has\b|\.|$)"
    rf"|\b(?:certified by|diplomate of) the (?:\w+ )?board of (?P<board>[^.]+?){_END}"
    rf"|\breviewer (?:is|was) an? (?:licensed )?(?P<profession>(?!\w+ reviewer)[^.,;]+?){_END}",
    re.IGNORECASE,
)
_SUBSPECIALTY = Pattern(rf"\bhas an? sub-?specialty(?: certificate)? in (?P<sub>[^.]+?){_END}", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;]\s*(?:and\s+)?")
_COMMA_OR_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


def read_credential_block(states: Prose | None, specialties: Prose | None) -> Reviewer:
    """The reviewer whose states of licensure and specialties are printed after their labels."""
    spans = [prose.span for prose in (states, specialties) if prose]
    return Reviewer(
        states=tuple(_split_list(states, 0, len(states.text), _COMMA_OR_AND)) if states else (),
        specialties=tuple(_split_list(specialties, 0, len(specialties.text), _COMMA)) if specialties else (),
        credentials=spans[0] if spans else None,
    )


def read_credential_sentence(prose: Prose) -> Reviewer:
    """The reviewer of "… is Board Certified in X, has a subspecialty in Y and is licensed to practice in Z".

    Without such a sentence, `credentials` is None.
    """
    found = _SENTENCE.search(prose.text)
    if found:
        specialties = list(_split_list(prose, *found.span("specialty"), _COMMA))
        if found["sub"]:
            specialties += _split_list(prose, *found.span("sub"), _COMMA)
        states = tuple(_split_list(prose, *found.span("states"), _COMMA_OR_AND))
        return Reviewer(states, tuple(specialties), prose.locate(*found.span()))
    licensed, certified = _LICENSED.search(prose.text), _CERTIFIED.search(prose.text)
    sub = _SUBSPECIALTY.search(prose.text)
    either = licensed or certified
    fields: list[Field[str]] = []
    for named in (certified, sub):
        if named and named.lastgroup:
            fields += _split_list(prose, *named.span(named.lastgroup), _COMMA)
    return Reviewer(
        tuple(_split_list(prose, *licensed.span("states"), _COMMA_OR_AND)) if licensed else (),
        tuple(fields),
        prose.locate(*either.span()) if either else None,
    )


def _split_list(prose: Prose, start: int, end: int, separator: re.Pattern[str]) -> Iterator[Field[str]]:
    """The members of the list at characters `start` up to `end` of a prose."""
    at = start
    for gap in [*separator.finditer(prose.text, start, end), None]:
        stop = gap.start() if gap else end
        words = prose.text[at:stop].rstrip(" .")
        if words.strip():
            lead = len(words) - len(words.lstrip())
            span = prose.locate(at + lead, at + len(words))
            yield Field(prose.source[span], span, words.strip())
        at = gap.end() if gap else end
