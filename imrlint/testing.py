"""Testing rules on cases in Markdown: a change to a correct letter, and what the rule then finds.

Cases are in the docstring of a rule and on its page. A case changes the letter `clean`; with "```diff of NAME"
it changes the letter NAME instead. Houses and packages of rules use this module, too.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import ClassVar, NamedTuple

from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.engine import ruleset
from imrlint.engine.clues import ClueStore
from imrlint.engine.facts import collect_facts
from imrlint.engine.findings import Finding, Safety
from imrlint.engine.fixes import apply_fixes
from imrlint.engine.linter import ActiveRule, lint
from imrlint.engine.rule import BatchRule, Rule
from imrlint.memory import schema
from imrlint.memory.archive import MemoryWriter
from imrlint.memory.lessons import LearntSentence, build_lesson
from imrlint.memory.recall import Memory
from imrlint.parser import parse
from imrlint.reader.doubts import Doubt, DoubtKind
from imrlint.reading import Reading
from imrlint.reading.doubts import Doubter
from imrlint.reading.house_spelling import find_form
from imrlint.reading.passage import Passage
from imrlint.reading.wording import read_wordings

_CASE = re.compile(
    r"```diff(?: of (?P<letter>[\w-]+))?\n(?P<diff>.*?)```\s*```findings\n(?P<findings>.*?)```", re.DOTALL
)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_HUNK = re.compile(r"(?:^-.*\n)*(?:^\+.*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A change to a letter, as a diff, and the findings that are expected then."""

    title: str
    letter: str  # its name
    diff: str
    findings: str


@dataclass(frozen=True)
class RuleCase:
    """A rule, one of its cases, and the file that contains the case."""

    rule: type[Rule]
    case: Case
    file: Path

    def __str__(self) -> str:
        return f"{self.rule.name()}: {self.case.title}"

    @property
    def expected(self) -> str:
        """The findings that the case expects, as `run` returns them."""
        return self.case.findings

    def run(self, letters: Mapping[str, str]) -> str:
        """The findings of the rule in the changed letter, written as in cases.

        `letters` are the texts that cases may change, by name. Raises AssertionError where the rule breaks a
        law of all rules, ValueError where the case names an unknown letter or changes words that are not in it.
        """
        if self.case.letter not in letters:
            known = ", ".join(sorted(letters)) or "none"
            raise ValueError(f'no letter is called "{self.case.letter}"; the letters are: {known}')
        original = letters[self.case.letter]
        changed = apply_diff(original, self.case.diff)
        check_laws(self.rule(), changed)
        return format_findings(run_rule(self.rule(), changed, original), changed)

    def accept(self, found: str) -> None:
        """Write these findings into the file of the case. Raises ValueError where the case is not in it."""
        of = "" if self.case.letter == "clean" else f" of {self.case.letter}"
        margin = "    " if self.file.suffix == ".py" else ""
        findings = f"```findings\n{self.case.findings}```"
        diff = f"```diff{of}\n{self.case.diff}```"
        old = rf"{_match_lines(diff)}\s*{_match_lines(findings)}"
        new = indent(f"{diff}\n\n```findings\n{found}```", margin)
        text, times = re.subn(old, lambda _: new, self.file.read_text(encoding="utf-8"))
        if not times:
            raise ValueError(f"{self.file}: the case cannot be rewritten; write it without escaped characters")
        self.file.write_text(text, encoding="utf-8")


def _match_lines(text: str) -> str:
    """A pattern for these lines with any indentation."""
    return r"\n".join(rf"[ \t]*{re.escape(line.strip())}[ \t]*" for line in text.split("\n"))


def find_cases(rule: type[Rule], page: Path) -> list[RuleCase]:
    """The cases of a rule: those in its docstring, and those on its page if that exists."""
    found = [RuleCase(rule, case, Path(inspect.getfile(rule))) for case in read_cases(rule.guide())]
    if page.exists():
        found += [RuleCase(rule, case, page) for case in read_cases(page.read_text(encoding="utf-8"))]
    return found


def find_house_cases(folder: Path) -> list[RuleCase]:
    """The cases of all rules in the folder of a house, and for each rule that it finds nothing in the clean letter.

    Raises BadRules.
    """
    files = {rule: Path(inspect.getfile(rule)) for rule in ruleset.installed().extended([folder]).rules}
    found = []
    for rule, file in files.items():
        if folder.resolve() in file.resolve().parents:
            found += find_cases(rule, file.with_suffix(".md"))
            found.append(RuleCase(rule, Case("the clean letter", "clean", "", ""), file))
    return found


def read_letters(folder: Path) -> dict[str, str]:
    """The texts of the letters in a folder, by name without suffix."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}


def read_cases(markdown: str) -> Iterator[Case]:
    """The cases in a text: each pair of the blocks `diff` and `findings`, with the heading above it as title."""
    for match in _CASE.finditer(markdown):
        headings = _HEADING.findall(markdown, 0, match.start())
        title = headings[-1] if headings else "example"
        yield Case(title, match["letter"] or "clean", match["diff"], match["findings"])


def apply_diff(letter: str, diff: str) -> str:
    """The letter after the changes of a diff.

    Raises ValueError where a removed passage does not occur exactly once in the letter, whatever its line breaks.
    """
    changes = []
    for removed, added in _hunks(diff):
        if not removed.strip():
            raise ValueError(f"a change must remove something: {added!r}")
        found = list(re.finditer(r"\s+".join(map(re.escape, removed.split())), letter))
        if len(found) != 1:
            raise ValueError(f"found {len(found)} times in the letter: {removed!r}")
        changes.append((found[0].start(), found[0].end(), added))
    for start, end, added in sorted(changes, reverse=True):
        letter = letter[:start] + added + letter[end:]
    return letter


class _Change(NamedTuple):
    removed: str
    added: str


def _hunks(diff: str) -> Iterator[_Change]:
    for hunk in _HUNK.findall(diff):
        lines = hunk.splitlines()
        if lines:
            yield _Change(
                "\n".join(line[1:] for line in lines if line[0] == "-"),
                "\n".join(line[1:] for line in lines if line[0] == "+"),
            )


def run_rule(rule: Rule, text: str, beside: str | None = None) -> list[Finding]:
    """The findings of a rule in a letter, in the order of the text. Raises what the rule raises.

    A batch rule compares the letter with the letter `beside` it, which comes first.
    """
    if isinstance(rule, BatchRule):
        texts = [each for each in (beside, text) if each is not None]
        readings = [_read(each, f"letter {number}") for number, each in enumerate(texts)]
        store = ClueStore()
        for number, reading in enumerate(readings):
            for clue in rule.gather(reading.letter, reading):
                store.add(rule.name(), clue, number)
        shared = store.shared_clues(rule.name())
        found = rule.compare(shared, len(readings))
        return [each.finding for each in found if each.letter == len(readings) - 1]
    report = lint(_read(text), [ActiveRule(rule, rule.severity())])
    for crash in report.crashes:
        raise crash.error
    return [diagnostic.finding for diagnostic in report.diagnostics]


@lru_cache(maxsize=32)
def _read(text: str, name: str = "<letter>") -> Reading:
    """The reading of a text, made once for all rules that are run on it."""
    return Reading(parse(Source(text, name)), _DOUBTER, recall_sample())


class SampleReader:
    """A reader for cases, which doubts a few words wherever they stand. A trained one changes with its training."""

    name = "sample"
    _DOUBTS: ClassVar = (
        (re.compile(r"\bfor (of) \w"), DoubtKind.DELETE, ()),
        (re.compile(r"\brange of (emotion)\b"), DoubtKind.REPLACE, ("motion",)),
        (re.compile(r"\b(over all)\b"), DoubtKind.REPLACE, ("overall",)),
        (re.compile(r"\brecord (show)\b"), DoubtKind.REPLACE, ("shows",)),
        (re.compile(r"\bpaucity (documentation)\b"), DoubtKind.INSERT, ("of",)),
        (re.compile(r"\bis (candidate)\b"), DoubtKind.INSERT, ("a",)),
    )

    def read(self, sentences: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts in each sentence, in the order of the patterns."""
        return [
            tuple(
                Doubt(match.start(1), match.end(1), kind, offers, 0.9)
                for pattern, kind, offers in self._DOUBTS
                for match in pattern.finditer(sentence)
            )
            for sentence in sentences
        ]


_DOUBTER = Doubter(SampleReader(), likely=0.7, least=0.4)
_REMEMBERED = {
    "the records given to us do not support a longer course": 40,
    "such a course may last for 4 weeks at the very most": 40,
    "a follow-up is made with the surgeon": 60,
}
"""What the house of the cases has written before: sentences, and the numbers of letters that have them."""
_CITED = ("ACOEM chapter 9, Shoulder Complaints, Physical Methods", "physical therapy")
"""What all letters of that house cite, and for which kind of item."""


@lru_cache(maxsize=1)
def recall_sample() -> Memory:
    """The memory of the house of the cases, made of a few sentences. One of a real house is never the same for long."""
    connection = schema.create(":memory:", b"sample")
    writer = MemoryWriter(connection)
    for sentence, letters in _REMEMBERED.items():
        prose = Prose(Source(sentence), Span(0, len(sentence)))
        learnt = [LearntSentence(each.words, each.values) for each in read_wordings(Passage(prose), ())]
        spellings = [(word, find_form(word)) for each in learnt for word in each.words]
        for number in range(letters):
            content = f"{sentence} {number}".encode()
            lesson = build_lesson(writer.hasher, content, "", learnt, spellings, (_CITED,))
            writer.add([lesson._replace(text=writer.count_letters())])
    return Memory(connection)


def format_findings(found: list[Finding], text: str) -> str:
    """Findings as cases have them: with the words found, so that they stay the same when lines move."""
    source = Source(text)
    return "".join(_format_finding(finding, source) for finding in found)


def _format_finding(finding: Finding, source: Source) -> str:
    lines = [f"{_quote(finding.span, source)} {finding.message}"]
    lines += [f"  {_quote(note.span, source)} {note.message}" for note in finding.notes]
    if finding.fix:
        lines.append(f"  fix ({finding.fix.safety.value}): {finding.fix.title}")
    return "\n".join(lines) + "\n"


def _quote(span: Span, source: Source) -> str:
    if span.start < span.end:
        return f'"{" ".join(source[span].split())}"'
    following = source.text[span.start :].lstrip().split("\n", 1)[0].strip()
    return f'before "{following}"'


def check_laws(rule: Rule, text: str) -> None:
    """Raises AssertionError where a rule breaks a law of all rules on this letter."""
    found = run_rule(rule, text)
    assert found == run_rule(rule, text), "two runs of a rule must find the same"
    if not isinstance(rule, BatchRule):
        afresh = lint(Reading(parse(Source(text)), _DOUBTER, recall_sample()), [ActiveRule(rule, rule.severity())])
        again = [diagnostic.finding for diagnostic in afresh.diagnostics]
        assert found == again, "a rule must find the same, whichever rules have used the reading before"
    for finding in found:
        spans = [finding.span, *(note.span for note in finding.notes)]
        assert all(0 <= s.start <= s.end <= len(text) for s in spans), "a span must be within the letter"
        for message in (finding.message, *(note.message for note in finding.notes)):
            assert message, "a message must not be empty"
            assert not message.endswith("."), "a message must not end with a full stop"
            assert not message[0].isupper() or message.split()[0].isupper(), "a message must not begin with a capital"
        if finding.fix:
            _check_fix(rule, text, finding, len(found))


def _check_fix(rule: Rule, text: str, finding: Finding, times: int) -> None:
    fix = finding.fix
    assert fix is not None
    edits = sorted(edit.span for edit in fix.edits)
    assert all(a.end <= b.start for a, b in pairwise(edits)), "edits must not overlap"
    if fix.safety is Safety.SAFE:
        fixed = apply_fixes(text, [fix])
        assert len(run_rule(rule, fixed)) < times, "a safe fix must remove its finding"
        assert collect_facts(_read(fixed).letter) == collect_facts(_read(text).letter), "a safe fix must change no fact"
