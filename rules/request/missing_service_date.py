from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class MissingServiceDate(Rule):
    """A retrospective request without its date of service.

    The service was given already, on a certain day: without that day nobody can tell which bill the
    decision settles when the same service was given more than once.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +Retrospective MRI of the lumbar spine without contrast: Overturned
    ```

    ```findings
    "Retrospective MRI of the lumbar spine without contrast" retrospective request without a date of service
    ```
    """

    code = "REQ005"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            request = dispute.request
            if request.retrospective and not any(portion.service_dates for portion in request.portions):
                yield Finding(dispute.title.span, "retrospective request without a date of service")
