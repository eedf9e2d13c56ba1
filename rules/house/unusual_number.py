from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, quote


class UnusualNumber(Rule):
    """A number in a passage in which your house always has another: 9 weeks where forty letters have 4.

    It needs a memory, which `imrlint learn` makes from your archive. Numbers that differ from letter to letter,
    such as those of visits, are left alone.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then done at home.
    +Such a course may last for 9 weeks at the very most.
    ```

    ```findings
    "9" "4" instead of "9": 40 letters of this house have "may last for 4 weeks at the"
    ```
    """

    code = "HOU002"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for departure in reading.departures:
            if departure.kind is annotation.DepartureKind.NUMBER:
                usual = f'"{departure.usual}" instead of {quote(departure.written)}'
                known = f"{departure.letters:,} letters of this house have {quote(departure.known)}"
                yield Finding(departure.place.span, f"{usual}: {known}")
