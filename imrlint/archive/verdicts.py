"""What people say of findings: right or wrong, why, and who says so. Verdicts are added and never changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from imrlint.archive.schema import BadStore, Judgment
from imrlint.archive.store import Store
from imrlint.archive.views import open_views

SHORTEST = 8
"""Characters of a mark that identify its finding."""


class Verdict(NamedTuple):
    """A verdict on the finding with a fingerprint. `hash` is that of the rule that made it, `at` in UTC (ISO 8601)."""

    fingerprint: str
    rule: str
    hash: str
    judgment: Judgment
    reason: str
    by: str
    at: str


class MarkedFinding(NamedTuple):
    """A finding that a mark names: its fingerprint, its rule with the hash of that, and its letter."""

    fingerprint: str
    rule: str
    hash: str
    letter: str


def find_marked(store: Store, mark: str) -> MarkedFinding:
    """The finding with this mark, or with one that begins so, as the last run with it has it. Raises BadStore."""
    if len(mark) < SHORTEST:
        raise BadStore(f'"{mark}" is too short for a mark: give at least its first {SHORTEST} characters')
    with open_views(store) as views:
        rows = views.select(
            "SELECT fingerprint, rule, coalesce(any_value(hash), ''), any_value(name) FROM ("
            "    SELECT * FROM findings WHERE starts_with(fingerprint, $mark)"
            "    QUALIFY row_number() OVER (PARTITION BY fingerprint ORDER BY run DESC) = 1"
            ") AS found JOIN letters USING (run, letter) LEFT JOIN rules USING (run, rule) GROUP BY fingerprint, rule",
            {"mark": mark.lower()},
        )
    if not rows:
        raise BadStore(f'no finding in {store.folder} has the mark "{mark}"; imrlint check --marks shows the marks')
    if len(rows) > 1:
        raise BadStore(f'{len(rows)} findings have marks that begin with "{mark}"; give more of it')
    return MarkedFinding(*rows[0])


def add_verdict(store: Store, finding: MarkedFinding, judgment: Judgment, reason: str, by: str) -> Verdict:
    """Add a verdict. Raises BadStore."""
    if not reason.strip() or not by.strip():
        raise BadStore("a verdict needs a reason, and the name of who gives it")
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    verdict = Verdict(finding.fingerprint, finding.rule, finding.hash, judgment, reason.strip(), by.strip(), now)
    try:
        with store.alone() as connection:
            connection.execute(
                "INSERT INTO verdicts (fingerprint, rule, hash, verdict, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                verdict._replace(judgment=judgment.value),  # type: ignore[arg-type]
            )
    except sqlite3.Error as error:
        raise BadStore(f"{store.folder}: the verdict cannot be written: {error}") from error
    return verdict


def read_verdicts(store: Store) -> list[Verdict]:
    """Every verdict, in the order in which they were given. Raises BadStore."""
    try:
        with closing(store.connect()) as connection:
            rows = connection.execute(
                "SELECT fingerprint, rule, hash, verdict, reason, by, at FROM verdicts ORDER BY number"
            ).fetchall()
    except sqlite3.Error as error:
        raise BadStore(f"{store.folder}: the verdicts cannot be read: {error}") from error
    return [Verdict(*row)._replace(judgment=Judgment(row[3])) for row in rows]
