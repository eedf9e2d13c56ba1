import re
from collections.abc import Iterable, Iterator

from imrlint.rulekit import (
    Category,
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
    Sentence,
    annotation,
    knowledge,
    model,
    quote,
)

# How the next sentence begins where it restricts what was said before.
RESTRICTS = Pattern(
    r"(?:however|but|yet|nevertheless|nonetheless|still|that said|even so|only|in this case)\b", re.IGNORECASE
)
EXCEEDS = Pattern(
    r"\b(?P<argument>(?:request|requested \w+|frequency|duration|number of \w+) (?:\w+ )?exceeds? (?:the )?(?:\w+ )?"
    r"(?:guidelines?|recommend\w+|limit))",
    re.IGNORECASE,
)
# A denial with a reason that supports the request: the word "no" is missing.
DENIED_WITH_SUPPORT = Pattern(
    rf"(?:{knowledge.wordings.any_of('refused', 'non-certified')}|not (?:medically )?necessary) "
    rf"(?:\w+ )?{knowledge.wordings.any_of('reason')}(?: the fact that)? "
    r"(?P<argument>(?:there (?:is|was) (?:an? |clear |sufficient )?(?:indication|documentation|evidence)) (?:of|that))",
    re.IGNORECASE,
)
# The first words of a guideline's recommendation, pasted after a denial.
RECOMMENDED = Pattern(r"^(?P<argument>recommended (?:as indicated below|as an option|for))\b", re.IGNORECASE)
# What records do not do, and what there is no evidence of.
NOT_DOCUMENTED = Pattern(
    r"\b(?:(?:do|does|did) not (?:[a-z]+ly )?|fail(?:s|ed)? to |cannot )(?:indicate|document|show|support|demonstrate|describe"
    r"|note|report|reveal|establish|mention|contain|include|provide|record|suggest|identify)(?: that)? (?P<what>[^.;,]{8,160})"
    rf"|\b{knowledge.wordings.any_of('negation')}(?: \w+){{0,2}}? (?:documentation|evidence|indication"
    r"|mention|record) (?:of|that) (?P<what2>[^.;,]{8,160})",
    re.IGNORECASE,
)
STEM = 5  # letters that two forms of a word have in common
FEWEST = 2  # words in common with what the guideline requires
SHARE = 0.6  # of the words of what is denied
WORDS = re.compile(r"[a-z]+")


# Before an argument in its sentence: it is only conceded.
CONCEDED = Pattern(rf"\b(?:{knowledge.function_words.alternatives('concessive')})\b[^,;]*$", re.IGNORECASE)
WOULD = Pattern(r"(?:would|could|might)\b", re.IGNORECASE)  # what is only thought of
# Behind an argument: that it holds under a condition only.
CONDITION = Pattern(
    rf" (?:only )?(?:{knowledge.wordings.any_of('condition')}|where|for patients|in patients|in principle)\b",
    re.IGNORECASE,
)
# Behind an argument: the treatment that it is for.
TREATMENT = Pattern(
    rf" (?:for|of) (?:{knowledge.function_words.alternatives('determiner')}) (?P<names>[\w-]+(?: [\w-]+){{0,3}})(?=[.,;])",
    re.IGNORECASE,
)
EARLIER = Pattern(rf"\b{knowledge.wordings.any_of('earlier')}\b", re.IGNORECASE)
# Behind an argument: of what it holds.
FOR = Pattern(r" (?:for|in|of) [^.;:]{3,80}", re.IGNORECASE)


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
        known = _list_meanings(reading.told)
        for item in reading.items:
            rationale, decision = item.rationale, item.dispute.decision
            if rationale is None or decision is None or decision.value is None:
                continue
            is_upheld = decision.value is model.Decision.UPHELD
            note = Note(decision.span, "the decision")
            arguments = reading.find_arguments(item)
            for place in (_arguments_for if is_upheld else _arguments_against)(item, rationale, arguments):
                if _is_of_others(place, rationale, known):
                    continue
                side = "for" if is_upheld else "against"
                opposite = [
                    Note(each.place.span, f"argues {each.direction.value} the request")
                    for each in arguments
                    if each.direction.value != side
                ]
                message = f"{quote(place.text)} argues {side} the request, but the decision is {quote(decision.raw)}"
                yield Finding(place.span, message, notes=(note, *opposite[:1]))
        for prose in letter.prose:
            for hit in prose.find(DENIED_WITH_SUPPORT) if "there " in prose.text else ():
                reason = hit.place_of("argument")
                message = f"{quote(reason.text)} supports the request, but is given as the reason for denying it"
                yield Finding(reason.span, message)


def _list_meanings(told: Iterable[Passage]) -> frozenset[str]:
    """The clinical terms, with wider ones, and the regions that some texts name."""
    terms = (name for each in told for record in each.records for name in record.term.within)
    return frozenset(terms) | frozenset(region for each in told for _, part in each.parts for region in part.regions)


def _is_of_others(place: Place, rationale: Passage, known: frozenset[str]) -> bool:
    """Whether an argument goes on with a disease or a part that the worker does not have: "not recommended for"."""
    behind = FOR.match(place.after)
    if behind is None:
        return False
    start, end = place.end, place.end + behind.end()
    named = [each.term.name for each in rationale.records if start <= each.place.start < end]
    named += [region for at, part in rationale.parts if start <= at.start < end for region in part.regions]
    return bool(named) and known.isdisjoint(named)


def _arguments_for(item: Item, rationale: Passage, arguments: Iterable[annotation.Argument]) -> Iterator[Place]:
    """Arguments for a request that was denied."""
    for_request = _select(rationale, arguments, annotation.Direction.FOR)
    yield from (place for place in for_request if not _is_of_treatment(place, item))
    before: Sentence | None = None
    for sentence in rationale.sentences:
        refused = before is not None and before.text.casefold().endswith("not medically necessary.")
        own = not sentence.is_opioid_notice and not sentence.is_quoted(sentence.place.start)
        if refused and own and (pasted := RECOMMENDED.match(sentence.text)):
            yield sentence.place.part(*pasted.span("argument"))
        before = sentence


def _arguments_against(item: Item, rationale: Passage, arguments: Iterable[annotation.Argument]) -> Iterator[Place]:
    """Arguments against a request that was granted."""
    yield from _select(rationale, arguments, annotation.Direction.AGAINST)
    recited = [_stems(each.text) for each in rationale.sentences if _is_recited(each)]
    for sentence in rationale.case_sentences:
        if sentence.speaks_for_guideline or sentence.is_general:
            continue
        start, end = sentence.place.start, sentence.place.end
        if RESTRICTS.match(rationale.text[end:].lstrip()):
            continue
        for match in EXCEEDS.finditer(rationale.text, start, end):
            if CONCEDED.search(rationale.text[start : match.start()]):
                continue
            yield rationale.place(*match.span("argument"))
        for match in NOT_DOCUMENTED.finditer(rationale.text, start, end):
            name = "what" if match["what"] else "what2"
            if _is_earlier_use(match[name], item):
                continue
            denied = _stems(match[name])
            if any(len(denied & each) >= max(FEWEST, SHARE * len(denied)) for each in recited):
                yield rationale.place(match.start(), match.end(name))


def _is_of_treatment(place: Place, item: Item) -> bool:
    """Whether an argument is for a treatment as such, of which a part was authorized: no more of it follows."""
    behind = TREATMENT.match(place.after) if len(item.portions) > 1 else None
    return behind is not None and item.names.issuperset(WORDS.findall(behind["names"].casefold()))


def _is_earlier_use(text: str, item: Item) -> bool:
    """Whether words name what is requested as something of former times, and nothing else: "any previous massage"."""
    earlier = EARLIER.search(text)
    names = frozenset(name[:STEM] for name in item.names)
    return earlier is not None and _stems(f"{text[: earlier.start()]} {text[earlier.end() :]}") <= names


def _select(
    rationale: Passage, arguments: Iterable[annotation.Argument], direction: annotation.Direction
) -> Iterator[Place]:
    """The arguments of a direction that no following sentence restricts."""
    for argument in arguments:
        number = rationale.prose.number_at(argument.place.start) + 1
        following = rationale.sentences[number].text if number < len(rationale.sentences) else ""
        restricted = RESTRICTS.match(following) or CONDITION.match(argument.place.after)
        restricted = restricted or WOULD.match(argument.place.text)
        if argument.direction is direction and argument.is_certain and not restricted:
            yield argument.place


def _is_recited(sentence: Sentence) -> bool:
    """Whether a sentence recites a guideline."""
    return bool(sentence.speaks_for_guideline or not sentence.is_of_case or sentence.quotations)


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that are no words of grammar or of reporting."""
    empty = annotation.empty_words()
    return frozenset(word[:STEM] for word in WORDS.findall(text.casefold()) if len(word) >= STEM and word not in empty)
