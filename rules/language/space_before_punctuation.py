import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span

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
        for prose in spelling.texts(letter):
            if prose.span in titles:
                continue  # a title is set as the request was; its spacing has a rule of its own
            for hit in prose.find(SPACE):
                if not BEFORE.match(prose.text[max(0, hit.match.start() - 1) : hit.match.start()]):
                    continue
                start = prose.text.rfind(" ", 0, hit.match.start()) + 1
                place = Span(prose.place(start, hit.match.end()).start, hit.span.end)
                fix = Fix(
                    "take the space out",
                    (Edit(hit.prose.place(hit.match.start(), hit.match.start("mark")), ""),),
                    Safety.SAFE,
                )
                yield Finding(place, "a space before the mark", fix=fix)
