import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule

NUMBER = re.compile(r"CM(\d\d)-\d{7}|(\d\d)-\d{6}")


class MalformedCaseNumber(Rule):
    """A case number that is not CM, two digits of the year, a hyphen and seven digits.

    The year is that in which the case was filed; it cannot be after the year of the decision.

    ```diff
    -CM17-9900001
    +CM17-990001
    ```

    ```findings
    "CM17-990001" not a case number: CM, the year, a hyphen, seven digits
    ```
    """

    code = "HDR002"
    category = Category.MALFORMED
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        number, decided = letter.header.case_number, letter.header.decided
        if number is None or not number.raw:
            return
        match = NUMBER.fullmatch(number.raw)
        if match is None:
            yield Finding(number.span, "not a case number: CM, the year, a hyphen, seven digits")
        elif decided and decided.value and 2000 + int(match[1] or match[2]) > decided.value.year:
            yield Finding(
                number.span,
                "the year of the case number is after the year of the decision",
                notes=(Note(decided.span, "decided here"),),
            )
