"""What keeping runs costs, and how fast a store answers.

    python benchmarks/archive.py [LETTERS]

Invented letters (2,000 by default) are checked with and without --store, in turns: what counts is the ratio of the
times. Then the size of the store, and how long trends over 1,000,000 generated findings take, and the comparison of two
generated runs of 100,000 letters.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
from simulated_house.archive import write_letters
from simulated_house.files import write_archive

from imrlint.archive.comparison import compare_runs
from imrlint.archive.schema import TABLES
from imrlint.archive.store import Store
from imrlint.archive.trends import Choice, measure_trends

_TURNS = 2  # with and without a store
_RULES, _FINDINGS = 120, 5  # that a generated run has; of a generated letter

_GENERATED = {
    "runs": "SELECT '{run}', '2026-01-01T00:00:00+00:00', 1.0, '0', 'a', 'b', '', '', false, {letters}, 0, 0",
    "rules": (
        f"SELECT '{{run}}', 'rule-' || n, 'ABC' || n, 'family-' || n % 12, 'suspect', 'low', 'note', 'h' || n"
        f" FROM range({_RULES}) AS of(n)"
    ),
    "letters": (
        "SELECT '{run}', {base} + n, 'letters/{group}/' || n || '.txt', sha256('{group}' || n),"
        " substr(md5('{group}' || n), 1, 16), 'b', true,"
        " '20' || 14 + n % 10 || '-' || lpad((1 + n % 12)::VARCHAR, 2, '0'), 'specialty ' || n % 40"
        " FROM range({letters}) AS of(n)"
    ),
    "items": "SELECT '{run}', {base} + n // 2, n % 2, 'kind ' || n % 16, 'upheld' FROM range({letters} * 2) AS of(n)",
    "findings": (
        "SELECT '{run}', {base} + n // {each}, substr(md5(key), 1, 16), 'rule-' || h % {rules},"
        " 'family-' || h % {rules} % 12, ['note', 'warning', 'error'][1 + h % 3], 'low', 0.95, false,"
        " CASE WHEN h % 3 = 0 THEN NULL ELSE h % 2 END, spot, spot + 10, spot // 50, NULL, NULL,"
        " 'message ' || h % 500, ''"
        " FROM (SELECT n, h, '{group}' || n || CASE WHEN h % 100 < {changed} THEN '{run}' ELSE '' END AS key,"
        "  n % {each} * 100 + CASE WHEN h % 100 < {changed} THEN {nth} * 20 ELSE 0 END AS spot"
        "  FROM (SELECT n, (hash(n) % 1000000)::INTEGER AS h FROM range({letters} * {each}) AS of(n)))"
    ),
}


class Cost(NamedTuple):
    """Seconds that a command took, by the clock and of all processors together."""

    wall: float
    processor: float


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_keeping(folder, number)
        measure_trends_of_many(folder / "many")
        measure_comparison(folder / "two")


def measure_keeping(folder: Path, number: int) -> None:
    """Check letters with and without a store, in turns."""
    write_archive(folder / "letters", write_letters(number, 1))
    plain, kept = [], []
    for turn in range(_TURNS):
        plain.append(check(folder))
        kept.append(check(folder, "--store", str(folder / f"store-{turn}")))
    best = [Cost(*map(min, zip(*costs, strict=True))) for costs in (plain, kept)]
    size = sum(path.stat().st_size for path in (folder / "store-0").rglob("*") if path.is_file())
    findings = Store(folder / "store-0")
    (run,) = findings.list_runs()
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT count(*) FROM '{findings.runs / run}/findings-*.parquet'").fetchall()
    print(f"{number:,} letters, {rows[0][0]:,} findings, best of {_TURNS}")
    for what, costs in (("without", best[0]), ("with", best[1])):
        print(f"  {what + ' a store':16} {costs.wall:7.1f} s, {costs.processor:7.1f} s of processors")
    print(f"  ratio {best[1].wall / best[0].wall:.3f}, of processors {best[1].processor / best[0].processor:.3f}")
    print(f"  the store has {size / 1e3:,.0f} kB")


def check(folder: Path, *options: str) -> Cost:
    """The cost of checking the letters with two processes and without the trained reader."""
    command = [sys.executable, "-m", "imrlint", "check", str(folder / "letters"), "--jobs", "2", "-q", *options]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "IMRLINT_READER": "off"}
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
    if done.returncode == 2:
        sys.exit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - start, processor)


def measure_trends_of_many(folder: Path) -> None:
    """Trends over ten runs of 20,000 letters, no two of them the same."""
    store = Store.create(folder)
    for n in range(10):
        generate(store, f"20260101-0000{n:02}", f"group-{n}", 20_000)
    seconds = best_of_three(lambda: measure_trends(store, Choice()))
    print(f"trends over 1,000,000 findings in 200,000 letters: {seconds:.2f} s")


def measure_comparison(folder: Path) -> None:
    """Two runs of 100,000 letters of which one finding in a hundred is not the same."""
    store = Store.create(folder)
    runs = ("20260101-000000", "20260101-000001")
    for run in runs:
        generate(store, run, "group", 100_000, changed=1)
    seconds = best_of_three(lambda: compare_runs(store, *runs))
    comparison = compare_runs(store, *runs)
    print(f"comparison of two runs of 100,000 letters, {comparison.counts['new']:,} new findings: {seconds:.2f} s")


def generate(store: Store, run: str, group: str, letters: int, changed: int = 0) -> None:
    """A run of letters of a group. `changed` is the percentage of findings that no other run has."""
    place = store.runs / run
    place.mkdir()
    nth = int(run[-2:])
    with duckdb.connect() as connection:
        for table, query in _GENERATED.items():
            connection.execute(f"CREATE TABLE {table} ({TABLES[table]})")
            rows = query.format(
                run=run, nth=nth, base=nth << 23, group=group, letters=letters, changed=changed, each=_FINDINGS,
                rules=_RULES,
            )  # fmt: skip
            connection.execute(f"INSERT INTO {table} {rows}")
            connection.execute(f"COPY {table} TO '{place / table}-0000.parquet' (FORMAT parquet, COMPRESSION zstd)")


def best_of_three(work: Callable[[], object]) -> float:
    """The seconds that the fastest of three times took."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
