from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, model, quote

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


class MissingSide(Rule):
    """A part of the body of which there are two is named without left, right or bilateral.

    A decision on "the knee" approves both knees or neither, and an operation or an injection on the wrong
    side is the worst that a letter can cause. A side before a list of parts counts for all of them.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +Physical therapy for the shoulder, two times a week for six weeks (12 visits): Upheld
    ```

    ```findings
    "shoulder" the request does not say which "shoulder": left, right or both
    ```
    """

    code = "REQ004"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.kind not in ONE_SIDED or any(portion.sides for portion in item.dispute.request.portions[:-1]):
                continue
            sites = item.disputed.sites
            sided = {site.part.region for site in sites if site.side}
            for site in sites:
                several = site.place.text.casefold().endswith(("s", "feet"))
                if site.part.paired and not several and site.part.region not in sided:
                    sided |= {site.part.region}
                    message = f"the request does not say which {quote(site.place.text)}: left, right or both"
                    yield Finding(site.place.span, message)
