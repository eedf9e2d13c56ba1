from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, knowledge


class UnknownLicenceState(Rule):
    """A state of licensure that is no state of the US.

    States, the District of Columbia and the territories that license physicians are known.

    ```diff
    -State(s) of Licensure: California, Oregon
    +State(s) of Licensure: Califronia, Oregon
    ```

    ```findings
    "Califronia" not a state; "California" is meant, it seems
      fix (suggested): write California
    ```
    """

    code = "REV003"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        known = knowledge.credentials.states()
        for state in letter.reviewer.states:
            name = state.value or ""
            if name.casefold() in known or name.casefold().removeprefix("the ").removeprefix("state of ") in known:
                continue
            meant = knowledge.credentials.nearest(name, known, at_least=70)
            if meant:
                fix = Fix(f"write {meant}", (Edit(state.span, meant),))
                yield Finding(state.span, f'not a state; "{meant}" is meant, it seems', fix=fix)
            else:
                yield Finding(state.span, "not the name of a US state")
