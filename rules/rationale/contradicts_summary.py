import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Prose,
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
        summary = letter.summary
        if summary is None:
            return
        told = statements.evidence(summary)
        for dispute in letter.disputes:
            for said in _said(dispute):
                against = _against(said, told, asked.of(dispute))
                if against is not None:
                    denies = said.polarity is annotation.Polarity.DENIED
                    message = "denies what the summary tells" if denies else "tells what the summary denies"
                    note = Note(summary.place(against.start, against.end), "the summary")
                    yield Finding(said.prose.place(said.start, said.end), message, notes=(note,))
            for start, end, told_at in (
                *_complaints(dispute, summary),
                *_courses(dispute, summary),
                *_signs(dispute, summary),
            ):
                note = Note(summary.place(*told_at), "the summary")
                rationale = dispute.rationale
                if rationale:
                    yield Finding(rationale.place(start, end), "the summary tells the opposite", notes=(note,))


def _courses(dispute: Dispute, summary: Prose) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Treatments and studies that are told as not done, and were done by the summary, or the reverse."""
    told = courses.of(summary)
    for course in courses.of(dispute.rationale) if dispute.rationale else ():
        if not _of_case(course.sentence) or quotes.quoted(course.prose, course.start):
            continue
        own = [each for each in told if _same(each.treatment, course.treatment)]
        if own and all(each.done is not course.done for each in own):
            yield course.start, course.end, (own[0].start, own[0].end)


def _same(treatment: knowledge.treatments.Treatment, other: knowledge.treatments.Treatment) -> bool:
    return treatment == other or {treatment.name, other.name} <= asked.NERVE_TESTS


def _of_case(sentence: Sentence) -> bool:
    """Whether a sentence tells a fact of this case, and no guideline's."""
    of_case = not recitals.recited(sentence) or recitals.tells(sentence)
    return of_case and not recitals.mandatory(sentence) and not GENERAL.search(sentence.text)


def _signs(dispute: Dispute, summary: Prose) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Signs of the examination that are positive here and negative there."""
    rationale = dispute.rationale
    told = list(_tested(summary))
    for start, end, name, positive in _tested(rationale) if rationale else ():
        assert rationale is not None
        sentence = rationale.sentence_at(start)
        same = [each for each in told if each[2] == name]
        apart = SIDED.search(rationale.text, max(start - 40, sentence.start), min(end + 40, sentence.end))
        of_case = _of_case(sentence) and not quotes.quoted(rationale, start)
        if same and of_case and not apart and all(each[3] is not positive for each in same):
            yield start, end, (same[0][0], same[0][1])


def _tested(prose: Prose) -> Iterator[tuple[int, int, str, bool]]:
    """Each sign that is called positive or negative, with its name."""
    for sign in knowledge.signs.find(prose.text):
        before = RESULT_BEFORE.search(prose.text, max(sign.start - 30, 0), sign.start)
        behind = RESULT_BEHIND.match(prose.text, sign.end)
        result = before or behind
        if result:
            name = prose.text[sign.start : sign.end].casefold().replace("raising", "raise").removesuffix("'s")
            yield sign.start, sign.end, name, result["result"].casefold() == "positive"


def _complaints(dispute: Dispute, summary: Prose) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Complaints of a part of the body that the rationale denies, and the summary tells of."""
    rationale = dispute.rationale
    for match in NO_COMPLAINT.finditer(rationale.text) if rationale else ():
        assert rationale is not None
        site = next((each for each in sites.of(rationale) if 0 <= each.start - match.end() < 25), None)
        if site is None:
            continue
        for other in sites.of(summary):
            same = other.part.region == site.part.region and (
                not site.side or other.side in (site.side, None, model.Side.BOTH)
            )
            sentence = summary.sentence_at(other.start)
            near = COMPLAINT.search(
                summary.text, max(other.start - 40, sentence.start), min(other.end + 30, sentence.end)
            )
            if same and near and polarity.of(sentence, *near.span()) is annotation.Polarity.AFFIRMED:
                start, end = min(near.start(), other.start), max(near.end(), other.end)
                yield match.start(), site.end, (start, end)
                break


def _said(dispute: Dispute) -> Iterator[annotation.Assertion]:
    """What the rationale of an item says of the case, each concept once."""
    seen = set()
    for said in statements.named(dispute.rationale) if dispute.rationale else ():
        key = (said.concept.name, said.polarity)
        if (
            key not in seen
            and said.polarity is not annotation.Polarity.THOUGHT
            and _of_case(said.sentence)
            and _plain(said)
        ):
            seen.add(key)
            yield said


def _plain(said: annotation.Assertion) -> bool:
    """Whether a concept is affirmed or denied as such, not a part of it, nor what is done about it."""
    text = said.prose.text
    before, behind = text[said.sentence.start : said.start], text[said.end : said.end + 30].strip()
    if (
        quotes.quoted(said.prose, said.start)
        or ABOUT.search(before[-60:])
        or ABOUT.match(behind)
        or MEANT.search(before)
    ):
        return False
    if said.polarity is annotation.Polarity.DENIED and NARROWER.search(before):
        return False
    # Something is not tender at a point that may have no name here; "no tenderness" is said of all of it.
    return said.concept.name != "tenderness" or before.casefold().endswith(DENIERS)


def _against(
    said: annotation.Assertion, told: tuple[annotation.Assertion, ...], own: Item
) -> annotation.Assertion | None:
    """The statement of the summary that contradicts, when nothing there agrees."""
    there = [each for each in told if each.concept is said.concept and _comparable(said, each, own)]
    against = [each for each in there if each.polarity not in (said.polarity, annotation.Polarity.THOUGHT)]
    if any(each.polarity in (said.polarity, annotation.Polarity.THOUGHT) for each in there):
        return None
    return against[0] if against else None


def _comparable(said: annotation.Assertion, told: annotation.Assertion, own: Item) -> bool:
    """Whether two statements are of the same part of the body, as far as they say."""
    regions = said.regions or own.regions
    if said.concept.limbs:
        regions |= {SAME_LIMB[region] for region in regions if region in SAME_LIMB}
    if not regions or not told.regions:
        return (
            not regions
            or told.concept.plain
            or not own.regions
            or bool(told.regions) is bool(regions)
            or said.concept.limbs
        )
    return any(knowledge.anatomy.overlap(a, b) for a in regions for b in told.regions)
