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
from imrlint.archive.views import open_views


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


class _Figures(NamedTuple):
    """What was counted. `squares` is the sum of the squares of the findings of each letter."""

    label: str
    letters: int
    findings: int
    squares: int
    affected: int
    family: str

    @property
    def heap(self) -> float:
        """How many times more findings vary from letter to letter than chance has it."""
        return measure_heap(self.findings, self.letters, self.squares)


DIMENSIONS = ("all", "family", "rule", "specialty", "kind", "month")

_NAMES = tuple(
    f"CREATE TYPE {column}_name AS ENUM (SELECT DISTINCT {column} FROM {table} ORDER BY {column})"
    for column, table in (("run", "runs"), ("rule", "rules"), ("family", "rules"))
)
"""Names as numbers, which compare and group in half the time. Those of runs are in the order of time."""

_RULES = """
CREATE TEMP TABLE named AS
SELECT rule AS name, rule::rule_name AS rule, any_value(family)::family_name AS family FROM rules GROUP BY ALL
"""
_COUNTED = """
CREATE TEMP TABLE counted AS
SELECT letter, run, month, specialty FROM letters SEMI JOIN (
    SELECT (max((enum_code(run::run_name)::HUGEINT << 64) + letter) % (1::HUGEINT << 64))::BIGINT AS letter
    FROM letters WHERE checked GROUP BY hash(CASE WHEN cased = '' THEN name ELSE cased END)
) USING (letter)
WHERE ($specialty = '' OR specialty = $specialty)
AND ($since = '' OR month >= $since) AND ($until = '' OR (month <= $until AND month <> ''))
"""
_KINDS = """
CREATE TEMP TABLE kinds AS SELECT letter, item, kind FROM items SEMI JOIN counted USING (letter)
WHERE $kind = '' OR kind = $kind
"""
_FOUND = """
CREATE TEMP TABLE found AS
SELECT letter, named.rule, named.family, item
FROM findings JOIN named ON findings.rule = named.name SEMI JOIN counted USING (letter)
WHERE NOT accepted AND (len($rules) = 0 OR named.name IN $rules OR named.family::VARCHAR IN $rules)
"""
_OF_THE_KIND = (
    "CREATE OR REPLACE TEMP TABLE counted AS SELECT * FROM counted SEMI JOIN kinds USING (letter)",
    "CREATE OR REPLACE TEMP TABLE found AS SELECT * FROM found SEMI JOIN kinds USING (letter, item)",
)
_TOTALS = "CREATE TEMP TABLE totals AS SELECT letter, count(*) AS times FROM found GROUP BY letter"
_FIGURES = "sum(times)::BIGINT AS findings, sum(times * times)::BIGINT AS squares, count(times) AS affected"
_COUNTS = "letters, coalesce(findings, 0), coalesce(squares, 0), coalesce(affected, 0), family"
_BY_LETTER = f"""
SELECT label, {_COUNTS} FROM (
    SELECT {{label}} AS label, count(*) AS letters, {_FIGURES}, '' AS family
    FROM counted LEFT JOIN totals USING (letter) GROUP BY label
)
"""
"""What a letter has as a whole: its specialty, its month."""

_BY_FINDING = f"""
SELECT label, {_COUNTS}
FROM (
    SELECT label::VARCHAR AS label, {_FIGURES}
    FROM (SELECT {{label}} AS label, letter, count(*) AS times FROM {{found}} GROUP BY label, letter) GROUP BY label
) {{join}} JOIN ({{letters}}) USING (label)
"""
"""What each finding has of its own; `letters` is the query for the letters in which there may be such a finding."""

_QUERIES = {
    "all": _BY_LETTER.format(label="''"),
    "family": _BY_FINDING.format(
        label="family",
        found="found",
        join="INNER",
        letters="SELECT DISTINCT family AS label, (SELECT count(*) FROM counted) AS letters, '' AS family FROM rules",
    ),
    "rule": _BY_FINDING.format(
        label="rule",
        found="found",
        join="INNER",
        letters=(
            "SELECT rule AS label, sum(letters)::BIGINT AS letters, any_value(family) AS family"
            " FROM (SELECT run, rule, any_value(family) AS family FROM rules GROUP BY run, rule)"
            " JOIN (SELECT run, count(*) AS letters FROM counted GROUP BY run) USING (run) GROUP BY rule"
        ),
    ),
    "specialty": _BY_LETTER.format(label="specialty"),
    "kind": _BY_FINDING.format(
        label="kind",
        found="found JOIN kinds USING (letter, item)",
        join="RIGHT",
        letters="SELECT kind AS label, count(DISTINCT letter) AS letters, '' AS family FROM kinds GROUP BY kind",
    ),
    "month": _BY_LETTER.format(label="month"),
}


def measure_trends(store: Store, choice: Choice, by: Sequence[str] = DIMENSIONS) -> Trends:
    """The trends along these dimensions, in each the most frequent first, but months in order. Raises BadStore."""
    with open_views(store, choice.runs) as views:
        for statement in (*_NAMES, _RULES):
            views.execute(statement)
        views.execute(_COUNTED, {"specialty": choice.specialty, "since": choice.since, "until": choice.until})
        views.execute(_KINDS, {"kind": choice.kind})
        views.execute(_FOUND, {"rules": list(choice.rules)})
        for statement in _OF_THE_KIND if choice.kind else ():
            views.execute(statement)
        views.execute(_TOTALS)
        found = {each: [_Figures(*figures) for figures in views.select(_QUERIES[each])] for each in ("all", *by)}
        heap = max((figures.heap for figures in found["all"]), default=1.0)
        trends = [trend for each in by for trend in _measure(each, found[each], heap)]
        (row,) = views.select(
            "SELECT count(*), count(DISTINCT run), coalesce(min(nullif(month, '')), ''), coalesce(max(month), '')"
            " FROM counted"
        )
    return Trends(trends, *row)


def _measure(by: str, found: Sequence[_Figures], heap: float) -> list[Trend]:
    """The trends along one dimension. `heap` is how much findings vary from letter to letter whatever they are."""
    trends = [
        Trend(
            by,
            each.label,
            each.family,
            each.findings,
            each.letters,
            each.affected,
            each.findings / max(each.letters, 1),
            estimate_rate(each.findings, each.letters, each.heap if by in ("rule", "family") else max(each.heap, heap)),
            each.affected / max(each.letters, 1),
            estimate_share(each.affected, each.letters),
        )
        for each in found
    ]
    if by == "month":
        return sorted(trends, key=lambda trend: (not trend.label, trend.label))
    return sorted(trends, key=lambda trend: (-trend.rate, trend.label))
