import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Reading,
    Rule,
    Safety,
    Span,
    knowledge,
    model,
)

# "21th": an ordinal with the ending of another number.
ORDINAL = re.compile(
    r"[0-9]*(?<!1)(?:1(?:th|nd|rd)|2(?:th|st|rd)|3(?:th|st|nd))\b|[0-9]*(?:1[123]|[04-9])(?:st|nd|rd)\b"
)
WORD = re.compile(r"\S+")
ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


class MisspeltCitation(Rule):
    """The name of a guideline or of its section is misspelt.

    A guideline is looked up by its name. What is nearly the name of a known guideline or section is
    read as that name, and the fix writes it.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Speical Studies.
    ```

    ```findings
    "Speical" did you mean "Special"?
      fix (safe): write Special
    ```
    """

    code = "CIT008"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for cited in reading.citations:
            citation = cited.citation
            if citation.document is None:
                continue
            if not citation.mtus:
                yield from _find_ordinals(citation.name)
                continue
            if name := knowledge.guidelines.correct_name(citation.name.raw):
                yield _report(citation.name.span, citation.name.raw, name)
            for section in citation.sections:
                match = knowledge.contents.match_section(citation.document, " ".join(section.raw.split()))
                if match and match.likeness is knowledge.contents.Likeness.MISSPELT:
                    yield _report(section.span, section.raw, match.spelling)


def _report(span: Span, raw: str, name: str) -> Finding:
    """The words of a name that differ from the right name, with the right ones as a fix."""
    wrong, right = list(WORD.finditer(raw)), name.split()
    if len(wrong) == len(right):
        differ = [i for i, word in enumerate(wrong) if word.group().casefold() != right[i].casefold()]
        if differ:
            first, last = differ[0], differ[-1]
            start, end = wrong[first].start(), wrong[last].end()
            span = Span(span.start + start, span.start + end)
            raw, name = raw[start:end], " ".join(right[first : last + 1])
    meant = name.upper() if raw.isupper() else name
    return Finding(span, f'did you mean "{meant}"?', fix=Fix(f"write {meant}", (Edit(span, meant),), Safety.SAFE))


def _find_ordinals(name: model.Field[str]) -> Iterator[Finding]:
    """Numbers of editions with the ending of another number."""
    for match in ORDINAL.finditer(name.raw):
        number = re.sub(r"\D", "", match.group())
        right = number + ("th" if number[-2:] in ("11", "12", "13") else ENDINGS.get(number[-1], "th"))
        yield _report(Span(name.span.start + match.start(), name.span.start + match.end()), match.group(), right)
