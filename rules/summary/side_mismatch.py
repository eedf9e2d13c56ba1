import re
from collections import Counter
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Letter, Note, Prose, Rule, Side, Site, quotes, sites, spelling

# Words under which the other side is spoken of rightly.
OTHER_SIDE = re.compile(
    r"\b(?:contralateral|other|opposite|compar\w+|than|versus|unaffected|uninvolved|also|both|bilateral(?:ly)?"
    r"|prior|previous(?:ly)?|history"
    r"|dominant|normal|asymptomatic|non-?industrial|past|compensat\w+|favou?r\w*|overuse|older|denie[sd]"
    r"|hand(?:ed)?|full|intact|new|now|left and right"
    r"|right and left|sides?|unremarkable|radiat\w+|spread\w*)\b",
    re.IGNORECASE,
)
FEWEST = 3  # mentions of one side that make a single other one a slip


class SideMismatch(Rule):
    """One mention of the left where every other is of the right, or the reverse.

    The right knee was injured, examined and treated, and one sentence has it left: one of the two is a
    slip, and the wrong side may be treated. Sides that are compared, both sides, and a side that has a
    history of its own are no error.

    ```diff
    -therapy for the right shoulder. Utilization review on
    +therapy for the right shoulder, and noted a tear of the left shoulder. Utilization review on
    ```

    ```findings
    ```
    """

    code = "SUM004"
    category = Category.CONTRADICTION

    def check(self, letter: Letter) -> Iterator[Finding]:
        named = [
            (prose, site)
            for prose in spelling.texts(letter)
            for site in sites.of(prose)
            if site.side and site.part.paired
        ]
        counts = Counter((site.part.name, site.side) for _, site in named)
        regions = Counter((site.part.region, site.side) for _, site in named)
        for prose, site in named:
            other = Side.RIGHT if site.side is Side.LEFT else Side.LEFT
            if site.side is Side.BOTH or counts[site.part.name, Side.BOTH] or regions[site.part.region, Side.BOTH]:
                continue
            if prose is not letter.summary:
                continue  # a rationale is held against its item
            lone = regions[site.part.region, site.side] == 1 and counts[site.part.name, other] >= FEWEST
            if lone and not _excused(prose, site) and (place := _first(named, site, other)):
                note = Note(place[0].place(place[1].start, place[1].end), f"{other.value}, as elsewhere")
                yield Finding(
                    prose.place(site.start, site.end), f"the {other.value} one everywhere else", notes=(note,)
                )


def _excused(prose: Prose, site: Site) -> bool:
    sentence = next((s for s in prose.sentences if s.start <= site.start < s.end), None)
    return sentence is None or bool(OTHER_SIDE.search(sentence.text)) or quotes.quoted(prose, site.start)


def _first(named: list[tuple[Prose, Site]], site: Site, side: Side) -> tuple[Prose, Site] | None:
    return next(
        ((prose, each) for prose, each in named if each.part.name == site.part.name and each.side is side), None
    )
