import re
from collections import Counter
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Letter,
    Note,
    Prose,
    Reading,
    Rule,
    annotation,
    model,
)

# Words under which the other side is spoken of rightly.
OTHER_SIDE = re.compile(
    r"\b(?:contralateral|other|opposite|compar\w+|than|versus|unaffected|uninvolved|also|both|bilateral(?:ly)?"
    r"|prior|previous(?:ly)?|history"
    r"|dominant|normal|asymptomatic|non-?industrial|past|compensat\w+|favou?r\w*|overuse|older|denie[sd]"
    r"|hand(?:ed)?|full|intact|new|now|left and right"
    r"|right and left|sides?|unremarkable|no|not|without|negative|(?<!year[- ])(?<!years[- ])old|stable|pain[- ]free|symmetric\w*|good"
    r")\b",
    re.IGNORECASE,
)
FINDING = re.compile(
    r"\b(?:pain|tingling|numbness|weakness|swelling|tenderness|motion|injection|neuropathy|radiculopathy|fracture)\b",
    re.IGNORECASE,
)
CLOSE = 90  # characters
CLOSER = 40  # enough where both places name the same finding
FEWEST = 2  # mentions of one side that make a single other one a slip


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
    "shoulder" the right one everywhere else
      "shoulder" right, as elsewhere
    ```
    """

    code = "SUM004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        named = [
            (prose, site)
            for prose in spelling.texts(letter)
            for site in sites.of(prose)
            if site.side and site.part.paired
        ]
        counts = Counter((site.part.name, site.side) for _, site in named)
        regions = Counter((site.part.region, site.side) for _, site in named)
        seen = set()
        for prose, site in named:
            if prose is not letter.summary:
                yield from _untold(prose, site, letter)
                yield from _exchanged(prose, site, letter)
                continue
            other = model.Side.RIGHT if site.side is model.Side.LEFT else model.Side.LEFT
            if (
                site.side is model.Side.BOTH
                or counts[site.part.name, model.Side.BOTH]
                or regions[site.part.region, model.Side.BOTH]
            ):
                continue
            lone = regions[site.part.region, site.side] == 1 and counts[site.part.name, other] >= FEWEST
            if lone and not _excused(prose, site) and (place := _first(named, site, other)):
                note = Note(place[0].place(place[1].start, place[1].end), f"{other.value}, as elsewhere")
                seen.add(prose.place(site.start, site.end))
                yield Finding(
                    prose.place(site.start, site.end), f"the {other.value} one everywhere else", notes=(note,)
                )
        for dispute in letter.disputes:
            for finding in _asked(dispute, letter):
                if finding.span not in seen:
                    seen.add(finding.span)
                    yield finding


def _asked(dispute: Dispute, letter: Letter) -> Iterator[Finding]:
    """A part asked for on one side, of which the summary knows the other side only."""
    portion = dispute.request.disputed
    summary = letter.summary
    for site in sites.of_portion(portion) if summary else ():
        assert summary is not None
        there = [each for each in sites.of(summary) if each.part.region == site.part.region and each.side]
        same = [each for each in there if each.part.name == site.part.name]
        sides = {each.side for each in there}
        if not (site.side and site.part.paired and same) or len(sides) != 1 or sides & {site.side, model.Side.BOTH}:
            continue
        if not any(_excused(summary, each) for each in same):
            note = Note(dispute.title.span, f"{site.side.value}, as asked for")
            yield Finding(summary.place(same[0].start, same[0].end), "the other side is asked for", notes=(note,))


def _untold(prose: Prose, site: annotation.Site, letter: Letter) -> Iterator[Finding]:
    """A side in a rationale of which the summary knows only the other one; that of the item itself apart."""
    summary = letter.summary
    dispute = next((d for d in letter.disputes if d.rationale is prose), None)
    if summary is None or dispute is None or site.part.region in asked.of(dispute).sides or _excused(prose, site):
        return
    there = [each for each in sites.of(summary) if each.part.region == site.part.region and each.side]
    items = [each for d in letter.disputes for portion in d.request.portions for each in sites.of_portion(portion)]
    sides = {each.side for each in (*there, *items) if each.part.region == site.part.region and each.side}
    if there and len(sides) == 1 and not sides & {site.side, model.Side.BOTH}:
        note = Note(summary.place(there[0].start, there[0].end), "the summary")
        yield Finding(prose.place(site.start, site.end), "the other side in the summary", notes=(note,))


def _exchanged(prose: Prose, site: annotation.Site, letter: Letter) -> Iterator[Finding]:
    """A finding of one side in a rationale, which the summary has of the other side only."""
    if letter.summary is None or not (found := _finding(prose, site)) or _excused(prose, site, CLOSER):
        return
    told = [each for each in sites.of(letter.summary) if each.part.region == site.part.region]
    sides = {each.side for each in told if _finding(letter.summary, each) == found}
    known = {each.side for each in told}
    if len(sides) == 1 and not sides & {site.side, None, model.Side.BOTH} and known & {site.side, model.Side.BOTH}:
        other = next(each for each in told if _finding(letter.summary, each) == found)
        note = Note(letter.summary.place(other.start, other.end), "the summary")
        yield Finding(prose.place(site.start, site.end), f"{found} of the other side in the summary", notes=(note,))


def _finding(prose: Prose, site: annotation.Site) -> str:
    """What is found at a site, "" where it is nothing or denied."""
    sentence = prose.sentence_at(site.start)
    near = FINDING.search(prose.text, max(site.start - 35, sentence.start), min(site.end + 25, sentence.end))
    if near is None or polarity.of(sentence, *near.span()) is not annotation.Polarity.AFFIRMED:
        return ""
    return near.group().casefold()


def _excused(prose: Prose, site: annotation.Site, within: int = CLOSE) -> bool:
    if quotes.quoted(prose, site.start):
        return True
    sentence = prose.sentence_at(site.start)
    near = max(site.start - within, sentence.start), min(site.end + within, sentence.end)
    return bool(OTHER_SIDE.search(prose.text, *near))


def _first(
    named: list[tuple[Prose, annotation.Site]], site: annotation.Site, side: model.Side
) -> tuple[Prose, annotation.Site] | None:
    return next(
        ((prose, each) for prose, each in named if each.part.name == site.part.name and each.side is side), None
    )
