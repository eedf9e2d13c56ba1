import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety

SPACE = re.compile(r" (?P<mark>[,;](?= )|[.](?= [A-Z]|$))")
# "Knee/ Transportation": a slash has no space, or one on both sides.
SLASH = re.compile(r"/(?P<space> )(?=[A-Za-z])")
BEFORE = re.compile(r"[A-Za-z)%]")
MARKS = {",": "comma", ";": "semicolon", ".": "full stop"}


class SpaceBeforePunctuation(Rule):
    """A space before a comma, a semicolon or a full stop, or behind a slash.

    It is usually left over where words were deleted.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then
    +A few visits of therapy are supported by the MTUS to teach exercises , then
    ```

    ```findings
    "exercises ," space before the comma
      fix (safe): delete the space
    ```
    """

    code = "LAN004"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            if passage.prose.span in titles:
                continue  # title-spacing reports those
            for hit in passage.find(SLASH):
                gap = hit.place_of("space").span
                if letter.source[gap] != " " or not passage.text[hit.place.start - 1 : hit.place.start].isalpha():
                    continue  # a line ends behind the slash, or it has spaces on both sides
                fix = Fix("delete the space", (Edit(gap, ""),), Safety.SUGGESTED)
                word = passage.text.rfind(" ", 0, hit.place.start) + 1
                span = passage.place(word, hit.place_of("space").start).span
                yield Finding(span, "space behind the slash", fix=fix)
            for hit in passage.find(SPACE):
                if not BEFORE.match(passage.text[max(0, hit.place.start - 1) : hit.place.start]):
                    continue
                word = passage.text.rfind(" ", 0, hit.place.start) + 1
                space = passage.place(hit.place.start, hit.place_of("mark").start)
                fix = Fix("delete the space", (Edit(space.span, ""),), Safety.SAFE)
                yield Finding(
                    passage.place(word, hit.place.end).span, f"space before the {MARKS[hit.group('mark')]}", fix=fix
                )
