import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Hit, Importance, Letter, Reading, Rule, Safety, knowledge

# A hyphen with a space on one side only, within a word: "X- RAYS", "follow- up". At a line end it is no slip.
BEHIND = re.compile(r"- (?P<second>[A-Za-z]+\b)")
BEFORE = re.compile(r" -(?P<second>[A-Za-z]+\b)")
FIRST = re.compile(r"[A-Za-z]+$")
SUSPENDED = {"and", "or", "to", "vs", "versus", "through"}  # "short- and long-acting"


class BrokenHyphen(Rule):
    """A hyphen with a space on one side tears a word apart: "X- RAYS", "follow -up".

    A hyphen at the end of a line, and one that hangs on purpose ("short- and long-acting"), are right.

    ```diff
    -and more
    -physical therapy for the right shoulder. Utilization review
    +and follow- up
    +therapy for the right shoulder. Utilization review
    ```

    ```findings
    "follow- up" a space beside the hyphen
      fix (safe): close it up
    ```
    """

    code = "LAN008"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for prose in spelling.texts(letter):
            for pattern in (BEHIND, BEFORE):
                for hit in prose.find(pattern):
                    first = FIRST.search(prose.text[max(0, hit.match.start() - 20) : hit.match.start()])
                    if first:
                        yield from _broken(letter, hit, first.group())


def _broken(letter: Letter, hit: Hit, before: str) -> Iterator[Finding]:
    first, second = before.casefold(), hit.group("second").casefold()
    place = hit.prose.place(hit.match.start() - len(before), hit.match.end())
    raw = letter.source[place]
    if second in SUSPENDED or "\n" in raw or "\r" in raw:
        return
    if first == "x" or knowledge.lexicon.known(first + second) or f"{first}-{second}" in COMPOUNDS:
        gap = hit.prose.place(hit.match.start(), hit.match.start("second"))
        fix = Fix("close it up", (Edit(gap, "-"),), Safety.SAFE)
        yield Finding(place, "a space beside the hyphen", fix=fix)


COMPOUNDS = {
    "follow-up", "x-ray", "x-rays", "work-up", "re-evaluation", "re-examination", "post-op", "pre-op", "non-mtus",
    "self-care", "range-of", "short-acting", "long-acting", "low-back", "non-certified", "intra-articular", "well-being",
    "electro-diagnostic", "on-going", "check-up", "long-term", "short-term", "year-old", "anti-inflammatory",
}  # fmt: skip
