import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety

SPACE = re.compile(r" (?P<mark>[,;](?= )|[.](?= [A-Z]|$))")
BEFORE = re.compile(r"[A-Za-z)%]")


class SpaceBeforePunctuation(Rule):
    """A space before a comma, a semicolon or a full stop.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then
    +A few visits of therapy are supported by the MTUS to teach exercises , then
    ```

    ```findings
    "exercises ," a space before the mark
      fix (safe): take the space out
    ```
    """

    code = "LAN004"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}
        for passage in reading.written:
            if passage.prose.span in titles:
                continue  # a title is set as the request was; its spacing has a rule of its own
            for hit in passage.prose.find(SPACE):
                if not BEFORE.match(passage.text[max(0, hit.place.start - 1) : hit.place.start]):
                    continue
                word = passage.text.rfind(" ", 0, hit.place.start) + 1
                space = passage.place(hit.place.start, hit.place_of("mark").start)
                fix = Fix("take the space out", (Edit(space.span, ""),), Safety.SAFE)
                yield Finding(passage.place(word, hit.place.end).span, "a space before the mark", fix=fix)
