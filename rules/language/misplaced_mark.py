from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Pattern, Reading, Rule, Safety, quote

DAY = r"\d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{2,4}"
# "(e.g., exercise.)": what is in the brackets is no sentence.
STOP_INSIDE = Pattern(r"\(e\.g\.,? [^().]{2,60}(?P<mark>\.)\)")
# "On (11-16-16) the worker": the sentence needs the date.
DATE_IN_BRACKETS = Pattern(rf"\b[Oo]n (?P<open>\(){DAY}(?P<close>\))")
# "on December 29, 2016; for physical therapy"
BEFORE_FOR = Pattern(r"\b\d{1,2}, 20\d\d(?P<mark>;) for\b")


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
                    words = f"{mark.before.rsplit(' ', 1)[-1]}; for"
                    fix = Fix("delete the semicolon", (Edit(mark.span, ""),), Safety.SUGGESTED)
                    yield Finding(
                        mark.span, f"{quote(words)}: no semicolon belongs before what a request is for", fix=fix
                    )
