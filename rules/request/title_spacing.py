import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Pattern, Reading, Rule, Safety, Trait

SPACED = re.compile(r"(?P<wrong> )[,:;](?!\d)|\b[A-Z]-(?P<hyphen> )(?=[A-Za-z])|\((?P<open> )|(?P<close> )\)")
WHERE = {
    "wrong": "before a punctuation mark",
    "hyphen": "after the hyphen",
    "open": "after the opening parenthesis",
    "close": "before the closing parenthesis",
}
CLOSED = Pattern(r"(?<=[a-z]{2}),(?=[a-z]{2})", re.IGNORECASE)


class TitleSpacing(Rule):
    """A space too many or a missing space in the title of an item.

    Titles are searched for, and copied into notices: a search for "ACUPUNCTURE, BACK" does not find
    "ACUPUNCTURE ,BACK".

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine ,without contrast: Overturned
    ```

    ```findings
    "," space before a punctuation mark
      fix (safe): delete the space
    ```
    """

    code = "REQ014"
    category = Category.STYLE
    importance = Importance.LOW
    traits = frozenset({Trait.MOOT_ONCE_MAILED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for title in reading.titles:
            for hit in title.find(SPACED):
                name = next(name for name in WHERE if hit.group(name))
                moved = hit.text == " ," and title.text[hit.place.end : hit.place.end + 1].isalnum()
                edit = Edit(hit.span, ", ") if moved else Edit(hit.place_of(name).span, "")
                fix = Fix("delete the space", (edit,), Safety.SAFE)
                yield Finding(hit.span, f"space {WHERE[name]}", fix=fix)
            for hit in title.find(CLOSED):
                fix = Fix("insert a space", (Edit(hit.span, ", "),), Safety.SAFE)
                yield Finding(hit.span, "no space after the comma", fix=fix)
