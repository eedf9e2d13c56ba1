import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
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
    annotation,
    knowledge,
    model,
    quote,
)

# Regions whose findings are reasons for or against a nerve test of another region.
ROOTS = {"arm": {"neck"}, "leg": {"low back"}, "neck": {"arm"}, "low back": {"leg"}}
ARGUABLE = (Feature.ARGUABLE,)
UNSURE = (Feature.INFERRED,)
UNSPECIFIC = ("spine", "trunk", "head")
HISTORY = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'had', 'performed', 'result')}|dated|history|also|well as|another"
    r"|other|such as|including|e\.g\.)\b",
    re.IGNORECASE,
)
# Between a sign and the part where it was found: "positive Patrick test on the right upper extremity".
SIGN_TO_PART = Pattern(
    r"(?:['’]s)?(?: (?:test|sign|maneuver))?(?: (?:was|is|were) (?:positive|negative|noted))? (?:on|at|in|of"
    r"|over) (?:the |his |her )?(?:(?:left|right"
    r"|bilateral|both) )?$",
    re.IGNORECASE,
)


class WrongBodyPart(Rule):
    """The rationale argues about a body part that is not in dispute.

    A cervical argument for a lumbar injection, a shoulder MRI in the rationale for an elbow: the decision
    then rests on the facts of another request. Criteria for another part are a matter of `wrong-criteria`.
    It is an error where the words can only mean the disputed item, and a warning where the treatment of
    another part may have been quoted for comparison. A part that nothing else in the letter names is
    reported where its sentence looks like one on the case, the more surely the more of it the summary says of
    another part. Radiating pain, the nerve roots of the limb that is tested, and earlier treatment of other parts
    are not reported.

    ```diff
    -visits of therapy brought little relief. Therefore, the request for the lumbar MRI is
    -medically necessary.
    +visits of therapy brought little relief. Therefore, the request for the cervical MRI is
    +medically necessary.
    ```

    ```findings
    "cervical MRI" not the disputed body part: "cervical MRI" here, "lumbar" in dispute
      "lumbar" the disputed body part
    ```
    """

    code = "RAT005"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            disputed = item.dispute.request.disputed
            printed = disputed.body_parts or disputed.levels
            part = printed[0] if printed else item.dispute.title
            yield from _find_strays(item, part, reading)
            if item.rationale is None or not item.regions or item.is_drug:
                continue
            level = next((field for each in item.dispute.request.portions for field in each.levels), part)
            note = Note(part.span, "the disputed body part" if printed else "the disputed item")
            for place, evidence in _parts_elsewhere(item, item.rationale, reading):
                message = f"not the disputed body part: {quote(place.text)} here, {quote(part.raw)} in dispute"
                yield Finding(place.span, message, notes=(note,), evidence=evidence)
            for place, evidence in _levels_elsewhere(item, item.rationale):
                message = f"not the disputed spinal level: {quote(place.text)} here, {quote(level.raw)} in dispute"
                yield Finding(place.span, message, notes=(note,), evidence=evidence)
        for passage in reading.passages:
            yield from _misplaced_signs(passage)


def _find_strays(item: Item, part: model.Field[str], reading: Reading) -> Iterator[Finding]:
    """Parts that the rationale names and nothing else in the letter does."""
    for stray in reading.find_strays(item):
        if stray.kind is annotation.StrayKind.PART and stray.is_possible and not _is_of_root(stray.place, item):
            message = f"named nowhere else in the letter: {quote(stray.place.text)} here, {quote(part.raw)} in dispute"
            notes = (Note(part.span, "the disputed item"),)
            if stray.contrast:
                there, printed, here = stray.contrast
                message = (
                    f"the same is told of another part of the body: {quote(here)} here, {quote(printed)} elsewhere"
                )
                notes = (Note(there.span, "the other part"),)
            yield Finding(stray.place.span, message, notes=notes, evidence=ARGUABLE if stray.is_likely else UNSURE)


def _is_of_root(place: Place, item: Item) -> bool:
    """Whether a part is where the nerves of a limb begin that an item tests."""
    parts = item.rationale.parts if item.rationale and item.kind is model.RequestKind.ELECTRODIAGNOSTIC else ()
    return any(place == at and _fits(part, item) for at, part in parts)


def _parts_elsewhere(item: Item, rationale: Passage, reading: Reading) -> Iterator[tuple[Place, tuple[Feature, ...]]]:
    """Where the rationale argues about another body part; of places that overlap, the longest, as certain as any."""
    found = [
        *_parts_of_request(item, rationale, reading),
        *((place, ARGUABLE) for place in _parts_of_treatment(item, rationale, reading)),
    ]
    last = -1
    for place, _ in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
        if place.start >= last:
            last = place.end
            yield place, next(evidence for other, evidence in found if other.overlaps(place))


def _fits(part: knowledge.anatomy.Part, item: Item) -> bool:
    """Whether what is found in a part can be a reason for or against an item."""
    return any(_region_fits(region, item) for region in part.regions)


def _region_fits(region: str, item: Item) -> bool:
    """Whether what is found in a region can be a reason for or against an item."""
    if item.has_region(region) or region in UNSPECIFIC:
        return True
    if item.kind is model.RequestKind.ELECTRODIAGNOSTIC:
        return any(
            knowledge.anatomy.overlap(region, root) or region in ROOTS.get(root, ())
            for each in item.regions
            for root in ROOTS.get(each, (each,))
        )
    return False


def _parts_of_request(item: Item, rationale: Passage, reading: Reading) -> Iterator[tuple[Place, tuple[Feature, ...]]]:
    """Parts named where the rationale speaks of the disputed item itself.

    There is no doubt where the words also name the disputed treatment, or are the subject of the conclusion.
    """
    for reference in rationale.references:
        therapies = [each.place for each in rationale.treatments_in(reference.place) if _is_therapy(each.meaning)]
        parts = [
            part
            for part in rationale.parts_in(reference.place)
            if part.meaning.region not in UNSPECIFIC and not any(each.holds(part.place.start) for each in therapies)
        ]
        if not parts or any(_fits(part.meaning, item) for part in parts):
            continue
        named = [each.meaning for each in rationale.treatments_in(reference.place)]
        is_certain = any(item.has_treatment(each) for each in named) or (reference.is_subject and not named)
        if not reading.find_other_item(reference.place, item):
            yield parts[0].place, () if is_certain else ARGUABLE


def _is_therapy(treatment: knowledge.treatments.Treatment) -> bool:
    """Whether a part in the name of a treatment says who gives it, not where: "hand therapy"."""
    return treatment.kind is model.RequestKind.THERAPY


def _parts_of_treatment(item: Item, rationale: Passage, reading: Reading) -> Iterator[Place]:
    """The disputed treatment with another part before it: "cervical epidural injections" for a lumbar one."""
    for place, treatment in rationale.treatments:
        if treatment not in item.treatments:
            continue
        sentence = place.sentence
        before = next(reversed(rationale.parts_in(rationale.place(sentence.start, place.start))), None)
        if (
            before is None
            or not 0 <= place.start - before.place.end <= 1
            or _fits(before.meaning, item)
            or _is_requested_at(treatment, before.meaning.region, reading)
        ):
            continue
        named = rationale.parts_in(sentence)
        if not HISTORY.search(sentence.text) and not any(item.has_region(part.meaning.region) for part in named):
            yield rationale.place(before.place.start, place.end)


def _is_requested_at(treatment: knowledge.treatments.Treatment, region: str, reading: Reading) -> bool:
    """Whether an item of the letter requests the treatment for that region."""
    return any(item.has_treatment(treatment) and item.has_region(region) for item in reading.items)


def _levels_elsewhere(item: Item, rationale: Passage) -> Iterator[tuple[Place, tuple[Feature, ...]]]:
    """Spinal levels where the rationale speaks of the item, none of whose vertebrae is in the title."""
    printed = [field.raw for portion in item.dispute.request.portions for field in portion.levels]
    requested = {vertebra for raw in printed for vertebra in knowledge.levels.vertebrae(raw)}
    for reference in rationale.references if requested else ():
        for match in knowledge.levels.PRINTED.finditer(rationale.text, reference.place.start, reference.place.end):
            if not requested & set(knowledge.levels.vertebrae(match.group())):
                yield rationale.place(*match.span()), () if reference.is_subject else ARGUABLE


def _misplaced_signs(passage: Passage) -> Iterator[Finding]:
    """Signs of the examination reported at a body part that they do not examine."""
    for start, end, regions in knowledge.signs.find(passage.text):
        part = next(iter(passage.parts_in(passage.place(end, end + 41))), None)
        if part is None or not SIGN_TO_PART.match(passage.text[end : part.place.start]) or passage.is_quoted(start):
            continue
        if not any(_examines(region, part.meaning.region) for region in regions):
            place = passage.place(start, part.place.end)
            sign = quote(passage.text[start:end])
            message = f"{sign} examines the {' or '.join(sorted(regions))}, not the {quote(part.place.text)}"
            yield Finding(place.span, message)


def _examines(region: str, other: str) -> bool:
    """Whether a sign of one region may be found at another: in the same limb, or where its roots run."""
    return knowledge.anatomy.overlap(other, region) or knowledge.anatomy.limb_of(other) in (
        knowledge.anatomy.limb_of(region),
        *ROOTS.get(region, ()),
    )
