"""Compile `names.txt` from the frequencies of names in the United States census of 1990.

    python training/names.py --census DIR [--out FILE]

    --census    the folder with dist.all.last, dist.female.first and dist.male.first of the Census Bureau, which
                the Python package names contains

The file has one name a line, in lower case and sorted, marked "g" where it is a given name and "s" where it is a
surname. Rarer names than the limits below are left out: too many of them are ordinary words.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from imrlint.knowledge import registry, tables

_LIMITS = {"dist.female.first": 1500, "dist.male.first": 1000, "dist.all.last": 10000}


def read_names(folder: Path) -> dict[str, str]:
    """The names with their marks."""
    marks: dict[str, set[str]] = defaultdict(set)
    for file, limit in _LIMITS.items():
        for line in (folder / file).read_text(encoding="ascii").splitlines()[:limit]:
            marks[line.split()[0].lower()].add("s" if file.endswith("last") else "g")
    return {name: "".join(sorted(found)) for name, found in sorted(marks.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--census", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(tables.__file__).parent / registry.NAMES)
    chosen = parser.parse_args()
    lines = (f"{name}\t{marks}\n" for name, marks in read_names(chosen.census).items())
    chosen.out.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
