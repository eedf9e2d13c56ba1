"""By how much something is said to have changed, against what it changed from and to."""

from __future__ import annotations

import re
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language import function_words
from imrlint.reading.calculations import Calculation, Change, are_alike
from imrlint.reading.figures import Figures, OtherResult, convert, is_near
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.retold_changes import find_told_changes

_PERCENT = 6  # by which a share may be rounded
_APPROXIMATELY = 12
_ANOTHER_CLAUSE = Pattern(r"\band\b|;|,[^,]*,", re.IGNORECASE)
_ADJOINING = function_words.members("word that opens an apposition")
# Right before a number by which something changed: in which direction.
_ROSE = Pattern(rf"\b(?:{function_words.alternatives('verb of rising')})(?: by)?(?: [a-z]+){{0,2}} $", re.IGNORECASE)
_FELL = Pattern(rf"\b(?:{function_words.alternatives('verb of sinking')})(?: by)?(?: [a-z]+){{0,2}} $", re.IGNORECASE)


class OppositeChange(NamedTuple):
    """A number by which something is said to have risen, where it fell, or to have fallen, where it rose."""

    result: Quantity
    change: Change

    @property
    def is_fall(self) -> bool:
        """Whether it fell."""
        return self.change.after.most < self.change.before.most


def find_other_change(found: Calculation, figures: Figures) -> OtherResult | OppositeChange | None:
    """By how much something changed, where it is another number, or the other direction; None where it may be right.

    What it changed from and to is in the sentence, or else where another sentence tells a change from the same value,
    or of the same measure.
    """
    result = found.result
    changes = _find_changes(found, figures)
    if not changes and len(found.operands) == 1:
        values = {each.most for each in found.operands}
        changes = [
            each
            for other in figures.running
            for each in other.changes
            if each.before.most in values and are_alike(each.before, result)
            if each.before.place.sentence != result.place.sentence
        ]
    if not changes and not found.operands:
        changes = find_told_changes(result, figures.passage, figures.told)
    gaps = [abs(convert(each.before, result) - convert(each.after, result)) for each in changes]
    if gaps and not any(is_near(gap, result.most, result) for gap in gaps):
        return OtherResult(found.operation, result, changes[0], gaps[0], gaps[0])
    if changes and all(_is_opposite(result, each) for each in changes):
        return OppositeChange(result, changes[0])
    return None


def find_other_share(found: Calculation, figures: Figures) -> OtherResult | None:
    """By how many percent something changed, where it is another number; None where it may be right."""
    result = found.result
    changes = [each for each in _find_changes(found, figures) if each.before.most]
    if not changes and not found.operands:
        changes = [each for each in find_told_changes(result, figures.passage, figures.told) if each.before.most]
    shares = [abs(each.before.most - each.after.most) / each.before.most * 100 for each in changes]
    room = _APPROXIMATELY if result.bound is Bound.ABOUT else _PERCENT
    upward = result.bound is Bound.LEAST
    if shares and not any(abs(share - result.most) <= room or (upward and share >= result.least) for share in shares):
        return OtherResult(found.operation, result, changes[0], shares[0], shares[0])
    return None


def _is_opposite(result: Quantity, change: Change) -> bool:
    """Whether the words before a result say that it rose where it fell, or that it fell where it rose."""
    before = result.place.before
    rose, fell = _ROSE.search(before), _FELL.search(before)
    if bool(rose) is bool(fell):
        return False
    return change.after.most < change.before.most if rose else change.after.most > change.before.most


def _find_changes(found: Calculation, figures: Figures) -> list[Change]:
    """The changes of the sentence of a result, with no other clause between them and the result."""
    at = found.result.place
    own = [each for each in figures.passage.changes if each.before in found.operands or each.after in found.operands]
    chosen = []
    for each in own:
        first, last = sorted((each.before.place, each.after.place), key=lambda place: place.start)
        between = at.prose.text[last.end : at.start] if last.end <= at.start else at.prose.text[at.end : first.start]
        if not _is_another_clause(between):
            chosen.append(each)
    return chosen


def _is_another_clause(between: str) -> bool:
    """Whether words between a change and its result begin another clause, rather than an apposition or a participle."""
    first = between.partition(", ")[2].casefold().partition(" ")[0]
    adjoins = not first.isalpha() or first.endswith("ing") or first in _ADJOINING
    return _ANOTHER_CLAUSE.search(between) is not None or not adjoins
