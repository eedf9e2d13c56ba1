"""Measures what a memory of the house's letters finds in the drafts of a simulated house.

    python -m benchmarks.simulated_house.measure OUT --memory FILE [--misses]
    python -m benchmarks.simulated_house.measure OUT --findings FILE [--misses]

OUT is the folder that `benchmarks.simulated_house` wrote. The drafts are checked with
`imrlint check --output-format jsonl --memory FILE OUT/drafts`, or findings in that format are read from a file.
Findings of the family `house` count, and no others. The columns are

  slips      drafts with a slip of the kind
  found      those with a finding that overlaps the place of the slip, or the word on either side of it
  share      found, as a share of the slips
  elsewhere  other findings in these drafts, of which each is a false alarm

Below the table stand the false alarms in right drafts, the findings on accepted variants in all drafts (a slip that is
in the same passage is not counted, and rare variants are those with up to five percent of their passage), and the
findings on new right wordings. With --misses, each slip that was not found and each false alarm is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from imrlint.session.exit_codes import ExitCode

from .drafts import NOVEL
from .files import PASSAGES, TRUTH

FAMILY = "house"
_RARE = 5  # percent
_WORD = re.compile(r"\S+")


class Span(NamedTuple):
    """Code points of a draft, from `start` up to and not including `end`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether two spans share a code point; an empty one counts as one code point long."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)


class Truth(NamedTuple):
    """A slip or a new wording: its kind, its place, and the words there, wrong and right."""

    kind: str
    place: Span
    wrong: str
    right: str


class Accepted(NamedTuple):
    """A passage in a wording that the house accepts. `share` is the percentage of the passage that has it."""

    name: str
    share: int
    place: Span


class Draft(NamedTuple):
    """What is true of a draft; `truth` is None where it is right and has no new wording."""

    name: str
    text: str
    truth: Truth | None
    passages: list[Accepted]


class Measured(NamedTuple):
    """The counts: slips and those found, by kind, and false alarms by where they are."""

    slips: Counter[str]
    found: Counter[str]
    elsewhere: Counter[str]
    alarms: Counter[str]
    sizes: Counter[str]


def read_drafts(folder: Path) -> list[Draft]:
    """The drafts of a simulated house with what is true of them. Raises `FileNotFoundError` where it lacks a file."""
    truths = {
        row["draft"]: Truth(row["kind"], Span(int(row["start"]), int(row["end"])), row["wrong"], row["right"])
        for row in _read_rows(folder / TRUTH)
    }
    passages = defaultdict(list)
    for row in _read_rows(folder / PASSAGES):
        place = Span(int(row["start"]), int(row["end"]))
        passages[row["draft"]].append(Accepted(f"{row['passage']} {row['variant']}", int(row["share"]), place))
    return [
        Draft(path.stem, path.read_text(encoding="utf-8"), truths.get(path.stem), passages[path.stem])
        for path in sorted((folder / "drafts").glob("*.txt"))
    ]


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))


def read_findings(lines: Iterable[str]) -> dict[str, list[Span]]:
    """The places of the findings of the family `house`, by the name of the draft, from lines of JSON."""
    found = defaultdict(list)
    for line in filter(str.strip, lines):
        record = json.loads(line)
        if record["family"] == FAMILY:
            found[Path(record["path"]).stem].append(Span(record["start"], record["end"]))
    return found


def check_drafts(folder: Path, memory: Path) -> Iterator[str]:
    """The findings of imrlint in the drafts, as lines of JSON. Raises `CalledProcessError` where the check fails."""
    command = [sys.executable, "-m", "imrlint", "check", "--output-format", "jsonl", "--no-reader", "--memory"]
    done = subprocess.run([*command, memory, folder / "drafts"], stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode not in (ExitCode.CLEAN, ExitCode.FINDINGS):
        done.check_returncode()
    yield from done.stdout.splitlines()


def widen(text: str, place: Span) -> Span:
    """A place with the word before it and the word behind it."""
    before = [word.start() for word in _WORD.finditer(text, 0, place.start) if word.end() <= place.start]
    start = before[-1] if before else place.start
    after = _WORD.search(text, place.end)
    # What is left of a word behind which the place ends, such as a comma, is no word behind it.
    if after and after.start() == place.end:
        after = _WORD.search(text, after.end())
    return Span(start, after.end() if after else place.end)


def measure(drafts: Iterable[Draft], findings: dict[str, list[Span]], misses: bool = False) -> Measured:
    """The counts over some drafts. With `misses`, what is missed and what is a false alarm is printed."""
    counts = Measured(Counter(), Counter(), Counter(), Counter(), Counter())
    for draft in drafts:
        _count_draft(draft, findings.get(draft.name, []), counts, misses)
    return counts


def _count_draft(draft: Draft, findings: list[Span], counts: Measured, misses: bool) -> None:
    truth = draft.truth
    wrong = truth is not None and truth.kind != NOVEL
    place = widen(draft.text, truth.place) if truth and wrong else truth.place if truth else None
    there = [finding for finding in findings if place and finding.overlaps(place)]
    others = [finding for finding in findings if finding not in there]
    if truth and wrong:
        counts.slips[truth.kind] += 1
        counts.found[truth.kind] += bool(there)
        counts.elsewhere[truth.kind] += len(others)
        if misses and not there:
            print(f"missed {truth.kind} {draft.name}: {_show(draft.text, truth.place)} for [{truth.right}]")
    else:
        kind = NOVEL if truth else "right"
        counts.sizes[kind] += 1
        counts.alarms[kind] += len(others)
        counts.alarms["at novel"] += len(there)
        counts.alarms["drafts with a finding at novel"] += bool(there)
        if misses:
            for finding in there:
                print(f"false alarm novel {draft.name}: {_show(draft.text, finding)}")
    _count_passages(draft, others, place, counts)
    if misses:
        for finding in others:
            print(f"false alarm {draft.name}: {_show(draft.text, finding)}")


def _count_passages(draft: Draft, others: list[Span], place: Span | None, counts: Measured) -> None:
    """Counts the findings on accepted variants, and those on sentences that are in no passage."""
    for passage in draft.passages:
        if place and passage.place.overlaps(place):
            continue
        counts.sizes["accepted"] += 1
        on = sum(finding.overlaps(passage.place) for finding in others)
        counts.alarms["accepted"] += on
        if passage.share <= _RARE:
            counts.sizes["rare"] += 1
            counts.alarms["rare"] += on
    counts.alarms["own"] += sum(
        not any(finding.overlaps(passage.place) for passage in draft.passages) for finding in others
    )


def _show(text: str, place: Span) -> str:
    """A place in brackets, with some words on either side, on one line."""
    start, end = place
    shown = f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}"
    return " ".join(shown.split())


def print_measured(counts: Measured) -> None:
    """Prints the table and the counts below it."""
    print(f"{'':12}{'slips':>7}{'found':>7}{'share':>7}{'elsewhere':>11}")
    for kind in [*sorted(counts.slips), "all"]:
        slips, found, elsewhere = (
            sum(counter.values()) if kind == "all" else counter[kind]
            for counter in (counts.slips, counts.found, counts.elsewhere)
        )
        print(f"{kind:12}{slips:7}{found:7}{_divide(found, slips):>7}{elsewhere:11}")
    sizes, alarms = counts.sizes, counts.alarms
    wrong, elsewhere = sum(counts.slips.values()), sum(counts.elsewhere.values())
    print(f"\nFalse alarms a right draft: {_divide(alarms['right'], sizes['right'])} ({sizes['right']} drafts)")
    print(f"False alarms elsewhere in a wrong draft: {_divide(elsewhere, wrong)} ({wrong} drafts)")
    print(f"Findings on accepted variants: {alarms['accepted']} ({sizes['accepted']} passages)")
    print(f"  of which on rare ones: {alarms['rare']} ({sizes['rare']} passages)")
    print(f"Findings on sentences that are in no passage: {alarms['own']}")
    print(
        f"Findings on new right wordings: {alarms['at novel']}, in {alarms['drafts with a finding at novel']} of "
        f"{sizes[NOVEL]} drafts; elsewhere in these: {alarms[NOVEL]}"
    )


def _divide(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, metavar="OUT")
    source = options.add_mutually_exclusive_group(required=True)
    source.add_argument("--memory", type=Path, metavar="FILE", help="what was learned from the archive")
    source.add_argument("--findings", type=Path, metavar="FILE", help="findings as JSON Lines, instead of a check")
    options.add_argument("--misses", action="store_true", help="print what was missed, and each false alarm")
    chosen = options.parse_args()
    drafts = read_drafts(chosen.folder)
    lines = (
        check_drafts(chosen.folder, chosen.memory)
        if chosen.memory
        else chosen.findings.read_text(encoding="utf-8").splitlines()
    )
    try:
        print_measured(measure(drafts, read_findings(lines), chosen.misses))
    except subprocess.CalledProcessError as error:
        sys.exit(f"imrlint could not check the drafts: exit code {error.returncode}")


if __name__ == "__main__":
    main()
