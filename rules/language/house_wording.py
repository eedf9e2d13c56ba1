import re
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
    Reading,
    Rule,
    Safety,
    Span,
    Trait,
    match_case,
    quote,
)

ALWAYS = {"irregardless": "regardless"}
FIRST_LINE = re.compile(r"\S[^\r\n]*")


@dataclass(frozen=True)
class HouseWording(Rule):
    """Words that your house forbids, prefers or requires.

    Set them under `[wording]` in `imrlint.toml`: `forbid` and `require` are lists of words or groups of
    words, `prefer` a table of words to replace and what to write instead. Case does not matter, and only
    whole words count. "Irregardless" is replaced in every house.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +Irregardless of the course, a supply of sixty tablets goes well beyond it
    ```

    ```findings
    "Irregardless" this house writes "regardless", not "Irregardless"
      fix (suggested): write Regardless
    ```
    """

    code = "LAN018"
    category = Category.SUSPECT
    importance = Importance.MEDIUM
    traits = frozenset({Trait.WORDING})

    forbid: Annotated[tuple[str, ...], "words that must not appear in a letter"] = ()
    prefer: Annotated[tuple[str, ...], "pairs: words to replace, then what to write instead"] = ()
    require: Annotated[tuple[str, ...], "words that must appear somewhere in a letter"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        preferred = ALWAYS | dict(zip(self.prefer[::2], self.prefer[1::2], strict=False))
        for passage in reading.written:
            lower = passage.text.casefold()
            for words in self.forbid:
                if words.casefold() not in lower:
                    continue
                for hit in passage.find(_pattern(words)):
                    yield Finding(hit.span, f"this house does not write {quote(hit.text)}")
            for words, right in preferred.items():
                if words.casefold() not in lower:
                    continue
                for hit in passage.find(_pattern(words)):
                    meant = match_case(right, hit.text)
                    fix = Fix(f"write {meant}", (Edit(hit.span, meant),), Safety.SUGGESTED)
                    yield Finding(hit.span, f'this house writes "{right}", not {quote(hit.text)}', fix=fix)
        for words in self.require:
            if not any(_pattern(words).search(prose.text) for prose in letter.prose):
                first = FIRST_LINE.search(letter.source.text)
                yield Finding(Span(*first.span()) if first else Span(0, 0), f"the letter does not say {quote(words)}")


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
