"""The share of paraphrased defects that are found, and told apart from a correct twin in nearly the same words.

    python benchmarks/paraphrase.py [FOLDER] [--letters FOLDER] [--kind NAME] [--hard | --easy] [--misses]

A file `KIND.toml` of the folder (by default `paraphrase/pairs`) has pairs of one kind (see the README there):

    [[pair]]
    id = "knee-1"
    letter = "2017-knee-arthroscopy-crutches"   # a letter, without its ending
    replace = "a passage of it"                 # occurs exactly once in it, line breaks aside
    right = "the passage in other words, without a defect"
    wrong = "nearly the same words, with one"
    place = "words of `wrong` that are wrong"   # occur once in it
    other = "words anywhere in the wrong letter that contradict them"     # optional
    hard = false
    also = [{ replace = "another passage", with = "its replacement in both twins" }]   # optional

A pair is found where a warning or an error of the wrong letter, by its own place or by one in its notes, overlaps
`place` or `other`, and the correct twin has no finding of the same rule there. The correct twin has a false alarm
where any warning or error overlaps the passage. A pair is told apart where it is found without a false alarm.
The pairs were written without sight of the rules; they are for measuring only, never for writing patterns.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from editing.edit import move_span
from editing.letter import Span
from observation import Found, drop_known, find_defects, print_share

import imrlint

HERE = Path(__file__).parent
PAIRS = HERE / "paraphrase" / "pairs"
LETTERS = HERE / "letters"
WIDTH = 96  # characters of a line in the letters
FIELDS = {"id", "letter", "replace", "right", "wrong", "place", "other", "hard", "also"}
NEEDED = ("id", "letter", "replace", "right", "wrong", "place")


class Invalid(Exception):
    """A pair cannot be run; the message says which, and why."""


class Pair(NamedTuple):
    """A paraphrased defect and its correct twin."""

    kind: str
    id: str
    letter: str
    replace: str
    right: str
    wrong: str
    place: str
    other: str
    hard: bool
    also: tuple[tuple[str, str], ...]


class Twin(NamedTuple):
    """A letter made from a pair, and the place of the passage in it."""

    text: str
    passage: Span


class Verdict(NamedTuple):
    """The result for a pair."""

    pair: Pair
    found: bool
    false_alarm: bool

    @property
    def told_apart(self) -> bool:
        return self.found and not self.false_alarm


@dataclass
class Totals:
    """Counts over some pairs."""

    pairs: int = 0
    found: int = 0
    false_alarms: int = 0
    told_apart: int = 0

    def add(self, verdict: Verdict) -> None:
        self.pairs += 1
        self.found += verdict.found
        self.false_alarms += verdict.false_alarm
        self.told_apart += verdict.told_apart


def read_pairs(folder: Path) -> list[Pair]:
    """The pairs in the files of a folder, in order. Raises `Invalid` for missing or unknown fields and repeated ids."""
    pairs = []
    for path in sorted(folder.glob("*.toml")):
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get("pair", [])
        except tomllib.TOMLDecodeError as error:
            raise Invalid(f"{path.name}: {error}") from error
        pairs += [build_pair(path, row) for row in rows]
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        if (pair.kind, pair.id) in seen:
            raise Invalid(f"{pair.kind}.toml, {pair.id}: another pair has the same id")
        seen.add((pair.kind, pair.id))
    return pairs


def build_pair(path: Path, row: Mapping[str, Any]) -> Pair:
    where = f"{path.name}, {row.get('id', 'a pair without id')}"
    if lacking := [name for name in NEEDED if not str(row.get(name, "")).strip()]:
        raise Invalid(f"{where}: lacks {', '.join(lacking)}")
    if unknown := sorted(set(row) - FIELDS):
        raise Invalid(f"{where}: has unknown fields: {', '.join(unknown)}")
    try:
        also = tuple((str(change["replace"]), str(change["with"])) for change in row.get("also", []))
    except (KeyError, TypeError) as error:
        raise Invalid(f"{where}: `also` must be a list of tables with replace and with") from error
    words = {name: str(row[name]) for name in NEEDED}
    return Pair(kind=path.stem, **words, other=str(row.get("other", "")), hard=bool(row.get("hard")), also=also)


def find_words(text: str, words: str, within: Span | None = None) -> list[Span]:
    """The spans of some words in a text, or in a part of it, regardless of line breaks."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    start, end = within or Span(0, len(text))
    return [Span(*match.span()) for match in pattern.finditer(text, start, end)]


def build_twin(pair: Pair, text: str, passage: str) -> Twin:
    """The letter with `passage` in place of the replaced one, and the changes that both twins have.

    Raises `Invalid` where a passage to replace does not occur in the letter exactly once.
    """
    changes = []
    for old, new in ((pair.replace, passage), *pair.also):
        places = find_words(text, old)
        if len(places) != 1:
            raise Invalid(f'{pair.kind}.toml, {pair.id}: "{old[:60]}" occurs {len(places)} times in {pair.letter}')
        changes.append((places[0], wrap_words(text, places[0], new)))
    own = changes[0]
    changes.sort()
    if any(first[0].end > second[0].start for first, second in pairwise(changes)):
        raise Invalid(f"{pair.kind}.toml, {pair.id}: passages to replace overlap")
    grown = sum(len(new) - (old.end - old.start) for old, new in changes if old.start < own[0].start)
    for place, new in reversed(changes):
        text = text[: place.start] + new + text[place.end :]
    start = own[0].start + grown
    return Twin(text, Span(start, start + len(own[1])))


def wrap_words(text: str, place: Span, words: str) -> str:
    """Words wrapped to the width of the letter, with line breaks like those at a place."""
    breaks = re.compile(r"[ \t]*\n\s*")
    found = breaks.search(text, *place) or breaks.search(text, place.end)
    column = place.start - (text.rfind("\n", 0, place.start) + 1)
    wrapped = ""
    for word in words.split():
        gap = " " if wrapped else ""
        if gap and found and column + 1 + len(word) > WIDTH:
            gap, column = found.group(), -1
        wrapped += gap + word
        column += (1 if gap else 0) + len(word)
    return wrapped


def judge_pair(pair: Pair, text: str) -> Verdict:
    """The result for a pair, whose letter is `text`. Raises `Invalid` for a pair that does not fit it."""
    right, wrong = build_twin(pair, text, pair.right), build_twin(pair, text, pair.wrong)
    places = find_words(wrong.text, pair.place, wrong.passage)
    if len(places) != 1:
        raise Invalid(f"{pair.kind}.toml, {pair.id}: `place` occurs {len(places)} times in `wrong`")
    others = find_words(wrong.text, pair.other) if pair.other.strip() else []
    if pair.other.strip() and not others:
        raise Invalid(f"{pair.kind}.toml, {pair.id}: `other` does not occur in the wrong letter")
    in_right = [finding for finding in find_defects(right.text, pair.letter) if finding.serious]
    in_wrong = [finding for finding in find_defects(wrong.text, pair.letter) if finding.serious]
    alarms = [finding for finding in in_right if finding.overlaps(right.passage)]
    length = wrong.passage.end - wrong.passage.start
    new = drop_known(in_wrong, in_right, lambda span: move_span(span, right.passage, length))
    found = [f for f in new if f.overlaps(*places, *others) and not is_in_twin(f, wrong, alarms)]
    return Verdict(pair, bool(found), bool(alarms))


def is_in_twin(finding: Found, wrong: Twin, alarms: Iterable[Found]) -> bool:
    """Whether a finding at the passage of the wrong twin has a counterpart of the same rule in the correct twin."""
    return finding.overlaps(wrong.passage) and any(alarm.rule == finding.rule for alarm in alarms)


def run_pairs(pairs: Iterable[Pair], letters: Path) -> Iterator[Verdict]:
    """The result for each pair. Raises `Invalid` for one that does not fit its letter."""
    texts: dict[str, str] = {}
    for pair in pairs:
        if pair.letter not in texts:
            path = letters / f"{pair.letter}.txt"
            if not path.is_file():
                raise Invalid(f"{pair.kind}.toml, {pair.id}: there is no letter {pair.letter}")
            texts[pair.letter] = imrlint.read(path).text
        yield judge_pair(pair, texts[pair.letter])


def print_verdicts(verdicts: Iterable[Verdict]) -> None:
    """Prints the shares of each kind, of easy and hard pairs, and of all."""
    totals: dict[str, Totals] = {}
    for verdict in verdicts:
        for name in (verdict.pair.kind, "(hard)" if verdict.pair.hard else "(easy)", "(all)"):
            totals.setdefault(name, Totals()).add(verdict)
    print(f"{'':28}{'pairs':>6}{'found':>7}{'false':>7}{'told apart':>12}")
    sums = [name for name in ("(easy)", "(hard)", "(all)") if name in totals]
    for name in [*sorted(set(totals) - set(sums)), *sums]:
        of = totals[name]
        shares = [print_share(part, of.pairs) for part in (of.found, of.false_alarms, of.told_apart)]
        print(f"{name:28}{of.pairs:6}{shares[0]:>7}{shares[1]:>7}{shares[2]:>12}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=PAIRS)
    options.add_argument("--letters", type=Path, default=LETTERS)
    options.add_argument("--kind", action="append", default=[])
    which = options.add_mutually_exclusive_group()
    which.add_argument("--hard", action="store_true", help="only hard pairs")
    which.add_argument("--easy", action="store_true", help="only the others")
    options.add_argument("--misses", action="store_true", help="name each pair that is not told apart")
    chosen = options.parse_args()
    try:
        pairs = [
            pair
            for pair in read_pairs(chosen.folder)
            if (not chosen.kind or pair.kind in chosen.kind)
            and (pair.hard or not chosen.hard)
            and not (pair.hard and chosen.easy)
        ]
        verdicts = list(run_pairs(pairs, chosen.letters))
    except Invalid as error:
        sys.exit(str(error))
    for verdict in verdicts:
        if chosen.misses and not verdict.told_apart:
            what = "false alarm" if verdict.false_alarm else "missed"
            print(f"{what} {verdict.pair.kind} {verdict.pair.id}")
    print_verdicts(verdicts)


if __name__ == "__main__":
    main()
