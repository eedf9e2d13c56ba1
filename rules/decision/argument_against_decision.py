import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
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
    quote,
)

# Arguments for a request, and against it, in sentences on the case.
CRITERIA_MET = re.compile(
    r"\b(?P<argument>(?:meets?|met|satisf(?:y|ies|ied)|fulfil+s?|would meet) (?:all |all of |both )?"
    rf"(?:(?:the|these|those|this|{knowledge.wordings.any_of('guideline')}|evidence[- ]based) )*(?:\w+ )?(?:guidelines?"
    r"|criteria|requirements|indications)"
    r"|(?:criteria|requirements|guidelines) (?:\w+ ){0,4}(?:are|have been|were|is|has been) (?:all |fully "
    r"|clearly )?(?:met|satisfied|fulfilled)"
    r"|(?:is|are) (?:fully |clearly )?(?:supported by|consistent with|within|in accordance with|in line with"
    rf"|in keeping with) (?:the )?(?:\w+ )?(?:{knowledge.wordings.any_of('guideline')}|criteria))",
    re.IGNORECASE,
)
CRITERIA_NOT_MET = re.compile(
    r"\b(?P<argument>(?:does|do|did|has|have) not (?:meet|met|satisfy|satisfied|fulfil+) (?:all |all of "
    r"|any of )?(?:the |these |those |this )?(?:\w+ ){0,2}(?:guidelines?|criteria|requirements|indications)"
    r"|(?:criteria|requirements) (?:\w+ ){0,4}(?:are|have|were|has) not (?:been )?(?:met|satisfied|fulfilled)"
    r"|(?:fails?|failed) to meet"
    r"|(?:request|requested \w+|frequency|duration"
    r"|number of \w+) (?:\w+ )?exceeds? (?:the )?(?:\w+ )?(?:guidelines?|recommend\w+|limit))",
    re.IGNORECASE,
)
# Words that deny such an argument, or make it a condition.
QUALIFIED = re.compile(
    rf"\b(?:{knowledge.wordings.any_of('negation', 'condition')}|fails?|failed|unclear|before|only|would need|must"
    r"|should|required|absence"
    r"|in order|to determine)\b|n['’]t\b",
    re.IGNORECASE,
)
# A denial with a reason that supports the request: the word "no" is missing.
DENIED_WITH_SUPPORT = re.compile(
    rf"(?:{knowledge.wordings.any_of('refused', 'non-certified')}|not (?:medically )?necessary) "
    rf"(?:\w+ )?{knowledge.wordings.any_of('reason')}(?: the fact that)? "
    r"(?P<argument>(?:there (?:is|was) (?:an? |clear |sufficient )?(?:indication|documentation|evidence)) (?:of|that))",
    re.IGNORECASE,
)
# The first words of a guideline's recommendation, pasted after a denial.
RECOMMENDED = re.compile(r"^(?P<argument>recommended (?:as indicated below|as an option|for))\b", re.IGNORECASE)
# What records do not do, in the infinitive.
NOT_DOCUMENTED = re.compile(
    r"\b(?:do|does|did) not (?:indicate|document|show|support|demonstrate|describe"
    r"|note)(?: that)? (?P<what>[^.;,]{20,160})|"
    r"\bthere (?:is|was) no (?:documentation|evidence|indication|mention) (?:of|that) (?P<what2>[^.;,]{20,160})",
    re.IGNORECASE,
)
WORDS = re.compile(r"[a-z]+")


class ArgumentAgainstDecision(Rule):
    """The rationale argues for the opposite of the decision.

    "The criteria are met … therefore not medically necessary": a "not" is missing or was left over, and
    the reader cannot tell whether the facts or the decision are wrong. The reverse slip is a request
    that is granted although its rationale denies what the guideline requires.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +would achieve what those did not. The request meets the guideline criteria.
    +Therefore, the request for physical therapy for the right
    ```

    ```findings
    "meets the guideline criteria" "meets the guideline criteria" argues for the request, but the decision is "Upheld"
      "Upheld" the decision
    ```
    """

    code = "DEC005"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale, decision = item.rationale, item.dispute.decision
            if rationale is None or decision is None or decision.value is None:
                continue
            is_upheld = decision.value is model.Decision.UPHELD
            note = Note(decision.span, "the decision")
            for place in _arguments_for(rationale) if is_upheld else _arguments_against(rationale):
                side = "for" if is_upheld else "against"
                message = f"{quote(place.text)} argues {side} the request, but the decision is {quote(decision.raw)}"
                yield Finding(place.span, message, notes=(note,))
        for prose in letter.prose:
            for hit in prose.find(DENIED_WITH_SUPPORT) if "there " in prose.text else ():
                reason = hit.place_of("argument")
                message = f"{quote(reason.text)} supports the request, but is given as the reason for denying it"
                yield Finding(reason.span, message)


def _arguments_for(rationale: Passage) -> Iterator[Place]:
    """Arguments for a request that was denied."""
    before: Sentence | None = None
    for sentence in rationale.sentences:
        start, end = sentence.place.start, sentence.place.end
        if not sentence.is_opioid_notice and not sentence.is_quoted(start):
            of_guideline = sentence.kind is annotation.SentenceKind.GUIDELINE
            for match in CRITERIA_MET.finditer(rationale.text, start, end):
                if not of_guideline and not QUALIFIED.search(sentence.text):
                    yield rationale.place(*match.span("argument"))
            refused = before is not None and before.text.casefold().endswith("not medically necessary.")
            if refused and (pasted := RECOMMENDED.match(sentence.text)):
                yield sentence.place.part(*pasted.span("argument"))
        before = sentence


def _arguments_against(rationale: Passage) -> Iterator[Place]:
    """Arguments against a request that was granted."""
    recited = [_words(each.text) for each in rationale.sentences if not each.is_of_case or each.quotations]
    for sentence in rationale.case_sentences:
        start, end = sentence.place.start, sentence.place.end
        for match in CRITERIA_NOT_MET.finditer(rationale.text, start, end):
            yield rationale.place(*match.span("argument"))
        for match in NOT_DOCUMENTED.finditer(rationale.text, start, end):
            name = "what" if match["what"] else "what2"
            if any(_share_run(_words(match[name]), each) for each in recited):
                yield rationale.place(match.start(), match.end(name))


def _words(text: str) -> list[str]:
    return WORDS.findall(text.casefold())


def _share_run(denied: list[str], recited: list[str]) -> bool:
    """Whether what is denied has six words in a row in common with the guideline."""
    runs = {tuple(recited[i : i + 6]) for i in range(len(recited) - 5)}
    return any(tuple(denied[i : i + 6]) in runs for i in range(len(denied) - 5))
