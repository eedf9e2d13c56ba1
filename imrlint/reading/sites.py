"""Parts of the body with their sides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.letter import Side
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.reading.entities import Mention


class Site(NamedTuple):
    """A place that names a part of the body. `side` is None where none is given.

    `sided` is the place with the words for its side, where these stand beside it.
    """

    place: Place
    part: Part
    side: Side | None
    sided: Place


_SIDE = Pattern(
    r"\b(?P<side>bilateral(?:ly)?|both|left|right|lt|rt)\b(?:[- ]sided)?(?! (?:to|away|after|before|now)\b)",
    re.IGNORECASE,
)
_SIDES = {"left": Side.LEFT, "lt": Side.LEFT, "right": Side.RIGHT, "rt": Side.RIGHT}
# Between a side and its part; between parts of a list, which share a side; between a part and a side after it.
_TO_PART = re.compile(r" (?:[a-z0-9]+(?:st|nd|rd|th)? ){0,2}", re.IGNORECASE)
_LIST = re.compile(r"(?:, | and | or | & |/|, and |, or | as well as )(?:the )?(?:(?:upper|lower) )?", re.IGNORECASE)
_END_OF_NAME = Pattern(r"\s*(?:$|[^\w\s]|\d|(?:and|or|with|without|side|x|for|times)\b)", re.IGNORECASE)
_BEHIND = re.compile(r"s?(?: [a-z]+)?,? (?:on the |\()?", re.IGNORECASE)


def find_sites(prose: Prose, parts: Sequence[Mention[Part]]) -> tuple[Site, ...]:
    """The parts of the body in a prose, in order, each with its side where one is given."""
    text = prose.text
    sides = list(_SIDE.finditer(text)) if parts else []
    found: list[Site] = []
    for mention in parts:
        place, part = mention
        side = Side(part.side) if part.side else None
        word = None if side else _find_side_before(text, place, sides)
        if not (side or word) and found and _LIST.fullmatch(text, found[-1].place.end, place.start):
            side = found[-1].side
        if not (side or word):
            word = _find_side_after(text, place, sides, parts)
        if word:
            side = _read_side(word)
            sided = Place(prose, min(word.start(), place.start), max(word.end(), place.end))
        else:
            sided = place
        found.append(Site(place, part, side, sided))
    return tuple(found)


def find_sides(text: str, start: int, end: int) -> frozenset[Side]:
    """The sides that characters `start` up to `end` of a text name, both as left and right."""
    found = {_read_side(match) for match in _SIDE.finditer(text, start, end)}
    return frozenset({Side.LEFT, Side.RIGHT} if Side.BOTH in found else found)


def find_side_words(text: str) -> Iterator[tuple[int, int, Side]]:
    """Each word for one side or both in a text, by offsets."""
    return ((*match.span("side"), _read_side(match)) for match in _SIDE.finditer(text))


# Words under which the side that is not in question may be right. In a sentence: a comparison, both sides, a side that
# was never injured. In a clause: a history of its own, a sound finding. Negations are not among them: of the side in
# question things are denied, too.
_OTHER_SIDE = Pattern(
    r"\b(?:contralateral|opposite|compar\w+|than(?: (?:on|in|that of))?(?: the)? (?:left|right|other)"
    r"|versus|vs|whereas|unlike|unaffected|uninvolved"
    r"|uninjured|both|bilateral(?:ly)?|dominant|non-?industrial|compensat\w+|favou?r\w*|overuse|hand(?:ed|ness)"
    r"|left and right|right and left|left or right|right or left|each side|either side"
    rf"|not (?:at issue|included|{any_of('wanted')}))\b"
    rf"|\b(?:left|right)[- ]hand(?:ed)? (?:dominant|{any_of('worker', 'sex')})",
    re.IGNORECASE,
)
_SOUND = Pattern(
    rf"\b(?:also|{any_of('earlier', 'history', 'another')}|normal\w*|asymptomatic|no symptoms?|older|full"
    r"|intact|new|now|(?:left|right)[- ]sided|unremarkable|negative|stable|pain[- ]free|symptom[- ]free|symmetric\w*"
    r"|good|fine|well|healthy|resolved|recovered|healed|in \d{4})\b",
    re.IGNORECASE,
)


# Where a clause ends behind a part: a relative clause belongs to it, "the left knee, which healed".
_CLAUSE_END = re.compile(rf"[,;](?! (?:{alternatives('relative pronoun')})\b)")
# Words before a part with which another is compared: "more than that of the left ankle", "unlike the right".
_COMPARED = Pattern(
    rf"\b(?:{alternatives('word of comparison')}|(?:as|so) [a-z]+ as)\.?"
    r"(?: (?:that|those|it is))?(?: (?:of|on|in|at|for))?(?: (?:the|his|her|their))? $",
    re.IGNORECASE,
)


def is_compared(site: Site) -> bool:
    """Whether a part is only what another is compared with."""
    return _COMPARED.search(site.sided.before) is not None


def may_be_other_side(place: Place, reach: int) -> bool:
    """Whether words within `reach` characters of a place in its sentence say why the side that is not in question is
    named there.
    """
    text, sentence = place.prose.text, place.sentence
    start, end = max(place.start - reach, sentence.start), min(place.end + reach, sentence.end)
    clause = max((text.rfind(mark, start, place.start) for mark in ",;"), default=-1) + 1
    behind = _CLAUSE_END.search(text, place.end, end)
    last = behind.start() if behind else end
    return bool(_OTHER_SIDE.search(text, start, end) or _SOUND.search(text, max(clause, start), last))


def _read_side(match: re.Match[str]) -> Side:
    return _SIDES.get(match["side"].casefold(), Side.BOTH)


def _find_side_before(text: str, place: Place, sides: Sequence[re.Match[str]]) -> re.Match[str] | None:
    number = bisect_right(sides, place.start, key=lambda side: side.end())
    if not number or not _TO_PART.fullmatch(text, sides[number - 1].end(), place.start):
        return None
    return sides[number - 1]


def _find_side_after(
    text: str, place: Place, sides: Sequence[re.Match[str]], parts: Sequence[Mention[Part]]
) -> re.Match[str] | None:
    """The side given after a part ("shoulder, right"), unless it belongs to the next part."""
    number = bisect_left(sides, place.end, key=lambda side: side.start())
    side = sides[number] if number < len(sides) else None
    if side is None or not _BEHIND.fullmatch(text, place.end, side.start()):
        return None
    gap = text[place.end : side.start()]
    if not any(mark in gap for mark in (",", "(", " on the")) and not _END_OF_NAME.match(text, side.end()):
        return None  # "the x-ray of the knee left no doubt"
    number = bisect_left(parts, side.end(), key=lambda mention: mention.place.start)
    if number < len(parts) and _TO_PART.fullmatch(text, side.end(), parts[number].place.start):
        return None
    return side
