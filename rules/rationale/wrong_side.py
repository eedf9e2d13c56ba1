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
    Reading,
    Rule,
    annotation,
    model,
    quote,
)

ARGUABLE = (Feature.ARGUABLE,)
UNSURE = (Feature.INFERRED,)
NEAR = 90  # characters within which words say why the other side is named
AROUND = 200  # characters within which a sentence says why it names the other side


class WrongSide(Rule):
    """The rationale argues about the side that is not in dispute.

    The request is for the right hip, and the reasons are about the left: the facts or the decision
    belong to the other side, and the request is left undecided. It is an error where the conclusion names
    the other side, elsewhere a warning; so it is where the letter has this side of a limb nowhere else. The other side
    is not reported where the summary mentions it, too, or where the two are compared.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for physical therapy for the left
    +shoulder is not medically necessary.
    ```

    ```findings
    "left shoulder" not the disputed side of the "shoulder": "left" here, "right" in dispute
      "right" the disputed side
    ```
    """

    code = "RAT006"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None:
                continue
            found = list(_opposite_sites(item, item.rationale, reading)) if item.sides else []
            given = next(iter(item.dispute.request.disputed.sides), item.dispute.title)
            note = Note(given.span, "the disputed side")
            for site, disputed, is_certain in found:
                here = model.Side.LEFT if disputed is model.Side.RIGHT else model.Side.RIGHT
                values = f"{quote(here.value)} here, {quote(disputed.value)} in dispute"
                message = f"not the disputed side of the {quote(site.place.text)}: {values}"
                yield Finding(site.sided.span, message, notes=(note,), evidence=() if is_certain else ARGUABLE)
            yield from _find_unpaired(item.rationale, reading)
            yield from _find_both_sides(item, item.rationale)
            sided = {site.place: site.sided for site in item.rationale.sites}
            for stray in reading.find_strays(item):
                known = any(site.place == stray.place for site, _, _ in found)
                if stray.kind is annotation.StrayKind.SIDE and stray.contrast and stray.is_possible and not known:
                    place, there, printed = stray.contrast
                    message = f"{quote(printed)} here, {quote(there)} elsewhere in the letter"
                    evidence = ARGUABLE if stray.is_likely else UNSURE
                    yield Finding(
                        sided[stray.place].span, message, notes=(Note(place.span, "the other side"),), evidence=evidence
                    )


def _find_unpaired(rationale: Passage, reading: Reading) -> Iterator[Finding]:
    """A side of a part that there is once, as the jaw or the chest, where the rest of the letter has the other one."""
    told = [site for passage in reading.told for site in passage.sites if site.side and not site.part.paired]
    for site in rationale.sites:
        sentence = rationale.sentence_of(site.place)
        is_other = sentence.kind is annotation.SentenceKind.GUIDELINE or sentence.is_general
        is_other = is_other or sentence.is_quoted(site.place.start) or annotation.may_be_other_side(site.place, NEAR)
        if site.side in (None, model.Side.BOTH) or site.part.paired or is_other:
            continue
        there = [each for each in told if each.part.region == site.part.region]
        if there and not any(each.side in (site.side, model.Side.BOTH) for each in there):
            message = f"{_quote_name(site)} here, {_quote_name(there[0])} elsewhere in the letter"
            note = Note(there[0].sided.span, "the other side")
            yield Finding(site.sided.span, message, notes=(note,), evidence=ARGUABLE)


def _find_both_sides(item: Item, rationale: Passage) -> Iterator[Finding]:
    """Both sides in what the conclusion decides, where one is in dispute."""
    titled = [(start, end, side) for start, end, side in annotation.find_side_words(item.title.text)]
    if len({side for _, _, side in titled}) != 1 or titled[0][2] is model.Side.BOTH:
        return
    disputed = item.title.place(*titled[0][:2])
    for decided in annotation.list_decided(rationale.references):
        for start, end, side in annotation.find_side_words(decided.text):
            if side is model.Side.BOTH:
                place = decided.part(start, end)
                message = f"{quote(place.text)} here, {quote(disputed.text)} in dispute"
                yield Finding(place.span, message, notes=(Note(disputed.span, "the disputed side"),), evidence=ARGUABLE)


def _quote_name(site: annotation.Site) -> str:
    """The side and the words for the part, quoted."""
    return quote(f"{site.side.value if site.side else ''} {site.place.text}")


def _opposite_sites(
    item: Item, rationale: Passage, reading: Reading
) -> Iterator[tuple[annotation.Site, model.Side, bool]]:
    """Where a rationale argues about the other side as if it were the disputed one.

    Each comes with the disputed side, and whether it is the subject of the conclusion, which leaves no doubt.
    """
    for site in rationale.sites:
        disputed = _find_opposite_side(site, item)
        if disputed is None:
            continue
        reference = next((each for each in rationale.references if each.place.holds(site.place.start)), None)
        is_quoted = rationale.is_quoted(site.place.start)
        is_excused = annotation.may_be_other_side(site.place, AROUND)
        if reference is not None and (reference.is_subject or not is_excused):
            yield site, disputed, reference.is_subject
        elif reference is None and not is_quoted and not is_excused and not _is_known(site, reading):
            yield site, disputed, False


def _find_opposite_side(site: annotation.Site, item: Item) -> model.Side | None:
    """The disputed side of a part, where only one is in dispute and the site is on the other; else None."""
    sides = item.sides.get(site.part.region)
    if site.side is None or sides is None or len(sides) != 1:
        return None
    (disputed,) = sides
    return disputed if model.Side.BOTH not in (disputed, site.side) and site.side is not disputed else None


def _is_known(site: annotation.Site, reading: Reading) -> bool:
    """Whether the summary, or another item, has the same side of the same part."""
    known = [
        *(reading.summary.sites if reading.summary else ()),
        *(site for item in reading.items for site in item.sites),
    ]
    return any(other.part.region == site.part.region and other.side in (site.side, model.Side.BOTH) for other in known)
