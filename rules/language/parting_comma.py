from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Pattern,
    Place,
    Reading,
    Rule,
    Safety,
    quote,
)

DAY = r"\d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{2,4}"
SAYS = r"(?:states?|recommends?|indicates?|notes?|supports?|advises?)"
GUIDELINES = r"(?:[Gg]uidelines?|MTUS|ODG|ACOEM)"
# The date of a paper, and what the paper says or what was done with it: "The review dated 1-5-17, denied".
DATED = Pattern(
    rf"(?<![,;] )\bdated {DAY}(?P<mark>,) (?:that )?(?:denied|reported|non-?certified|modified|noted|revealed|showed"
    r"|stated|indicated|documented|demonstrated|certified|approved|recommended|described|was|is|were|are)\b"
)
# "Guidelines state, a trial", "to include, activities".
OBJECT = Pattern(
    rf"(?<!, the )(?<!, )\b(?:{GUIDELINES}|[Tt]hey|\([A-Z]{{3,}}\)) (?:also |further )?{SAYS}(?P<mark>,) (?!however)(?=[a-z])"
)
INTRODUCED = Pattern(r"\b(?:to include|such as)(?P<mark>,) (?!(?:is|was|are|were|has|had|but)\b)(?=[a-z])")
# The beginning of a sentence that has no other comma before the verb: of a guideline, a request, a drug.
SUBJECTS = (
    Pattern(rf"^(?:The|This|These|California|Official) [^,.;:]{{3,90}}{GUIDELINES}(?: \([A-Z]+\))?(?P<mark>,) {SAYS} "),
    Pattern(r"^The request(?:ed)? [^,;:]{3,90}(?P<mark>,) is (?:not )?medically "),
    Pattern(r"^[A-Z][a-z]+(?P<mark>,) is an? "),
)
OF_VERB = "between a subject and its verb"


class PartingComma(Rule):
    """A comma that parts a verb from its subject or from its object: "The review dated 1-5-17, denied the request".

    The reader expects a second comma, and looks for it in vain. A date with its month in words has a comma of its own.

    ```diff
    -therapy for the right shoulder. Utilization review on 06-20-2017 non-certified the requests.
    +therapy for the right shoulder. The utilization review dated 06-20-2017, non-certified the requests.
    ```

    ```findings
    "," "06-20-2017, non-certified": no comma belongs between a subject and its verb
      fix (safe): delete the comma
    ```
    """

    code = "LAN024"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for pattern, where in (
                (DATED, OF_VERB),
                (OBJECT, "between a verb and its object"),
                (INTRODUCED, "before what is introduced"),
            ):
                for hit in passage.find(pattern):
                    if not passage.is_quoted(hit.place.start):
                        yield _report(hit.place_of("mark"), where)
            for sentence in passage.sentences:
                for match in filter(None, (pattern.search(sentence.text) for pattern in SUBJECTS)):
                    if not sentence.is_quoted(sentence.place.start):
                        yield _report(sentence.place.part(*match.span("mark")), OF_VERB)


def _report(mark: Place, where: str) -> Finding:
    before, after = mark.before.rsplit(" ", 1)[-1], mark.after.split()[0]
    fix = Fix("delete the comma", (Edit(mark.span, ""),), Safety.SAFE)
    return Finding(mark.span, f"{quote(f'{before}, {after}')}: no comma belongs {where}", fix=fix)
