"""Severities that follow from the verdicts on a rule, as lines for the settings. Nothing is written.

The thresholds are those of `imrlint.engine.evidence`: what is right less often than a warning must be is a note. A
severity is proposed where ten findings or more were judged and the interval of the share leaves no doubt; what is
right less than half the time is off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from imrlint.archive.precision import Precision
from imrlint.archive.store import Store
from imrlint.archive.views import open_views
from imrlint.engine.evidence import THRESHOLDS
from imrlint.engine.findings import Severity

OFF = "off"
_NOISE = 0.5  # a rule that is surely right less often is turned off
_FEWEST = 10  # judged findings from which something follows
_WARNING = THRESHOLDS[Severity.WARNING]


class Proposal(NamedTuple):
    """A severity for a rule; where nothing follows from the verdicts, it is the one of the last run, `now`."""

    precision: Precision
    now: str
    severity: str

    @property
    def changes(self) -> bool:
        """Whether another severity is proposed."""
        return self.severity != self.now


def propose_severities(precisions: Iterable[Precision], severities: Mapping[str, str]) -> list[Proposal]:
    """A proposal for each rule on which there are verdicts. `severities` has the present one of each rule."""
    return [
        Proposal(each, severities[each.rule], _propose(each, severities[each.rule]))
        for each in precisions
        if not each.month and each.rule in severities
    ]


def read_severities(store: Store) -> dict[str, str]:
    """The severity of each rule in the last run that had it. Raises BadStore."""
    with open_views(store) as views:
        return dict(views.select("SELECT rule, arg_max(severity, run) FROM rules GROUP BY rule"))


def write_settings(proposals: Iterable[Proposal]) -> str:
    """The proposals as lines for imrlint.toml; those that change nothing as comments."""
    lines = ["# Severities that follow from the verdicts."]
    for each in sorted(proposals, key=lambda each: not each.changes):
        right, interval = each.precision, each.precision.interval
        seen = f"{right.right} of {right.judged} right, {interval.low:.0%} to {interval.high:.0%}"
        if each.changes:
            lines += ["", f"[rules.{right.rule}]", f'severity = "{each.severity}"  # {seen}; was {each.now}']
        else:
            lines.append(f"# {right.rule} stays {each.now}: {seen}")
    return "\n".join(lines) + "\n"


def _propose(precision: Precision, now: str) -> str:
    note, warning = Severity.NOTE.word, Severity.WARNING.word
    if precision.judged < _FEWEST:
        return now
    if precision.interval.high < _NOISE:
        return OFF
    if precision.interval.high < _WARNING:
        return note
    if precision.interval.low >= _WARNING and now == note:
        return warning
    return now
