import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Prose, Reading, Rule, annotation, knowledge

OTHER_WORK = re.compile(r"\bODG\b|Official Disability")
# "costing more than per ear": the amount is lost.
LOST_AMOUNT = re.compile(r"than (?=per\b|every\b|a (?:day|week|month)\b)")
COMPARED = ("more", "less", "fewer", "greater", "longer")
# "& (6) When treatment…": a number that was left when the list around it was cut.
LEFT_NUMBER = re.compile(r"[&,;] ?\((?P<number>[2-9])\) (?=[A-Z][a-z])")


class GuidelineMisquote(Rule):
    """A guideline is quoted with another number, or without the words that make its sense.

    "Contains a drug that is not recommended is not recommended" says something else when the
    middle is lost; a limit of visits or weeks decides the item. Wordings and limits that letters
    quote often are known; a rationale that uses its own words is not held to them. A number
    left from a list that was cut, and a comparison without its amount, are reported, too.

    ```diff
    -The MTUS supports orphenadrine only as a brief course, and its benefit is
    -greatest in the opening days.
    +Under the MTUS a muscle relaxant is not recommended to be used for longer than five weeks.
    ```

    ```findings
    "five" the guideline says 2-3
    ```
    """

    code = "CIT017"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if rationale := dispute.rationale:
                yield from _misquoted(rationale, dispute)
                for hit in rationale.find(LOST_AMOUNT):
                    if rationale.text[: hit.match.start()].rstrip().endswith(COMPARED):
                        yield Finding(hit.span, "an amount is missing behind this")
                for hit in rationale.find(LEFT_NUMBER):
                    if f"({int(hit.group('number')) - 1})" not in rationale.text[: hit.match.start()]:
                        yield Finding(
                            hit.place_of("number").span, "a number left from a list: the one before it is missing"
                        )


def _misquoted(rationale: Prose, dispute: Dispute) -> Iterator[Finding]:
    text = rationale.text.lower()
    if len(text) != len(rationale.text):
        return
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
            yield from _differences(rationale, match, quotation, used)


def _differences(
    rationale: Prose,
    match: re.Match[str],
    quotation: knowledge.quotations.Quotation,
    used: list[knowledge.quotations.Quotation],
) -> Iterator[Finding]:
    if quotation.lost:
        yield Finding(rationale.place(*match.span()).span, f'the guideline says "{quotation.lost}" in between')
    for place, right in enumerate(quotation.numbers):
        allowed = {knowledge.quotations.upper(q.numbers[place]) for q in used if q.wording == quotation.wording}
        if knowledge.quotations.upper(match[f"n{place}"]) not in allowed:
            yield Finding(rationale.place(*match.span(f"n{place}")).span, f"the guideline says {right}")
    if quotation.right and match["word"] != quotation.right and annotation.is_near(match["word"], quotation.right):
        yield Finding(rationale.place(*match.span("word")).span, f'the guideline says "{quotation.right}"')
