import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Clause, Finding, Hit, Importance, Letter, Note, Reading, Rule, model

SAYS = (
    r"(?:also |further |clearly |additionally |does |do |generally )?(?:states?|recommends?|indicates?|supports?|notes?|advises?"
    r"|requires?|suggests?|specif(?:y|ies)|stipulates?|provides?|writes?|allows?|considers?)\b"
)
PER = re.compile(
    r"\b(?:according to|pursuant to|per|based on|as stated in|as noted in|in accordance with)(?: the)?"
    r"(?: (?:California|CA|MTUS|20\d\d|[A-Za-z]+ Pain|and)[ /]?){0,6} ?$",
    re.IGNORECASE,
)
# What another one said, what neither says, and what the MTUS has made its own.
ANOTHERS = re.compile(
    r"\b(?:neither|nor|provider|appeal|UR\b|utilization review|claims administrator|(?:requesting|treating|UR) physician"
    r"|denial)\b[^.]*$",
    re.IGNORECASE,
)
ADOPTED = re.compile(r"[^.]{0,40}\b(?:adopted|incorporated)\b")
# Works by the first letters of their names.
WORKS = {
    "OD": "ODG", "Of": "ODG", "AC": "ACOEM", "Am": "ACOEM", "Ac": "ACUP", "Ch": "CPMTG", "Op": "OPIOID", "Po": "PSTG",
}  # fmt: skip
# A work that speaks, or that is followed (PER). "MTUS" alone stands for every guideline that it has adopted.
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

    A determination must name what it rests on (Labor Code 4610.6(d)); a worker who looks up the
    guideline cited does not find the argument there. Only guidelines that the rationale follows
    ("according to…") or lets speak ("… recommends") count; "the MTUS" alone stands for any of its own.

    ```diff
    -The MTUS supports imaging of the lumbar spine when objective findings
    +The Official Disability Guidelines support imaging of the lumbar spine when objective findings
    ```

    ```findings
    "Official Disability Guidelines" the rationale argues from this guideline, which MAXIMUS does not cite
      "Low Back Complaints 2004, Section(s): Special Studies" what MAXIMUS cites
    ```
    """

    code = "CIT016"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            clause, rationale = dispute.reviewer, dispute.rationale
            if clause is None or rationale is None or not clause.citations or not _all_known(clause):
                continue
            cited = {_work(citation) for citation in clause.citations}
            seen = set()
            for hit in rationale.find(ARGUED):
                work = _argued(hit)
                if work and work not in cited and work not in seen:
                    seen.add(work)
                    note = Note(clause.citations[0].span, "what MAXIMUS cites")
                    said = "the rationale argues from this guideline, which MAXIMUS does not cite"
                    yield Finding(hit.place_of("work").span, said, notes=(note,))


def _all_known(clause: Clause) -> bool:
    """Free text may hold any work: nothing can be said to be missing from it then."""
    return all(citation.document for citation in clause.citations)


def _work(citation: model.Citation) -> str:
    document = str(citation.document)
    if document.startswith("ACOEM") or (document.endswith("2017") and not document.startswith("OPIOID")):
        return "ACOEM"
    return document.rstrip("0123456789")


def _argued(hit: Hit) -> str | None:
    before = hit.prose.text[max(0, hit.match.start() - 80) : hit.match.start()]
    if ANOTHERS.search(before) or ADOPTED.match(hit.prose.text, hit.match.end("work")):
        return None
    if not hit.group("says") and not PER.search(before):
        return None
    return WORKS[hit.group("work")[:2]]
