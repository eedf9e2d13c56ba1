import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Reading,
    Rule,
    knowledge,
    model,
)

# What goes with an operation, before, during or after it, or with another service.
AROUND = Pattern(r"\b(?:post|pre|peri|intra)[- ]?(?:op|surg|inject|proced)|\bassociated\b", re.IGNORECASE)
# A nerve is a place, too ("ilioinguinal nerve block"); so is an organ or a sense that is treated.
PLACED = Pattern(
    r"\b[a-z]{3,}(?:al|ar|an|ic|ine|ous|oid)(?: (?:and|or) [a-z]+)? (?:nerve|plexus|ganglion|muscle|tendon|joint)"
    r"|\b(?:vestibular|vestibulo\w+|uro\w+|cardi\w+|pulmon\w+|pelvic|voice|speech|swallow\w+|vision|visual|ocular"
    r"|cognitive|dental|abdom\w+|whole[- ]body|full[- ]body)\b",
    re.IGNORECASE,
)
# "urodynamic study with electromyography": what comes with something else is done where that is done.
WITH = Pattern(r"\b(?:with|including|plus)\b", re.IGNORECASE)
# "The request does not name a body part", "the location of the injections is not given".
GIVE = "address|stat|giv|specif|indicat|includ|provid|document|list|mention|sa(?:y|id)|clarif|nam|identif"
PART = r"(?:body (?:part|region|area)|part of the body|location of the (?:\w+ ){0,3}(?:injection|treatment|therapy|request))s?"
UNKNOWN = Pattern(
    rf"\b{PART}\b[^.;]{{0,40}}\b(?:not (?:been )?(?:{GIVE})\w*|missing|absent|unspecified|unknown|unclear)\b"
    rf"|\b(?:not|fail\w* to) (?:{GIVE})\w*\b[^.;]{{0,40}}(?<!any )\b{PART}\b"
    rf"|\b(?:without|lack\w*|unspecified|unclear|unknown)(?: (?:an?|any|the|which|what|of what|for which))? {PART}\b",
    re.IGNORECASE,
)
# What a treatment is for: "the pain to be treated".
TREATED = Pattern(rf"\b(?:{knowledge.function_words.alternatives('phrase of being treated')})\b", re.IGNORECASE)


class MissingBodyPart(Rule):
    """The letter does not say for which part of the body a treatment or a study is requested.

    An injection, a course of therapy, imaging or an operation can neither be compared with a guideline
    nor carried out as decided when nobody can tell where. A spinal level counts as a part, and so does a
    nerve. It is enough that the title, the summary or a rationale names the part with the treatment, or
    that the letter is about one part only, unless a rationale says that the request names none. What goes
    with an operation needs none where another item names it. There is one finding a letter, at the first
    such item.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +Acupuncture two times a week for three weeks: Overturned
    ```

    ```findings
    "Acupuncture two times a week for three weeks" the request does not say for which part of the body
    ```
    """

    code = "REQ003"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        lacking = [
            item
            for item in reading.items
            if not item.regions and _needs_body_part(item, reading) and not _is_placed(item, reading)
        ]
        for item in lacking[:1]:
            notes = tuple(Note(other.dispute.title.span, "another item without it") for other in lacking[1:])
            yield Finding(item.dispute.title.span, "the request does not say for which part of the body", notes=notes)


def _needs_body_part(item: Item, reading: Reading) -> bool:
    """Whether what is requested must name a part of the body."""
    title = item.dispute.title.raw
    if item.kind is model.RequestKind.ASSOCIATED or item.is_drug or not item.treatments or PLACED.search(title):
        return False
    if AROUND.search(title) and any(other.regions for other in reading.items):
        return False
    if item.kind is model.RequestKind.INJECTION and item.drugs and not any(each.name for each in item.treatments):
        return False  # a drug into a muscle or a vein
    first = next(iter(item.disputed.treatments), None)
    if first and WITH.search(first.place.before):
        return False
    return "part" in item.treatments[0].needs


def _names_treated_part(rationale: Passage) -> bool:
    """Whether a rationale says which part of the worker is to be treated."""
    telling = (
        each for each in rationale.sentences_with(TREATED) if not each.speaks_for_guideline and not each.is_general
    )
    return any(rationale.parts_in(each.place) for each in telling)


def _is_placed(item: Item, reading: Reading) -> bool:
    """Whether the running text gives the part or leaves no choice, and does not say that the request gives none."""
    if item.rationale and any(UNKNOWN.search(sentence.text) for sentence in item.rationale.sentences):
        return False
    for place in reading.find_mentions(item):
        if any(portion.body_parts or portion.levels for portion in reading.read_portions(place)):
            return True
    if item.rationale and _names_treated_part(item.rationale):
        return True
    treated = {site.part.region for each in reading.items for site in each.sites}
    treated |= {part.meaning.region for part in reading.summary.parts} if reading.summary else set()
    return len(treated) == 1
