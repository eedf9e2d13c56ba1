"""Sides in the summary and the titles that no other place of the letter has, where others have the other side.

Where one sentence has both sides, or two in a row say the same of each, or say why one of them is named, they are told
apart, and none is a slip.

Some are right: the sound side is examined, too. What speaks for a slip and against it is added up; the weights were
fitted to letters as they are and to the same letters with one side exchanged (`training/fit_strays.py`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from imrlint.document.letter import Side
from imrlint.knowledge.medicine import anatomy
from imrlint.reading import stray_weights
from imrlint.reading.passage import Passage
from imrlint.reading.retelling import Told
from imrlint.reading.sites import Site, is_compared, may_be_other_side

_NEAR = 90  # characters within which words say why the other side is named
_PARALLEL = 0.5  # share of the words that two sentences on the two sides have in common
_TOPIC = re.compile(r"(?:the )?\w+\W*", re.IGNORECASE)  # "The left elbow was …"


class LoneSide(NamedTuple):
    """A site whose side no other has, and the places that have the other side.

    `score` is the logarithm of the odds that it is a slip, where a slip is as frequent as not.
    """

    site: Site
    others: tuple[Site, ...]
    score: float

    @property
    def is_likely(self) -> bool:
        """Whether it is as good as surely a slip."""
        return self.score >= stray_weights.LIKELY["lone side"]

    @property
    def is_possible(self) -> bool:
        """Whether it may well be a slip."""
        return self.score >= stray_weights.POSSIBLE["lone side"]


def find_lone_sides(told: Sequence[Passage], rationales: Sequence[Passage]) -> Iterator[LoneSide]:
    """The lone sides in the texts that tell the case, the first of which is the summary, in order."""
    weights = stray_weights.WEIGHTS["lone side"]
    for site, others, features in find_candidates(told, rationales):
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        yield LoneSide(site, others, round(score, 3))  # rounded: all machines agree


def find_candidates(
    told: Sequence[Passage], rationales: Sequence[Passage]
) -> Iterator[tuple[Site, tuple[Site, ...], Mapping[str, float]]]:
    """The lone sides of `find_lone_sides`, unweighed: each with the other places and its features."""
    sided = [site for passage in (*told, *rationales) for site in passage.sites if site.side and site.part.paired]
    numbers = Counter((site.part.region, site.side) for site in sided)
    for passage in told:
        for site in passage.sites:
            if site.side in (None, Side.BOTH) or not site.part.paired or is_compared(site):
                continue
            near = [key for key in numbers if anatomy.overlap(key[0], site.part.region)]
            if sum(numbers[key] for key in near if key[1] in (site.side, Side.BOTH)) > 1:
                continue  # another has its side
            others = tuple(
                each for each in sided if each is not site and anatomy.overlap(each.part.region, site.part.region)
            )
            if others and not _is_compared(site, others):
                yield site, others, _read_features(site, others, is_title=passage is not told[0])


def _read_features(site: Site, others: Sequence[Site], *, is_title: bool) -> Mapping[str, float]:
    """What speaks for and against a slip."""
    return {
        "always": 1.0,
        "others": math.log(len(others)),
        "same part": float(any(each.part.name == site.part.name for each in others)),
        "in a title": float(is_title),
        "topic": float(bool(_TOPIC.fullmatch(site.place.before))),
        "explained": float(may_be_other_side(site.place, _NEAR)),
    }


def _is_compared(site: Site, others: Sequence[Site]) -> bool:
    """Whether the sentence has the other side, too, or one beside it says nearly the same of it, or why it has it."""
    sentence = site.place.sentence
    beside = [each for each in others if _is_beside(site, each)]
    if any(each.place.sentence == sentence or may_be_other_side(each.place, _NEAR) for each in beside):
        return True
    return Told(each.place for each in beside).find(sentence, site.place).share >= _PARALLEL


def _is_beside(one: Site, two: Site) -> bool:
    """Whether two sites are in sentences that follow one another, where sides are compared."""
    prose = one.place.prose
    return two.place.prose is prose and abs(prose.number_at(one.place.start) - prose.number_at(two.place.start)) <= 1
