import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, knowledge

# Two marks where there should be one. Three full stops stand for words left out; a comma may follow "etc.".
DOUBLED = re.compile(r",[ ]?,+|;[ ]?;+|\.\.(?!\.)|[,;]\.(?![0-9])|\.,|::")
BEFORE = re.compile(r"[A-Za-z0-9)%\"”]")
WORD = re.compile(r"\b[A-Za-z]{5,}$")


class DoubledPunctuation(Rule):
    """Two punctuation marks where there should be one.

    Three full stops, and a comma after an abbreviation, are right.

    ```diff
    -and six
    -visits of therapy brought little relief.
    +and six
    +visits of therapy brought little relief..
    ```

    ```findings
    ".." "..": two punctuation marks in a row
      fix (safe): write .
    ```
    """

    code = "LAN005"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for hit in passage.find(DOUBLED):
                before = passage.text[max(0, hit.place.start - 20) : hit.place.start]
                if not BEFORE.match(before[-1:]):
                    continue
                marks = hit.text.replace(" ", "")
                one = marks[-1] if marks[0] in ",;" and marks[-1] == "." else marks[0]
                word = WORD.search(before)
                if marks == ".," and not (word and knowledge.lexicon.is_known(word.group().casefold())):
                    continue  # an abbreviation may be followed by a comma
                fix = Fix(f"write {one}", (Edit(hit.span, one),), Safety.SAFE)
                yield Finding(hit.span, f'"{hit.text}": two punctuation marks in a row', fix=fix)
