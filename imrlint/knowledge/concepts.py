"""Clinical concepts: what a rationale denies or affirms, and what in a record speaks for or against it.

Source: the table `concepts.tsv`. `named` are the words by which a rationale names a concept, `evidence`
those that affirm it in a summary, `absence` those that deny it; all are regular expressions over text
in lower case. A plain finding ("swelling") is its own evidence; of a wider one ("nerve compromise") the
evidence has words of its own. `limbs` marks those that are sought in the limb of a part of the spine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from imrlint.knowledge import tables


@dataclass(frozen=True)
class Concept:
    name: str
    named: re.Pattern[str]
    evidence: re.Pattern[str]
    absence: re.Pattern[str] | None
    limbs: bool

    @property
    def plain(self) -> bool:
        """Whether the words that name it are the very words that affirm it."""
        return self.named.pattern == self.evidence.pattern


@cache
def concepts() -> tuple[Concept, ...]:
    return tuple(
        Concept(
            row["concept"],
            _words(row["named"]),
            _words(row["evidence"]),
            _words(row["absence"]) if row["absence"] else None,
            bool(row["limbs"]),
        )
        for row in tables.rows("concepts.tsv")
    )


def _words(written: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{written})")
