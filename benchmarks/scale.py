"""Checking a large folder: letters per second with one and two processes and from the cache, and memory. Then long
letters: microseconds a character of letters with 4, 16 and 64 times the text and the items.

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

from imrlint import parser
from imrlint.document.text import Source
from imrlint.engine import linter
from imrlint.reading import Reading
from imrlint.settings.config import Config

ROOT = Path(__file__).resolve().parent.parent
_CASE = re.compile(r"CM\d\d-\d{7}")
_STOP = re.compile(r"(?<=[a-z])\.(?=\s+[A-Z])")
_TIMES = (4, 16, 64)
_LENGTHENED = "2017-shoulder-surgery-services.txt"
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
    measure_long_letters()


def measure_long_letters() -> None:
    """Prints the processor time a character of long letters, and its ratio to that of the shortest."""
    active_rules = Config().active_rules()
    print("\nlong letters, the rules alone")
    base = 0.0
    for times in (1, 1, *_TIMES):  # the first is not counted: it loads what is needed
        text = lengthen(times)
        start = time.process_time()
        linter.lint(Reading(parser.parse(Source(text, "long.txt"))), active_rules)
        cost = (time.process_time() - start) / len(text) * 1e6
        base = cost if times == 1 else base
        items = text.count("Decision rationale:")
        if times > 1:
            print(f"{times:4} times {len(text):10,} characters {items:5} items {cost:6.2f} µs {cost / base:6.2f} x")


def lengthen(times: int) -> str:
    """A letter with its summary and its items repeated, each time with other numbers."""
    text = (ROOT / "benchmarks" / "letters" / _LENGTHENED).read_text(encoding="utf-8")
    before, opening, rest = text.partition("including all medical records:\n")
    summary, heading, rest = rest.partition("                      IMR ISSUES")
    announcement, colon, disputes = rest.partition("set forth below:\n")
    return "".join(
        (
            before + opening,
            *(_STOP.sub(f" as of record {n}.", summary) for n in range(times)),
            heading + announcement + colon,
            *(_STOP.sub(f" as of record {n}.", disputes) for n in range(times)),
        )
    )


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
