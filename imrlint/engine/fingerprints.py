"""A mark by which a finding is known again when other parts of its letter have changed."""

from __future__ import annotations

import hashlib
from collections import Counter

from imrlint.document.letter import Letter
from imrlint.engine.findings import Finding


class Fingerprints:
    """Gives each finding of one letter its mark.

    It is made of the rule, the case number, the title of the item in which the finding stands, its
    words, and how often these came before; never of a line, an offset or a message.
    """

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        number = letter.header.case_number
        self._case = number.raw if number else ""
        self._seen: Counter[tuple[str, ...]] = Counter()

    def of(self, rule: str, finding: Finding) -> str:
        """Sixteen hexadecimal digits. Ask in the order in which the findings stand."""
        words = " ".join(self._letter.source[finding.span].split())
        key = (rule, self._case, self._part(finding), words)
        self._seen[key] += 1
        mark = "\x1f".join((*key, str(self._seen[key])))
        return hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _part(self, finding: Finding) -> str:
        for dispute in self._letter.disputes:
            if dispute.span.start <= finding.span.start < dispute.span.end:
                return dispute.title.value or ""
        return ""


def again(mark: str, times: int) -> str:
    """The mark of a finding between letters that has come `times` times in a run: each must be accepted by itself."""
    return mark if times == 1 else hashlib.sha256(f"{mark}\x1f{times}".encode()).hexdigest()[:16]


def short(words: str) -> int:
    """A number of eight bytes that stands for words: the same for the same words, in every run."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
