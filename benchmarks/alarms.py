"""What imrlint reports in right letters that were written without sight of the rules: false alarms, nearly all of it.

    python benchmarks/alarms.py [FOLDER] [--list]

The letters are those in `right/` by default; `--list` prints each warning and error.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import imrlint
from imrlint.engine.findings import Severity

RIGHT = Path(__file__).parent / "right"


def check_letters(folder: Path) -> dict[str, list[tuple[Severity, str, str]]]:
    """The warnings and errors in each letter of a folder: severity, rule and message, by the name of the letter."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        report = imrlint.check(path.read_text(encoding="utf-8"), path.name)
        serious = report.at_least(Severity.WARNING)
        found[path.stem] = [(each.severity, each.name, each.finding.message) for each in serious]
    return found


def print_alarms(found: dict[str, list[tuple[Severity, str, str]]]) -> None:
    """How many there are a letter, and how many of each rule."""
    alarms = [alarm for each in found.values() for alarm in each]
    errors = sum(severity is Severity.ERROR for severity, _, _ in alarms)
    letters = max(len(found), 1)
    print(f"Right letters written without sight of the rules: {len(found)}")
    print(f"  warnings and errors  {len(alarms):3} ({len(alarms) / letters:.2f} a letter)")
    print(f"  errors               {errors:3} ({errors / letters:.2f} a letter)")
    rules = Counter(rule for _, rule, _ in alarms)
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
            for severity, rule, message in alarms:
                print(f"{name}: {severity.word}: {message} [{rule}]")


if __name__ == "__main__":
    main()
