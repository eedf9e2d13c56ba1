import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

# Before a month or a year: that the worker was hurt then.
HURT = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('worker', 'pronoun')} (?:was )?(?:injured|hurt)(?: (?!and\b)\w+){{0,5}}?"
    r"|(?:the|his|her|this) (?:industrial )?(?:injury|accident))"
    r" (?:in|of|from) $",
    re.IGNORECASE,
)
OTHER = Pattern(rf"\b{knowledge.wordings.any_of('earlier', 'another')}\b", re.IGNORECASE)


class InjuryDateMismatch(Rule):
    """The date of injury differs between the cover, the summary and a rationale.

    One case has one date of injury, and the month or the year of it agree with it. A letter with two may mix two workers' files, and a plainly
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
                slip = event.is_of_the_injury or annotation.is_slip(event.day, injury.day)
                another = is_repeated and not slip
                other = quote(letter.source[injury.span])
                message = f"the date of injury is {quote(event.place.text)} here, {other} {where}"
                evidence = (Feature.ANOTHER_FITS,) if another else ()
                yield Finding(event.place.span, message, notes=(note,), evidence=evidence)
        for passage in reading.composed:
            told = reading.summary.periods if reading.summary and passage is not reading.summary else ()
            for period in passage.periods:
                if period.first == period.last or period.first <= injury.day <= period.last:
                    continue
                before = period.place.before
                is_hurt = HURT.search(before) and not OTHER.search(before)
                if is_hurt and not any(each.first <= period.last and period.first <= each.last for each in told):
                    other = quote(letter.source[injury.span])
                    message = f"the injury is dated {quote(period.place.text)} here, {other} {where}"
                    yield Finding(period.place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))
