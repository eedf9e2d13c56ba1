import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote

NUMBER = re.compile(r"CM(\d\d)-\d{7}|(\d\d)-\d{6}")


class MalformedCaseNumber(Rule):
    """The case number is not CM, two digits of the year, a hyphen and seven digits.

    The worker and the parties find the case by this number. The year is that in which the case was
    filed; it cannot be after the year of the decision.

    ```diff
    -CM17-9900001
    +CM17-990001
    ```

    ```findings
    "CM17-990001" "CM17-990001" is not a case number: CM, the year, a hyphen, seven digits
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
            yield Finding(
                number.span, f"{quote(number.raw)} is not a case number: CM, the year, a hyphen, seven digits"
            )
        elif decided and decided.value and 2000 + int(match[1] or match[2]) > decided.value.year:
            message = f"the year of {quote(number.raw)} is after the decision on {quote(decided.raw)}"
            yield Finding(number.span, message, notes=(Note(decided.span, "the decision date"),))
