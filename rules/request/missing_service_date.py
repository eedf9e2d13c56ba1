from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Item, Letter, Note, Reading, Rule


class MissingServiceDate(Rule):
    """A retrospective request without its date of service.

    The service was given already, on a certain day: without that day nobody can tell which bill the
    decision settles when the same service was given more than once. It is enough that the summary or a
    rationale gives a date with the service. There is one finding a letter, at the first such item.

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
        undated = [
            item for item in reading.items if item.dispute.request.retrospective and not _is_dated(item, reading)
        ]
        for item in undated[:1]:
            notes = tuple(Note(other.dispute.title.span, "another item without a date") for other in undated[1:])
            message = "retrospective request without a date of service"
            yield Finding(item.dispute.title.span, message, notes=notes)


def _is_dated(item: Item, reading: Reading) -> bool:
    """Whether the title has a date, or the running text gives one with the service."""
    if any(portion.service_dates for portion in item.dispute.request.portions) or item.title.dates:
        return True
    dates = [mention.place for mention in reading.dates]
    return any(
        place.prose is date.prose and place.holds(date.start) for place in reading.find_mentions(item) for date in dates
    )
