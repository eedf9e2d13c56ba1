import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Asked,
    Category,
    Dispute,
    Finding,
    Letter,
    Note,
    Polarity,
    Prose,
    Rule,
    Side,
    Statement,
    anatomy,
    asked,
    polarity,
    quotes,
    recitals,
    sites,
    statements,
)  # fmt: skip

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
    r"|helpful|differentiat\w+|distinguish\w*|corroborat\w*)\b",
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
NO_COMPLAINT = re.compile(
    r"\b(?:no|failed to (?:provide|document) any|lack of|without(?: any)?|absence of)(?: significant"
    r"| subjective| objective| documented| documentation of| clear| current)*"
    r" (?:complaints?|symptoms?)(?: (?:or|and) (?:physical )?(?:exam(?:ination)? )?findings)?(?: (?:regarding"
    r"|of|in|about|at|for|related to|involving|to))",
    re.IGNORECASE,
)
COMPLAINT = re.compile(r"\b(?:pain|tenderness|tender|aching|ache|sore|soreness|painful)\b", re.IGNORECASE)
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
    ```
    """

    code = "RAT014"
    category = Category.CONTRADICTION

    def check(self, letter: Letter) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None:
            return
        told = statements.evidence(summary)
        for dispute in letter.disputes:
            for said in _said(dispute):
                against = _against(said, told, asked.of(dispute))
                if against is not None:
                    denies = said.polarity is Polarity.DENIED
                    message = "denies what the summary tells" if denies else "tells what the summary denies"
                    note = Note(summary.place(against.start, against.end), "the summary")
                    yield Finding(said.prose.place(said.start, said.end), message, notes=(note,))
            for start, end, told_at in _complaints(dispute, summary):
                note = Note(summary.place(*told_at), "the summary")
                rationale = dispute.rationale
                if rationale:
                    yield Finding(rationale.place(start, end), "denies what the summary tells", notes=(note,))


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
                not site.side or other.side in (site.side, None, Side.BOTH)
            )
            sentence = next(s for s in summary.sentences if s.start <= other.start < s.end)
            near = COMPLAINT.search(
                summary.text, max(other.start - 40, sentence.start), min(other.end + 30, sentence.end)
            )
            if same and near and polarity.of(sentence, *near.span()) is Polarity.AFFIRMED:
                start, end = min(near.start(), other.start), max(near.end(), other.end)
                yield match.start(), site.end, (start, end)
                break


def _said(dispute: Dispute) -> Iterator[Statement]:
    """What the rationale of an item says of the case, each concept once."""
    seen = set()
    for sentence in dispute.rationale.sentences if dispute.rationale else ():
        of_case = not recitals.recited(sentence) or recitals.tells(sentence)
        if not of_case or recitals.mandatory(sentence) or GENERAL.search(sentence.text):
            continue
        for said in statements.named(sentence):
            before = sentence.prose.text[sentence.start : said.start]
            quoted = quotes.quoted(sentence.prose, said.start)
            apart = quoted or said.polarity is Polarity.THOUGHT or ABOUT.search(before[-60:])
            if apart or (said.polarity is Polarity.DENIED and NARROWER.search(before)):
                continue
            if (said.concept.name, said.polarity) not in seen:
                seen.add((said.concept.name, said.polarity))
                yield said


def _against(said: Statement, told: tuple[Statement, ...], own: Asked) -> Statement | None:
    """The statement of the summary that contradicts, when nothing there agrees."""
    there = [each for each in told if each.concept is said.concept and _comparable(said, each, own)]
    against = [each for each in there if each.polarity not in (said.polarity, Polarity.THOUGHT)]
    if any(each.polarity in (said.polarity, Polarity.THOUGHT) for each in there):
        return None
    return against[0] if against else None


def _comparable(said: Statement, told: Statement, own: Asked) -> bool:
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
    return any(anatomy.overlap(a, b) for a in regions for b in told.regions)
