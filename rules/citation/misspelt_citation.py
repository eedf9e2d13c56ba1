import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span, knowledge

# "21th": an ordinal with the ending of another number.
ORDINAL = re.compile(
    r"[0-9]*(?<!1)(?:1(?:th|nd|rd)|2(?:th|st|rd)|3(?:th|st|nd))\b|[0-9]*(?:1[123]|[04-9])(?:st|nd|rd)\b"
)
WORD = re.compile(r"\S+")
ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


class MisspeltCitation(Rule):
    """The name of a guideline or of its section is misspelt.

    A citation is looked up by its name. What is nearly the name of a known guideline or section is
    taken for it and reported here, and the fix writes the known name.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Speical Studies.
    ```

    ```findings
    "Speical" misspelt: "Special" is meant
      fix (safe): write Special
    ```
    """

    code = "CIT008"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                for citation in clause.citations:
                    if citation.document is None:
                        continue
                    if not citation.mtus:
                        yield from _ordinals(citation.name.raw, citation.name.span)
                        continue
                    if name := knowledge.guidelines.right_spelling(citation.name.raw):
                        yield _misspelt(citation.name.span, citation.name.raw, name)
                    for section in citation.sections:
                        match = knowledge.contents.match(citation.document, " ".join(section.raw.split()))
                        if match and match.likeness is knowledge.contents.Likeness.MISSPELT:
                            yield _misspelt(section.span, section.raw, match.spelling)


def _misspelt(span: Span, raw: str, name: str) -> Finding:
    """Where the words of a name differ from the right ones, and the right ones."""
    wrong, right = [(m.group(), m.start(), m.end()) for m in WORD.finditer(raw)], name.split()
    if len(wrong) == len(right):
        differ = [i for i, (word, _, _) in enumerate(wrong) if word.casefold() != right[i].casefold()]
        if differ:
            first, last = differ[0], differ[-1]
            span = Span(span.start + wrong[first][1], span.start + wrong[last][2])
            raw, name = raw[wrong[first][1] : wrong[last][2]], " ".join(right[first : last + 1])
    meant = name.upper() if raw.isupper() else name
    return Finding(span, f'misspelt: "{meant}" is meant', fix=Fix(f"write {meant}", (Edit(span, meant),), Safety.SAFE))


def _ordinals(raw: str, span: Span) -> Iterator[Finding]:
    for match in ORDINAL.finditer(raw):
        number = re.sub(r"\D", "", match.group())
        right = number + ("th" if number[-2:] in ("11", "12", "13") else ENDINGS.get(number[-1], "th"))
        yield _misspelt(Span(span.start + match.start(), span.start + match.end()), match.group(), right)
