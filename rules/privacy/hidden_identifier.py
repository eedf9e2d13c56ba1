from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, annotation

WORDS = {
    annotation.Kind.NAME: "the name of a person",
    annotation.Kind.REVIEWER: "the name of a reviewer",
    annotation.Kind.SOCIAL_SECURITY: "a social security number",
    annotation.Kind.PHONE: "a telephone number",
    annotation.Kind.EMAIL: "an email address",
    annotation.Kind.ADDRESS: "a postal address",
    annotation.Kind.BIRTH: "a date of birth",
    annotation.Kind.RECORD: "the number of a record",
}


class HiddenIdentifier(Rule):
    """The file says who a person is where nobody sees it in print: in its properties, a comment or a note.

    Whoever opens a letter that was posted can read its title, subject and keywords, the properties that a system of
    documents gave it, comments in a Word file and notes in a PDF. Names of authors are not reported. A plain text
    file has none of these. imrlint never prints the words; the place is that of the comment, or the beginning.
    """

    code = "PRI009"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for kind, aside in reading.hidden_identifiers:
            yield Finding(Span(aside.at, aside.at), f"{aside.what} has {WORDS[kind]}")
