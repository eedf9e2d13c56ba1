import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Letter,
    Note,
    Prose,
    Reading,
    Rule,
    Sentence,
    annotation,
    model,
)

# Behind a study: what it showed.
SHOWED = re.compile(
    r"^(?: scan| study| studies| testing| report)?(?: of the (?:\w+ ){1,3}| of (?:\w+ ){1,3}| dated \S+"
    r"| performed \S+)? ?"
    r"(?:(?:does|do|did) not |also |clearly )*(?:shows?|showed|reveal(?:s|ed)?|demonstrate[sd]?"
    r"|indicate[sd]?|support(?:s|ed)?|confirm(?:s|ed)?|document(?:s|ed)|noted|found|ruled out|exclude[sd]"
    r"|had identified|identified|suggest(?:s|ed)?"
    r"|(?:was|were) within normal limits|(?:was|were) (?:performed|done|obtained)|was (?:normal|negative"
    r"|positive|unremarkable)|were (?:normal|negative|positive|unremarkable))\b",
    re.IGNORECASE,
)
# Before a treatment: that it was had.
HAD = re.compile(
    r"\b(?:has|have|had|was|were)(?: \w+ly| also| already| been)* (?:had|completed|undergone|received|attended"
    r"|treated with|given|participated in)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
# Where a summary names a study only as wanted.
WANTED = re.compile(
    r"\b(?:request\w*|authoriz\w+|recommend\w*|order(?:ed|ing)?|denied|non-?certif\w+|pending|plan(?:s|ned)?"
    r"|asked for|prescri\w+|seeking|need(?:s|ed)?|rfa|scheduled|await\w*|consider\w*)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:show(?:s|ed)|reveal\w*|demonstrat\w+|findings?|impression|performed|obtained|completed|done|taken"
    r"|dated|noted|was (?:normal|negative|positive)|were (?:normal|negative|positive))\b",
    re.IGNORECASE,
)
DISEASES = re.compile(
    r"\b(?:hypertension|diabetes(?: mellitus)?|obesity|hyperlipidemia|asthma|copd|coronary artery disease"
    r"|osteoarthritis|rheumatoid arthritis|fibromyalgia|hypothyroidism"
    r"|sleep apnea|congestive heart failure|renal failure|cirrhosis|hepatitis|stroke|cancer)\b",
    re.IGNORECASE,
)
STUDIES = (
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.OTHER,
    model.RequestKind.LABORATORY,
    model.RequestKind.CONSULTATION,
)
TREATED = (
    model.RequestKind.THERAPY,
    model.RequestKind.ACUPUNCTURE,
    model.RequestKind.CHIROPRACTIC,
    model.RequestKind.INJECTION,
)


class UnsupportedFact(Rule):
    """The rationale tells of a study, a treatment or a disease of which the summary knows nothing.

    "The MRI does not support the diagnosis" where the summary has no MRI, or only asks for one: the
    fact comes from another case, or the summary is not what the reviewer read. Words of guidelines and
    in quotation marks are no facts of the case.

    ```diff
    -toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +toe, and the EMG of the left leg showed damage of the fifth lumbar root, and six
    ```

    ```findings
    "EMG of the left leg showed" the summary knows of no such study
      "Utilization review on 06-20-2017 non-certified the requests." the end of the summary
    ```
    """

    code = "RAT015"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = letter.summary
        if summary is None or not summary.sentences:
            return
        for dispute in letter.disputes:
            seen = set()
            for what, start, end in (
                *_studies(dispute, summary),
                *_treatments(dispute, letter),
                *_diseases(dispute, summary),
            ):
                if dispute.rationale and what not in seen:
                    seen.add(what)
                    note = Note(summary.sentences[-1].span, "the end of the summary")
                    yield Finding(
                        dispute.rationale.place(start, end), f"the summary knows of no such {what}", notes=(note,)
                    )


def _own(dispute: Dispute) -> Iterator[tuple[Prose, Sentence]]:
    """The sentences on the case, outside quotation marks."""
    rationale = dispute.rationale
    for sentence in recitals.own(rationale) if rationale else ():
        if rationale and not quotes.quoted(rationale, sentence.start) and not recitals.names_guideline(sentence):
            yield rationale, sentence


def _studies(dispute: Dispute, summary: Prose) -> Iterator[tuple[str, int, int]]:
    for rationale, sentence in _own(dispute):
        for term in mentions.of_treatments(rationale):
            if not sentence.start <= term.start < sentence.end or term.meaning.kind not in STUDIES:
                continue
            showed = SHOWED.match(rationale.text[term.end : sentence.end])
            if (
                showed
                and polarity.of(sentence, term.start, term.end) is not annotation.Polarity.THOUGHT
                and not _done(term.meaning.name, summary)
            ):
                yield "study", term.start, term.end + showed.end()


def _done(name: str, summary: Prose) -> bool:
    """Whether the summary has a study as done: with a result, or at least not only as wanted."""
    for term in mentions.of_treatments(summary):
        alike = term.meaning.name == name or {term.meaning.name, name} <= asked.NERVE_TESTS
        if alike:
            sentence = summary.sentence_at(term.start)
            if polarity.of(sentence, term.start, term.end) is annotation.Polarity.DENIED:
                continue
            if DONE.search(sentence.text) or not WANTED.search(sentence.text):
                return True
    return False


def _treatments(dispute: Dispute, letter: Letter) -> Iterator[tuple[str, int, int]]:
    known = [term.meaning for term in mentions.of_treatments(letter.summary)] if letter.summary else []
    generic = letter.summary and re.search(
        r"\btherap(?:y|ies)\b|\bconservative\b|\brehab", letter.summary.text, re.IGNORECASE
    )
    for rationale, sentence in _own(dispute):
        for term in mentions.of_treatments(rationale):
            if not sentence.start <= term.start < sentence.end or term.meaning.kind not in TREATED:
                continue
            told = any(term.meaning == each or asked.alike(term.meaning, each) for each in known)
            loose = generic and term.meaning.kind is model.RequestKind.THERAPY
            had = HAD.search(rationale.text[sentence.start : term.start])
            if (
                had
                and not told
                and not loose
                and polarity.of(sentence, term.start, term.end) is annotation.Polarity.AFFIRMED
            ):
                yield "treatment", term.start, term.end


def _diseases(dispute: Dispute, summary: Prose) -> Iterator[tuple[str, int, int]]:
    told = summary.text.casefold()
    for rationale, sentence in _own(dispute):
        for match in DISEASES.finditer(rationale.text, sentence.start, sentence.end):
            said = polarity.of(sentence, *match.span())
            if (
                said is annotation.Polarity.AFFIRMED
                and match.group().casefold() not in told
                and ABOUT_WORKER.search(sentence.text)
            ):
                yield "disease", *match.span()


ABOUT_WORKER = re.compile(r"\b(?:patient|worker|claimant|applicant|employee|iw\b|he|she|his|her)\b", re.IGNORECASE)
