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
    model,
)

# What speaks for a request, and what against it, in sentences on the case.
MEETS = re.compile(
    r"\b(?P<said>(?:meets?|met|satisf(?:y|ies|ied)|fulfil+s?|would meet) (?:all |all of |both )?(?:the |these "
    r"|those |this |acoem |mtus |odg |evidence[- ]based )*(?:\w+ )?(?:guidelines?|criteria|requirements|indications)"
    r"|(?:criteria|requirements|guidelines) (?:\w+ ){0,4}(?:are|have been|were|is|has been) (?:all |fully "
    r"|clearly )?(?:met|satisfied|fulfilled)"
    r"|(?:is|are) (?:fully |clearly )?(?:supported by|consistent with|within|in accordance with|in line with"
    r"|in keeping with) (?:the )?(?:\w+ )?(?:guidelines?|criteria|mtus|odg|acoem))",
    re.IGNORECASE,
)
FAILS = re.compile(
    r"\b(?P<said>(?:does|do|did|has|have) not (?:meet|met|satisfy|satisfied|fulfil+) (?:all |all of "
    r"|any of )?(?:the |these |those |this )?(?:\w+ ){0,2}(?:guidelines?|criteria|requirements|indications)"
    r"|(?:criteria|requirements) (?:\w+ ){0,4}(?:are|have|were|has) not (?:been )?(?:met|satisfied|fulfilled)"
    r"|(?:fails?|failed) to meet"
    r"|(?:request|requested \w+|frequency|duration"
    r"|number of \w+) (?:\w+ )?exceeds? (?:the )?(?:\w+ )?(?:guidelines?|recommend\w+|limit))",
    re.IGNORECASE,
)
NOT_SO = re.compile(
    r"\b(?:not|no|nor|never|without|cannot|fails?|failed|lack|unclear|insufficient|whether|if|unless|until"
    r"|once|when|before|only|would need|must|should"
    r"|required|absence|in order|to determine)\b|n['’]t\b",
    re.IGNORECASE,
)
# A refusal given with a reason that speaks for the request: a "no" was lost.
LOST = re.compile(
    r"(?:denied|non-certified|not certified|refused|not (?:medically )?necessary) (?:\w+ )?(?:due to|because"
    r"|as|since)(?: the fact that)? "
    r"(?P<said>(?:there (?:is|was) (?:an? |clear |sufficient )?(?:indication|documentation|evidence)) (?:of|that))",
    re.IGNORECASE,
)
# The opening of a guideline's answer, pasted behind a refusal.
PASTED = re.compile(r"^(?P<said>recommended (?:as indicated below|as an option|for))\b", re.IGNORECASE)
DENIED = re.compile(
    r"\b(?:do|does|did) not (?:indicate|document|show|support|demonstrate|describe"
    r"|note)(?: that)? (?P<what>[^.;,]{20,160})|"
    r"\bthere (?:is|was) no (?:documentation|evidence|indication|mention) (?:of|that) (?P<what2>[^.;,]{20,160})",
    re.IGNORECASE,
)
WORDS = re.compile(r"[a-z]+")


class ArgumentAgainstDecision(Rule):
    """The argument speaks for the opposite of what was decided.

    "The criteria are met … therefore not medically necessary": somewhere a "not" was lost or left
    over, and the reader cannot tell whether the facts or the decision are wrong. A request granted
    although its own rationale denies what the guideline asks for is the same slip the other way round.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    +would achieve what those did not. The request meets the guideline criteria.
    +Therefore, the request for physical therapy for the right
    ```

    ```findings
    "meets the guideline criteria" speaks for the opposite of what was decided
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
                yield Finding(place.span, "speaks for the opposite of what was decided", notes=(note,))
        for prose in letter.prose:
            for hit in prose.find(LOST) if "there " in prose.text else ():
                message = 'a reason for granting, given for a refusal: a "no" is lost, it seems'
                yield Finding(hit.place_of("said").span, message)


def _arguments_for(rationale: Passage) -> Iterator[Place]:
    """What speaks for a request that was refused."""
    before: Sentence | None = None
    for sentence in rationale.sentences:
        start, end = sentence.place.start, sentence.place.end
        if not sentence.is_opioid_notice and not sentence.is_quoted(start):
            of_guideline = sentence.kind is annotation.SentenceKind.GUIDELINE
            for match in MEETS.finditer(rationale.text, start, end):
                if not of_guideline and not NOT_SO.search(sentence.text):
                    yield rationale.place(*match.span("said"))
            refused = before is not None and before.text.casefold().endswith("not medically necessary.")
            if refused and (pasted := PASTED.match(sentence.text)):
                yield sentence.place.part(*pasted.span("said"))
        before = sentence


def _arguments_against(rationale: Passage) -> Iterator[Place]:
    """What speaks against a request that was granted."""
    recited = [_words(each.text) for each in rationale.sentences if not each.is_of_case or each.quotations]
    for sentence in rationale.case_sentences:
        start, end = sentence.place.start, sentence.place.end
        for match in FAILS.finditer(rationale.text, start, end):
            yield rationale.place(*match.span("said"))
        for match in DENIED.finditer(rationale.text, start, end):
            name = "what" if match["what"] else "what2"
            if any(_share_run(_words(match[name]), each) for each in recited):
                yield rationale.place(match.start(), match.end(name))


def _words(text: str) -> list[str]:
    return WORDS.findall(text.casefold())


def _share_run(denied: list[str], recited: list[str]) -> bool:
    """Whether six words in a row of what is denied are those of the guideline."""
    runs = {tuple(recited[i : i + 6]) for i in range(len(recited) - 5)}
    return any(tuple(denied[i : i + 6]) in runs for i in range(len(denied) - 5))
