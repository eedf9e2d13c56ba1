import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety

SPACED = re.compile(r"(?P<wrong> )[,:;](?!\d)|\b[A-Z]-(?P<hyphen> )(?=[A-Za-z])|\((?P<open> )|(?P<close> )\)")
CLOSED = re.compile(r"(?<=[a-z]{2}),(?=[a-z]{2})", re.IGNORECASE)


class TitleSpacing(Rule):
    """A space too many or too few in the title of an item.

    Titles are searched for, and copied into notices: "ACUPUNCTURE ,BACK" is not found under
    "ACUPUNCTURE, BACK".

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine ,without contrast: Overturned
    ```

    ```findings
    "," a space too many
      fix (safe): take out the space
    ```
    """

    code = "REQ014"
    category = Category.STYLE
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for title in reading.titles:
            for hit in title.prose.find(SPACED):
                space = next(hit.place_of(name) for name in ("wrong", "hyphen", "open", "close") if hit.group(name))
                moved = hit.text == " ," and title.text[hit.place.end : hit.place.end + 1].isalnum()
                edit = Edit(hit.span, ", ") if moved else Edit(space.span, "")
                yield Finding(hit.span, "a space too many", fix=Fix("take out the space", (edit,), Safety.SAFE))
            for hit in title.prose.find(CLOSED):
                fix = Fix("put in a space", (Edit(hit.span, ", "),), Safety.SAFE)
                yield Finding(hit.span, "a space too few", fix=fix)
