from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, knowledge, quote


class UnknownLicenceState(Rule):
    """The state of licensure is not a US state.

    A reviewer must be licensed in a state (Labor Code 139.5(d)(4)). The District of Columbia and the
    territories that license physicians count as states.

    ```diff
    -State(s) of Licensure: California, Oregon
    +State(s) of Licensure: Califronia, Oregon
    ```

    ```findings
    "Califronia" not a US state; did you mean "California"?
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
            meant = knowledge.credentials.nearest_name(name, known, at_least=70)
            if meant:
                fix = Fix(f"write {meant}", (Edit(state.span, meant),))
                yield Finding(state.span, f'not a US state; did you mean "{meant}"?', fix=fix)
            else:
                yield Finding(state.span, f"{quote(name)} is not a US state")
