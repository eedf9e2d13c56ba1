from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Feature,
    Finding,
    Fix,
    Importance,
    Letter,
    Reading,
    Rule,
    Safety,
    Span,
    annotation,
    match_case,
    quote,
)

Kind = annotation.DepartureKind


class PassageSlip(Rule):
    """A passage that your house has in many letters, here with a word lost, added, changed or out of order.

    It needs a memory, which `imrlint learn` makes from your archive. A passage is compared only where your
    letters hardly ever vary: wordings that several of them have are variants, and names, ages, dates, sides,
    parts of the body, drugs and treatments may always differ. The message shows what your letters have, and
    how many of them.

    ```diff
    -A few visits of therapy are supported by the MTUS to teach exercises, then done at home.
    +The records given to us do support a longer course.
    ```

    ```findings
    "do support" "not" is missing: 40 letters of this house have "to us do not support a longer"
    ```
    """

    code = "HOU001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for departure in reading.departures:
            if departure.kind is not Kind.NUMBER:
                fix = _find_fix(departure)
                evidence = (Feature.UNSURE,) if departure.may_be_meant else ()
                yield Finding(departure.place.span, _describe(departure), fix=fix, evidence=evidence)


def _describe(departure: annotation.Departure) -> str:
    many = f"{departure.letters:,} letters of this house have {quote(departure.known)}"
    match departure.kind:
        case Kind.LOST:
            verb = "are" if " " in departure.usual else "is"
            return f'"{departure.usual}" {verb} missing: {many}'
        case Kind.ADDED:
            return f"without {quote(departure.written)}, {many}"
        case Kind.ORDER:
            return f"in another order, {many}"
        case _:
            return f'"{departure.usual}" instead of {quote(departure.written)}: {many}'


def _find_fix(departure: annotation.Departure) -> Fix | None:
    """What the house writes, for a person to accept; None where it would turn the meaning round."""
    place = departure.place
    if departure.turns_meaning or departure.kind is Kind.ORDER:
        return None
    if departure.kind is Kind.LOST:
        first, gap, rest = place.text.partition(" ")
        if not gap:
            return None
        words = f"{first} {departure.usual} {rest}"
        return Fix(f"write {words}", (Edit(place.span, words),), Safety.SUGGESTED)
    if departure.kind is Kind.ADDED:
        after = place.prose.text[place.end : place.end + 1]
        end = place.prose.locate(place.start, place.end + 1).end if after == " " else place.span.end
        return Fix(f'delete "{place.text}"', (Edit(Span(place.span.start, end), ""),), Safety.SUGGESTED)
    words = match_case(departure.usual, place.text)
    return Fix(f"write {words}", (Edit(place.span, words),), Safety.SUGGESTED)
