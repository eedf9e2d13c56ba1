from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Place,
    Reading,
    Rule,
    annotation,
    quote,
)

ARGUABLE = (Feature.ARGUABLE,)  # numbers are worked out in many ways


class WrongArithmetic(Rule):
    """A number that the letter works out does not follow from its figures.

    "Six and twelve visits add up to twenty"; "a reduction of 80 percent" for a pain that went from 8/10 to 4/10;
    "five points" for one that fell from 7/10 to 4/10: the sum decides whether a limit is exceeded, and whether
    treatment has helped. Where the sentence does not give both figures, the missing one is looked for in the
    whole letter, and only a number that no figure of the letter explains is reported. So is a change that the summary
    has the other way round.

    ```diff
    -done at home. The worker has had six visits with little relief, and no record says why twelve more
    +done at home. Six visits and the twelve requested add up to 20 visits, and no record says why twelve more
    ```

    ```findings
    "20 visits" "20 visits" here, but the numbers make "18"
      "Six visits" a figure that it is worked out from
      "twelve" a figure that it is worked out from
    ```
    """

    code = "RAT022"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.composed:
            for listed in passage.enumerations:
                yield from _check_enumeration(listed)
            if passage is not reading.summary:
                for here, there in annotation.find_unlike_changes(passage, reading.told):
                    message = f"the same change is told with {_quote(here)} here, with {_quote(there)} in the summary"
                    notes = (Note(there.place.span, "in the summary"),)
                    yield Finding(here.place.span, message, notes=notes, evidence=ARGUABLE)
                for change, first, last in annotation.find_reversed_changes(passage, reading.told):
                    yield _report_reversed(change, first, last)
            in_morphine = [claim.place for claim in passage.morphine_claims]  # another rule's
            for wrong in reading.find_miscalculations(passage):
                if wrong.result.place not in in_morphine:
                    yield _report(wrong)


def _report_reversed(change: annotation.Change, first: Place, last: Place) -> Finding:
    """A change that the summary has the other way round, its last value `first`."""
    before, after = change.before.place, change.after.place
    message = f"from {quote(before.text)} to {quote(after.text)} here, but {quote(first.text)} came first"
    notes = (Note(first.span, "first"), Note(last.span, "later"))
    return Finding(before.span, message, notes=notes, evidence=ARGUABLE)


def _check_enumeration(listed: annotation.Enumeration) -> Iterator[Finding]:
    if not listed.fewest <= listed.number <= listed.most:
        counted = _quote_range(listed.fewest, listed.most)
        message = f"{quote(listed.place.text)} are announced, but {counted} listed: {quote(listed.members.text)}"
        yield Finding(listed.place.span, message, notes=(Note(listed.members.span, "the list"),), evidence=ARGUABLE)


def _report(wrong: annotation.Miscalculation) -> Finding:
    result = _quote(wrong.result)
    match wrong:
        case annotation.OtherResult():
            message, used = _word_other_result(wrong), wrong.figures
        case annotation.MissingFigure():
            message, used = _word_missing_figure(wrong), wrong.figures
        case annotation.OtherExcess(_, limit):
            message = f"{result} here, but no two numbers of {limit.dimension}s in the letter are so far apart"
            used = (limit,)
        case annotation.OppositeChange(_, change):
            called, right = ("a rise", "a fall") if wrong.is_fall else ("a fall", "a rise")
            message = (
                f"{result} is called {called} here, but from {_quote(change.before)} to {_quote(change.after)} is"
                f" {right}"
            )
            used = change
    notes = tuple(Note(each.place.span, "a figure that it is worked out from") for each in used)
    return Finding(wrong.result.place.span, message, notes=notes, evidence=ARGUABLE)


def _word_other_result(wrong: annotation.OtherResult) -> str:
    """The result, and what the figures make instead, in its unit."""
    result, figures = _quote(wrong.result), [_quote(each) for each in wrong.figures]
    least, most = wrong.least / wrong.result.size, wrong.most / wrong.result.size
    match wrong.operation:
        case annotation.Operation.REST:
            return f"{result} here, but {figures[0]} and {figures[1]} leave {quote(f'{least:g}')}"
        case annotation.Operation.DIFFERENCE:
            return f"{result} here, but {figures[0]} and {figures[1]} are {quote(f'{least:.4g}')} apart"
        case annotation.Operation.CHANGE:
            return f"{result} here, but from {figures[0]} to {figures[1]} it is {quote(f'{least:g}')}"
        case annotation.Operation.SHARE:
            return f"{result} here, but from {figures[0]} to {figures[1]} it is {quote(f'{wrong.least:.0f} percent')}"
        case annotation.Operation.SUPPLY:
            days = _quote_range(round(wrong.least), round(wrong.most))
            return f"{figures[0]} at {figures[1]} are a supply for {days} days, not {result}"
        case _:
            return f"{result} here, but the numbers make {_quote_range(least, most)}"


def _word_missing_figure(wrong: annotation.MissingFigure) -> str:
    """The result, and the number that it takes with the figures."""
    result, figure = _quote(wrong.result), _quote(wrong.figures[0])
    match wrong.operation:
        case annotation.Operation.MULTIPLE:
            said = f"{result} is {quote(f'{wrong.number:g}')}"
        case annotation.Operation.DIFFERENCE:
            said = f"{figure} and {result} are {quote(f'{wrong.number / wrong.result.size:g}')}"
        case _:
            said = f"{result} less {figure} is {quote(f'{wrong.number:g}')}"
    return f"{said}, a number that the letter gives nowhere"


def _quote(quantity: annotation.Quantity) -> str:
    return quote(quantity.place.text)


def _quote_range(least: float, most: float) -> str:
    return quote(f"{least:g}" if least == most else f"{least:g} to {most:g}")
