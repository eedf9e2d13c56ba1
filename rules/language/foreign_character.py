import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span

# Characters of a text that was read in the wrong encoding, and characters that are not visible.
FOREIGN = re.compile(
    "(?P<garbled>â€(?:™|˜|œ|\x9d|“|”|¦)|Ã[\x80-\xbf©¨¢ª±³¶¼]|Â(?=[ \xa0°®©±]))"
    "|(?P<unknown>\ufffd)"
    "|(?P<hidden>[\xad\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e]|(?<=.)\ufeff|[\x00-\x08\x0e-\x1f\x7f-\x9f])"
)
CONTROL = re.compile("(?P<hidden>[\x00-\x08\x0e-\x1f\x7f])")
NEXT_LINE = "\x85"  # ends the lines of a text that has no other line ends
MEANT = {"â€™": "’", "â€˜": "‘", "â€œ": "“", "â€\x9d": "”", "â€“": "–", "â€”": "—", "â€¦": "…", "Â": ""}


class ForeignCharacter(Rule):
    """Characters left over from copying: "â€™" for an apostrophe, invisible hyphens, control characters.

    They show in print or break a search for the word. The fix writes the character that was meant, where
    it is known.

    ```diff
    -and six
    -visits of therapy brought little relief.
    +and six
    +visits of the workerâ€™s therapy brought little relief.
    ```

    ```findings
    "â€™" garbled text: read in the wrong encoding; did you mean "’"?
      fix (safe): write ’
    ```
    """

    code = "LAN015"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        text = letter.source.text
        lines_end_otherwise = any(end in text.rstrip() for end in "\n\r")
        for match in (CONTROL if text.isascii() else FOREIGN).finditer(text):
            if match.group() == NEXT_LINE and not lines_end_otherwise:
                continue
            span = Span(*match.span())
            kind = str(match.lastgroup)
            fix = None
            if kind == "hidden":
                fix = Fix("delete it", (Edit(span, ""),), Safety.SAFE)
            elif (meant := MEANT.get(match.group())) is not None:
                fix = Fix(f"write {meant}" if meant else "delete it", (Edit(span, meant),), Safety.SAFE)
            yield Finding(span, _describe_character(match.group(), kind), fix=fix)


def _describe_character(character: str, kind: str) -> str:
    match kind:
        case "garbled":
            meant = MEANT.get(character)
            return "garbled text: read in the wrong encoding" + (f'; did you mean "{meant}"?' if meant else "")
        case "unknown":
            return "a character that could not be read"
        case _:
            return f"invisible character U+{ord(character):04X}"
