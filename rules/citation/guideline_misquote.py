import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Letter,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

# The work that speaks is the one named last.
WORK = re.compile(
    r"(?P<mtus>\bMTUS\b|\bACOEM\b|Chronic Pain|Acupuncture (?:Medical )?Treatment|\bCalifornia\b)"
    rf"|\bODG\b|Official Disability|\b(?i:{knowledge.wordings.any_of('authority')})\b",
)
EDITION = Pattern(
    r"(?:MTUS|Guidelines?|Pain)\b[^.;]{0,30}\b(?P<after>20\d\d)\b|\b(?P<before>20\d\d)\b[^.;]{0,30}\b(?:MTUS|Guideline|Chronic Pain)"
)
# After a figure: it belongs to what follows, not to what is before it.
BELONGS = re.compile(r" (?:for|in|with|to treat)\b")
# "costing more than per ear": the amount is lost, unless "per" stands on both sides ("more per visit than per week").
LOST_AMOUNT = Pattern(r"\b(?P<word>more|less|fewer|greater|longer|higher|lower) (?P<than>than) per\b")
PER = re.compile(r"\bper\b")
# "& (6) When treatment…": a number that remained when the list around it was cut.
LEFT_NUMBER = re.compile(r"[&,;] ?\((?P<number>[2-9])\) (?=[A-Z][a-z])")


class GuidelineMisquote(Rule):
    """A guideline is quoted with another number, or without words that its sense depends on.

    "Contains a drug that is not recommended is not recommended" means something else without its
    middle, and a limit of visits or weeks decides the item. Only wordings and limits that letters quote
    often are compared, with the edition that is cited; a rationale may use its own words, and facts of the
    case and other works have numbers of their own. A number that remained of a list that was cut, and a
    comparison without its amount, are reported, too.

    ```diff
    -The MTUS supports orphenadrine only as a brief course, and its benefit is
    -greatest in the opening days.
    +Under the MTUS a muscle relaxant is not recommended to be used for longer than five weeks.
    ```

    ```findings
    "five" "five" here, 2-3 in the guideline
    ```
    """

    code = "CIT017"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale:
                yield from _find_misquotes(item.rationale, item.dispute)
                yield from _find_losses(item.rationale)


def _find_losses(rationale: Passage) -> Iterator[Finding]:
    """Comparisons without their amount, and numbers of a list whose beginning is lost."""
    for hit in rationale.find(LOST_AMOUNT):
        if not PER.search(rationale.text, hit.place.sentence.start, hit.place.start):
            yield Finding(hit.place_of("than").span, f'the amount after "{hit.group("word")} than" is missing')
    for hit in rationale.find(LEFT_NUMBER):
        number = int(hit.group("number"))
        if not re.search(rf"\b{number - 1}[).]", rationale.text[: hit.place.start]):
            message = f'the list has a number "({number})", but no number {number - 1} before it'
            yield Finding(hit.place_of("number").span, message)


class Match(NamedTuple):
    """A wording that a rationale quotes, and where."""

    quotation: knowledge.quotations.Quotation
    match: re.Match[str]


def _find_misquotes(rationale: Passage, dispute: Dispute) -> Iterator[Finding]:
    """Known wordings of the guidelines cited that the rationale gives otherwise."""
    matches = [
        Match(quotation, match)
        for quotation in _select_quotations(rationale, dispute)
        if quotation.anchor in rationale.lower
        for match in quotation.pattern.finditer(rationale.lower)
        if _is_quoted_from_guideline(rationale, match, quotation)
    ]
    for each in matches:
        yield from _find_loss(rationale, each)
    reported = set()
    for place, right in _find_wrong_numbers(rationale, matches):
        if place.span not in reported:
            reported.add(place.span)
            yield Finding(place.span, f"{quote(place.text)} here, {right} in the guideline")


def _select_quotations(rationale: Passage, dispute: Dispute) -> list[knowledge.quotations.Quotation]:
    """The wordings of the guidelines cited, and of the editions that the rationale names, on the item."""
    cited = {c.document for c in dispute.reviewer.citations} if dispute.reviewer else set()
    years = {hit.group("after") or hit.group("before") for hit in rationale.find(EDITION)}
    cited |= {f"CPMTG{year}" for year in years if any(str(key).startswith("CPMTG") for key in cited)}
    return [
        quotation
        for quotation in knowledge.quotations.quotations()
        if (not quotation.documents or quotation.documents & cited)
        and (not quotation.subjects or quotation.subjects & dispute.request.subjects)
    ]


def _is_quoted_from_guideline(
    rationale: Passage, match: re.Match[str], quotation: knowledge.quotations.Quotation
) -> bool:
    """Whether words are those of the guideline: not of the case, and not of a work outside the MTUS."""
    sentence = rationale.sentence_at(match.start())
    is_of_case = sentence.states_fact or sentence.is_of_case
    if quotation.numbers and is_of_case and not sentence.speaks_for_guideline:
        return False
    if not quotation.documents:
        return True
    works = list(WORK.finditer(rationale.text, 0, match.end()))
    others = (work for work in WORK.finditer(rationale.text, sentence.place.start, sentence.place.end))
    return (not works or bool(works[-1]["mtus"])) and all(work["mtus"] for work in others)


def _find_wrong_numbers(rationale: Passage, matches: list[Match]) -> Iterator[tuple[Place, str]]:
    """The numbers that no wording around them allows, each with the right one.

    A figure between two diagnoses is right where it belongs to either of them.
    """
    right = {
        match.span(f"n{number}")
        for quotation, match in matches
        for number, allowed in enumerate(quotation.numbers)
        if knowledge.quotations.is_within(match[f"n{number}"], allowed)
    }
    for quotation, match in matches:
        for number, allowed in enumerate(quotation.numbers):
            is_free = quotation.wording.startswith("{}") or not BELONGS.match(rationale.text, match.end())
            if is_free and match.span(f"n{number}") not in right:
                yield rationale.place(*match.span(f"n{number}")), allowed


def _find_loss(rationale: Passage, found: Match) -> Iterator[Finding]:
    """Where the words of a rationale differ from a wording: words that are lost, a word for a similar one."""
    quotation, match = found
    if quotation.lost:
        message = f'the guideline has "{quotation.lost}" in between, which changes the sense'
        yield Finding(rationale.place(*match.span()).span, message)
    if quotation.right:
        word = rationale.place(*match.span("word"))
        if match["word"] != quotation.right and annotation.is_near(match["word"], quotation.right):
            yield Finding(word.span, f'{quote(word.text)} here, "{quotation.right}" in the guideline')
