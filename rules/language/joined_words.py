from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Pattern,
    Reading,
    RightWords,
    Rule,
    Safety,
    Span,
    match_case,
)

# A small word run together with a level of the spine: "atL5-S1".
LEVEL = Pattern(r"\b(?P<word>at|of|to|from|the|and|in|or|on|with|for)(?P<level>[CTLS][1-9][0-9]?\b)")


@dataclass(frozen=True)
class JoinedWords(Rule):
    """Two words run together: "levelsand", "atL5-S1".

    A space was lost in typing or copying. One of the two is a small word, and the whole is in no list of
    words.

    ```diff
    -and six
    -visits of therapy brought little relief.
    +and six
    +visits oftherapy brought little relief.
    ```

    ```findings
    "oftherapy" two words run together; did you mean "of therapy"?
      fix (suggested): write of therapy
    ```
    """

    code = "LAN014"
    category = Category.SUSPECT
    importance = Importance.LOW

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        for token, _, parts in reading.misspellings:
            if parts and token.text not in right:
                yield _finding(token.place.span, match_case(" ".join(parts), token.text))
        for passage in reading.written:
            for hit in passage.find(LEVEL):
                yield _finding(hit.span, f"{hit.group('word')} {hit.group('level')}")


def _finding(span: Span, meant: str) -> Finding:
    fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
    return Finding(span, f'two words run together; did you mean "{meant}"?', fix=fix)
