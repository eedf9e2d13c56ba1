from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Pattern, Reading, Rule, Safety, quote

# A form in 's that is the subject of a verb in the plural; no name, such as "Tinel's", but an abbreviation.
PLURAL = Pattern(
    r"\b(?P<word>(?!(?:it|that|there|here|what|who|he|she|let|one)\b)(?:[a-z]{3,}|[A-Z]{2,})(?P<mark>['’])s)"
    r" (?:are|were|have)\b"
)


class PluralApostrophe(Rule):
    """A plural with an apostrophe: "MRI's are reserved".

    With the apostrophe it is a possessive, and the sentence has no subject.

    ```diff
    -She takes naproxen.
    +She takes naproxen. Two MRI's were normal.
    ```

    ```findings
    "MRI's" a plural has no apostrophe: "MRIs"
      fix (safe): write MRIs
    ```
    """

    code = "LAN023"
    category = Category.MALFORMED
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for hit in passage.find(PLURAL):
                word, mark = hit.place_of("word"), hit.place_of("mark")
                if passage.is_quoted(word.start):
                    continue
                right = word.text.replace(mark.text, "")
                fix = Fix(f"write {right}", (Edit(mark.span, ""),), Safety.SAFE)
                yield Finding(word.span, f"a plural has no apostrophe: {quote(right)}", fix=fix)
