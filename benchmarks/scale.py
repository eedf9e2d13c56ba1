"""Checking a large folder: letters per second with one and two processes and from the cache, and memory.

    python benchmarks/scale.py [LETTERS]

Letters are made from the examples and the benchmark letters, each with its own case number. Peak memory is
that of the main process, without its workers.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CASE = re.compile(r"CM\d\d-\d{7}")
_STOP = re.compile(r"(?<=[a-z])\.(?=\s+[A-Z])")
_LONG = 10_000  # letters; more would take a single process too long
_MEASURED = """
import resource, sys
from imrlint.session.options import RunOptions
from imrlint.session.run import check_letters
from imrlint.output import Format
options = eval(sys.argv[2])
check_letters(RunOptions(paths=(sys.argv[1],), output_format=Format.JSONL, **options))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, number)
        print(f"{number:,} letters")
        runs: tuple[tuple[str, dict[str, object]], ...] = (
            ("1 process", {"jobs": 1}),
            ("2 processes", {"jobs": 2}),
            ("into cache", {"jobs": 2, "cache": True}),
            ("from cache", {"jobs": 2, "cache": True}),
        )
        if number > _LONG:
            runs = runs[1:]
        first = 0.0
        for what, options in runs:
            seconds, memory, findings = measure_run(folder, **options)
            first = first or seconds
            print_run(what, number, seconds, first, memory, findings)


def print_run(what: str, number: int, seconds: float, first: float, memory: int, findings: int) -> None:
    rate, faster = number / seconds, first / seconds
    times = f"{seconds:7.1f} s {rate:6.0f} letters/s {faster:5.2f} x"
    print(f"{what:12} {times} {memory / 1024:5.0f} MiB {findings:9,} findings")


def generate(folder: Path, number: int) -> None:
    """Letters in folders of a thousand."""
    texts = [
        path.read_text(encoding="utf-8")
        for place in (ROOT / "examples", ROOT / "benchmarks" / "letters")
        for path in sorted(place.glob("*.txt"))
    ]
    for n in range(number):
        place = folder / f"{n // 1000:03}"
        place.mkdir(exist_ok=True)
        text = _CASE.sub(f"CM17-99{n:05}", texts[n % len(texts)])
        text = _STOP.sub(f" as of record {n}.", text)  # otherwise every passage would occur in many letters
        (place / f"{n:06}.txt").write_text(text, encoding="utf-8")


def measure_run(folder: Path, **options: object) -> tuple[float, int, int]:
    """Seconds, peak memory in KiB, and number of findings of one run.

    Findings are written to a file rather than read into memory: the peak of a process starts at that of its
    parent, so this one must stay small.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as found:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, str(folder), repr(options)],
            stdout=found,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            cwd=folder,
        )
        seconds = time.perf_counter() - start
        found.seek(0)
        return seconds, int(done.stderr.split()[-1]), sum(1 for _ in found)


if __name__ == "__main__":
    main()
