"""Fingerprints, by which a finding is recognized after other parts of its letter have changed."""

from __future__ import annotations

import hashlib
from collections import Counter

from imrlint.document.letter import Letter
from imrlint.engine.findings import Finding


class Fingerprints:
    """Computes the fingerprints of one letter's findings.

    A fingerprint depends on the rule, the case number, the title of the disputed item around the
    finding, the words of the finding, and how often these occurred before; not on lines, offsets or
    messages.
    """

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        number = letter.header.case_number
        self._case_number = number.raw if number else ""
        self._occurrences: Counter[tuple[str, ...]] = Counter()

    def fingerprint(self, rule: str, finding: Finding) -> str:
        """Sixteen hexadecimal digits. Call it once for each finding, in the order of the text."""
        words = " ".join(self._letter.source[finding.span].split())
        key = (rule, self._case_number, self._item_title(finding), words)
        self._occurrences[key] += 1
        content = "\x1f".join((*key, str(self._occurrences[key])))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _item_title(self, finding: Finding) -> str:
        for dispute in self._letter.disputes:
            if dispute.span.start <= finding.span.start < dispute.span.end:
                return dispute.title.value or ""
        return ""


def number_fingerprint(fingerprint: str, occurrence: int) -> str:
    """The fingerprint of a finding between letters at its nth occurrence in a run.

    Equal findings of several letters get different fingerprints, so that each is accepted by itself.
    """
    if occurrence == 1:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}\x1f{occurrence}".encode()).hexdigest()[:16]


def hash_words(words: str) -> int:
    """A signed number of eight bytes, the same for the same words in every run."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
