"""How often something is found: by rule, family, specialty, kind of item and month, each with its uncertainty.

Every letter counts once, as it was when it was last checked: a letter is known again by its case number, else by the
name of its file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imrlint.archive.intervals import Interval, estimate_rate, estimate_share, measure_heap
from imrlint.archive.store import Store
from imrlint.archive.views import Views, open_views


@dataclass(frozen=True)
class Choice:
    """Which findings of which letters count; None and "": all. `since` and `until` are months, such as 2017-03."""

    runs: Sequence[str] | None = None
    rules: tuple[str, ...] = ()  # names of rules and of families
    specialty: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


class Trend(NamedTuple):
    """How often something is found. `affected` is the number of letters with at least one such finding."""

    by: str
    label: str
    family: str  # of a rule
    findings: int
    letters: int
    affected: int
    rate: float  # findings a letter
    rate_interval: Interval
    share: float  # of the letters that are affected
    share_interval: Interval


class Trends(NamedTuple):
    """All trends, the number of letters and runs that they are of, and the months of the first and last decision."""

    trends: list[Trend]
    letters: int
    runs: int
    since: str
    until: str


DIMENSIONS = ("all", "family", "rule", "specialty", "kind", "month")

_COUNTED = """
CREATE TEMP TABLE counted AS
SELECT row_number() OVER () AS id, * FROM (
    SELECT run, letter, month, specialty FROM letters WHERE checked
    QUALIFY row_number() OVER (PARTITION BY CASE WHEN cased = '' THEN name ELSE cased END ORDER BY run DESC, letter) = 1
)
WHERE ($specialty = '' OR specialty = $specialty)
AND ($since = '' OR month >= $since) AND ($until = '' OR (month <= $until AND month <> ''))
"""
_KINDS = """
CREATE TEMP TABLE kinds AS
SELECT DISTINCT counted.id, items.item, items.kind FROM items JOIN counted USING (run, letter)
"""
_FOUND = """
CREATE TEMP TABLE found AS
SELECT counted.id, counted.month, counted.specialty, findings.rule, findings.family, kinds.kind
FROM findings JOIN counted USING (run, letter) LEFT JOIN kinds ON kinds.id = counted.id AND kinds.item = findings.item
WHERE NOT findings.accepted
AND (len($rules) = 0 OR findings.rule IN $rules OR findings.family IN $rules)
AND ($kind = '' OR kinds.kind = $kind)
"""
_LETTERS = {
    "all": "SELECT '' AS label, count(*) AS letters FROM counted",
    "family": "SELECT DISTINCT family AS label, (SELECT count(*) FROM counted) AS letters FROM found",
    "rule": (
        "SELECT rules.rule AS label, count(*) AS letters"
        " FROM (SELECT DISTINCT run, rule FROM rules) AS rules JOIN counted USING (run) GROUP BY label"
    ),
    "specialty": "SELECT specialty AS label, count(*) AS letters FROM counted GROUP BY label",
    "kind": "SELECT kind AS label, count(DISTINCT id) AS letters FROM kinds GROUP BY label",
    "month": "SELECT month AS label, count(*) AS letters FROM counted GROUP BY label",
}
"""In how many letters each label could have been found: those of the runs that had the rule, or the letters of it."""

_GROUPED = """
SELECT label, any_value(of.letters), coalesce(sum(times), 0)::BIGINT, coalesce(sum(times * times), 0)::BIGINT,
    count(times), any_value(family)
FROM ({letters}) AS of LEFT JOIN (
    SELECT {column} AS label, id, count(*) AS times, any_value(family) AS family FROM found GROUP BY ALL
) AS seen USING (label)
GROUP BY label ORDER BY 3 DESC, label
"""


def measure_trends(store: Store, choice: Choice, by: Sequence[str] = DIMENSIONS) -> Trends:
    """The trends along these dimensions, in each the most frequent first, but months in order. Raises BadStore."""
    with open_views(store, choice.runs) as views:
        values = {"specialty": choice.specialty, "since": choice.since, "until": choice.until}
        views.execute(_COUNTED, values)
        views.execute(_KINDS)
        if choice.kind:
            views.execute("DELETE FROM kinds WHERE kind <> $kind", {"kind": choice.kind})
            views.execute("DELETE FROM counted WHERE id NOT IN (SELECT id FROM kinds)")
        views.execute(_FOUND, {"rules": list(choice.rules), "kind": choice.kind})
        heap = _measure_heap(views)
        trends = [trend for each in by for trend in _measure(views, each, heap)]
        (row,) = views.select(
            "SELECT count(*), count(DISTINCT run), coalesce(min(nullif(month, '')), ''), coalesce(max(month), '')"
            " FROM counted"
        )
    return Trends(trends, *row)


def _measure(views: Views, by: str, heap: float) -> list[Trend]:
    """The trends along one dimension. `heap` is how much findings vary from letter to letter whatever they are."""
    rows = views.select(_GROUPED.format(letters=_LETTERS[by], column="''" if by == "all" else by))
    trends = []
    for label, letters, findings, squares, affected, family in rows:
        if not findings and by in ("rule", "family"):
            continue
        own = measure_heap(findings, letters, squares)
        trends.append(
            Trend(
                by,
                label,
                family if by == "rule" else "",
                findings,
                letters,
                affected,
                findings / max(letters, 1),
                estimate_rate(findings, letters, own if by in ("rule", "family") else max(own, heap)),
                affected / max(letters, 1),
                estimate_share(affected, letters),
            )
        )
    if by == "month":
        return sorted(trends, key=lambda trend: (not trend.label, trend.label))
    return sorted(trends, key=lambda trend: (-trend.rate, trend.label))


def _measure_heap(views: Views) -> float:
    ((_, letters, findings, squares, _, _),) = views.select(_GROUPED.format(letters=_LETTERS["all"], column="''"))
    return measure_heap(findings, letters, squares)
