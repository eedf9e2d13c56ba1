"""In how many letters each alternative of a pattern over prose, and each row of a table, is used.

    python benchmarks/support.py [FOLDER…] [--write | --check | --list | --all]

An alternative that matches in no letter or in one only was written for that letter, not for a kind of error.
`support.tsv` beside this file lists these alternatives, and the rows of tables that no more letters support; the list
may only shrink. Letters are read from the folders named, by default from the folder of real letters that the tests
use (`IMRLINT_LETTERS`); without any, nothing is counted.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from supporting import Support, count_support

from imrlint.document.text import Source

LIST = Path(__file__).parent / "support.tsv"
LETTERS = Path(os.environ.get("IMRLINT_LETTERS", Path(__file__).resolve().parents[2] / "shared" / "letters"))
MOST = 3232  # entries of the list; may only be lowered
HEADER = "where\twhat\tletters"


def read_letters(folders: list[Path]) -> list[Source]:
    """The text files in some folders and their subfolders, in order."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    return [Source(path.read_bytes().decode("utf-8"), path.name) for path in paths]


def read_list() -> set[tuple[str, str]]:
    """The listed alternatives and rows, as the name of their pattern or table and their text."""
    lines = LIST.read_text(encoding="utf-8").split("\n")[1:-1] if LIST.exists() else []
    return {(where, what) for where, what, _ in (line.split("\t") for line in lines)}


def compare_list(support: Support) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What no letter or one supports and the list lacks; and what the list has although it has support, or is gone."""
    listed = read_list()
    found = {(where, _escape(what)) for where, what, _ in support.unsupported()}
    return sorted(found - listed), sorted(listed - found)


def write_list(support: Support) -> None:
    lines = [f"{where}\t{_escape(what)}\t{count}" for where, what, count in support.unsupported()]
    LIST.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")


def print_figures(support: Support) -> None:
    """Prints how many alternatives and rows are used in no letter, in one, and in more."""
    print(f"Support in {support.letters} letters, {support.patterns} patterns over prose")
    for kind, chosen in (("alternatives", "reading. rules."), ("rows of tables", "knowledge.")):
        counts = [n for (where, _), n in support.counts.items() if where.startswith(tuple(chosen.split()))]
        none, one = counts.count(0), counts.count(1)
        print(
            f"  {kind:15} {len(counts):5}: {none:5} in no letter, {one:5} in one, {len(counts) - none - one:5} in more"
        )


def _escape(text: str) -> str:
    return text.replace("\t", "\\t").replace("\n", "\\n")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", type=Path, nargs="*")
    options.add_argument("--write", action="store_true", help="write support.tsv anew")
    options.add_argument("--check", action="store_true", help="fail when something new has no support")
    options.add_argument("--all", action="store_true", help="print in how many letters each thing fires")
    options.add_argument("--list", action="store_true", help="print what no letter or one supports")
    chosen = options.parse_args()
    letters = read_letters(chosen.folders or [LETTERS])
    if not letters:
        print("Support: no letters at hand")
        return 0
    support = count_support(letters)
    print_figures(support)
    if chosen.list:
        for where, what, count in support.unsupported():
            print(f"{count}  {where}  {what}")
    if chosen.write:
        write_list(support)
    if chosen.all:
        for (where, what), count in sorted(support.counts.items()):
            print(f"{count:3}  {where}  {what}")
    if not chosen.check:
        return 0
    missing, stale = compare_list(support)
    for where, what in missing:
        print(f"not supported by two letters, and not listed: {where}: {what}", file=sys.stderr)
    for where, what in stale:
        print(f"listed, but supported by now or gone: {where}: {what}", file=sys.stderr)
    return 1 if missing or stale or len(read_list()) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
