"""Cases written in Markdown: a change to a clean letter, and what is then found.

The same reader serves a rule's docstring and its page under tests/rules. A case changes the letter
`clean`; "```diff of NAME" changes the letter NAME instead. Outside packages of rules use it too.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from textwrap import indent

from imrlint.document.text import Source, Span
from imrlint.engine import ruleset
from imrlint.engine.clues import ClueStore
from imrlint.engine.facts import collect_facts
from imrlint.engine.findings import Finding, Safety
from imrlint.engine.fixes import apply_fixes
from imrlint.engine.linter import ActiveRule, lint
from imrlint.engine.rule import BatchRule, Rule
from imrlint.parser import parse
from imrlint.reading import Reading

_CASE = re.compile(
    r"```diff(?: of (?P<letter>[\w-]+))?\n(?P<diff>.*?)```\s*```findings\n(?P<findings>.*?)```", re.DOTALL
)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_HUNK = re.compile(r"(?:^-.*\n)*(?:^\+.*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A change to a letter, as a diff, and what a rule is to find in it then."""

    title: str
    letter: str
    diff: str
    findings: str


@dataclass(frozen=True)
class Trial:
    """A rule, one of its cases, and the file in which the case stands."""

    rule: type[Rule]
    case: Case
    file: Path

    def __str__(self) -> str:
        return f"{self.rule.name()}: {self.case.title}"

    def found(self, letters: Mapping[str, str]) -> str:
        """What the rule finds in the changed letter, as cases write it; the laws of rules are held there, too.

        `letters` are the letters that cases may change, by name. Raises AssertionError where a law is broken,
        ValueError where the case names no such letter or changes what is not in it.
        """
        if self.case.letter not in letters:
            known = ", ".join(sorted(letters)) or "none"
            raise ValueError(f'no letter is called "{self.case.letter}"; there are: {known}')
        plain = letters[self.case.letter]
        letter = changed(plain, self.case.diff)
        check_laws(self.rule(), letter)
        return written(findings(self.rule(), letter, plain), letter)

    def accept(self, found: str) -> None:
        """Write what was found into the file of the case. Raises ValueError where the case is not in it."""
        of = "" if self.case.letter == "clean" else f" of {self.case.letter}"
        margin = "    " if self.file.suffix == ".py" else ""
        findings = f"```findings\n{self.case.findings}```"
        diff = f"```diff{of}\n{self.case.diff}```"
        old = rf"{_lines(diff)}\s*{_lines(findings)}"
        new = indent(f"{diff}\n\n```findings\n{found}```", margin)
        text, times = re.subn(old, lambda _: new, self.file.read_text(encoding="utf-8"))
        if not times:
            raise ValueError(f"{self.file}: the case cannot be rewritten; write it without escaped characters")
        self.file.write_text(text, encoding="utf-8")


def _lines(text: str) -> str:
    """A pattern for these lines, whatever their margin."""
    return r"\n".join(rf"[ \t]*{re.escape(line.strip())}[ \t]*" for line in text.split("\n"))


def trials_of(rule: type[Rule], page: Path) -> list[Trial]:
    """The cases of a rule: those in its docstring, and those on its page, if there is one."""
    found = [Trial(rule, case, Path(inspect.getfile(rule))) for case in cases(rule.guide())]
    if page.exists():
        found += [Trial(rule, case, page) for case in cases(page.read_text(encoding="utf-8"))]
    return found


def trials(folder: Path) -> list[Trial]:
    """The cases of all rules in the folder of a house, and for each rule that the clean letter has nothing."""
    files = {rule: Path(inspect.getfile(rule)) for rule in ruleset.installed().extended([folder]).rules}
    found = []
    for rule, file in files.items():
        if folder.resolve() in file.resolve().parents:
            found += trials_of(rule, file.with_suffix(".md"))
            found.append(Trial(rule, Case("the clean letter", "clean", "", ""), file))
    return found


def letters(folder: Path) -> dict[str, str]:
    """The letters of a folder, as text by name, for cases to change."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}


def cases(markdown: str) -> Iterator[Case]:
    """Each pair of diff and findings, titled by the heading above it."""
    for match in _CASE.finditer(markdown):
        headings = _HEADING.findall(markdown, 0, match.start())
        title = headings[-1] if headings else "example"
        yield Case(title, match["letter"] or "clean", match["diff"], match["findings"])


def changed(letter: str, diff: str) -> str:
    """The letter after `diff`. Each removed passage must occur exactly once, line breaks aside."""
    changes = []
    for removed, added in _hunks(diff):
        if not removed.strip():
            raise ValueError(f"a change must replace something: {added!r}")
        found = list(re.finditer(r"\s+".join(map(re.escape, removed.split())), letter))
        if len(found) != 1:
            raise ValueError(f"found {len(found)} times in the letter: {removed!r}")
        changes.append((found[0].start(), found[0].end(), added))
    for start, end, added in sorted(changes, reverse=True):
        letter = letter[:start] + added + letter[end:]
    return letter


def _hunks(diff: str) -> Iterator[tuple[str, str]]:
    for hunk in _HUNK.findall(diff):
        lines = hunk.splitlines()
        if lines:
            yield (
                "\n".join(line[1:] for line in lines if line[0] == "-"),
                "\n".join(line[1:] for line in lines if line[0] == "+"),
            )


def findings(rule: Rule, text: str, beside: str | None = None) -> list[Finding]:
    """What `rule` finds in a letter, in order. A rule that raises, raises.

    A rule that holds letters against one another is given the letter `beside` it, first.
    """
    if isinstance(rule, BatchRule):
        texts = [each for each in (beside, text) if each is not None]
        readings = [_read(each, f"letter {number}") for number, each in enumerate(texts)]
        store = ClueStore()
        for number, reading in enumerate(readings):
            for clue in rule.gather(reading.letter, reading):
                store.add(rule.name(), clue, number)
        shared = store.shared_clues(rule.name())
        return [found for number, _, found in rule.compare(shared, len(readings)) if number == len(readings) - 1]
    report = lint(_read(text), [ActiveRule(rule, rule.severity())])
    for crash in report.crashes:
        raise crash.error
    return [diagnostic.finding for diagnostic in report.diagnostics]


@lru_cache(maxsize=32)
def _read(text: str, name: str = "<letter>") -> Reading:
    """The reading of a text, made once for all rules that are tried on it."""
    return Reading(parse(Source(text, name)))


def written(found: list[Finding], text: str) -> str:
    """Findings as the cases write them: by quoting the letter, so that moving a line changes nothing."""
    source = Source(text)
    return "".join(_written(finding, source) for finding in found)


def _written(finding: Finding, source: Source) -> str:
    lines = [f"{_quoted(finding.span, source)} {finding.message}"]
    lines += [f"  {_quoted(note.span, source)} {note.message}" for note in finding.notes]
    if finding.fix:
        lines.append(f"  fix ({finding.fix.safety.value}): {finding.fix.title}")
    return "\n".join(lines) + "\n"


def _quoted(span: Span, source: Source) -> str:
    if span.start < span.end:
        return f'"{" ".join(source[span].split())}"'
    following = source.text[span.start :].lstrip().split("\n", 1)[0].strip()
    return f'before "{following}"'


def check_laws(rule: Rule, text: str) -> None:
    """What must hold of any rule on any letter."""
    found = findings(rule, text)
    assert found == findings(rule, text), "a rule must find the same things twice"
    for finding in found:
        spans = [finding.span, *(note.span for note in finding.notes)]
        assert all(0 <= s.start <= s.end <= len(text) for s in spans), "a span must lie in the letter"
        for message in (finding.message, *(note.message for note in finding.notes)):
            assert message, "a message says something"
            assert not message.endswith("."), "a message is no sentence"
            assert not message[0].isupper() or message.split()[0].isupper(), "a message has no capital"
        if finding.fix:
            _check_fix(rule, text, finding, len(found))


def _check_fix(rule: Rule, text: str, finding: Finding, times: int) -> None:
    fix = finding.fix
    assert fix is not None
    edits = sorted(edit.span for edit in fix.edits)
    assert all(a.end <= b.start for a, b in pairwise(edits)), "edits must not overlap"
    if fix.safety is Safety.SAFE:
        fixed = apply_fixes(text, [fix])
        assert len(findings(rule, fixed)) < times, "a safe fix must remove its finding"
        assert collect_facts(_read(fixed).letter) == collect_facts(_read(text).letter), "a safe fix must change no fact"
