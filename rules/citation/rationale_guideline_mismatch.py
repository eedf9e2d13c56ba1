import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Hit,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    knowledge,
    model,
    quote,
)

SAYS = (
    rf"(?:also |further |clearly |additionally |does |do |generally )?(?:{knowledge.wordings.any_of('speech verb')}"
    r"|advises?|suggests?"
    r"|stipulates?|provides?|writes?)\b"
)
PER = Pattern(
    r"\b(?:according to|pursuant to|per|based on|as stated in|as noted in|in accordance with)(?: the)?"
    r"(?: (?:California|CA|MTUS|20\d\d|[A-Za-z]+ Pain|and)[ /]?){0,6} ?$",
    re.IGNORECASE,
)
# What somebody else argued, what no guideline says, and what the MTUS has adopted.
ANOTHERS = Pattern(
    r"\b(?:neither|nor|appeal"
    rf"|{knowledge.wordings.any_of('utilization review', 'claims administrator', 'provider', 'refusal')})\b[^.]*$",
    re.IGNORECASE,
)
ADOPTED = re.compile(r"[^.]{0,40}\b(?:adopted|incorporated)\b")
# Works by the first letters of their names.
MTUS = re.compile(r"\bMTUS\b|Medical Treatment Utilization Schedule")
WORKS = {
    "OD": "ODG", "Of": "ODG", "AC": "ACOEM", "Am": "ACOEM", "Ac": "ACUP", "Ch": "CPMTG", "Op": "OPIOID", "Po": "PSTG",
}  # fmt: skip
# A work that speaks, or that is followed (PER). "MTUS" alone means every guideline that it has adopted.
ARGUED = re.compile(
    r"(?P<work>O(?:DG\b|fficial Disability Guidelines?(?: \(ODG\))?|pioids? (?:Treatment )?Guidelines?)"
    r"|A(?:COEM\b|merican College of Occupational and Environmental Medicine(?: \(ACOEM\))?"
    r"|cupuncture (?:Medical )?(?:Treatment )?Guidelines?)"
    r"|Chronic Pain (?:Medical )?(?:Treatment )?Guidelines?"
    r"|Post-?surgical (?:Physical Medicine )?(?:Treatment )?Guidelines?)"
    rf"(?P<says>(?: [Gg]uidelines?)?(?: \([^()]*\))? {SAYS})?"
)


class RationaleGuidelineMismatch(Rule):
    """The rationale argues from a guideline that the MAXIMUS line does not cite.

    A determination must name what it is based on (Labor Code 4610.6(d)), and a worker who looks up the
    guideline cited does not find the argument there. Only guidelines that the rationale follows
    ("according to…") or quotes as speaking ("… recommends") count; "the MTUS" alone means any guideline
    in it. It is a note where the rationale also names the guideline cited, which the other one then only
    supports, and where it names ACOEM for the MTUS, which has adopted its chapters.

    ```diff
    -The MTUS supports imaging of the lumbar spine when objective findings
    +The Official Disability Guidelines support imaging of the lumbar spine when objective findings
    ```

    ```findings
    "Official Disability Guidelines" the rationale argues from "Official Disability Guidelines"; MAXIMUS cites "Low Back Complaints 2004, Section(s): Special Studies"
      "Low Back Complaints 2004, Section(s): Special Studies" what MAXIMUS cites
    ```
    """

    code = "CIT016"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            clause = item.dispute.reviewer
            if clause is None or item.rationale is None or not clause.citations or not _are_known(clause):
                continue
            first = clause.citations[0]
            note = Note(first.span, "what MAXIMUS cites")
            cited = {_work_of(citation) for citation in clause.citations}
            hits = list(item.rationale.find(ARGUED))
            is_mtus = any(citation.mtus for citation in clause.citations)
            beside = any(_name_work(hit) in cited for hit in hits) or (is_mtus and any(item.rationale.find(MTUS)))
            for hit in hits:
                work = _find_argued(hit)
                if work and work not in cited:
                    cited.add(work)  # once is enough
                    place, ours = hit.place_of("work"), quote(letter.source[first.span])
                    message = f"the rationale argues from {quote(place.text)}; MAXIMUS cites {ours}"
                    adopted = beside or (work == "ACOEM" and is_mtus)
                    evidence = (Feature.ANOTHER_FITS,) if adopted else ()
                    yield Finding(place.span, message, notes=(note,), evidence=evidence)


def _are_known(clause: model.Clause) -> bool:
    """Whether the tables know everything cited. Free text may hold any work: nothing can be missing from it."""
    return all(citation.document for citation in clause.citations)


def _work_of(citation: model.Citation) -> str:
    """The work that a citation belongs to, whatever its edition."""
    document = str(citation.document)
    if document.startswith("ACOEM") or (document.endswith("2017") and not document.startswith("OPIOID")):
        return "ACOEM"
    return document.rstrip("0123456789")


def _find_argued(hit: Hit) -> str | None:
    """The work from which the rationale argues, None where it only mentions it."""
    before = hit.prose.text[max(0, hit.place.start - 80) : hit.place.start]
    if ANOTHERS.search(before) or ADOPTED.match(hit.prose.text, hit.place_of("work").end):
        return None
    if not hit.group("says") and not PER.search(before):
        return None
    return _name_work(hit)


def _name_work(hit: Hit) -> str:
    """The key of the work that a match of ARGUED names."""
    return WORKS[hit.group("work")[:2]]
