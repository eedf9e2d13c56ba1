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
    Place,
    Reading,
    Rule,
    knowledge,
    quote,
)

AGE = re.compile(r"(?P<age>\d\d?\d?)[- ]?[Yy]ears?[- ]?[Oo]ld\b")
# "The injured worker is 67", "this patient, who is 55".
BARE = re.compile(
    rf"\b{knowledge.wordings.any_of('worker')},? (?:who )?(?:is|was)(?: now)? (?P<age>\d\d)(?=[,.;]| (?:and|with"
    r"|who)\b)",
    re.IGNORECASE,
)
# "the", "this", "is", "now" before an age; "a" only at the beginning of a sentence or behind "is", "in" and "for".
OF_SOMEBODY = Pattern(
    rf"(?:\b(?:is|was|are|now|this|the|{knowledge.wordings.any_of('worker')},)|(?:^|[.:;] |\b(?:is|was|now|currently|in|for) )"
    r"an?(?:\(n\))?) $",
    re.IGNORECASE,
)
# What may follow an age: the end of its phrase, or a word for the worker.
WORKER = Pattern(
    r"(?:,? ?(?:right|left)[- ]hand(?:ed)?[- ]?(?:dominant)?,?)? ?"
    rf"(?:[,.;]|$|(?:who|with|and|injured|{knowledge.wordings.any_of('sex', 'worker')})\b)",
    re.IGNORECASE,
)
# "the 42-year-old custodian"
THING = Pattern(
    r" (?:injury|injuries|fracture|claim|history|problem|scar|device|tear|mri|study|report|case|x-ray|friend"
    rf"|{knowledge.wordings.any_of('kin')})\b",
    re.IGNORECASE,
)
SOMEBODY_ELSE = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('kin')}|student|since|when|until|at)\b[^.]{{0,30}}$", re.IGNORECASE
)
THEN = Pattern(r"[^.]{0,40}\bat (?:that|the) time\b", re.IGNORECASE)
YOUNGEST = 15  # a worker's age in years
BIRTHDAY = 1  # year that two records may differ by


class AgeMismatch(Rule):
    """The worker's age differs between two places of the letter.

    A second age often comes with a passage from another worker's letter, and a plainly wrong fact
    is a ground of appeal (Labor Code 4610.6(h)). A difference of one year is not reported: a birthday
    may lie between two records. The age of "the 42-year-old …" is a note where the word that follows is none
    for a person.

    ```diff
    -This worker has weakness of the left
    +This 52 year old female has weakness of the left
    ```

    ```findings
    "52 year old" the worker is "52" here, "47" elsewhere
      "47 year old" the other age
    ```
    """

    code = "DAT009"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: Hit | None = None
        for prose in letter.prose:
            for hit in sorted((*prose.find(AGE), *prose.find(BARE)), key=lambda hit: hit.span):
                if hit.match.re is AGE and not _is_of_worker(hit.place):
                    continue
                if int(hit.group("age")) < YOUNGEST:
                    continue
                first = first or hit
                age, other = hit.group("age"), first.group("age")
                if abs(int(age) - int(other)) > BIRTHDAY:
                    message = f"the worker is {quote(age)} here, {quote(other)} elsewhere"
                    is_person = hit.match.re is BARE or WORKER.match(prose.text, hit.place.end)
                    evidence = () if is_person else (Feature.ANOTHER_FITS,)
                    yield Finding(hit.span, message, notes=(Note(first.span, "the other age"),), evidence=evidence)


def _is_of_worker(age: Place) -> bool:
    """Whether it is the age of a person, and of nobody but the worker."""
    text, start, end = age.prose.text, age.start, age.end
    before = text[max(start - 60, 0) : start]
    called = re.match(r" [a-z]+", text[end : end + 20]) and not THING.match(text, end)
    if not (WORKER.match(text, end) or called) or SOMEBODY_ELSE.search(before) or THEN.match(text, end):
        return False
    return bool(OF_SOMEBODY.search(before))
