"""The report of one letter: its diagnostics, and the rules that failed on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from imrlint.document.text import Source, Span
from imrlint.engine.findings import Diagnostic, Fix, Importance, Severity
from imrlint.engine.messages import find_quotations, mask_quotations
from imrlint.once import cached_property

MASK = "•"  # printed in place of each character that identifies a person
_WORD = re.compile(r"[^\W_]{3,}")
_SHORT = re.compile(r"\b[^\W\d_a-z][^\W\d_]\b")  # "Ho", with its capital letter: "ho" may be another word
_CUT = re.compile(r"([^\W_]{3,}) …\"?$")


class BadYield(TypeError):
    """A rule yielded something that cannot be used. The message, for its author, contains no words of a letter."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised an error. The text of the error is never printed: it may contain words of the letter.

    Only that of a BadYield is printed.
    """

    rule: str
    error: BaseException
    remote_summary: str = ""  # of an error raised in another process, whose traceback is not here

    @property
    def message(self) -> str:
        """The crash in words, for whoever ran the rule."""
        return f"the rule {self.rule} failed ({self.error_summary}); please tell its author"

    @property
    def error_summary(self) -> str:
        """The type of the error, and the file and line that raised it; what is wrong, for a BadYield."""
        if self.remote_summary:
            return self.remote_summary
        if isinstance(self.error, BadYield):
            return str(self.error)
        last = self.error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        place = f" in {Path(last.tb_frame.f_code.co_filename).name}, line {last.tb_lineno}" if last else ""
        return f"{type(self.error).__name__}{place}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A diagnostic that does not count because of a waiver or the baseline, and the reason in words."""

    diagnostic: Diagnostic
    reason: str


class LetterItem(NamedTuple):
    """A disputed item: its title as it may be printed, on one line, the decision and what is requested, in a word."""

    span: Span
    title: str
    decision: str
    kind: str


@dataclass(frozen=True, slots=True)
class LetterDetails:
    """What findings are grouped by: the reviewer's specialty, the month of the decision, the disputed items.

    A month is like 2017-03. `case_number` is that of the letter, as it stands there. All are empty where the letter
    does not state them.
    """

    specialty: str = ""
    month: str = ""
    items: tuple[LetterItem, ...] = ()
    case_number: str = ""


@dataclass(frozen=True)
class Report:
    """The findings in a letter: the diagnostics that count, in the order of the text, and the accepted ones.

    `secrets` are the spans of words that identify a person, which no output prints.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...] = ()
    secrets: tuple[Span, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    details: LetterDetails = LetterDetails()

    @cached_property
    def printable(self) -> Source:
        """The letter as it may be printed: in the secrets each character is a MASK, but for white space."""
        if not self.secrets:
            return self.source
        letters = list(self.source.text)
        for start, end in self.secrets:
            letters[start:end] = [letter if letter.isspace() else MASK for letter in letters[start:end]]
        return replace(self.source, text="".join(letters))

    def is_secret(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic, or one of its notes, is about words that identify a person."""
        spans = [diagnostic.finding.span, *(note.span for note in diagnostic.finding.notes)]
        return any(a.start < b.end and b.start < a.end for a in self.secrets for b in spans)

    def printable_message(self, message: str, diagnostic: Diagnostic) -> str:
        """The message of a diagnostic or of one of its notes as it may be printed.

        Its quotations are masked if the diagnostic is secret, or if one of them contains a word of a secret.
        """
        is_secret = self.is_secret(diagnostic) or any(map(self._contains_secret, find_quotations(message)))
        return mask_quotations(message) if is_secret else message

    def printable_fixes(self, diagnostic: Diagnostic) -> tuple[Fix, ...]:
        """The fix of a diagnostic and the other ones, without those that contain a word of a secret.

        Empty if the diagnostic is secret, or its fix contains a word of a secret.
        """
        finding = diagnostic.finding
        if finding.fix is None or self.is_secret(diagnostic) or self._is_secret_fix(finding.fix):
            return ()
        return finding.fix, *(fix for fix in finding.others if not self._is_secret_fix(fix))

    def _is_secret_fix(self, fix: Fix) -> bool:
        return any(map(self._contains_secret, (fix.title, *(edit.text for edit in fix.edits))))

    def _contains_secret(self, words: str) -> bool:
        found = {*_WORD.findall(words.casefold()), *_SHORT.findall(words)}
        cut = _CUT.search(words.casefold())  # the first letters of a long word, which a quotation cuts off
        return not self._secret_words.isdisjoint(found) or bool(
            cut and any(secret.startswith(cut[1]) for secret in self._secret_words)
        )

    @cached_property
    def _secret_words(self) -> frozenset[str]:
        """The words and numbers in the secrets; casefolded, if they have three characters or more."""
        texts = [self.source[span] for span in self.secrets]
        return frozenset(word for text in texts for word in (*_WORD.findall(text.casefold()), *_SHORT.findall(text)))

    def weighty(self, severity: Severity | None, importance: Importance | None) -> Report:
        """The report without the findings that are less severe or less important than that; None: with all of them."""

        def is_weighty(diagnostic: Diagnostic) -> bool:
            return diagnostic.severity >= (severity or 0) and diagnostic.importance >= (importance or 0)

        return replace(
            self,
            diagnostics=tuple(filter(is_weighty, self.diagnostics)),
            accepted=tuple(each for each in self.accepted if is_weighty(each.diagnostic)),
        )

    def at_least(self, severity: Severity) -> Iterable[Diagnostic]:
        """The diagnostics of this severity or a higher one."""
        return (d for d in self.diagnostics if d.severity >= severity)
