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
        said = list(roles.having(letter, annotation.Role.INJURY))
        cover = letter.header.injury
        if cover and cover.value:
            known, place, where = cover.value, cover.span, "on the cover"
        elif said and said[0].value:
            known, place, where = said[0].value, said[0].span, "first here"
        else:
            return
        for mention in said:
            if mention.value != known:
                yield Finding(
                    mention.span,
                    "another date of injury than elsewhere in the letter",
                    notes=(Note(place, where),),
                )
