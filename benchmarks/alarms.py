"""What imrlint reports in right letters that were written without sight of the rules: false alarms, nearly all of it.

    python benchmarks/alarms.py [FOLDER] [--list]

The letters are those in `right/` by default; `--list` prints each warning and error.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import imrlint
from imrlint.engine.findings import Diagnostic, Severity

RIGHT = Path(__file__).parent / "right"


def check_letters(folder: Path) -> dict[str, list[Diagnostic]]:
    """The warnings and errors in each letter of a folder, by the name of the letter."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        report = imrlint.check(path.read_text(encoding="utf-8"), path.name)
        found[path.stem] = list(report.at_least(Severity.WARNING))
    return found


def print_alarms(found: dict[str, list[Diagnostic]]) -> None:
    """How many there are a letter, and how many of each rule."""
    alarms = [alarm for each in found.values() for alarm in each]
    errors = sum(alarm.severity is Severity.ERROR for alarm in alarms)
    letters = max(len(found), 1)
    print(f"Right letters written without sight of the rules: {len(found)}")
    print(f"  warnings and errors  {len(alarms):3} ({len(alarms) / letters:.2f} a letter)")
    print(f"  errors               {errors:3} ({errors / letters:.2f} a letter)")
    rules = Counter(alarm.name for alarm in alarms)
    print("  by rule              " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=RIGHT)
    options.add_argument("--list", action="store_true", help="print each warning and error")
    chosen = options.parse_args()
    found = check_letters(chosen.folder)
    print_alarms(found)
    if chosen.list:
        for name, alarms in found.items():
            for alarm in alarms:
                print(f"{name}: {alarm.severity.word}: {alarm.finding.message} [{alarm.name}]")


if __name__ == "__main__":
    main()
