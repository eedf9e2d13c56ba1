import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Passage,
    Place,
    Reading,
    Rule,
    Safety,
    annotation,
    knowledge,
    quote,
    report_doubt,
)

KINDS = ("a noun", "an object", '"of"')  # what is missing where its kind is known and the word is not

# What is studied or hurts, and the sides before a part of the body: "An MRI left shoulder was ordered".
STUDIED = knowledge.function_words.members("noun of what is studied")
BEFORE_PART = re.compile(
    r"\b(?P<noun>[a-z]+(?:-[a-z]+)?) (?P<sides>(?:(?:left|right|bilateral|upper|lower|cervical|thoracic|lumbar|lumbosacral) )*)$"
)
LONGEST = 50  # characters of what is before a part
GOES_ON = frozenset(("and", "or", "that", "which", "found")).union(
    *map(knowledge.function_words.members, ("auxiliary", "be", "preposition", "linking verb"))
)
FOLLOWING = re.compile(r" (?P<next>[a-z]+)")
REQUEST = re.compile(
    r"\b[Tt]he (?:retrospective |current )?request (?:(?:a|an|the|repeat|additional|continued|further|custom"
    rf"|{knowledge.numbers.COUNT_WORDS}|\d+|left|right|bilateral|lumbar|cervical|thoracic) ){{0,3}}$"
)


class MissingWord(Rule):
    """A small word is missing in a group of words that needs it: "MRI the lumbar spine".

    Dictation swallows small words, and what is left can often be read in two ways. In telegraphic notes nothing is
    reported, since they leave small words out.

    ```diff
    -The treating physician asked for orphenadrine, an MRI of the lumbar spine
    +The treating physician asked for orphenadrine, an MRI the lumbar spine
    ```

    ```findings
    "the" a word is missing; did you mean "of the"?
      fix (suggested): write of the
    ```
    """

    code = "LAN013"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if reading.is_telegraphic:
            return
        titles = {title.prose.span for title in reading.titles}
        for passage in reading.written:
            if passage.prose.span not in titles:
                yield from _find_parts(passage)
            for slip in passage.phrase_slips:
                if slip.kind == "missing":
                    yield _report_slip(slip)
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.MISSING)
        for item in reading.items:
            for request in _find_requests(item.rationale) if item.rationale else ():
                yield Finding(request.span, f'"for" is missing after {quote(request.text)}')


def _find_parts(passage: Passage) -> Iterator[Finding]:
    """Parts of the body right behind what is done to them; in titles and before a further noun they are right."""
    for part in passage.parts:
        begin = max(0, part.place.start - LONGEST)
        before = BEFORE_PART.search(passage.lower, begin, part.place.start)
        if before is None or before["noun"] not in STUDIED or not (before["sides"] or " " in part.place.text):
            continue
        site, following = (
            passage.place(before.start("sides"), part.place.end),
            FOLLOWING.match(passage.text, part.place.end),
        )
        goes_on = following is None or following["next"] in GOES_ON
        if goes_on and not passage.is_quoted(site.start):
            right = f"of the {site.text}"
            fix = Fix(f"write {right}", (Edit(site.span, right),), Safety.SUGGESTED)
            yield Finding(site.span, f"words are missing before {quote(site.text)}: {quote('of the')}", fix=fix)


def _report_slip(slip: annotation.PhraseSlip) -> Finding:
    span = slip.place.span
    if slip.right in KINDS:
        return Finding(span, f"{slip.right} is missing in {quote(slip.place.text)}")
    missing = "a word is missing; " if slip.place.text.casefold() in slip.right.casefold() else ""
    fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
    return Finding(span, f'{missing}did you mean "{slip.right}"?', fix=fix)


def _find_requests(rationale: Passage) -> Iterator[Place]:
    """Where "the request" is followed by a drug or a treatment without "for"."""
    drugs, treatments = ([mention.place.start for mention in each] for each in (rationale.drugs, rationale.treatments))
    for start in (*drugs, *treatments):
        before = REQUEST.search(rationale.text, max(start - 40, 0), start)
        if before:
            yield rationale.place(before.start(), before.end() - 1)
