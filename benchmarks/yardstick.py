"""The accuracy of imrlint in one short report: support, false alarms, random edits, paraphrased defects, forecasts.

    python benchmarks/yardstick.py [--edits N] [--pairs N] [--seed N]

`support.py`, `alarms.py`, `edits.py`, `paraphrase.py` and `forecast.py` beside this file explain the figures and print
more of each. The trained reader is left out: it takes longer than all the rest, and `doubts.py` measures it. With the
default sizes the report takes about a minute on one core. The exit code is 0, whatever the
figures are, unless a pair cannot be run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import support
from alarms import RIGHT, check_letters, print_alarms
from editing import read_letters
from edits import LETTERS, count_false_alarms, judge_kinds, print_rates
from forecast import print_forecasts, read_forecasts
from paraphrase import PAIRS, Invalid, print_verdicts, read_pairs, run_pairs
from supporting import count_support

os.environ.setdefault("IMRLINT_READER", "off")
EDITS = 100  # of each kind


def report_support() -> None:
    letters = support.read_letters([support.LETTERS])
    if letters:
        support.print_figures(count_support(letters))
    else:
        print("Support: no letters at hand")


def report_edits(folder: Path, most: int, seed: int) -> None:
    letters = read_letters(folder)
    print(f"Random edits in {len(letters)} right letters, which have {count_false_alarms(letters)} warnings and errors")
    print_rates(judge_kinds(letters, most, seed))


def report_pairs(folder: Path, most: int | None) -> None:
    """Prints the report. Raises `Invalid` where a pair cannot be run."""
    pairs = read_pairs(folder)
    if not pairs:
        print("Paraphrased defects: no pairs")
        return
    chosen = pairs if most is None else pairs[:: max(1, -(-len(pairs) // most))]
    print(f"Paraphrased defects, each beside a right twin: {len(chosen)} of {len(pairs)} pairs")
    print_verdicts(run_pairs(chosen, LETTERS))


def report_forecasts() -> None:
    print("Forecasts on letters that made no rule")
    print_forecasts(read_forecasts())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--edits", type=int, default=EDITS, help="edits of a kind")
    options.add_argument("--pairs", type=int, help="pairs, taken evenly; all by default")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    began = time.monotonic()
    report_support()
    print()
    print_alarms(check_letters(RIGHT))
    print()
    report_edits(LETTERS, chosen.edits, chosen.seed)
    print()
    try:
        report_pairs(PAIRS, chosen.pairs)
    except Invalid as error:
        sys.exit(str(error))
    print()
    report_forecasts()
    print(f"\n{time.monotonic() - began:.0f} seconds")


if __name__ == "__main__":
    main()
