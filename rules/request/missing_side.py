import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

ONE_SIDED = frozenset(
    {
        model.RequestKind.IMAGING,
        model.RequestKind.INJECTION,
        model.RequestKind.SURGERY,
        model.RequestKind.THERAPY,
        model.RequestKind.CHIROPRACTIC,
        model.RequestKind.ACUPUNCTURE,
        model.RequestKind.ELECTRODIAGNOSTIC,
        model.RequestKind.DEVICE,
    }
)
# "the operated knee" says which.
KNOWN = Pattern(
    r"\b(?:operated|operative|affected|injured|involved|symptomatic|same|other|opposite|contralateral|ipsilateral"
    r"|dominant)(?: \w+)? $",
    re.IGNORECASE,
)
# "foot orthoses", "wrist splints": devices that come in pairs.
PAIR = Pattern(r"(?:[ -][a-z]+){0,2}?[ -](?:[a-z]+[^s\W]s|orthoses|prostheses)\b", re.IGNORECASE)
# Devices that are made for one side, or worn on it; an exercise kit is for either.
WORN = Pattern(
    r"\b(?:brac|splint|sling|support|sleeve|wrap|boot|cast|orthos|orthotic|immobili[sz]|stocking|prosthe|garment|glove"
    r"|strap|insole|shoe)",
    re.IGNORECASE,
)
UNSIDED = Pattern(r"\bkits?\b", re.IGNORECASE)


class MissingSide(Rule):
    """A part of the body of which there are two is named without left, right or bilateral.

    A decision on "the knee" approves both knees or neither, and an operation or an injection on the wrong
    side is the worst that a letter can cause. A side before a list of parts counts for all of them, and it
    is enough that the summary and the rationales give one side of the part. A device
    that is not worn, such as a kit, has no side. There is one finding a letter, at the first such part.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy for the wrist, two times a week for six weeks (12 visits): Upheld
    ```

    ```findings
    "wrist" the request does not say which "wrist": left, right or both
    ```
    """

    code = "REQ004"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        lacking = [site for item in reading.items for site in _find_without_side(item, reading)]
        for site in lacking[:1]:
            notes = tuple(Note(other.place.span, "another part without its side") for other in lacking[1:])
            message = f"the request does not say which {quote(site.place.text)}: left, right or both"
            yield Finding(site.place.span, message, notes=notes)


def _find_without_side(item: Item, reading: Reading) -> Iterator[annotation.Site]:
    """The parts in the title of an item whose side neither the title nor the running text gives."""
    if item.kind not in ONE_SIDED or any(portion.sides for portion in item.dispute.request.portions[:-1]):
        return
    if UNSIDED.search(item.title.text) or (item.kind is model.RequestKind.DEVICE and not WORN.search(item.title.text)):
        return
    sites = [site for site in item.disputed.sites if not _names_therapy(site, item)]
    if len(sites) == 1 and any(portion.sides for portion in item.dispute.request.portions):
        return  # "Knee brace, hinged, right"
    sided = {site.part.region for site in sites if site.side or KNOWN.search(site.place.before)}
    for site in sites:
        several = site.place.text.casefold().endswith(("s", "feet")) or (
            item.kind is model.RequestKind.DEVICE and PAIR.match(site.place.prose.text, site.place.end)
        )
        if site.part.paired and not several and site.part.region not in sided:
            sided |= {site.part.region}
            if len(_sides_of(site.part, reading)) != 1:
                yield site


def _names_therapy(site: annotation.Site, item: Item) -> bool:
    """Whether a part belongs to the name of a kind of therapy: "hand therapy" is for the wrist, too."""
    return any(
        treatment.kind is model.RequestKind.THERAPY and place.holds(site.place.start)
        for place, treatment in item.title.treatments
    )


def _sides_of(part: knowledge.anatomy.Part, reading: Reading) -> set[model.Side]:
    """The sides that the summary and the rationales give to a part."""
    passages = filter(None, (reading.summary, *(item.rationale for item in reading.items)))
    return {site.side for passage in passages for site in passage.sites if site.side and site.part.name == part.name}
