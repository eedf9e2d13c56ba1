"""Weigh the evidence of the reader on letters that proofreaders have marked.

    python training/calibrate_reader.py FOLDER GOLD.tsv… [--right FOLDER…] [--pairs FILE…] [--strength N] [--write]

FOLDER has letters as text files, a GOLD file the marks: a table with the columns case, class and quote. A change
counts as marked where it lies in a quote of at most 14 words of the classes E, F, P, J or M; one in a quote of another
class, or in a longer one, is left out. The letters in the folders after --right have no slips; the files after --pairs
have lines of a sentence and the right one. What is printed: the precision at several numbers of findings a letter, by
weights that were fitted on other letters. No word of the letters is written.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reader.calibration import Observation, cross_validate, curve, fit, names_of
from reader.shards import align

import imrlint
from imrlint.reader import detector
from imrlint.reader.detector import Detector, Evidence
from imrlint.reader.doubts import Doubt
from imrlint.reading import Reading
from imrlint.reading.doubts import is_readable, list_offers, may_judge

_CLASSES = frozenset("EFPJM")
_PAIR = 0.2  # weight of a sentence that was invented with a slip: in letters slips are rarer
_LONGEST = 14  # words of a quote that marks a place
_WEIGHTS = Path(detector.__file__).with_name("detector.json")


class Mark(NamedTuple):
    """Characters of a letter that a proofreader marked, and whether they are a slip of wording."""

    start: int
    end: int
    is_wording: bool


def read_marks(paths: list[Path], texts: dict[str, str]) -> dict[str, list[Mark]]:
    """The marks of each letter."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                quote = row.get("quote") or row.get("quoted") or ""
                words = quote.split()
                is_wording = row["class"] in _CLASSES and len(words) <= _LONGEST
                for found in _locate(texts.get(row["case"], ""), words):
                    marks[row["case"]].append(Mark(*found, is_wording))
    return marks


def _locate(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    if words:
        pattern = r"\s+".join(re.escape(word).replace(r"\-", r"-\s*") for word in words)
        yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def gather(text: str, reader: Detector) -> Iterator[tuple[Evidence, int, int]]:
    """The evidence for each change that may be proposed in a letter, with its place there."""
    reading = Reading(imrlint.parse(text))
    left_out = [each.span for each in reading.identifiers] + [each.token.place.span for each in reading.misspellings]
    sentences = [s for p in reading.composed for s in p.sentences if is_readable(s)]
    for sentence, found in zip(sentences, reader.gather([each.text for each in sentences]), strict=True):
        for each in found:
            doubt = Doubt(each.start, each.end, each.kind, each.offers, 0.0)
            place = sentence.place.part(each.start, each.end)
            offers = list_offers(place.text, doubt)
            if offers is None or not may_judge(sentence, place, doubt):
                continue
            if not any(span.covers(place.span) for span in left_out):
                yield each._replace(offers=offers), place.span.start, place.span.end


def observe(folder: Path, golds: list[Path], reader: Detector) -> Iterator[Observation]:
    """An observation for each change that may be proposed in the letters of a folder."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    marks = read_marks(golds, texts)
    for name, text in texts.items():
        for each, start, end in gather(text, reader):
            at = [mark for mark in marks[name] if mark.start < end and start < mark.end]
            if not at or any(mark.is_wording for mark in at):
                yield Observation(name, each.by_name, bool(at), place=start)


def observe_pairs(paths: list[Path], reader: Detector) -> Iterator[Observation]:
    """An observation for each change that may be proposed in sentences with slips; each stands beside the right one."""
    for path in paths:
        pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
        sentences = [" ".join(pair[0].split()) for pair in pairs]
        for number, (sentence, pair, found) in enumerate(zip(sentences, pairs, reader.gather(sentences), strict=True)):
            example = align(sentence, pair[1])
            wrong, at = [], 0
            for word, label in zip(example.words, example.labels, strict=True):
                if label:
                    wrong.append((at, at + len(word)))
                at += len(word) + 1
            for each in found:
                doubt = Doubt(each.start, each.end, each.kind, each.offers, 0.0)
                if list_offers(sentence[each.start : each.end], doubt) is not None:
                    marked = any(start < each.end and each.start < end for start, end in wrong)
                    yield Observation(f"{path.stem} {number // 20}", each.by_name, marked, _PAIR)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--right", type=Path, nargs="*", default=[])
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--strength", type=float, default=10.0)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    options = parser.parse_args()
    reader = detector.load()
    observations = list(observe(options.folder, options.gold, reader))
    letters = len(list(options.folder.glob("*.txt")))
    right = [each for folder in options.right for each in observe(folder, [], reader)]
    print(f"{letters} letters, {len(observations)} changes, {sum(each.marked for each in observations)} marked; "
          f"{len(right)} in right letters")  # fmt: skip
    pairs = list(observe_pairs(options.pairs, reader))
    print(f"{len(pairs)} changes in pairs, {sum(each.marked for each in pairs)} on slips")
    everything = [*observations, *right, *pairs]
    scores = cross_validate(everything, options.strength)
    for point in curve(observations, scores[: len(observations)], letters):
        false = sum(score >= point.threshold for score in scores[len(observations) : len(observations) + len(right)])
        share = f"{point.per_letter:4} a letter: {point.precision:.2f} marked ({point.found})"
        print(f"{share}, from {point.threshold:.3f}; {false} in right letters")
    if options.write:
        weights = fit(everything, names_of(everything), options.strength)
        content = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
        content["weights"] = {name: round(value, 4) for name, value in weights.items()}
        _WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
