import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Item,
    Letter,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# What can be done on one side of the spine, since nerves leave it on both.
SIDED = (model.RequestKind.INJECTION, model.RequestKind.ELECTRODIAGNOSTIC, model.RequestKind.SURGERY)
MIDDLE = ("neck", "thoracic", "low back", "spine")
SOFT = re.compile(r"(?:para\w+|muscle|facet|joint|sinus|soft|nerve|plexus)")
PAIRS = ("rib", "ribs", "chest")


class SideWithoutPair(Rule):
    """A part of the body of which there is only one is called left, right or bilateral.

    There is no bilateral cervical spine and no left lumbar spine to be imaged: the words come from another
    request, and the part may be wrong too. Injections, nerve tests and operations on one side of the
    spine are right, and so is the treatment of muscles, which lie on both.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the bilateral lumbar spine without contrast: Overturned
    ```

    ```findings
    "lumbar" called bilateral, but "lumbar" has no sides: there is only one
    ```
    """

    code = "REQ012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.kind in SIDED:
                continue
            sites = item.disputed.sites
            for site, before in zip(sites, (None, *sites), strict=False):
                own = before is None or before.side != site.side  # not the side of the part before it
                if own and site.side and _has_no_side(site.part) and _is_spine(site, item):
                    message = f"called {site.side.value}, but {quote(site.place.text)} has no sides: there is only one"
                    yield Finding(site.place.span, message)


def _has_no_side(part: knowledge.anatomy.Part) -> bool:
    return part.region in MIDDLE and not part.paired and part.name not in PAIRS


def _is_spine(site: annotation.Site, item: Item) -> bool:
    """Whether the spine itself has a side: by its name, or in an image of both sides."""
    following = site.place.prose.text[site.place.end :].lstrip().casefold()
    if site.place.text.casefold().endswith("spine") or following.startswith(("spine", "vertebra", "disc")):
        return True
    imaged = item.kind is model.RequestKind.IMAGING and site.side is model.Side.BOTH
    return imaged and not SOFT.match(following)
