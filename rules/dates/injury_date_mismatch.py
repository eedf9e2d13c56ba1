from collections.abc import Iterator

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Note, Reading, Rule, annotation, quote


class InjuryDateMismatch(Rule):
    """The date of injury differs between the cover, the summary and a rationale.

    One case has one date of injury. A letter with two may mix two workers' files, and a plainly
    wrong fact is a ground of appeal (Labor Code 4610.6(h)). Earlier injuries that are called so are
    not reported.

    ```diff
    -an industrial injury on 03-22-2017
    +an industrial injury on 03-12-2017
    ```

    ```findings
    "03-12-2017" the date of injury is "03-12-2017" here, "03/22/2017" on the cover
      "03/22/2017" the date of injury on the cover
    ```
    """

    code = "DAT004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = reading.injury
        if injury is None:
            return
        where = "on the cover" if injury.is_on_cover else "above"
        note = Note(injury.span, f"the date of injury {where}")
        events = tuple(reading.events(annotation.Role.INJURY))
        is_repeated = any(event.day == injury.day and event.place.span != injury.span for event in events)
        for event in events:
            if event.day != injury.day:
                another = is_repeated and not annotation.is_slip(event.day, injury.day)
                other = quote(letter.source[injury.span])
                message = f"the date of injury is {quote(event.place.text)} here, {other} {where}"
                evidence = (Feature.ANOTHER_FITS,) if another else ()
                yield Finding(event.place.span, message, notes=(note,), evidence=evidence)
