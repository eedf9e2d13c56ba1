import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span

# Characters of a text that was read in the wrong encoding, and characters that nobody sees.
FOREIGN = re.compile(
    "(?P<garbled>â€(?:™|˜|œ|\x9d|“|”|¦)|Ã[\x80-\xbf©¨¢ª±³¶¼]|Â(?=[ \xa0°®©±]))"
    "|(?P<unknown>\ufffd)|(?P<hidden>[\xad\u200b-\u200f\u2060]|(?<=.)\ufeff|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f])"
)
CONTROL = re.compile("(?P<hidden>[\x00-\x08\x0b\x0e-\x1f\x7f])")
MEANT = {"â€™": "’", "â€˜": "‘", "â€œ": "“", "â€\x9d": "”", "â€“": "–", "â€”": "—", "â€¦": "…", "Â": ""}
SAID = {
    "garbled": "characters of a text that was read in the wrong encoding",
    "unknown": "a character that could not be read",
    "hidden": "a character that nobody sees",
}


class ForeignCharacter(Rule):
    """Characters that are left from copying: "â€™" for an apostrophe, hidden hyphens, control characters.

    ```diff
    -and six
    -visits of therapy brought little relief.
    +and six
    +visits of the workerâ€™s therapy brought little relief.
    ```

    ```findings
    "â€™" characters of a text that was read in the wrong encoding
      fix (safe): write ’
    ```
    """

    code = "LAN015"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        text = letter.source.text
        for match in (CONTROL if text.isascii() else FOREIGN).finditer(text):
            span = Span(*match.span())
            kind = str(match.lastgroup)
            fix = None
            if kind == "hidden":
                fix = Fix("take it out", (Edit(span, ""),), Safety.SAFE)
            elif (meant := MEANT.get(match.group())) is not None:
                fix = Fix(f"write {meant}" if meant else "take it out", (Edit(span, meant),), Safety.SAFE)
            yield Finding(span, SAID[kind], fix=fix)
