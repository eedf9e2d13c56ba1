"""The format text, for people: each finding with its line, its words marked, the other place, and the fix."""

from __future__ import annotations

from typing import TextIO

from imrlint.document.text import Span
from imrlint.engine.findings import Diagnostic, Importance, Severity
from imrlint.engine.messages import mask_quotations, replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, WriterOptions
from imrlint.output.colours import BLUE, BOLD, DIM, RED, YELLOW, paint
from imrlint.output.excerpts import WIDEST, cut_line
from imrlint.output.items import count_findings, write_items

_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}


class Writer:
    """Writes a paragraph for each finding."""

    def __init__(self, out: TextIO, options: WriterOptions) -> None:
        self._out = out
        self._options = options
        self._listed: set[str] = set()  # names of letters whose items were written

    def write_report(self, report: Report) -> None:
        for diagnostic in report.diagnostics:
            options = self._options
            write_paragraph(
                diagnostic,
                report,
                self._out,
                excerpts=options.excerpts,
                colour=options.colour,
                marks=options.marks,
                width=options.width,
                rule_page=options.rule_page(diagnostic.name, report.source.name) if options.hyperlinks else "",
            )
        if self._options.by_item and report.diagnostics and report.source.name not in self._listed:
            self._listed.add(report.source.name)  # a second report has what comparing letters found
            write_items(report, self._out, excerpts=self._options.excerpts)

    def close(self, outcome: Outcome) -> None:
        """Write nothing: the summary goes to standard error."""


def write_paragraph(
    diagnostic: Diagnostic,
    report: Report,
    out: TextIO,
    *,
    excerpts: bool = True,
    colour: bool = False,
    marks: bool = False,
    width: int = WIDEST,
    rule_page: str = "",
) -> None:
    """Write one diagnostic of a report; with `marks`, also its fingerprint; with `rule_page`, a link to it.

    Excerpts have at most `width` columns.
    """
    _Paragraph(diagnostic, report, excerpts, colour, width).write(out, marks=marks, rule_page=rule_page)


def summarize(outcome: Outcome) -> str:
    """The figures of a run in one line."""
    found = count_findings(outcome.counts)
    if found:
        ranked = [level for level in sorted(Importance, reverse=True) if outcome.importances[level]]
        found += f" (importance: {', '.join(f'{outcome.importances[level]:,} {level.word}' for level in ranked)})"
    fixed = f"{outcome.fixed:,} fixed, {'left: ' if found else ''}" if outcome.fixed else ""
    line = f"{_count(outcome.letters, 'letter')} checked: {fixed}{found or 'nothing to report'}"
    if outcome.accepted:
        line += f"; {_count(outcome.accepted, 'accepted finding')} not counted"
    if outcome.unchecked:
        line += f"; {_count(len(outcome.unchecked), 'file')} could not be checked"
    return line


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def link_words(words: str, address: str) -> str:
    """The words as a link that a terminal follows (OSC 8); as they are where there is no address."""
    return f"\x1b]8;;{address}\x1b\\{words}\x1b]8;;\x1b\\" if address else words


class _Paragraph:
    """Writes one diagnostic."""

    def __init__(self, diagnostic: Diagnostic, report: Report, excerpts: bool, colour: bool, width: int) -> None:
        self.diagnostic = diagnostic
        self.report = report
        self.source = report.printable
        self.excerpts = excerpts
        self.colour = colour
        self.width = width

    def write(self, out: TextIO, *, marks: bool, rule_page: str) -> None:
        diagnostic, finding = self.diagnostic, self.diagnostic.finding
        rule = link_words(diagnostic.name, rule_page)
        tint = _COLOURS[diagnostic.severity]
        out.write(
            f"{self.paint(BOLD, self.describe_place(finding.span))}: "
            f"{self.paint(tint, diagnostic.severity.word)}: {self.printable_message(finding.message)} "
            f"{self.paint(DIM, f'[{rule}] {diagnostic.importance.word}')}"
            f"{self.paint(DIM, f' {diagnostic.fingerprint}') if marks else ''}\n"
        )
        if self.excerpts:
            self.write_excerpt(finding.span, "^", tint, out)
        for note in finding.notes:
            out.write(f"  {self.describe_other_place(note.span)}: {self.printable_message(note.message)}\n")
            if self.excerpts:
                self.write_excerpt(note.span, "-", BLUE, out)
        for fix in self.report.printable_fixes(diagnostic)[:1] if self.excerpts else ():
            out.write(f"  fix ({fix.safety.value}): {fix.title}\n")
        out.write("\n")

    def describe_place(self, span: Span) -> str:
        """The file, with line and column, or else with the page or paragraph."""
        within = self.source.within(span.start)
        if within:
            return f"{self.source.name}, {within}"
        at = self.source.position(span.start)
        return f"{self.source.name}:{at.line}:{at.column}"

    def describe_other_place(self, span: Span) -> str:
        return self.source.within(span.start) or f"line {self.source.position(span.start).line}"

    def printable_message(self, message: str) -> str:
        return self.report.printable_message(message, self.diagnostic) if self.excerpts else mask_quotations(message)

    def write_excerpt(self, span: Span, mark: str, tint: str, out: TextIO) -> None:
        """Write the line on which a span begins, with a mark under its words, with its number where lines count."""
        number = self.source.position(span.start).line
        line = self.source.line(number)
        start, end = span.start - line.start, max(min(span.end, line.end) - line.start, span.start - line.start + 1)
        line_text = replace_controls(self.source[line])
        lead = len(line_text) - len(line_text.lstrip())
        text, start, end = cut_line(line_text.strip(), start - lead, end - lead, self.width)
        gutter = f"{'' if self.source.within(span.start) else number:>6}"
        out.write(f"{self.paint(DIM, gutter + ' |')} {text}\n")
        marks = " " * max(start, 0) + mark * max(end - max(start, 0), 1)
        out.write(f"{self.paint(DIM, ' ' * len(gutter) + ' |')} {self.paint(tint, marks)}\n")

    def paint(self, tint: str, words: str) -> str:
        return paint(tint if self.colour else "", words)
