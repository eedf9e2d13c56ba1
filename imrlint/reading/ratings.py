"""Values on a scale: strength of "4/5", "reflexes 2 over 4", a PHQ-9 of 12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.prose import Place, Prose
from imrlint.knowledge import registry
from imrlint.knowledge.medicine import scales
from imrlint.knowledge.registry import ScaleRow


class Rating(NamedTuple):
    """A value with the scale that it is on."""

    place: Place
    scale: ScaleRow
    value: float


# "7/10", "6 out of 5", "12 on a scale of 10"; not a date, a dose or a fraction of something else.
_RATED = re.compile(
    r"(?P<value>\d(?<![\w/.,–-].)\d?(?:\.\d)?)(?:[ -]?[+-])?(?: ?/ ?| (?:out of|over|on a scale of) )(?P<most>5|4|10)"
    r"(?![\w/]|[.,]\d|[.-]\d| ?%| (?:visits|sessions|mg|inches|feet|days|weeks|months|beats))"
)
_FIGURE = re.compile(r"\d")  # a value has one
_VALUE = re.compile(
    r"(?:['’]s)?(?:[ ,:=]+(?:total|score|index|of|was|is))*[ ,:=]+(?P<value>\d{1,3}(?:\.\d)?)(?: ?%| percent)?"
    r"(?![\w/–-]|[.,]\d| ?mg\b| ?(?:out )?of\b(?! \d))"
)
# The scales of values that stand without a name: a strength of "4/5", a pain of "7/10".
_UNNAMED = {row.most: row for row in registry.SCALES.rows if row.scale in ("strength", "pain")}
_HIGHEST = 20  # a greater number without a name is no rating
_NEAR = 120  # characters between the name of what is rated and its value


def find_ratings(prose: Prose) -> Iterator[Rating]:
    """The values of a prose on a known scale, in order of their scales' names."""
    if not _FIGURE.search(prose.lower):
        return
    named = list(scales.find(prose.lower))
    for term in named:
        value = _VALUE.match(prose.lower, term.end) if term.meaning.by_name else None
        if value:
            yield Rating(Place(prose, value.start("value"), value.end()), term.meaning, float(value["value"]))
    for rated in _RATED.finditer(prose.lower):
        most = float(rated["most"])
        fitting = [
            term
            for term in named
            if term.meaning.most == most and not term.meaning.by_name and abs(term.start - rated.start()) <= _NEAR
        ]
        sentence = prose.sentence_at(rated.start())
        fitting = [term for term in fitting if sentence.holds(term.start)]
        if fitting:
            scale = min(fitting, key=lambda term: abs(term.start - rated.start())).meaning
        elif most in _UNNAMED and "/" in rated.group() and float(rated["value"]) < _HIGHEST:
            scale = _UNNAMED[most]
        else:
            continue
        yield Rating(Place(prose, *rated.span()), scale, float(rated["value"]))
