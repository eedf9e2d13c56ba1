import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Hit,
    Importance,
    Letter,
    Place,
    Reading,
    Rule,
    Safety,
    knowledge,
)

# A hyphen with a space on one side only, within a word: "X- RAYS", "follow- up". At the end of a line it is right.
BEHIND = re.compile(r"- (?P<second>[A-Za-z]+\b)")
BEFORE = re.compile(r" -(?P<second>[A-Za-z]+\b)")
FIRST = re.compile(r"[A-Za-z]+$")
SHORTEST = 3  # letters of a word before a dash
SUSPENDED = {"and", "or", "to", "vs", "versus", "through"}  # "short- and long-acting"


class BrokenHyphen(Rule):
    """A space beside a hyphen breaks a word in two: "X- RAYS", "follow -up".

    Such a word is not found by a search; and a dash has a space on both sides ("Low Back- Lumbar"). A hyphen at the end of a line, and one before "and" or "or"
    ("short- and long-acting"), are right.

    ```diff
    -and more
    -physical therapy for the right shoulder. Utilization review
    +and follow- up
    +therapy for the right shoulder. Utilization review
    ```

    ```findings
    "follow- up" space beside the hyphen; did you mean "follow-up"?
      fix (safe): delete the space
    ```
    """

    code = "LAN008"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for pattern in (BEHIND, BEFORE):
                for hit in passage.find(pattern):
                    first = FIRST.search(passage.text, max(0, hit.place.start - 20), hit.place.start)
                    if first and (finding := _judge_hyphen(hit, first.start())):
                        yield finding


def _judge_hyphen(hit: Hit, start: int) -> Finding | None:
    """The finding on a hyphen between the word that begins at character `start` and the word behind it."""
    place = hit.prose.place(start, hit.place.end)
    written = hit.prose.text[start : hit.place.start], hit.group("second")
    first, second = (word.casefold() for word in written)
    raw = hit.prose.source[place.span]
    if second in SUSPENDED or "\n" in raw or "\r" in raw:
        return None
    if first != "x" and not knowledge.lexicon.is_known(first + second) and f"{first}-{second}" not in COMPOUNDS:
        return _judge_dash(place, hit) if len(first) >= SHORTEST else None
    gap = hit.prose.place(hit.place.start, hit.place_of("second").start)
    fix = Fix("delete the space", (Edit(gap.span, "-"),), Safety.SAFE)
    return Finding(place.span, f'space beside the hyphen; did you mean "{"-".join(written)}"?', fix=fix)


def _judge_dash(place: Place, hit: Hit) -> Finding | None:
    """The finding on a hyphen that stands for a dash, with a space behind it only."""
    if hit.text.startswith(" "):
        return None
    mark = hit.prose.place(hit.place.start, hit.place.start + 1)
    fix = Fix("insert a space", (Edit(mark.span, " -"),), Safety.SUGGESTED)
    return Finding(place.span, "space on one side of a dash; there is one on both sides, or a comma instead", fix=fix)


COMPOUNDS = {
    "follow-up", "x-ray", "x-rays", "work-up", "re-evaluation", "re-examination", "post-op", "pre-op", "non-mtus",
    "self-care", "range-of", "short-acting", "long-acting", "low-back", "non-certified", "intra-articular", "well-being",
    "electro-diagnostic", "on-going", "check-up", "long-term", "short-term", "year-old", "anti-inflammatory",
}  # fmt: skip
