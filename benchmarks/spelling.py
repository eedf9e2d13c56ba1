"""What imrlint offers for published misspellings.

    python benchmarks/spelling.py LIST [--most N] [--seed N] [--wrong]

LIST has a line for each misspelling, "wrong->right" or "wrong->right, right", as the dictionary of the Python
package codespell has it (codespell_lib/data/dictionary.txt). Only words of four letters or more are taken whose
right form stands in medical texts. For safe fixes, for those suggested with a warning or a note, and for two words
run together, the counts are

  right   the word offered first is right
  among   another one that is offered is right
  wrong   none is right

The list is not part of this repository. Runs with the same seed and list give the same figures.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from imrlint.knowledge.language import corrections, lexicon

_SHORTEST = 4
_LEAST = 3  # frequency of a right form


class Offer(NamedTuple):
    """What is offered for a misspelling: of which kind, and the words, the likeliest first."""

    kind: str
    words: tuple[str, ...] = ()


def read_misspellings(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Each misspelling of a list with its right forms, in lower case."""
    for line in path.read_text(encoding="utf-8").splitlines():
        wrong, _, rest = line.lower().partition("->")
        right = frozenset(form.strip() for form in rest.split(",") if form.strip())
        plain = wrong.isascii() and wrong.isalpha() and all(form.replace(" ", "").isalpha() for form in right)
        if plain and len(wrong) >= _SHORTEST and any(lexicon.frequency(form) >= _LEAST for form in right):
            yield wrong, right


def make_offer(word: str) -> Offer:
    """What is offered for a word."""
    if lexicon.is_known(word) and word not in lexicon.misspellings():
        return Offer("known")
    if (parts := corrections.split_joined(word)) and word not in lexicon.misspellings():
        return Offer("joined", (" ".join(parts),))
    correction = corrections.correct(word)
    if not correction.candidates:
        return Offer("silent")
    kind = "safe" if correction.certain else "warning" if correction.likely else "note"
    return Offer(kind, tuple(each.lower() for each in correction.candidates))


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("list", type=Path, help="the list of misspellings")
    options.add_argument("--most", type=int, default=3000, help="misspellings that are tried")
    options.add_argument("--seed", type=int, default=16)
    options.add_argument("--wrong", action="store_true", help="print each wrong offer")
    chosen = options.parse_args(arguments)
    rows = sorted(read_misspellings(chosen.list), key=lambda row: row[0])
    rows = random.Random(chosen.seed).sample(rows, min(chosen.most, len(rows)))
    counts: Counter[tuple[str, str]] = Counter()
    for wrong, right in rows:
        offer = make_offer(wrong)
        verdict = (
            "right" if offer.words[:1] and offer.words[0] in right else "among" if right & {*offer.words} else "wrong"
        )
        counts[offer.kind, verdict] += 1
        if chosen.wrong and offer.words and verdict == "wrong":
            print(f"{offer.kind}: {wrong} -> {', '.join(offer.words)}, right: {', '.join(sorted(right))}")
    print(f"{len(rows)} misspellings")
    for kind in ("safe", "warning", "note", "joined"):
        print(
            f"  {kind:8}" + "".join(f"  {verdict} {counts[kind, verdict]:5}" for verdict in ("right", "among", "wrong"))
        )
    print(f"  no offer  {counts['silent', 'wrong']:5}")
    print(f"  known as words {counts['known', 'wrong']:5}")


if __name__ == "__main__":
    main()
