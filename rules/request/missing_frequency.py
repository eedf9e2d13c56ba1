import re
from collections.abc import Iterator
from itertools import chain

from imrlint.rulekit import Category, Feature, Finding, Importance, Item, Letter, Note, Pattern, Reading, Rule, model

TREATED = frozenset({model.RequestKind.THERAPY, model.RequestKind.ACUPUNCTURE, model.RequestKind.CHIROPRACTIC})
# What is done once, and what a clinician gives.
SINGLE = Pattern(
    r"\b(?:re-?)?(?:evaluation|examination|assessment|consult(?:ation)?|visit)\b(?!s)|\b(?:one|1) application\b",
    re.IGNORECASE,
)
GIVEN = Pattern(
    r"\b(?:intrathecal|intravenous|intramuscular|infusions?|implant\w*|pump|vials?|ampou?les?|IV|IM)\b", re.IGNORECASE
)
# What is taken in an emergency is taken as needed.
EMERGENCY = Pattern(
    r"\bfor (?:an? )?(?:suspected|emergenc\w+|overdose|anaphyla\w+|acute|breakthrough)\b", re.IGNORECASE
)
WEEKLY = Pattern(r"\b(?:daily|nightly|weekly|biweekly|monthly)\b", re.IGNORECASE)
# A word or a figure that every schedule has.
TIME = Pattern(
    r"\d|dai|night|week|month|hour|day|need|prn|[bqt]\.?i\.?d|q\.?[dh]|bed|refill|every|each|once|twice|time|sleep"
    r"|morning|evening|noon|meal|hs\b",
    re.IGNORECASE,
)
GIVE = "address|stat|giv|specif|indicat|includ|provid|document|list|mention|sa(?:y|id)|clarif|note"
# "The request does not specify the frequency", "the frequency was not addressed": of use, and not of the pain.
OFTEN = (
    r"(?:(?:frequency|how often)(?! of (?!use|dosing|administration|treatment|therapy|visits|sessions|the (?:visits"
    r"|sessions|medication|drug|treatment|request)))|dosing (?:instructions|schedule)|directions for use)"
)
KNOWN = Pattern(
    rf"\b{OFTEN}\b[^.;]{{0,40}}\b(?:not (?:been )?(?:{GIVE})\w*|missing|absent|unspecified|unknown|unclear)\b"
    rf"|\b(?:not|fail\w* to) (?:{GIVE})\w*\b[^.;]{{0,40}}\b{OFTEN}\b"
    rf"|\b(?:without|lack\w*|unspecified|unclear|unknown) (?:an? |any |the )?{OFTEN}\b",
    re.IGNORECASE,
)


class MissingFrequency(Rule):
    """The letter does not say how often a requested drug is taken, or a course of therapy given.

    Such a request cannot be compared with a guideline that limits the dose or the visits per week, and
    cannot be carried out as decided. It is enough that the title, the summary or a rationale says it: a
    schedule, "as needed", so many weeks, a supply for so many days, refills. It is missing all the same where
    a rationale says that the request does not give it. What is given once or by a clinician, and a
    retrospective request, need none. Where the title gives a number of tablets or visits all the same, the finding is a note.
    There is one finding a letter, at the first such item. A house that
    prints titles as they were requested turns the rule off, with `ignore = ["missing-frequency"]` in its
    configuration or `--ignore missing-frequency`.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrine ER 100mg #60: Upheld
    ```

    ```findings
    "Orphenadrine ER 100mg #60" the request does not say how often the drug is taken
    ```
    """

    code = "REQ001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        lacking = [item for item in reading.items if _lacks_frequency(item, reading)]
        for item in sorted(lacking, key=_may_do_without)[:1]:
            others = (other for other in lacking if other is not item)
            notes = tuple(Note(other.dispute.title.span, "another item without it") for other in others)
            what = "the drug is taken" if item.is_drug else "the treatment is given"
            evidence = (Feature.ARGUABLE,) if _may_do_without(item) else ()
            message = f"the request does not say how often {what}"
            yield Finding(item.dispute.title.span, message, notes=notes, evidence=evidence)


def _may_do_without(item: Item) -> bool:
    """Whether the title limits what is requested by a number or a time, and no rationale misses how often."""
    limited = any(each.quantities or each.durations for each in item.dispute.request.portions)
    return limited and not _is_known_to_lack(item)


def _lacks_frequency(item: Item, reading: Reading) -> bool:
    """Whether something is taken or given repeatedly, and no part of the letter says how often."""
    if not _needs_frequency(item) or any(map(_gives_frequency, item.dispute.request.portions)):
        return False
    if _is_known_to_lack(item):
        return True
    places = chain(reading.find_mentions(item), reading.find_dosing(item))
    telling = (place for place in places if TIME.search(place.text))  # the others need not be parsed
    return not any(_gives_frequency(portion) for place in telling for portion in reading.read_portions(place))


def _gives_frequency(portion: model.Portion) -> bool:
    """Whether words say how often: "twice a week", "12 visits over 6 weeks", "30 day supply", "2 refills"."""
    spread = bool(portion.durations) and bool(portion.quantities)
    weekly = any(WEEKLY.search(field.raw) for field in portion.quantities)  # "6 weekly sessions"
    return bool(portion.frequencies or portion.refills) or spread or weekly


def _needs_frequency(item: Item) -> bool:
    """Whether what is requested is taken or given more than once."""
    request, title = item.dispute.request, item.dispute.title.value or ""
    numbers = [field.value for portion in request.portions for field in portion.quantities]
    if request.retrospective or request.disputed.service_dates or (numbers and max(map(_or_many, numbers)) <= 1):
        return False
    if request.kind in TREATED:
        return bool(numbers) or not SINGLE.search(title)
    once = GIVEN.search(title) or SINGLE.search(title) or EMERGENCY.search(title)
    return item.is_drug and any(portion.strengths for portion in request.portions) and not once


def _or_many(number: float | None) -> float:
    """A number, or one that is large enough where none could be read."""
    return 2.0 if number is None else number


def _is_known_to_lack(item: Item) -> bool:
    """Whether the rationale says that the request gives no frequency."""
    return item.rationale is not None and any(
        KNOWN.search(sentence.text) for sentence in item.rationale.sentences if not sentence.speaks_for_guideline
    )
