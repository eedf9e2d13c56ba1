"""What the trained reader adds to the rules, at several thresholds, on letters that proofreaders have marked.

    python benchmarks/doubts.py FOLDER GOLD.tsv… [--right FOLDER]

FOLDER has the letters (CASE.txt), each GOLD file the columns case, class and quote (or quoted), and perhaps
importance. A mark counts as
found where a finding overlaps its quotation. Printed for the rules alone, and for each threshold for the reader alone
and for both: findings a letter, the share of them on a mark, and the recall of wrong words (E), grammar (F) and
punctuation
(P); with --right, also the findings a letter of the reader in letters without slips. The weights of the reader were
fitted to some published
letters: on these, only `training/calibrate_reader.py`, which fits them anew without the letter that is judged, is fair.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from editing.letter import Span
from forecast import find_quote
from observation import print_share

import imrlint
from imrlint import reader
from imrlint.reading import Reading
from imrlint.reading.doubts import Doubter, WordDoubt
from imrlint.settings.config import Config, ReaderSettings

CLASSES = ("E", "F", "P")
THRESHOLDS = (0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.3)


class Mark(NamedTuple):
    """What a proofreader marked: its class, its quotation, and the places of that in the letter."""

    case: str
    kind: str
    places: list[Span]


def read_marks(paths: Iterable[Path], texts: dict[str, str]) -> list[Mark]:
    """The marks in these letters."""
    marks = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                quote = row.get("quote") or row.get("quoted") or ""
                if row["case"] in texts and (places := find_quote(texts[row["case"]], quote)):
                    marks.append(Mark(row["case"], row["class"], places))
    return marks


def doubt(text: str) -> tuple[WordDoubt, ...]:
    """Everything that the reader doubts in a letter, however little. Raises SystemExit where it is not installed."""
    loaded = reader.load()
    if loaded is None:
        raise SystemExit('the reader is not installed: pip install "imrlint[reader]"')
    return Reading(imrlint.parse(text), Doubter(loaded, THRESHOLDS[0], THRESHOLDS[-1])).doubts


def describe(marks: Sequence[Mark], found: dict[str, list[Span]]) -> str:
    """Findings a letter, the share of them on a mark, and the recall by class."""
    on_mark = total = 0
    for case, spans in found.items():
        places = [place for mark in marks if mark.case == case for place in mark.places]
        total += len(spans)
        on_mark += sum(any(span.overlaps(place) for place in places) for span in spans)
    recall = []
    for kind in CLASSES:
        own = [mark for mark in marks if mark.kind == kind]
        hit = sum(any(span.overlaps(place) for span in found[mark.case] for place in mark.places) for mark in own)
        recall.append(f"{kind} {print_share(hit, len(own))}")
    return f"{total / len(found):.2f} a letter, {print_share(on_mark, total)} on a mark, {', '.join(recall)}"


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--right", type=Path)
    chosen = options.parse_args()
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(chosen.folder.glob("*.txt"))}
    marks = read_marks(chosen.gold, texts)
    texts = {case: text for case, text in texts.items() if any(mark.case == case for mark in marks)}
    rules = Config(reader=ReaderSettings(use=False))
    by_rules = {
        case: [
            Span(*each.finding.span)
            for each in imrlint.check(text, case, rules).diagnostics
            if each.severity.word != "note"
        ]
        for case, text in texts.items()
    }
    start = time.process_time()
    doubts = {case: doubt(text) for case, text in texts.items()}
    seconds = (time.process_time() - start) / len(texts)
    right = [doubt(path.read_text(encoding="utf-8")) for path in chosen.right.glob("*.txt")] if chosen.right else []
    print(f"{len(texts)} letters, {len(marks)} marks; the reader takes {seconds:.2f} s of a processor a letter")
    print(f"rules: {describe(marks, by_rules)}")
    for threshold in THRESHOLDS:
        alone = {
            case: [Span(*each.place.span) for each in found if each.confidence >= threshold]
            for case, found in doubts.items()
        }
        both = {case: [*by_rules[case], *alone[case]] for case in texts}
        print(f"from {threshold}: reader {describe(marks, alone)}; both {describe(marks, both)}", end="")
        if right:
            alarms = sum(each.confidence >= threshold for found in right for each in found)
            print(f"; in right letters {alarms / len(right):.2f} a letter", end="")
        print()


if __name__ == "__main__":
    main()
