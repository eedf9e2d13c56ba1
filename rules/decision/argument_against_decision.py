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

# What a request may or may not meet, and words that say so: a verb before it, a participle or an adjective.
STANDARD = r"(?:guidelines?|criteria|criterion|requirements|indications)"
CLAIM = re.compile(
    r"\b(?P<argument>(?P<verb>meets?|met|satisf(?:y|ies|ied)|fulfil+s?|fulfilled|(?:complie[sd]|comply|accord(?:s|ed)?"
    r"|comports?|conforms?) (?:with|to)|(?P<against>conflicts? with|contradicts?|contravenes?|violates?|departs? from))"
    rf" (?:(?!for\b|by\b)[\w-]+ ){{0,6}}?{STANDARD}(?: {STANDARD})?"
    rf"|{STANDARD} (?:(?!{STANDARD})[\w-]+ ){{0,8}}?(?:is|are|were|was|been|be|not|all|fully|clearly|left|remains?) "
    r"(?P<participle>met|satisfied|fulfilled|(?P<unmet>un(?:met|satisfied|fulfilled)))"
    r"|(?P<agreement>(?:supported by|(?P<un>in)?consistent with|within|in accordance with|in line with"
    rf"|in keeping with) (?:the )?(?:[\w-]+ ){{0,2}}{STANDARD}))\b",
    re.IGNORECASE,
)
# What a guideline says of this very request, with nothing behind it that restricts what it says.
SAYS = re.compile(
    rf"\b{knowledge.wordings.any_of('guideline')} (?:[a-z]+ly |does not |do not |also )?"
    r"(?P<argument>(?P<verb>supports?|recommends?|endorses?|favou?rs?|approves?)"
    r" (?:the request|(?:this|the (?:requested|proposed|disputed)) (?:\w+ )?(?:request|stud(?:y|ies)|tests?|imaging|treatments?"
    r"|therapy|medications?|drugs?|procedure|surgery|operation|injections?|device|service|equipment|item)))"
    r"(?: here| for him| for her|(?: in| for) (?:this (?:injured )?(?:case|worker|patient)|a case like this(?: one)?))?(?=[.;])",
    re.IGNORECASE,
)
# How the next sentence begins where it restricts what was said before.
RESTRICTS = re.compile(
    r"(?:however|but|yet|nevertheless|nonetheless|still|that said|even so|only|in this case)\b", re.IGNORECASE
)
EXCEEDS = re.compile(
    r"\b(?P<argument>(?:request|requested \w+|frequency|duration|number of \w+) (?:\w+ )?exceeds? (?:the )?(?:\w+ )?"
    r"(?:guidelines?|recommend\w+|limit))",
    re.IGNORECASE,
)
# Words that make such an argument a condition, or one of several.
QUALIFIED = re.compile(
    rf"\b(?:{knowledge.wordings.any_of('condition')}|unclear|before|only|would need|must|should|required"
    r"|in order|to determine|some of|most of|part of|(?<!every )(?<!each )one of)\b",
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
IF = re.compile(r"\bwould\b", re.IGNORECASE)  # what another request would meet
WORDS = re.compile(r"[a-z]+")


class ArgumentAgainstDecision(Rule):
    """The rationale argues for the opposite of the decision.

    "The criteria are met … therefore not medically necessary": a "not" is missing or was left over, and
    the reader cannot tell whether the facts or the decision are wrong. The reverse slip is a request
    that is granted although its rationale denies what the guideline requires. That a guideline supports this
    very request counts, too, unless a condition, a restriction or a "however" follows.

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
    yield from _said(rationale, annotation.Polarity.AFFIRMED)
    before: Sentence | None = None
    for number, sentence in enumerate(rationale.sentences):
        if not RESTRICTS.match(_text_behind(rationale, number)):
            yield from (each for each in _claims(sentence, annotation.Polarity.AFFIRMED) if not IF.search(each.text))
        refused = before is not None and before.text.casefold().endswith("not medically necessary.")
        own = not sentence.is_opioid_notice and not sentence.is_quoted(sentence.place.start)
        if refused and own and (pasted := RECOMMENDED.match(sentence.text)):
            yield sentence.place.part(*pasted.span("argument"))
        before = sentence


def _claims(sentence: Sentence, polarity: annotation.Polarity) -> Iterator[Place]:
    """Where a sentence claims in the reviewer's own words that what is required is met, or that it is not."""
    if sentence.is_opioid_notice or sentence.is_quoted(sentence.place.start) or sentence.speaks_for_guideline:
        return
    if QUALIFIED.search(sentence.text):
        return
    for match in CLAIM.finditer(sentence.text):
        verb = next(name for name in ("verb", "participle", "agreement") if match[name])
        claim = sentence.read_claim(sentence.place.part(match.start(verb), match.end("argument")))
        flips = match["un"] or match["unmet"] or match["against"]
        claimed = annotation.deny(claim.polarity) if flips else claim.polarity
        if claimed is polarity and (verb != "agreement" or claim.place.text != match["agreement"]):
            yield _join(claim.place, sentence.place.part(*match.span("argument")))


def _said(rationale: Passage, polarity: annotation.Polarity) -> Iterator[Place]:
    """Where a guideline is said to support this very request, or not to."""
    for number, sentence in enumerate(rationale.sentences):
        following = _text_behind(rationale, number)
        if sentence.is_opioid_notice or QUALIFIED.search(sentence.text) or RESTRICTS.match(following):
            continue
        for match in SAYS.finditer(sentence.text):
            claim = sentence.read_claim(sentence.place.part(*match.span("argument")))
            if claim.polarity is polarity and not sentence.is_quoted(claim.place.start):
                yield claim.place


def _text_behind(rationale: Passage, number: int) -> str:
    """The sentence behind that of a number; "" behind the last."""
    return rationale.sentences[number + 1].text if number + 1 < len(rationale.sentences) else ""


def _join(one: Place, other: Place) -> Place:
    return Place(one.prose, min(one.start, other.start), max(one.end, other.end))


def _arguments_against(rationale: Passage) -> Iterator[Place]:
    """Arguments against a request that was granted."""
    yield from _said(rationale, annotation.Polarity.DENIED)
    recited = [_words(each.text) for each in rationale.sentences if not each.is_of_case or each.quotations]
    for sentence in rationale.case_sentences:
        start, end = sentence.place.start, sentence.place.end
        yield from _claims(sentence, annotation.Polarity.DENIED)
        for match in EXCEEDS.finditer(rationale.text, start, end):
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
