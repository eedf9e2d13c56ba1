"""How many defects are found when one is put into a letter that is otherwise right.

    python benchmarks/accuracy.py [FOLDER…] [--operator NAME] [--misses]

Each operator puts one defect at a known place of a letter, at no more than three places in each. A
defect is found when one of the rules named with the operator has a finding that the letter did not
have before. Such a finding is a warning or an error; a note where that is all that the
rule makes of it. The table shows

  tries      letters that were made
  found      the share of them in which the defect is found
  here       findings of other rules at the place of the defect, per 100 tries
  elsewhere  warnings and errors anywhere else that the right letter did not have, per 100 tries

A finding is known again by its rule and its words. Without a folder the invented letters of this
repository are used. Nothing is drawn by chance: two runs over the same letters say the same.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from operators import OPERATORS, Injected, Operator

from imrlint import parser, source
from imrlint.document.letter import Letter
from imrlint.document.text import Source, Span
from imrlint.engine import linter, ruleset
from imrlint.engine.findings import Diagnostic, Severity
from imrlint.engine.linter import ActiveRule
from imrlint.settings.config import Config

ROOT = Path(__file__).resolve().parent.parent
LETTERS = ("examples/clean-*.txt", "examples/older-*.txt", "tests/letters/*.txt", "benchmarks/letters/*.txt")
RULES = frozenset(rule.name() for rule in ruleset.rules())
NOTED = frozenset(rule.name() for rule in ruleset.rules() if rule.severity() is Severity.NOTE)
CONTEXT = 50  # characters shown on either side of a defect


@dataclass
class Right:
    """A letter before anything was done to it, and what is found in it."""

    letter: Letter
    found: list[Diagnostic]

    @property
    def name(self) -> str:
        return Path(self.letter.source.name).name


@dataclass
class Trial:
    """What became of one letter with one defect."""

    right: Right
    injected: Injected
    hits: list[Diagnostic] = field(default_factory=list)
    here: list[Diagnostic] = field(default_factory=list)
    elsewhere: list[Diagnostic] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="letters to use instead")
    options.add_argument("--operator", metavar="NAME", help="try one operator, and show what it missed")
    options.add_argument("--misses", action="store_true", help="show each defect that was not found")
    chosen = options.parse_args()
    operators = [each for each in OPERATORS if chosen.operator in (None, each.name)]
    if not operators:
        options.error(f"there is no operator {chosen.operator}, but {', '.join(each.name for each in OPERATORS)}")
    active_rules = Config().active_rules()
    rights = [Right(letter, lint(letter, active_rules)) for letter in letters(chosen.folders)]
    print(f"{len(rights)} letters, {len(operators)} operators")
    if absent := sorted({name for each in operators for name in each.rules} - RULES):
        print(f"there is no rule {', '.join(absent)}")
    print(f"{'operator':32} {'family':10} {'tries':>6} {'found':>6} {'here':>6} {'elsewhere':>10}")
    everything: list[Trial] = []
    for operator in sorted(operators, key=lambda each: each.family):
        trials = [trial for right in rights for trial in tried(operator, right, active_rules)]
        everything += trials
        row(operator.name, operator.family, trials)
        if chosen.misses or chosen.operator:
            explain(trials)
    row("overall", "", everything)


def letters(folders: Iterable[Path]) -> Iterator[Letter]:
    """Every letter, parsed. A letter has the line ends of its file made one character."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    for path in paths or [path for pattern in LETTERS for path in sorted(ROOT.glob(pattern))]:
        yield parser.parse(Source(source.read(path).text, str(path)))


def lint(letter: Letter, active_rules: Iterable[ActiveRule]) -> list[Diagnostic]:
    report = linter.lint(letter, active_rules)
    for crash in report.crashes:
        print(f"{letter.source.name}: {crash}")
    return list(report.diagnostics)


def tried(operator: Operator, right: Right, active_rules: Iterable[ActiveRule]) -> Iterator[Trial]:
    """What is found at each place where an operator spoils a letter."""
    for injected in operator(right.letter):
        letter = parser.parse(Source(injected.text, right.letter.source.name))
        trial = Trial(right, injected)
        for found in new(lint(letter, active_rules), letter.source, right, injected):
            if found.name in operator.rules:
                if found.severity > Severity.NOTE or found.name in NOTED or found.finding.minor:
                    trial.hits.append(found)
            elif found.severity > Severity.NOTE:
                (trial.here if overlaps(found, injected.place) else trial.elsewhere).append(found)
        yield trial


def new(found: Iterable[Diagnostic], text: Source, right: Right, injected: Injected) -> Iterator[Diagnostic]:
    """The findings that the right letter did not have.

    One with other words is the same when it stands where its rule found something before: its
    words hold the defect now.
    """
    before = Counter(words(each, right.letter.source) for each in right.found)
    places = [(each.name, injected.now(each.finding.span)) for each in right.found]
    for each in found:
        key = words(each, text)
        if before[key]:
            before[key] -= 1
        elif (each.name, each.finding.span) not in places:
            yield each


def words(found: Diagnostic, text: Source) -> tuple[str, str]:
    return found.name, " ".join(text[found.finding.span].split())


def overlaps(found: Diagnostic, place: Span) -> bool:
    """Whether a finding, or another place that it names, touches the place of a defect."""
    spans = (found.finding.span, *(note.span for note in found.finding.notes))
    return any(span.start <= place.end and place.start <= span.end for span in spans)


def row(name: str, family: str, trials: list[Trial]) -> None:
    count = len(trials)
    if not count:
        print(f"{name:32} {family:10} {0:>6}")
        return
    found = sum(bool(trial.hits) for trial in trials) / count
    here = 100 * sum(len(trial.here) for trial in trials) / count
    elsewhere = 100 * sum(len(trial.elsewhere) for trial in trials) / count
    print(f"{name:32} {family:10} {count:>6} {found:>6.0%} {here:>6.0f} {elsewhere:>10.0f}")


def explain(trials: list[Trial]) -> None:
    """Each defect that was missed, and each finding that nobody asked for."""
    for trial in trials:
        if not trial.hits:
            print(f"    missed in {trial.right.name}: {shown(trial.injected)}")
        for kind, found in (("here", trial.here), ("elsewhere", trial.elsewhere)):
            for each in found:
                excerpt = " ".join(trial.injected.text[slice(*each.finding.span)].split())[:70]
                print(f'    {kind} in {trial.right.name}: {each.name} "{excerpt}" {each.finding.message}')
                if kind == "elsewhere":
                    print(f"        after {shown(trial.injected)}")


def shown(injected: Injected) -> str:
    """The defect among the words around it."""
    start, text = injected.change.span.start, injected.change.text
    end = start + len(text)
    before, after = injected.text[max(start - CONTEXT, 0) : start], injected.text[end : end + CONTEXT]
    middle = text if len(text) < 3 * CONTEXT else f"{text[:CONTEXT]} … {text[-CONTEXT:]}"
    return " ".join(f"{before}⟦{middle}⟧{after}".split())


if __name__ == "__main__":
    main()
