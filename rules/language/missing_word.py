from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Letter, Rule, Safety, grammar

UNSAID = ("a noun",)  # what is missing can be told in kind only


class MissingWord(Rule):
    """A small word is missing in a group of words that does not go without it: "MRI the lumbar spine".

    ```diff
    -The treating physician asked for orphenadrine, an MRI of the lumbar spine
    +The treating physician asked for orphenadrine, an MRI the lumbar spine
    ```

    ```findings
    "the" "of the" is meant here, it seems
      fix (suggested): write of the
    ```
    """

    code = "LAN013"
    category = Category.SUSPECT

    def check(self, letter: Letter) -> Iterator[Finding]:
        for slip in (slip for slip in grammar.slips(letter) if slip.kind == "missing"):
            span = slip.prose.place(slip.start, slip.end)
            if slip.right in UNSAID:
                yield Finding(span, f"{slip.right} is missing between these words")
            else:
                fix = Fix(f"write {slip.right}", (Edit(span, slip.right),), Safety.SUGGESTED)
                yield Finding(span, f'"{slip.right}" is meant here, it seems', fix=fix)
