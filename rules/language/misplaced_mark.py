import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    Safety,
    quote,
)

DAY = r"\d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{2,4}"
# "(e.g., exercise.)": what is in the brackets is no sentence.
STOP_INSIDE = Pattern(r"\(e\.g\.,? [^().]{2,60}(?P<mark>\.)\)")
# "On (11-16-16) the worker": the sentence needs the date.
DATE_IN_BRACKETS = Pattern(rf"\b[Oo]n (?P<open>\(){DAY}(?P<close>\))")
# "on December 29, 2016; for physical therapy", "dated December 2, 2016; the following tests were requested"
BEFORE_FOR = Pattern(r"\b\d{1,2}, 20\d\d(?P<mark>;) (?P<next>for|the following)\b")
# "Findings included; a limp", "the guideline states; "Recommended": the verb needs what follows.
BEFORE_OBJECT = Pattern(r"(?P<mark>;) (?P<next>[\"“]?)")
NEEDS = frozenset(("include", "includes", "included", "including", "states", "reads"))
# "The guideline states of services; "Recommended"": the verb may stand farther before the quotation.
TELLS = Pattern(r"\b(?:states?|notes|says)\b[^\"“;.]{0,60}$")
# "the following treatments 6 sessions", "the following tests were requested an MRI"
FOLLOWING = Pattern(
    r"[Tt]he following (?P<noun>[a-z]+s)(?P<verb> (?:was|were) [a-z]+ed)? (?=an? |\d{1,3} [a-z]|[A-Z]{2})"
)
# "radiculitis (ICD9 729.2) 8-10 visits": what is allowed for a diagnosis.
BEHIND_CODE = Pattern(r"\(ICD[^()]{0,4} [A-Z]?\d[\d.]*(?P<close>\)) (?=\d)")
QUOTES = re.compile('["“”]')
LONGEST_INNER = 60  # characters of a quotation within another


class MisplacedMark(Rule):
    """A mark stands where none belongs, or on the wrong side of a bracket: "(e.g., exercise.) This".

    The reader takes the sentence to end where it goes on, or what it needs for a remark.

    ```diff
    -She takes naproxen.
    +She takes naproxen, and rests (e.g., after exercise.). On (05-02-2017) she had a brace.
    ```

    ```findings
    "." the full stop belongs behind the bracket
      fix (suggested): move the full stop
    "(05-02-2017)" no brackets belong around a date that the sentence needs
      fix (safe): delete the brackets
    ```
    """

    code = "LAN026"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for hit in passage.find(STOP_INSIDE):
                stop = hit.place_of("mark").span
                follows = passage.text[hit.place.end :][:1]
                behind = stop._replace(start=stop.end + 1, end=stop.end + 1)
                edits = (Edit(stop, ""),) if follows in (".", ",", ";") else (Edit(stop, ""), Edit(behind, "."))
                fix = Fix("move the full stop", edits, Safety.SUGGESTED)
                yield Finding(stop, "the full stop belongs behind the bracket", fix=fix)
            for hit in passage.find(DATE_IN_BRACKETS):
                start, end = hit.place_of("open").span, hit.place_of("close").span
                fix = Fix("delete the brackets", (Edit(start, ""), Edit(end, "")), Safety.SAFE)
                yield Finding(
                    start._replace(end=end.end), "no brackets belong around a date that the sentence needs", fix=fix
                )
            for hit in passage.find(BEFORE_FOR):
                mark = hit.place_of("mark")
                if not passage.is_quoted(mark.start):
                    words = f"{mark.before.rsplit(' ', 1)[-1]}; {hit.group('next')}"
                    fix = Fix("delete the semicolon", (Edit(mark.span, ""),), Safety.SUGGESTED)
                    yield Finding(mark.span, f"{quote(words)}: no semicolon belongs before what was asked for", fix=fix)
            for hit in passage.find(BEFORE_OBJECT):
                mark = hit.place_of("mark")
                if mark.before.rsplit(" ", 1)[-1] in NEEDS or (hit.group("next") and TELLS.search(mark.before)):
                    fix = Fix("write a colon", (Edit(mark.span, ":"),), Safety.SUGGESTED)
                    yield Finding(mark.span, "a colon belongs before what is named or quoted", fix=fix)
            for hit in passage.find(FOLLOWING):
                word = hit.place_of("verb" if hit.group("verb") else "noun")
                if not passage.is_quoted(word.start):
                    end = word.span._replace(start=word.span.end)
                    fix = Fix("insert a colon", (Edit(end, ":"),), Safety.SAFE)
                    yield Finding(word.span, "a colon belongs before what is listed", fix=fix)
            for hit in passage.find(BEHIND_CODE):
                close = hit.place_of("close").span
                end = close._replace(start=close.end)
                fix = Fix("insert a colon", (Edit(end, ":"),), Safety.SAFE)
                yield Finding(hit.span, "a colon belongs between a diagnosis and what is allowed for it", fix=fix)
            for outer, inner in _find_nested(passage):
                edits = (
                    Edit(inner.span._replace(end=inner.span.start + 1), "'"),
                    Edit(inner.span._replace(start=inner.span.end - 1), "'"),
                )
                fix = Fix("write single marks", edits, Safety.SAFE)
                yield Finding(
                    inner.span,
                    "double quotation marks within a quotation: single ones belong there",
                    (Note(outer.span, "the quotation"),),
                    fix=fix,
                )


def _find_nested(passage: Passage) -> Iterator[tuple[Place, Place]]:
    """The short quotations that stand within another, each behind the one around it."""
    text = passage.text
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for hit in passage.find(QUOTES):
        at = hit.place.start
        begins, ends = text[at - 1 : at] in ("", " ", "("), text[at + 1 : at + 2] in ("", " ", ")", ".", ",", ";", ":")
        if begins and not ends:
            opened.append(at)
        elif not opened or begins == ends:
            return  # which opens what cannot be told
        elif len(opened) > 1:
            found.append((opened.pop(), at + 1))
        else:
            start = opened.pop()
            for inner in found:
                if inner[1] - inner[0] <= LONGEST_INNER:
                    yield passage.place(start, at + 1), passage.place(*inner)
            found.clear()
