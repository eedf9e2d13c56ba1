"""The share of random single edits in correct letters that imrlint finds.

    python benchmarks/edits.py [FOLDER] [--most N] [--seed N] [--kind NAME] [--misses]

The edits are made by the package `editing`, which shares no word list with the rules. The columns are

  edits      edited letters, each with one edit
  found      share with a new warning or error that overlaps the edit, by its own place or by one in its notes
  noted      the same, notes counted too
  opposite   share whose only new warning or error is at the place with the correct value
  elsewhere  new warnings and errors anywhere else, per 100 edits

The kinds side, part, drug, number, date and negation-verdict change only what another place of the letter confirms.
In the other kinds a few edits happen to make sense, so that 1.00 cannot be reached. By default the invented letters
of this repository are edited. Runs with the same seed and letters give the same figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from editing import KINDS, Edit, RightLetter, make_edits, read_letters
from editing.edit import move_span
from editing.lexicon import Lexicon
from observation import Found, drop_known, find_defects, print_share

LETTERS = Path(__file__).parent / "letters"
MOST = 100  # edits of each kind


@dataclass
class Rates:
    """Counts over the edits of a kind."""

    edits: int = 0
    found: int = 0
    noted: int = 0
    opposite: int = 0
    elsewhere: int = 0

    def add(self, other: Rates) -> None:
        for name, count in vars(other).items():
            setattr(self, name, getattr(self, name) + count)


def judge_edit(edit: Edit, before: list[Found]) -> Rates:
    """The counts for one edit. `before` are the findings in the correct letter."""
    old, length = edit.old, len(edit.new)
    after = find_defects(edit.text, edit.letter.name)
    new = drop_known(after, before, lambda span: move_span(span, old, length))
    serious = [finding for finding in new if finding.serious]
    there = [finding for finding in serious if finding.overlaps(edit.place)]
    opposite = [finding for finding in serious if finding not in there and finding.overlaps(*edit.witnesses)]
    return Rates(
        edits=1,
        found=bool(there),
        noted=any(finding.overlaps(edit.place) for finding in new),
        opposite=bool(opposite) and not there,
        elsewhere=len(serious) - len(there) - len(opposite),
    )


def judge_kinds(
    letters: Sequence[RightLetter], most: int, seed: int, kinds: Sequence[str] = (), misses: bool = False
) -> Iterator[tuple[str, Rates]]:
    """The counts of the kinds named, by default of all. With `misses`, edits that are not found are printed."""
    lexicon = Lexicon(letters)
    before = {letter.name: find_defects(letter.text, letter.name) for letter in letters}
    for kind in KINDS:
        if kinds and kind.name not in kinds:
            continue
        rates = Rates()
        for edit in make_edits(letters, lexicon, kind, most, seed):
            judged = judge_edit(edit, before[edit.letter.name])
            rates.add(judged)
            if misses and not judged.found:
                print(f"missed {kind.name} {edit.letter.name}: {show_edit(edit)}")
        yield kind.name, rates


def show_edit(edit: Edit) -> str:
    """An edit as [old > new], with some words on either side."""
    text, (start, end) = edit.letter.text, edit.old
    shown = f"{text[max(0, start - 40) : start]}[{text[start:end]} > {edit.new}]{text[end : end + 40]}"
    return " ".join(shown.split())


def print_rates(rates: Iterator[tuple[str, Rates]]) -> None:
    """Prints the table of all kinds."""
    print(f"{'':20}{'edits':>6}{'found':>7}{'noted':>7}{'opposite':>10}{'elsewhere':>11}")
    for name, kind in rates:
        shares = [print_share(part, kind.edits) for part in (kind.found, kind.noted, kind.opposite)]
        elsewhere = print_share(100 * kind.elsewhere, kind.edits)
        print(f"{name:20}{kind.edits:6}{shares[0]:>7}{shares[1]:>7}{shares[2]:>10}{elsewhere:>11}", flush=True)


def count_false_alarms(letters: Sequence[RightLetter]) -> int:
    """The number of warnings and errors in the unedited letters."""
    return sum(finding.serious for letter in letters for finding in find_defects(letter.text, letter.name))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=LETTERS)
    options.add_argument("--most", type=int, default=MOST, help="edits of a kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kind", action="append", default=[], choices=[kind.name for kind in KINDS])
    options.add_argument("--misses", action="store_true", help="print what was not found")
    chosen = options.parse_args()
    letters = read_letters(chosen.folder)
    print(f"{len(letters)} right letters, with {count_false_alarms(letters)} warnings and errors as they are")
    print_rates(judge_kinds(letters, chosen.most, chosen.seed, chosen.kind, chosen.misses))


if __name__ == "__main__":
    main()
