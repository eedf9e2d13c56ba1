"""(c) A side swapped.

Only mentions whose side another place confirms: the title of an item names the same part with the same side, and
the letter nowhere names the part with the other side or with both (unless the mention is in the sentence that
concludes on that item, where no other side can be meant). Titles are edited too, where the rationale of the item
names side and part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from editing.anatomy import BOTH, OTHER_SIDE, SIDED, name_part
from editing.edit import Spot, match_case
from editing.letter import RightLetter, Span
from editing.lexicon import Lexicon

CONCLUDES = re.compile(r"medically\s+necessary|request\s+for")


def find_sides(letter: RightLetter) -> Iterator[Spot]:
    sided = list(letter.find(SIDED))
    both = {name_part(match) for match in letter.find(BOTH)}
    sides: dict[str, set[str]] = {}
    for match in sided:
        sides.setdefault(name_part(match), set()).add(match["side"].lower())
    settled = {part for part, named in sides.items() if len(named) == 1 and part not in both}

    def same(match: re.Match[str], place: Span | None) -> list[Span]:
        """The mentions in a place of the part and side of a match."""
        found = letter.find(SIDED, place) if place else ()
        key = (match["side"].lower(), name_part(match))
        return [Span(*other.span()) for other in found if (other["side"].lower(), name_part(other)) == key]

    for match in letter.find(SIDED, *letter.prose):
        place = Span(*match.span())
        own = [item for item in letter.items if item.rationale and item.rationale.covers(place)]
        concludes = CONCLUDES.search(letter[letter.sentence_at(place)])
        if name_part(match) in settled:
            titles = [span for item in letter.items for span in same(match, item.title)]
        else:
            titles = [span for item in own for span in same(match, item.title)] if concludes else []
        if titles:
            yield Spot(Span(*match.span("side")), tuple(titles), place)
    for item in letter.items:
        for match in letter.find(SIDED, item.title):
            if name_part(match) in settled and (reasons := same(match, item.rationale)):
                yield Spot(Span(*match.span("side")), tuple(reasons), Span(*match.span()))


def swap_side(letter: RightLetter, spot: Spot, _: Random, __: Lexicon) -> tuple[Span, str]:
    side = letter[spot.place]
    return spot.place, match_case(OTHER_SIDE[side.lower()], side)
