from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Prose, Reading, Rule, model

# What is done on one side of the spine: nerves leave it on both.
SIDED = (model.RequestKind.INJECTION, model.RequestKind.ELECTRODIAGNOSTIC, model.RequestKind.SURGERY)
MIDDLE = ("neck", "thoracic", "low back", "spine")
PAIRS = ("rib", "ribs", "chest")


class SideWithoutPair(Rule):
    """A side is named of a part of the body of which there is only one.

    There is no bilateral cervical spine and no left lumbar spine to be imaged: the words were taken
    over from another request, and the part may be another one too. Injections, nerve tests and
    operations on one side of the spine are right.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the bilateral lumbar spine without contrast: Overturned
    ```

    ```findings
    "lumbar" there is only one: it has no side
    ```
    """

    code = "REQ012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if dispute.request.kind in SIDED:
                continue
            portion = dispute.request.disputed
            named = sites.of_portion(portion)
            for site, before in zip(named, (None, *named), strict=False):
                own = before is None or before.side != site.side  # not taken over from the part before it
                if (
                    site.part.region in MIDDLE
                    and not site.part.paired
                    and site.part.name not in PAIRS
                    and own
                    and _odd(site, portion.text)
                ):
                    title = Prose(letter.source, portion.span)
                    yield Finding(title.place(site.start, site.end), "there is only one: it has no side")


def _odd(site: sites.Site, text: str) -> bool:
    spine = text[site.end :].lstrip().casefold().startswith(("spine", "vertebra", "disc"))
    return site.side is model.Side.BOTH or (site.side is not None and spine)
