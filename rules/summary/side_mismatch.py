import re
from collections import Counter
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# Words under which the other side may be right.
OTHER_SIDE = re.compile(
    r"\b(?:contralateral|other|opposite|compar\w+|than|versus|unaffected|uninvolved|also|both|bilateral(?:ly)?"
    rf"|{knowledge.wordings.any_of('earlier')}|history|dominant|normal|asymptomatic|non-?industrial|compensat\w+"
    r"|favou?r\w*|overuse|older"
    r"|hand(?:ed)?|full|intact|new|now|left and right"
    rf"|right and left|sides?|unremarkable|{knowledge.wordings.any_of('negation')}|negative|(?<!year[- ])"
    r"(?<!years[- ])old|stable|pain[- ]free|symmetric\w*|good"
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
    """One mention has the left side where every other has the right, or the reverse.

    The right knee was injured, examined and treated, and one sentence has the left: one of the two is a
    slip, and the wrong side may be treated. Sides that are compared, both sides, and a side with a history
    of its own are not reported.

    ```diff
    -therapy for the right shoulder. Utilization review on
    +therapy for the right shoulder, and noted a tear of the left shoulder. Utilization review on
    ```

    ```findings
    "shoulder" "left shoulder" here, "right shoulder" elsewhere
      "shoulder" "right shoulder"
    ```
    """

    code = "SUM004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        reported = set()
        for finding in (
            *_find_lone_sides(summary, reading),
            *(each for item in reading.items for each in _find_requested_sides(summary, item)),
        ):
            if finding.span not in reported:
                reported.add(finding.span)
                yield finding
        for passage in reading.written:
            if passage is not summary:
                item = next((each for each in reading.items if each.rationale is passage), None)
                for site in _find_sided(passage):
                    if item:
                        yield from _find_contrary_side(site, item, summary, reading)
                    yield from _find_exchanged_side(site, passage, summary)


def _find_sided(passage: Passage) -> Iterator[annotation.Site]:
    """The parts of the body that a text names with their side, of those that have two."""
    return (site for site in passage.sites if site.side and site.part.paired)


def _find_lone_sides(summary: Passage, reading: Reading) -> Iterator[Finding]:
    """The one mention of a side in the summary where the letter has the other side everywhere else."""
    sided = [site for passage in reading.written for site in _find_sided(passage)]
    counts = Counter((site.part.name, site.side) for site in sided)
    regions = Counter((site.part.region, site.side) for site in sided)
    both = model.Side.BOTH
    for site in _find_sided(summary):
        other = model.Side.RIGHT if site.side is model.Side.LEFT else model.Side.LEFT
        if site.side is both or counts[site.part.name, both] or regions[site.part.region, both]:
            continue
        lone = regions[site.part.region, site.side] == 1 and counts[site.part.name, other] >= FEWEST
        if lone and not _is_excused(site, summary):
            first = next(each for each in sided if each.part.name == site.part.name and each.side is other)
            note = Note(first.place.span, _quote_name(first))
            yield Finding(site.place.span, f"{_quote_name(site)} here, {_quote_name(first)} elsewhere", notes=(note,))


def _find_requested_sides(summary: Passage, item: Item) -> Iterator[Finding]:
    """A part requested on one side, of which the summary knows the other side only."""
    for site in _find_sided(item.disputed):
        there = [each for each in summary.sites if each.part.region == site.part.region and each.side]
        same = [each for each in there if each.part.name == site.part.name]
        sides = {each.side for each in there}
        if not same or len(sides) != 1 or sides & {site.side, model.Side.BOTH}:
            continue
        if site.side and not any(_is_excused(each, summary) for each in same):
            note = Note(item.dispute.title.span, "the disputed item")
            message = f"{_quote_name(same[0])} here, {_quote_name(site)} in the disputed item"
            yield Finding(same[0].place.span, message, notes=(note,))


def _find_contrary_side(site: annotation.Site, item: Item, summary: Passage, reading: Reading) -> Iterator[Finding]:
    """A side in the rationale of an item that does not name it, of which summary and items know the other one only."""
    assert item.rationale is not None
    if site.part.region in item.sides or _is_excused(site, item.rationale):
        return
    there = [each for each in summary.sites if each.part.region == site.part.region and each.side]
    requested = [each for other in reading.items for each in other.sites]
    sides = {each.side for each in (*there, *requested) if each.part.region == site.part.region and each.side}
    if there and len(sides) == 1 and not sides & {site.side, model.Side.BOTH}:
        note = Note(there[0].place.span, "in the summary")
        yield Finding(
            site.place.span, f"{_quote_name(site)} here, {_quote_name(there[0])} in the summary", notes=(note,)
        )


def _find_exchanged_side(site: annotation.Site, passage: Passage, summary: Passage) -> Iterator[Finding]:
    """A finding on one side, which the summary has on the other side only."""
    finding = _name_finding(site, passage)
    if not finding or _is_excused(site, passage, CLOSER):
        return
    there = [each for each in summary.sites if each.part.region == site.part.region]
    same = [each for each in there if _name_finding(each, summary) == finding]
    sides, known = {each.side for each in same}, {each.side for each in there}
    if len(sides) == 1 and not sides & {site.side, None, model.Side.BOTH} and known & {site.side, model.Side.BOTH}:
        note = Note(same[0].place.span, "in the summary")
        message = f"{quote(finding)} of the {_quote_name(site)} here, of the {_quote_name(same[0])} in the summary"
        yield Finding(site.place.span, message, notes=(note,))


def _quote_name(site: annotation.Site) -> str:
    """The side and the part, quoted: "left shoulder" with its quotation marks."""
    return quote(f"{site.side.value if site.side else ''} {site.part.name}")


def _name_finding(site: annotation.Site, passage: Passage) -> str:
    """What is found at a site, "" where it is nothing or denied."""
    sentence = site.place.sentence
    start, end = max(site.place.start - 35, sentence.start), min(site.place.end + 25, sentence.end)
    near = FINDING.search(passage.text, start, end)
    if near is None or passage.judge_polarity(passage.place(*near.span())) is not annotation.Polarity.AFFIRMED:
        return ""
    return near.group().casefold()


def _is_excused(site: annotation.Site, passage: Passage, within: int = CLOSE) -> bool:
    """Whether a side is quoted, or named beside words under which it may differ."""
    if passage.is_quoted(site.place.start):
        return True
    sentence = site.place.sentence
    start, end = max(site.place.start - within, sentence.start), min(site.place.end + within, sentence.end)
    return bool(OTHER_SIDE.search(passage.text, start, end))
