import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Place,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    model,
)

# A denial of something narrower than the concept contradicts nothing.
NARROWER = re.compile(
    r"\b(?:new|progressive|worsening|recent(?:ly)?|further|additional|severe|unequivocal|specific|true"
    r"|definite|red flags?|increas\w+|ongoing|current|quantif\w+"
    r"|measur\w+|how|why|failed|failure|sufficient|emergent|residual|persistent|another|other|explain\w*"
    r"|reason)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
# What is said of something else than the worker's state: what a treatment does, what a test is for.
ABOUT = re.compile(
    r"\b(?:treat(?:s|ment|ed|ing)? (?:of|for)|relie(?:f|ve\w*)|reduc\w+|improv\w+|decreas\w+ in|response"
    r"|due to|caused by|prevent\w*|efficacy|used for|indicated for|side effects?"
    r"|helpful|meant for|intended for|in the region|differentiat\w+|distinguish\w*|corroborat\w*)\b",
    re.IGNORECASE,
)
# A guideline speaks, or it is said of everybody.
GENERAL = re.compile(
    r"\b(?:guidelines?|mtus|acoem|odg|chapter)\b[^.;]{0,80}\b(?:states?|indicates?|notes?|recommends?"
    r"|supports?|require\w*|allow\w*|specif\w+|discuss\w*|acknowledge\w*|cite\w*)\b"
    r"|\b(?:should|must) (?:also )?(?:be|not|include|have)\b|\bwhen the neurologic\w*|\bpatients (?:with|who"
    r"|presenting)\b|\bin patients\b|\bindications for\b|\bcriteria\b[^.;]{0,30}\binclude",
    re.IGNORECASE,
)
SIDED = re.compile(r"\b(?:left|right|bilateral(?:ly)?|both)\b", re.IGNORECASE)
RESULT_BEFORE = re.compile(
    r"\b(?P<result>positive|negative)(?: (?:for|a|an|the|bilateral|left|right|seated|supine))* $", re.IGNORECASE
)
RESULT_BEHIND = re.compile(
    r"(?:['’]s)?(?: (?:test|sign|testing|maneuver)s?)?(?: (?:was|is|were|are|on the left|on the right"
    r"|bilaterally))* (?P<result>positive|negative)\b",
    re.IGNORECASE,
)
NO_COMPLAINT = re.compile(
    r"\b(?:no|failed to (?:provide|document) any|lack of|without(?: any)?|absence of)(?: significant"
    r"| subjective| objective| documented| documentation of| clear| current)*"
    r" (?:complaints?|symptoms?)(?: (?:or|and) (?:physical )?(?:exam(?:ination)? )?findings)?(?: (?:regarding"
    r"|of|in|about|at|for|related to|involving|to))",
    re.IGNORECASE,
)
COMPLAINT = re.compile(r"\b(?:pain|tenderness|tender|aching|ache|sore|soreness|painful)\b", re.IGNORECASE)
MEANT = re.compile(
    r"\b(?:meant|used|indicated|intended|recommended|useful|reserved) (?:only )?(?:for|in|to)\b", re.IGNORECASE
)
DENIERS = ("no ", "without ", "any ", "of ")
SAME_LIMB = {"neck": "arm", "low back": "leg", "thoracic": "leg", "spine": "leg"}


class ContradictsSummary(Rule):
    """The rationale denies what the summary tells, or tells what the summary denies.

    "No radicular complaints" where the summary has pain radiating into the leg: either the summary or
    the rationale is of another case, and a plainly wrong fact is a ground of appeal (Labor Code
    4610.6(h)). Only sentences on the case are compared; guideline text, suspicions, and what the summary
    tells both ways (at different visits) are set aside, and so are narrower denials ("no new deficits").

    ```diff
    -Decision rationale: A few visits of therapy are supported by the MTUS to teach exercises, then
    +Decision rationale: There is no weakness. A few visits of therapy are supported by the MTUS to teach exercises, then
    ```

    ```findings
    "weakness" denies what the summary tells
      "weakness" the summary
    ```
    """

    code = "RAT014"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None:
            return
        for item in reading.items:
            rationale = item.rationale
            if rationale is None:
                continue
            for stated in _own_assertions(rationale):
                opposite = _find_opposite(stated, summary, item)
                if opposite is not None:
                    denies = stated.polarity is annotation.Polarity.DENIED
                    message = "denies what the summary tells" if denies else "tells what the summary denies"
                    yield Finding(stated.place.span, message, notes=(Note(opposite.place.span, "the summary"),))
            for here, there in (
                *_denied_complaints(rationale, summary),
                *_opposite_events(rationale, summary),
                *_opposite_signs(rationale, summary),
            ):
                yield Finding(here.span, "the summary tells the opposite", notes=(Note(there.span, "the summary"),))


def _opposite_events(rationale: Passage, summary: Passage) -> Iterator[tuple[Place, Place]]:
    """Treatments and studies that are said not to be done, and were done by the summary, or the reverse."""
    for event in rationale.treatment_events:
        if not _is_of_case(rationale.sentence_of(event.place)) or rationale.is_quoted(event.place.start):
            continue
        same = [each for each in summary.treatment_events if _is_same(each.treatment, event.treatment)]
        if same and all(each.done is not event.done for each in same):
            yield event.place, same[0].place


def _is_same(treatment: knowledge.treatments.Treatment, other: knowledge.treatments.Treatment) -> bool:
    return treatment == other or {treatment.name, other.name} <= annotation.NERVE_TESTS


def _is_of_case(sentence: Sentence) -> bool:
    """Whether a sentence states a fact of this case, and no guideline's."""
    of_case = sentence.is_of_case or sentence.states_fact
    return of_case and not sentence.is_opioid_notice and not GENERAL.search(sentence.text)


class SignResult(NamedTuple):
    """A sign of the examination that is called positive or negative."""

    place: Place
    name: str
    is_positive: bool


def _opposite_signs(rationale: Passage, summary: Passage) -> Iterator[tuple[Place, Place]]:
    """Signs of the examination that are positive here and negative there."""
    in_summary = list(_sign_results(summary))
    for result in _sign_results(rationale):
        sentence = rationale.sentence_of(result.place)
        start, end = result.place.start, result.place.end
        same = [each for each in in_summary if each.name == result.name]
        sided = SIDED.search(rationale.text, max(start - 40, sentence.place.start), min(end + 40, sentence.place.end))
        of_case = _is_of_case(sentence) and not rationale.is_quoted(start)
        if same and of_case and not sided and all(each.is_positive is not result.is_positive for each in same):
            yield result.place, same[0].place


def _sign_results(passage: Passage) -> Iterator[SignResult]:
    """Each sign that is called positive or negative."""
    text = passage.text
    for start, end, _ in knowledge.signs.find(text):
        before = RESULT_BEFORE.search(text, max(start - 30, 0), start)
        result = before or RESULT_BEHIND.match(text, end)
        if result:
            name = text[start:end].casefold().replace("raising", "raise").removesuffix("'s")
            yield SignResult(passage.place(start, end), name, result["result"].casefold() == "positive")


def _denied_complaints(rationale: Passage, summary: Passage) -> Iterator[tuple[Place, Place]]:
    """Complaints of a part of the body that the rationale denies, and the summary records."""
    for match in NO_COMPLAINT.finditer(rationale.text):
        site = next((each for each in rationale.sites if 0 <= each.place.start - match.end() < 25), None)
        complaint = _find_complaint(summary, site) if site else None
        if site and complaint:
            yield rationale.place(match.start(), site.place.end), complaint


def _find_complaint(summary: Passage, site: annotation.Site) -> Place | None:
    """Where the summary records a complaint of a part of the body, on the same side where one is named."""
    for other in summary.sites:
        same_side = not site.side or other.side in (site.side, None, model.Side.BOTH)
        sentence, (_, start, end) = other.place.sentence, other.place
        near = COMPLAINT.search(summary.text, max(start - 40, sentence.start), min(end + 30, sentence.end))
        if (
            other.part.region == site.part.region
            and same_side
            and near
            and summary.sentence_of(other.place).judge_polarity(summary.place(*near.span()))
            is annotation.Polarity.AFFIRMED
        ):
            return summary.place(min(near.start(), start), max(near.end(), end))
    return None


def _own_assertions(rationale: Passage) -> Iterator[annotation.Assertion]:
    """What a rationale says of the case, each concept once."""
    seen = set()
    for stated in rationale.named_concepts:
        key = (stated.concept.name, stated.polarity)
        if (
            key not in seen
            and stated.polarity is not annotation.Polarity.THOUGHT
            and _is_of_case(rationale.sentence_of(stated.place))
            and _is_of_concept(stated, rationale)
        ):
            seen.add(key)
            yield stated


def _is_of_concept(stated: annotation.Assertion, rationale: Passage) -> bool:
    """Whether a concept is affirmed or denied as such, not a part of it, nor what is done about it."""
    before, behind = stated.place.before, rationale.text[stated.place.end : stated.place.end + 30].strip()
    if (
        rationale.is_quoted(stated.place.start)
        or ABOUT.search(before[-60:])
        or ABOUT.match(behind)
        or MEANT.search(before)
    ):
        return False
    if stated.polarity is annotation.Polarity.DENIED and NARROWER.search(before):
        return False
    # Something is not tender at a point that may have no name here; "no tenderness" is said of all of it.
    return stated.concept.name != "tenderness" or before.casefold().endswith(DENIERS)


def _find_opposite(stated: annotation.Assertion, summary: Passage, item: Item) -> annotation.Assertion | None:
    """The assertion of the summary that contradicts, where nothing there agrees."""
    comparable = [
        each for each in summary.assertions if each.concept is stated.concept and _is_comparable(stated, each, item)
    ]
    agreeing = (stated.polarity, annotation.Polarity.THOUGHT)
    if any(each.polarity in agreeing for each in comparable):
        return None
    return comparable[0] if comparable else None


def _is_comparable(stated: annotation.Assertion, recorded: annotation.Assertion, item: Item) -> bool:
    """Whether two assertions are of the same part of the body, as far as they say."""
    regions = stated.regions or item.regions
    if stated.concept.limbs:
        regions |= {SAME_LIMB[region] for region in regions if region in SAME_LIMB}
    if not regions or not recorded.regions:
        return (
            not regions
            or recorded.concept.plain
            or not item.regions
            or bool(recorded.regions) is bool(regions)
            or stated.concept.limbs
        )
    return any(knowledge.anatomy.overlap(a, b) for a in regions for b in recorded.regions)
