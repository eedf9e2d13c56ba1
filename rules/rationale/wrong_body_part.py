import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Prose,
    Reading,
    Rule,
    knowledge,
    model,
)

# What a nerve test of a limb is argued from.
ROOTS = {"arm": {"neck"}, "leg": {"low back"}, "neck": {"arm"}, "low back": {"leg"}}
AT_LARGE = ("spine", "trunk", "head")
# Regions that are named for themselves, not as a whole limb or in a figure of speech.
ROOT_OF_SYMPTOMS = (
    "neck",
    "thoracic",
    "low back",
    "shoulder",
    "elbow",
    "wrist and hand",
    "hip",
    "knee",
    "ankle and foot",
)
NONE = re.compile(
    r"\b(?:no|not|without|denie[sd]|nor|rule out|such as|including|e\.g\.|guidelines?|on the other hand)\b",
    re.IGNORECASE,
)
HISTORY = re.compile(
    r"\b(?:prior|previous(?:ly)?|past|dated|showed|shows|shown|revealed|demonstrated|noted|underwent|completed"
    r"|received|had|history|performed"
    r"|obtained|also|well as|another|other|such as|including|e\.g\.)\b",
    re.IGNORECASE,
)
# From a sign to where it was found: "positive Patrick test on the right upper extremity".
AT = re.compile(
    r"(?:['’]s)?(?: (?:test|sign|maneuver))?(?: (?:was|is|were) (?:positive|negative|noted))? (?:on|at|in|of"
    r"|over) (?:the |his |her )?(?:(?:left|right"
    r"|bilateral|both) )?$",
    re.IGNORECASE,
)


class WrongBodyPart(Rule):
    """The rationale argues about another part of the body than the disputed one.

    A cervical argument for a lumbar injection, a shoulder MRI under an elbow, the criteria that a
    guideline has for the back applied to a knee: the decision then rests on facts of another request.
    Pain that spreads, nerve roots of the limb that is tested, and what was done elsewhere before are
    no error.

    ```diff
    -visits of therapy brought little relief. Therefore, the request for the lumbar MRI is
    -medically necessary.
    +visits of therapy brought little relief. Therefore, the request for the cervical MRI is
    +medically necessary.
    ```

    ```findings
    "cervical MRI" another part of the body than the disputed one
      "lumbar" the disputed part
    ```
    """

    code = "RAT005"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            own, rationale = asked.of(dispute), dispute.rationale
            if rationale is None or not own.regions or own.kind in asked.DRUGS:
                continue
            place = dispute.request.disputed.body_parts or dispute.request.disputed.levels
            note = Note(place[0].span if place else dispute.title.span, "the disputed part")
            for start, end in _elsewhere(rationale, own, dispute, letter):
                message = "another part of the body than the disputed one"
                yield Finding(rationale.place(start, end), message, notes=(note,))
            for start, end in _levels(rationale, dispute):
                yield Finding(rationale.place(start, end), "another level than the disputed one", notes=(note,))
            for start, end in _criteria(rationale, own):
                message = "a criterion for another part of the body, or another treatment, than the disputed one"
                yield Finding(rationale.place(start, end), message, notes=(note,))
        for prose in letter.prose:
            yield from _signs(prose)


def _elsewhere(rationale: Prose, own: Item, dispute: Dispute, letter: Letter) -> Iterator[tuple[int, int]]:
    """Where the rationale is at another part of the body, each place once."""
    found = {*_referred(rationale, own, dispute, letter), *_adjoining(rationale, own, letter)}
    last = -1
    for start, end in sorted(found | set(_unheard(rationale, own, letter)), key=lambda place: (place[0], -place[1])):
        if start >= last:
            last = end
            yield start, end


def _fits(region: str, own: Item) -> bool:
    if own.has_region(region) or region in AT_LARGE:
        return True
    if own.kind is model.RequestKind.ELECTRODIAGNOSTIC:
        return any(
            knowledge.anatomy.overlap(region, root) or region in ROOTS.get(root, ())
            for each in own.regions
            for root in ROOTS.get(each, (each,))
        )
    return False


def _referred(rationale: Prose, own: Item, dispute: Dispute, letter: Letter) -> Iterator[tuple[int, int]]:
    """Parts named where the disputed item itself is spoken of."""
    for reference in references.of(rationale):
        here = [term for term in mentions.of_parts(rationale) if reference.start <= term.start < reference.end]
        parts = [term for term in here if term.meaning.region not in AT_LARGE]
        if not parts or any(_fits(term.meaning.region, own) for term in parts):
            continue
        if not asked.names_another(rationale, reference.place, dispute, letter):
            yield parts[0].start, parts[0].end


def _adjoining(rationale: Prose, own: Item, letter: Letter) -> Iterator[tuple[int, int]]:
    """The disputed treatment with another part before it: "cervical epidural injections" for a lumbar one."""
    parts = mentions.of_parts(rationale)
    for term in mentions.of_treatments(rationale):
        if term.meaning not in own.treatments:
            continue
        before = next((part for part in parts if 0 <= term.start - part.end <= 1), None)
        if (
            before is None
            or _fits(before.meaning.region, own)
            or _asked_elsewhere(term.meaning, before.meaning.region, letter)
        ):
            continue
        sentence = rationale.sentence_at(term.start)
        named = [part for part in parts if sentence.start <= part.start < sentence.end]
        if not HISTORY.search(sentence.text) and not any(own.has_region(part.meaning.region) for part in named):
            yield before.start, term.end


def _asked_elsewhere(treatment: knowledge.treatments.Treatment, region: str, letter: Letter) -> bool:
    """Whether an item of the letter asks for the treatment at that region."""
    items = [asked.of(dispute) for dispute in letter.disputes]
    return any(item.has_treatment(treatment) and item.has_region(region) for item in items)


def _unheard(rationale: Prose, own: Item, letter: Letter) -> Iterator[tuple[int, int]]:
    """A part of the body in a sentence on the case, of which neither the summary nor any title knows."""
    heard = {term.meaning.region for term in mentions.of_parts(letter.summary)} if letter.summary else set()
    heard |= {region for dispute in letter.disputes for region in asked.of(dispute).regions}
    for sentence in recitals.own(rationale):
        for term in mentions.of_parts(rationale):
            region = term.meaning.region
            if not sentence.start <= term.start < sentence.end or region not in ROOT_OF_SYMPTOMS:
                continue
            known = region in heard or knowledge.anatomy.limb(region) in heard or _fits(region, own)
            if not known and not NONE.search(sentence.text):
                yield term.start, term.end


def _levels(rationale: Prose, dispute: Dispute) -> Iterator[tuple[int, int]]:
    """A spinal level where the disputed item is spoken of, none of whose vertebrae is asked for."""
    due = {v for p in dispute.request.portions for field in p.levels for v in knowledge.levels.vertebrae(field.raw)}
    for reference in references.of(rationale) if due else ():
        for match in knowledge.levels.PRINTED.finditer(rationale.text, reference.start, reference.end):
            if not due & set(knowledge.levels.vertebrae(match.group())):
                yield match.span()


def _criteria(rationale: Prose, own: Item) -> Iterator[tuple[int, int]]:
    """A guideline's criterion for another region, or another kind of treatment."""
    lowered = rationale.text.casefold()
    last = -1
    for criterion in knowledge.criteria.criteria() if len(lowered) == len(rationale.text) else ():
        for match in criterion.wording.finditer(lowered):
            elsewhere = bool(criterion.regions) and not criterion.regions & own.regions
            otherwise = bool(criterion.kinds) and own.kind not in criterion.kinds
            if (elsewhere or otherwise) and match.start() > last:
                last = match.end()
                yield match.span()


def _signs(prose: Prose) -> Iterator[Finding]:
    """A sign sought at a part of the body that it does not examine."""
    for sign in knowledge.signs.find(prose.text):
        part = next((part for part in mentions.of_parts(prose) if sign.end <= part.start <= sign.end + 40), None)
        if part is None or not AT.match(prose.text[sign.end : part.start]) or quotes.quoted(prose, sign.start):
            continue
        if not any(_examined(part.meaning.region, region) for region in sign.meaning):
            yield Finding(prose.place(sign.start, part.end), "this sign examines another part of the body")


def _examined(region: str, sought: str) -> bool:
    """Whether a sign of one region may be found at another: in the same limb, or where its roots run."""
    return knowledge.anatomy.overlap(region, sought) or knowledge.anatomy.limb(region) in (
        knowledge.anatomy.limb(sought),
        *ROOTS.get(sought, ()),
    )
