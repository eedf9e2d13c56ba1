import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span, quote

WITHOUT_IN = re.compile(r"\b[Bb]oard[- ][Cc]ertified(?= [A-Z])")


class CredentialWording(Rule):
    """The word "in" is missing between "Board Certified" and the specialty.

    The sentence says who decided the case; a slip in it looks bad.

    ```diff of title-only
    -currently working at least 24 hours a
    -week in active practice.
    +currently working at least 24 hours a
    +week in active practice. This reviewer is Board Certified Family Practice.
    ```

    ```findings
    "Board Certified" "in" is missing after "Board Certified"
      fix (safe): write "in" after it
    ```
    """

    code = "REV006"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        section = letter.qualifications
        if section is None or section.prose is None:
            return
        for hit in section.prose.find(WITHOUT_IN):
            edit = Edit(Span(hit.span.end, hit.span.end), " in")
            fix = Fix('write "in" after it', (edit,), Safety.SAFE)
            yield Finding(hit.span, f'"in" is missing after {quote(hit.text)}', fix=fix)
