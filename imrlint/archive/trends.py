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
SELECT * FROM (
    SELECT letter, run, month, specialty FROM letters WHERE checked
    QUALIFY row_number() OVER (
        PARTITION BY hash(CASE WHEN cased = '' THEN name ELSE cased END) ORDER BY run DESC, letter
    ) = 1
)
WHERE ($specialty = '' OR specialty = $specialty)
AND ($since = '' OR month >= $since) AND ($until = '' OR (month <= $until AND month <> ''))
"""
_KINDS = """
CREATE TEMP TABLE kinds AS SELECT letter, item, kind FROM items SEMI JOIN counted USING (letter)
WHERE $kind = '' OR kind = $kind
"""
_NAMES = tuple(
    f"CREATE TYPE {column}_name AS ENUM (SELECT DISTINCT {column} FROM findings)" for column in ("rule", "family")
)
"""Names as numbers, by which a million findings are grouped in half the time."""

_FOUND = """
CREATE TEMP TABLE found AS
SELECT letter, rule::rule_name AS rule, family::family_name AS family, item
FROM findings SEMI JOIN counted USING (letter)
WHERE NOT accepted AND (len($rules) = 0 OR rule IN $rules OR family IN $rules)
"""
_OF_THE_KIND = (
    "DELETE FROM counted WHERE letter NOT IN (SELECT letter FROM kinds)",
    "DELETE FROM found WHERE item IS NULL OR (letter, item) NOT IN (SELECT letter, item FROM kinds)",
)
_TOTALS = "CREATE TEMP TABLE totals AS SELECT letter, count(*) AS times FROM found GROUP BY letter"
_FIGURES = "sum(times)::BIGINT AS findings, sum(times * times)::BIGINT AS squares, count(times) AS affected"
_BY_LETTER = f"""
SELECT {{label}} AS label, count(*) AS letters, {_FIGURES}, '' AS family
FROM counted LEFT JOIN totals USING (letter) GROUP BY label
"""
"""What a letter has as a whole: its specialty, its month."""

_BY_FINDING = f"""
SELECT label, letters, findings, squares, affected, family
FROM (
    SELECT label::VARCHAR AS label, {_FIGURES}, any_value(family)::VARCHAR AS family FROM (
        SELECT {{label}} AS label, letter, count(*) AS times, any_value(family) AS family
        FROM {{found}} GROUP BY label, letter
    ) GROUP BY label
) {{join}} JOIN ({{letters}}) USING (label)
"""
"""What each finding has of its own; `letters` is the query for the letters in which there may be such a finding."""

_QUERIES = {
    "all": _BY_LETTER.format(label="''"),
    "family": _BY_FINDING.format(
        label="family",
        found="found",
        join="INNER",
        letters="SELECT DISTINCT family AS label, (SELECT count(*) FROM counted) AS letters FROM rules",
    ),
    "rule": _BY_FINDING.format(
        label="rule",
        found="found",
        join="INNER",
        letters=(
            "SELECT rule AS label, sum(letters)::BIGINT AS letters FROM (SELECT DISTINCT run, rule FROM rules)"
            " JOIN (SELECT run, count(*) AS letters FROM counted GROUP BY run) USING (run) GROUP BY rule"
        ),
    ),
    "specialty": _BY_LETTER.format(label="specialty"),
    "kind": _BY_FINDING.format(
        label="kind",
        found="found JOIN kinds USING (letter, item)",
        join="RIGHT",
        letters="SELECT kind AS label, count(DISTINCT letter) AS letters FROM kinds GROUP BY kind",
    ),
    "month": _BY_LETTER.format(label="month"),
}


def measure_trends(store: Store, choice: Choice, by: Sequence[str] = DIMENSIONS) -> Trends:
    """The trends along these dimensions, in each the most frequent first, but months in order. Raises BadStore."""
    with open_views(store, choice.runs) as views:
        views.execute(_COUNTED, {"specialty": choice.specialty, "since": choice.since, "until": choice.until})
        views.execute(_KINDS, {"kind": choice.kind})
        for statement in _NAMES:
            views.execute(statement)
        views.execute(_FOUND, {"rules": list(choice.rules)})
        for statement in _OF_THE_KIND if choice.kind else ():
            views.execute(statement)
        views.execute(_TOTALS)
        heap = _measure_heap(views)
        trends = [trend for each in by for trend in _measure(views, each, heap)]
        (row,) = views.select(
            "SELECT count(*), count(DISTINCT run), coalesce(min(nullif(month, '')), ''), coalesce(max(month), '')"
            " FROM counted"
        )
    return Trends(trends, *row)


def _measure(views: Views, by: str, heap: float) -> list[Trend]:
    """The trends along one dimension. `heap` is how much findings vary from letter to letter whatever they are."""
    trends = []
    for label, letters, findings, squares, affected, family in views.select(_QUERIES[by]):
        count, seen = findings or 0, affected or 0
        own = measure_heap(count, letters, squares or 0)
        trends.append(
            Trend(
                by,
                label,
                family if by == "rule" else "",
                count,
                letters,
                seen,
                count / max(letters, 1),
                estimate_rate(count, letters, own if by in ("rule", "family") else max(own, heap)),
                seen / max(letters, 1),
                estimate_share(seen, letters),
            )
        )
    if by == "month":
        return sorted(trends, key=lambda trend: (not trend.label, trend.label))
    return sorted(trends, key=lambda trend: (-trend.rate, trend.label))


def _measure_heap(views: Views) -> float:
    for _, letters, findings, squares, _, _ in views.select(_QUERIES["all"]):
        return measure_heap(findings or 0, letters, squares or 0)
    return 1.0
