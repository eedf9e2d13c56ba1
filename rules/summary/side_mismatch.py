import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

FINDING = Pattern(
    r"\b(?:pain|tingling|numbness|weakness|swelling|tenderness|motion|injection|neuropathy|radiculopathy|fracture)\b",
    re.IGNORECASE,
)
# Behind a part with its side: a finding on a side.
CROSSED = Pattern(r"(?: [\w'/-]+){0,4}? (?:was|were|is|are)(?: [\w+./-]+){1,4}? on the (?P<side>\w+)", re.IGNORECASE)
# In a sentence of the summary: that something was requested, or refused.
ASKED = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('utilization review', 'refused', 'non-certified')}|request\w*|rfa)\b",
    re.IGNORECASE,
)
OPPOSITE = {model.Side.LEFT: "right", model.Side.RIGHT: "left"}
TREATED = (annotation.TermKind.TREATMENT, annotation.TermKind.STUDY)
COMPARING = frozenset(("than", "and", "as"))
FEWEST = 2  # places that have the other side
CLOSE = 90  # characters
CLOSER = 40  # enough where both places name the same finding
NEGATION = Pattern(rf"\b{knowledge.wordings.any_of('negation')}\b", re.IGNORECASE)
ARGUABLE = (Feature.ARGUABLE,)


class SideMismatch(Rule):
    """One mention has the left side where every other has the right, or the reverse.

    The right knee was injured, examined and treated, and one sentence has the left: one of the two is a
    slip, and the wrong side may be treated. It is a note where the sentence may be on the sound side, as one that begins
    with it ("The left knee was stable"), and where both sides are requested. Sides that are compared, both sides, and a side with a history of its own are
    not reported.

    ```diff
    -therapy for the right shoulder. Utilization review on
    +therapy for the right shoulder. He noted a tear of the left shoulder. Utilization review on
    ```

    ```findings
    "left shoulder" "left shoulder" here, "right shoulder" elsewhere
      "right shoulder" the other side
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
            *_find_lone_sides(reading),
            *(each for item in reading.items for each in _find_requested_sides(summary, item)),
            *(each for item in reading.items for each in _find_requested_limb(summary, item)),
        ):
            if finding.span not in reported:
                reported.add(finding.span)
                yield finding
        for passage in reading.composed:
            yield from _find_crossed_sides(passage)
        for item in reading.items:
            for finding in _find_exchanged(item, item.rationale, summary) if item.rationale else ():
                if finding.span not in reported:
                    reported.add(finding.span)
                    yield finding


def _find_sided(passage: Passage) -> Iterator[annotation.Site]:
    """The parts of the body that a text names with their side, of those that have two."""
    return (site for site in passage.sites if site.side and site.part.paired)


def _find_lone_sides(reading: Reading) -> Iterator[Finding]:
    """One mention of a side where every other place has the other one."""
    for lone in reading.lone_sides:
        if lone.is_possible:
            same = [each for each in lone.others if each.part.name == lone.site.part.name] or list(lone.others)
            note = Note(same[0].sided.span, "the other side")
            message = f"{_quote_name(lone.site)} here, {_quote_name(same[0])} elsewhere"
            evidence = ARGUABLE if lone.is_likely else (*ARGUABLE, Feature.INFERRED)
            yield Finding(lone.site.sided.span, message, notes=(note,), evidence=evidence)


def _is_beside(here: Place, there: Place) -> bool:
    """Whether two places are in one sentence or in sentences that follow one another, where sides are compared."""
    sentences = (place.prose.number_at(place.start) for place in (here, there))
    return here.prose is there.prose and abs(next(sentences) - next(sentences)) <= 1


def _find_requested_sides(summary: Passage, item: Item) -> Iterator[Finding]:
    """A part requested on one side, of which the summary knows the other side only."""
    for site in _find_sided(item.disputed):
        there = [each for each in summary.sites if each.part.region == site.part.region and each.side]
        asked = [each for each in there if ASKED.search(each.place.sentence.text)]
        if len({each.side for each in there}) > 1 and site.side is not model.Side.BOTH:
            there = asked  # the sound side was examined, too
        same = [each for each in there if each.part.name == site.part.name]
        sides = {each.side for each in there}
        if not same or len(sides) != 1 or sides & {site.side, model.Side.BOTH}:
            continue
        if site.side and not any(_is_excused(each, summary) for each in same):
            note = Note(item.dispute.title.span, "the disputed item")
            message = f"{_quote_name(same[0])} here, {_quote_name(site)} in the disputed item"
            evidence = (*ARGUABLE, Feature.INFERRED) if site.side is model.Side.BOTH else ARGUABLE
            yield Finding(same[0].sided.span, message, notes=(note,), evidence=evidence)


def _find_requested_limb(summary: Passage, item: Item) -> Iterator[Finding]:
    """A part requested on one side, where the summary has more than one of its limb, all on the other side."""
    for site in _find_sided(item.disputed):
        there = [each for each in _find_sided(summary) if _limb_of(each) == _limb_of(site)]
        sides = {each.side for each in there}
        if len(there) < FEWEST or len(sides) != 1 or sides & {site.side, model.Side.BOTH}:
            continue
        if site.side is not model.Side.BOTH and not any(each.part.name == site.part.name for each in there):
            note = Note(there[0].sided.span, "a side in the summary")
            message = f"{_quote_name(site)} here, but the summary has only the other side: {_quote_name(there[0])}"
            yield Finding(site.sided.span, message, notes=(note,), evidence=ARGUABLE)


def _limb_of(site: annotation.Site) -> str:
    return knowledge.anatomy.limb_of(site.part.region) or site.part.region


def _find_crossed_sides(passage: Passage) -> Iterator[Finding]:
    """A part of one side with a finding "on the" other: "the left knee was stable on the right"."""
    for site in _find_sided(passage):
        crossed = CROSSED.match(site.place.after)
        side = crossed["side"].casefold() if crossed else ""
        if crossed and site.side and side == OPPOSITE.get(site.side) and COMPARING.isdisjoint(crossed.group().split()):
            start = site.place.end + crossed.start("side")
            place = passage.place(start, start + len(side))
            message = f"{quote(side)} here, but it is said of the {_quote_name(site)}"
            notes = (Note(site.place.span, _quote_name(site)),)
            yield Finding(place.span, message, notes=notes, evidence=ARGUABLE)


def _find_exchanged(item: Item, rationale: Passage, summary: Passage) -> Iterator[Finding]:
    """The findings, treatments and studies of a rationale on one side, which summary and title have on the other only."""
    for site in _find_sided(rationale):
        yield from _find_exchanged_side(site, rationale, summary)
    for record in rationale.records:
        if record.term.kind in TREATED and record.polarity is not annotation.Polarity.DENIED:
            yield from _find_exchanged_treatment(record, rationale, (summary, item.title))


def _find_exchanged_treatment(
    record: annotation.Record, rationale: Passage, told_in: Sequence[Passage]
) -> Iterator[Finding]:
    """A treatment or a study of one side, where the letter tells of the same of the other side only."""
    sentence = rationale.sentence_of(record.place)
    site = next((each for each in record.sites if each.side and each.part.paired), None)
    if site is None or len({each.side for each in record.sites if each.side}) != 1 or site.side is model.Side.BOTH:
        return
    is_quoted = sentence.names_guideline or sentence.is_quoted(site.place.start)
    if is_quoted or annotation.may_be_other_side(site.place, CLOSE):
        return
    other: annotation.Site | None = None
    for passage in told_in:
        for same in passage.recorded.list_akin(record.term):
            for each in _select_sided(passage, same.place.sentence, site):
                if each.side in (site.side, model.Side.BOTH):
                    return
                other = other or each
    if other is not None:
        message = f"{_quote_name(site)} here, {_quote_name(other)} where the letter tells of the same"
        yield Finding(site.sided.span, message, notes=(Note(other.sided.span, "the other side"),), evidence=ARGUABLE)


def _select_sided(passage: Passage, sentence: Place, site: annotation.Site) -> Iterator[annotation.Site]:
    """The places of a sentence that name the part of a site with a side."""
    first = bisect_left(passage.sites, sentence.start, key=lambda each: each.place.start)
    last = bisect_left(passage.sites, sentence.end, first, key=lambda each: each.place.start)
    for each in passage.sites[first:last]:
        if each.side and each.part.region == site.part.region:
            yield each


def _find_exchanged_side(site: annotation.Site, passage: Passage, summary: Passage) -> Iterator[Finding]:
    """A finding on one side, which the summary has on the other side only."""
    finding = _name_finding(site, passage)
    if not finding or _is_excused(site, passage, CLOSER):
        return
    there = [each for each in summary.sites if each.part.region == site.part.region]
    same = [each for each in there if _name_finding(each, summary) == finding]
    sides, known = {each.side for each in same}, {each.side for each in there}
    if len(sides) == 1 and not sides & {site.side, None, model.Side.BOTH} and known & {site.side, model.Side.BOTH}:
        note = Note(same[0].sided.span, "in the summary")
        message = f"{quote(finding)} of the {_quote_name(site)} here, of the {_quote_name(same[0])} in the summary"
        own = [each.place for each in there if each.side in (site.side, model.Side.BOTH)]
        is_compared = any(_is_beside(place, each.place) for place in own for each in same)
        evidence = (*ARGUABLE, Feature.INFERRED) if is_compared else ARGUABLE
        yield Finding(site.sided.span, message, notes=(note,), evidence=evidence)


def _quote_name(site: annotation.Site) -> str:
    """The side and the part, quoted: "left shoulder" with its quotation marks."""
    return quote(f"{site.side.value if site.side else ''} {site.part.name}")


def _name_finding(site: annotation.Site, passage: Passage) -> str:
    """What is found at a site, "" where it is nothing or denied."""
    sentence = site.place.sentence
    start, end = max(site.place.start - 35, sentence.start), min(site.place.end + 25, sentence.end)
    near = FINDING.search(passage.text, start, end)
    if near and any(treatment.place.holds(near.start()) for treatment in passage.treatments_in(sentence)):
        return ""  # "continuous passive motion" is a device
    if near is None or passage.judge_polarity(passage.place(*near.span())) is not annotation.Polarity.AFFIRMED:
        return ""
    return near.group().casefold()


def _is_excused(site: annotation.Site, passage: Passage, within: int = CLOSE) -> bool:
    """Whether a side is quoted, or named beside words under which it may differ."""
    if passage.is_quoted(site.place.start):
        return True
    sentence = site.place.sentence
    start, end = max(site.place.start - within, sentence.start), min(site.place.end + within, sentence.end)
    return bool(NEGATION.search(passage.text, start, end)) or annotation.may_be_other_side(site.place, within)
