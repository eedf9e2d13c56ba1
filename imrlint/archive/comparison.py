"""Comparing two runs: which findings are new, which are gone, which moved or are graded otherwise.

A letter of one run is that letter of the other that has its name, else its content, else its case number. A finding
is known again by its fingerprint; in a letter that has not changed, also by a finding of the same rule that overlaps
with it. Findings in letters that only one of the runs has are no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imrlint.archive.schema import RunRow
from imrlint.archive.store import Store
from imrlint.archive.views import Views, open_views

STATUSES = ("new", "gone", "regraded", "moved")


class Change(NamedTuple):
    """A finding that is not the same in both runs.

    The place, severity and words are those of the later run, of a finding that is gone those of the earlier.
    `before` is the former severity of one that is regraded, and the former place of one that moved.
    """

    status: str
    letter: str
    line: int
    page: int | None
    paragraph: int | None
    severity: str
    rule: str
    message: str
    excerpt: str
    fingerprint: str
    before: str


class RuleChange(NamedTuple):
    """How often the findings of a rule changed in each way.

    `itself` says what became of the rule: "changed" (its file or its options), "no longer run", "not run before".
    """

    rule: str
    new: int
    gone: int
    regraded: int
    moved: int
    itself: str


@dataclass(frozen=True)
class Comparison:
    """What two runs have in common, and what not."""

    before: RunRow
    after: RunRow
    letters: int  # in both
    changed_letters: int  # of these, with another content
    only_before: Sequence[str]
    only_after: Sequence[str]
    same: int  # findings
    changes: Sequence[Change]
    rules: Sequence[RuleChange]

    @property
    def counts(self) -> Counter[str]:
        """The number of changes of each status."""
        return Counter(change.status for change in self.changes)

    @property
    def differs(self) -> bool:
        """Whether a finding is new, gone or regraded."""
        return any(change.status != "moved" for change in self.changes)


_SIDES = (
    "CREATE TEMP TABLE earlier AS SELECT * FROM letters WHERE run = $before AND checked",
    "CREATE TEMP TABLE later AS SELECT * FROM letters WHERE run = $after AND checked",
)
_PAIRS = (
    "CREATE TEMP TABLE pairs (one BIGINT, two BIGINT, same BOOLEAN, name VARCHAR)",
    *(
        f"""
        INSERT INTO pairs SELECT one.letter, two.letter, one.content = two.content, two.name
        FROM (
            SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY name) AS nth FROM earlier
            WHERE {key} <> '' AND letter NOT IN (SELECT one FROM pairs)
        ) AS one JOIN (
            SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY name) AS nth FROM later
            WHERE {key} <> '' AND letter NOT IN (SELECT two FROM pairs)
        ) AS two USING ({key}, nth)
        """
        for key in ("name", "content", "cased")
    ),
)
_FOUND = tuple(
    f"""
    CREATE TEMP TABLE {table} AS
    SELECT row_number() OVER () AS id, pairs.one AS pair, pairs.same, pairs.name, findings.*,
        row_number() OVER (PARTITION BY findings.letter, fingerprint ORDER BY first, rule) AS nth
    FROM findings JOIN pairs ON findings.letter = pairs.{side}
    """
    for table, side in (("was", "one"), ("found", "two"))
)
_MATCHES = (
    """
    CREATE TEMP TABLE matches AS
    SELECT was.id AS one, found.id AS two FROM was JOIN found USING (pair, fingerprint, nth)
    """,
    """
    INSERT INTO matches
    SELECT one, two FROM (
        SELECT was.id AS one, found.id AS two,
            row_number() OVER (PARTITION BY was.id ORDER BY abs(was.first - found.first), found.id) AS nearest,
            row_number() OVER (PARTITION BY found.id ORDER BY abs(was.first - found.first), was.id) AS back
        FROM was JOIN found ON was.pair = found.pair AND was.rule = found.rule AND was.same
            AND was.first < greatest(found.after, found.first + 1) AND found.first < greatest(was.after, was.first + 1)
        WHERE was.id NOT IN (SELECT one FROM matches) AND found.id NOT IN (SELECT two FROM matches)
    ) WHERE nearest = 1 AND back = 1
    """,
)
_SHOWN = "line, page, paragraph, severity, rule, message, excerpt, fingerprint"
_MOVED = """
    (found.line <> was.line OR found.page IS DISTINCT FROM was.page OR found.paragraph IS DISTINCT FROM was.paragraph
    OR (found.same AND (found.first <> was.first OR found.after <> was.after)))
"""
_PLACE = "CASE WHEN was.page IS NOT NULL THEN 'page ' || was.page ELSE 'line ' || was.line END"
_CHANGES = f"""
SELECT 'new' AS status, name, {_SHOWN}, '' AS before FROM found WHERE id NOT IN (SELECT two FROM matches)
UNION ALL
SELECT 'gone', name, {_SHOWN}, '' FROM was WHERE id NOT IN (SELECT one FROM matches)
UNION ALL
SELECT CASE WHEN was.severity <> found.severity THEN 'regraded' ELSE 'moved' END, found.name,
    {", ".join(f"found.{column}" for column in _SHOWN.split(", "))},
    CASE WHEN was.severity <> found.severity THEN was.severity ELSE {_PLACE} END
FROM matches JOIN was ON was.id = matches.one JOIN found ON found.id = matches.two
WHERE was.severity <> found.severity OR {_MOVED}
"""
_RULES = """
SELECT coalesce(one.rule, two.rule), CASE
    WHEN two.rule IS NULL THEN 'no longer run' WHEN one.rule IS NULL THEN 'not run before'
    WHEN one.hashes <> two.hashes THEN 'changed' ELSE '' END
FROM (SELECT rule, list(DISTINCT hash ORDER BY hash) AS hashes FROM rules WHERE run = $before GROUP BY rule) AS one
FULL JOIN (SELECT rule, list(DISTINCT hash ORDER BY hash) AS hashes FROM rules WHERE run = $after GROUP BY rule) AS two
ON one.rule = two.rule
"""


def compare_runs(store: Store, before: str, after: str) -> Comparison:
    """What changed from one run to another, by their full names. Raises BadStore."""
    with open_views(store, [before, after]) as views:
        for statement in (*_SIDES, *_PAIRS, *_FOUND, *_MATCHES):
            wanted = {name: run for name, run in (("before", before), ("after", after)) if f"${name}" in statement}
            views.execute(statement, wanted)
        changes = [Change(*row) for row in views.select(_CHANGES)]
        changes.sort(key=lambda each: (STATUSES.index(each.status), each.letter, each.line, each.rule))
        runs = {row[0]: RunRow(*row) for row in views.select("SELECT * FROM runs")}
        ((letters, changed),) = views.select("SELECT count(*), count(*) FILTER (NOT same) FROM pairs")
        matched = views.select("SELECT count(*) FROM matches")[0][0]
        altered = dict(views.select(_RULES, {"before": before, "after": after}))
        return Comparison(
            runs[before],
            runs[after],
            letters,
            changed,
            _list_unpaired(views, "earlier", "one"),
            _list_unpaired(views, "later", "two"),
            matched - sum(change.status in ("regraded", "moved") for change in changes),
            changes,
            _count_by_rule(changes, altered),
        )


def _list_unpaired(views: Views, table: str, side: str) -> list[str]:
    query = f"SELECT name FROM {table} WHERE letter NOT IN (SELECT {side} FROM pairs) ORDER BY name"
    return [name for (name,) in views.select(query)]


def _count_by_rule(changes: Sequence[Change], altered: dict[str, str]) -> list[RuleChange]:
    """A row for each rule with changes, or that itself is another one now; those with most changes first."""
    counts = Counter((change.rule, change.status) for change in changes)
    names = {change.rule for change in changes} | {rule for rule, itself in altered.items() if itself}
    rows = [
        RuleChange(
            name,
            counts[name, "new"],
            counts[name, "gone"],
            counts[name, "regraded"],
            counts[name, "moved"],
            altered.get(name, ""),
        )
        for name in names
    ]
    return sorted(rows, key=lambda row: (-row.new - row.gone, -row.regraded - row.moved, row.rule))
