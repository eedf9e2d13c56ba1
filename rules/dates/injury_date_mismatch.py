from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, annotation


class InjuryDateMismatch(Rule):
    """The date of injury differs between the cover, the summary and a rationale.

    One case has one date of injury. A letter with two may mix two workers' files, and a plainly
    wrong fact is a ground of appeal (Labor Code 4610.6(h)). Earlier injuries named as such are
    no mismatch.

    ```diff
    -an industrial injury on 03-22-2017
    +an industrial injury on 03-12-2017
    ```

    ```findings
    "03-12-2017" another date of injury than elsewhere in the letter
      "03/22/2017" on the cover
    ```
    """

    code = "DAT004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = reading.injury
        if injury is None:
            return
        note = Note(injury.span, "on the cover" if injury.is_on_cover else "first here")
        for event in reading.events(annotation.Role.INJURY):
            if event.day != injury.day:
                yield Finding(event.place.span, "another date of injury than elsewhere in the letter", notes=(note,))
