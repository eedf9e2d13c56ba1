"""How often the findings of a rule are right, by the verdicts of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from imrlint.archive.intervals import Interval, estimate_share
from imrlint.archive.schema import Judgment
from imrlint.archive.verdicts import Verdict

_MONTH = len("2017-03")


class Precision(NamedTuple):
    """How many of the judged findings of a rule are right, in a month or (`month` is "") at all.

    `disputed` is the number of them on which people disagree: the last verdict counts.
    """

    rule: str
    month: str
    right: int
    judged: int
    disputed: int
    share: float
    interval: Interval


def measure_precision(verdicts: Iterable[Verdict]) -> list[Precision]:
    """For each rule its precision at all, and in each month in which verdicts were given; by name and month."""
    by_finding: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_finding[verdict.fingerprint].append(verdict)
    groups: dict[tuple[str, str], list[list[Verdict]]] = defaultdict(list)
    for given in by_finding.values():
        last = given[-1]
        for month in ("", last.at[:_MONTH]):
            groups[last.rule, month].append(given)
    return [_measure(rule, month, findings) for (rule, month), findings in sorted(groups.items())]


def _measure(rule: str, month: str, findings: Sequence[Sequence[Verdict]]) -> Precision:
    right = sum(given[-1].judgment is Judgment.RIGHT for given in findings)
    disputed = sum(len(set({each.by: each.judgment for each in given}.values())) > 1 for given in findings)
    judged = len(findings)
    return Precision(rule, month, right, judged, disputed, right / judged, estimate_share(right, judged))
