import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Letter,
    Passage,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

OTHER_WORK = re.compile(r"\bODG\b|Official Disability")
# "costing more than per ear": the amount is lost.
LOST_AMOUNT = re.compile(r"than (?=per\b|every\b|a (?:day|week|month)\b)")
COMPARED = ("more", "less", "fewer", "greater", "longer")
# "& (6) When treatment…": a number that remained when the list around it was cut.
LEFT_NUMBER = re.compile(r"[&,;] ?\((?P<number>[2-9])\) (?=[A-Z][a-z])")


class GuidelineMisquote(Rule):
    """A guideline is quoted with another number, or without words that its sense depends on.

    "Contains a drug that is not recommended is not recommended" means something else without its
    middle, and a limit of visits or weeks decides the item. Only wordings and limits that letters quote
    often are compared; a rationale may use its own words. A number that remained of a list that was cut,
    and a comparison without its amount, are reported, too.

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
        before = rationale.text[: hit.place.start].rstrip()
        if word := next((word for word in COMPARED if before.endswith(word)), None):
            yield Finding(hit.span, f'the amount after "{word} than" is missing')
    for hit in rationale.find(LEFT_NUMBER):
        number = int(hit.group("number"))
        if f"({number - 1})" not in rationale.text[: hit.place.start]:
            message = f'the list has a number "({number})", but no number {number - 1} before it'
            yield Finding(hit.place_of("number").span, message)


def _find_misquotes(rationale: Passage, dispute: Dispute) -> Iterator[Finding]:
    """Known wordings of the guidelines cited that the rationale gives otherwise."""
    text = rationale.lower
    cited = {c.document for c in dispute.reviewer.citations} if dispute.reviewer else set()
    used = [
        quotation
        for quotation in knowledge.quotations.quotations()
        if (not quotation.documents or quotation.documents & cited)
        and (not quotation.subjects or quotation.subjects & dispute.request.subjects)
    ]
    for quotation in used:
        if quotation.anchor not in text:
            continue
        for match in quotation.pattern.finditer(text):
            if quotation.documents and OTHER_WORK.search(rationale.sentence_at(match.start()).text):
                continue
            yield from _compare(rationale, match, quotation, used)


def _compare(
    rationale: Passage,
    match: re.Match[str],
    quotation: knowledge.quotations.Quotation,
    used: list[knowledge.quotations.Quotation],
) -> Iterator[Finding]:
    """Where the words of a rationale differ from a wording: words that are lost, numbers, a word for a similar one."""
    if quotation.lost:
        message = f'the guideline has "{quotation.lost}" in between, which changes the sense'
        yield Finding(rationale.place(*match.span()).span, message)
    for place, right in enumerate(quotation.numbers):
        number = rationale.place(*match.span(f"n{place}"))
        allowed = {knowledge.quotations.upper_number(q.numbers[place]) for q in used if q.wording == quotation.wording}
        if knowledge.quotations.upper_number(number.text.lower()) not in allowed:
            yield Finding(number.span, f"{quote(number.text)} here, {right} in the guideline")
    if quotation.right:
        word = rationale.place(*match.span("word"))
        if match["word"] != quotation.right and annotation.is_near(match["word"], quotation.right):
            yield Finding(word.span, f'{quote(word.text)} here, "{quotation.right}" in the guideline')
