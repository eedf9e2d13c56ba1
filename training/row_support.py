"""Count in how many letters each row of the tables occurs, and write the counts into their column `support`.

    python training/row_support.py [--write] FOLDER…

Only rows that letters support are counted ("letters:N"); a law, a guideline or a published list needs none. Letters of
one reviewer count once, where the letter prints the reviewer's licences and specialties. What is printed, without any
word of the letters: for each table its rows at 0 and at 1 letter. Letters are read as imrlint reads them; of a
confusion, the finding of the rule real-word-error counts.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import imrlint
from imrlint.document.letter import Letter
from imrlint.document.prose import Prose
from imrlint.knowledge import registry, tables
from imrlint.knowledge.tables import Table
from imrlint.knowledge.terms import Terms

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FOLDER = Path(tables.__file__).parent

Counter = Callable[[Letter], Iterator[int]]
"""The numbers of the rows of a table that occur in a letter."""


def proses(letter: Letter) -> Iterator[Prose]:
    """All running text of a letter, and the titles of its items."""
    yield from letter.prose
    yield from (Prose(letter.source, dispute.title.span) for dispute in letter.disputes)


def count_terms(table: Table[Any], terms: Callable[[Any], tuple[str, ...]]) -> Counter:
    index = Terms([(term, number) for number, row in enumerate(table.rows) for term in terms(row)], lane=lambda n: n)

    def count(letter: Letter) -> Iterator[int]:
        for prose in proses(letter):
            yield from (term.meaning for term in index.find(prose.text))

    return count


def count_patterns(table: Table[Any], patterns: Callable[[Any], tuple[str, ...]]) -> Counter:
    compiled = [[re.compile(pattern, re.IGNORECASE) for pattern in patterns(row)] for row in table.rows]

    def count(letter: Letter) -> Iterator[int]:
        texts = [prose.text for prose in proses(letter)]
        for number, row in enumerate(compiled):
            if any(pattern.search(text) for pattern in row for text in texts):
                yield number

    return count


def count_phrases(letter: Letter) -> Iterator[int]:
    """Rows whose pattern is found in a prose in which one of their anchors stands."""
    for prose in proses(letter):
        words = _WORD.findall(prose.text.lower())
        standing = {*words, *map(" ".join, pairwise(words))}
        for number, row in enumerate(registry.PHRASES.rows):
            if standing.intersection(row.anchor) and re.search(row.pattern, prose.text, re.IGNORECASE):
                yield number


def count_misspellings(letter: Letter) -> Iterator[int]:
    words = {word for prose in proses(letter) for word in _WORD.findall(prose.text.casefold())}
    return (number for number, row in enumerate(registry.MISSPELLINGS.rows) if row.wrong.casefold() in words)


def count_confusions(letter: Letter) -> Iterator[int]:
    found = {
        (letter.source[diagnostic.finding.span].casefold(), edit.text.casefold())
        for diagnostic in imrlint.check(letter.source).diagnostics
        if diagnostic.name == "real-word-error" and diagnostic.finding.fix
        for edit in diagnostic.finding.fix.edits
    }
    return (number for number, row in enumerate(registry.CONFUSIONS.rows) if (row.wrong, row.right.casefold()) in found)


def count_specialties(letter: Letter) -> Iterator[int]:
    printed = {specialty.raw.casefold() for specialty in letter.reviewer.specialties}
    return (number for number, row in enumerate(registry.SPECIALTIES.rows) if row.specialty.casefold() in printed)


def counters() -> dict[Table[Any], Counter]:
    return {
        registry.MISSPELLINGS: count_misspellings,
        registry.CONFUSIONS: count_confusions,
        registry.PHRASES: count_phrases,
        registry.WORDINGS: count_patterns(registry.WORDINGS, lambda row: (rf"\b{row.wording}\b",)),
        registry.TREATMENTS: count_terms(registry.TREATMENTS, lambda row: row.terms),
        registry.DRUGS: count_terms(registry.DRUGS, lambda row: (row.name, *row.aliases)),
        registry.SUBJECTS: count_terms(registry.SUBJECTS, lambda row: row.terms),
        registry.SPECIALTIES: count_specialties,
    }


def reviewer(letter: Letter) -> object:
    """What a letter says of its reviewer; the letter itself where it says nothing."""
    said = letter.reviewer
    told = (*(each.raw for each in said.states), *(each.raw for each in said.specialties))
    return told or letter.source.name


def write(table: Table[Any], reviewers: dict[int, set[object]]) -> None:
    path = _FOLDER / table.file
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    column = header.split("\t").index("support")
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if cells[column].startswith("letters:"):
            cells[column] = f"letters:{len(reviewers[number])}"
            lines[number] = "\t".join(cells)
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)
    options.add_argument("--write", action="store_true", help="write the counts into the tables")
    chosen = options.parse_args()
    paths = sorted(path for folder in chosen.folders for path in folder.glob("*.txt"))
    by_table = counters()
    found: dict[Table[Any], dict[int, set[object]]] = {table: defaultdict(set) for table in by_table}
    for path in paths:
        letter = imrlint.parse(imrlint.read(path))
        for table, count in by_table.items():
            for number in count(letter):
                found[table][number].add(reviewer(letter))
    print(f"{len(paths)} letters")
    for table, reviewers in found.items():
        counted = [number for number, row in enumerate(table.rows) if row.support.letters is not None]
        at = [sum(len(reviewers[number]) == letters for number in counted) for letters in (0, 1)]
        print(f"{table.file}: {len(counted)} rows counted, {at[0]} at 0, {at[1]} at 1")
        if chosen.write:
            write(table, reviewers)


if __name__ == "__main__":
    main()
