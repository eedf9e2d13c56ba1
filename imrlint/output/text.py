"""Findings for people: the line shown, the words marked, the reason, the other place, the fix."""

from __future__ import annotations

from typing import TextIO

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic, Importance, Severity
from imrlint.engine.messages import mask_quotations, replace_controls
from imrlint.engine.report import Report
from imrlint.output import Outcome, Setting

_RED, _YELLOW, _BLUE, _BOLD, _DIM, _PLAIN = (f"\x1b[{n}m" for n in (31, 33, 34, 1, 2, 0))
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}
_WIDEST = 110  # columns of an excerpt; a longer line is shown around the words in question


class Writer:
    """Writes each diagnostic as a paragraph."""

    def __init__(self, out: TextIO, setting: Setting) -> None:
        self._out = out
        self._setting = setting

    def letter(self, report: Report) -> None:
        for diagnostic in report.diagnostics:
            setting = self._setting
            paragraph(
                diagnostic,
                report,
                self._out,
                excerpts=setting.excerpts,
                colour=setting.colour,
                marks=setting.marks,
            )

    def close(self, outcome: Outcome) -> None:
        """Nothing comes last: the summary goes to standard error."""


def paragraph(
    diagnostic: Diagnostic,
    report: Report,
    out: TextIO,
    *,
    excerpts: bool = True,
    colour: bool = False,
    marks: bool = False,
) -> None:
    """Write one diagnostic of a report; with `marks`, the mark by which a waiver names it."""
    _Paragraph(diagnostic, report.printable, excerpts, colour, report.is_secret(diagnostic)).write(out, marks=marks)


def summary(outcome: Outcome) -> str:
    """One line on a whole run."""
    found = ", ".join(
        _counted(outcome.counts[severity], severity.word)
        for severity in sorted(Severity, reverse=True)
        if outcome.counts[severity]
    )
    if found:
        ranked = [level for level in sorted(Importance, reverse=True) if outcome.importances[level]]
        found += f" (importance: {', '.join(f'{outcome.importances[level]:,} {level.word}' for level in ranked)})"
    fixed = f"{outcome.fixed:,} fixed, {'left: ' if found else ''}" if outcome.fixed else ""
    line = f"{_counted(outcome.letters, 'letter')} checked: {fixed}{found or 'nothing to report'}"
    if outcome.accepted:
        line += f"; {_counted(outcome.accepted, 'finding')} accepted before"
    if outcome.unchecked:
        line += f"; {_counted(len(outcome.unchecked), 'file')} could not be checked"
    return line


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


class _Paragraph:
    """One diagnostic, written out."""

    def __init__(self, diagnostic: Diagnostic, source: Source, excerpts: bool, colour: bool, hidden: bool) -> None:
        self.diagnostic = diagnostic
        self.source = source
        self.excerpts = excerpts
        self.colour = colour
        self.hidden = hidden

    def write(self, out: TextIO, *, marks: bool) -> None:
        diagnostic, finding = self.diagnostic, self.diagnostic.finding
        tint = _COLOURS[diagnostic.severity]
        out.write(
            f"{self.tinted(_BOLD, self.place(finding.span))}: "
            f"{self.tinted(tint, diagnostic.severity.word)}: {self.message(finding.message)} "
            f"{self.tinted(_DIM, f'[{diagnostic.name}]')}"
            f"{self.tinted(_DIM, f' {diagnostic.fingerprint}') if marks else ''}\n"
        )
        if self.excerpts:
            self.excerpt(finding.span, "^", tint, out)
        for note in finding.notes:
            out.write(f"  {self.other_place(note.span)}: {self.message(note.message)}\n")
            if self.excerpts:
                self.excerpt(note.span, "-", _BLUE, out)
        if finding.fix and self.excerpts and not self.hidden:
            out.write(f"  fix ({finding.fix.safety.value}): {finding.fix.title}\n")
        out.write("\n")

    def place(self, span: Span) -> str:
        """Where the finding stands: by line and column in a text file, by page or paragraph in others."""
        within = self.source.within(span.start)
        if within:
            return f"{self.source.name}, {within}"
        at = self.source.position(span.start)
        return f"{self.source.name}:{at.line}:{at.column}"

    def other_place(self, span: Span) -> str:
        return self.source.within(span.start) or f"line {self.source.position(span.start).line}"

    def message(self, message: str) -> str:
        return message if self.excerpts and not self.hidden else mask_quotations(message)

    def excerpt(self, span: Span, mark: str, tint: str, out: TextIO) -> None:
        """The line on which a span begins, with a mark under its words."""
        number = self.source.position(span.start).line
        line = self.source.line(number)
        start, end = span.start - line.start, max(min(span.end, line.end) - line.start, span.start - line.start + 1)
        text = replace_controls(self.source[line])
        if len(text) > _WIDEST:
            cut = max(0, min(start - 30, len(text) - _WIDEST))
            text = ("…" if cut else "") + text[cut + bool(cut) : cut + _WIDEST]
            start, end = start - cut, min(end - cut, _WIDEST)
        lead = len(text) - len(text.lstrip())
        text, start, end = text.strip(), start - lead, end - lead
        gutter = f"{number:>6}"
        out.write(f"{self.tinted(_DIM, gutter + ' |')} {text}\n")
        marks = " " * max(start, 0) + mark * max(end - max(start, 0), 1)
        out.write(f"{self.tinted(_DIM, ' ' * len(gutter) + ' |')} {self.tinted(tint, marks)}\n")

    def tinted(self, tint: str, words: str) -> str:
        return f"{tint}{words}{_PLAIN}" if self.colour else words
