import re
from collections.abc import Iterator
from datetime import date

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    quote,
)

LASTED = Pattern(
    rf"\b(?P<what>for (?:the (?:past|last) )?(?:over |{knowledge.wordings.any_of('about', 'at least')} )?"
    rf"|over the (?:past|last) |over |after |{knowledge.wordings.any_of('at least')} )"
    rf"(?P<number>{knowledge.numbers.WORDS}|\d{{1,3}}|several|many|an?) ?(?:\(\d+\) )?(?P<unit>months?|years?"
    rf"|weeks?)\b(?! (?:supply|rental|course|trial|old|of age|of therapy|of physical))",
    re.IGNORECASE,
)
UNIT = Pattern(r"(?:month|week|year|day)s?\b", re.IGNORECASE)
AGO = Pattern(
    rf"\b(?:(?:the|this|industrial|work|date of) (?:accident|incident)|injury)\b[^.;]{{0,40}}?\b(?:is|was|occurred"
    rf"|happened|{knowledge.wordings.any_of('about')}) (?:{knowledge.wordings.any_of('about')} )?"
    rf"(?P<number>an?|{knowledge.numbers.WORDS}|\d{{1,3}}) (?P<unit>months?|years?|weeks?|days?) (?:ago|old)\b",
    re.IGNORECASE,
)
# A state that has lasted since the injury at most.
SINCE = Pattern(
    rf"\b(?:has|have|had) (?:now |also |already |since )?(?:{knowledge.wordings.any_of('had')}|been|continued|remained"
    r"|experienced|suffered|lasted|gone on|endured"
    r"|failed|persisted)\b|\bchronic opioid\b|\bpersist|\b(?:came|come|went|gone|fell|fallen|dropped|rose"
    r"|improved|decreased) ",
    re.IGNORECASE,
)
# Not "past" ("for the past six months"), and of the denials none that may last itself ("unable to work for …").
BEFORE = Pattern(
    r"\b(?:smok\w+|work(?:ed|ing)? (?:as|for|at|there|in)|employ\w+|diabet\w+|hypertens\w+|asthma|married"
    r"|history|prior|previous(?:ly)?|pre-?existing|disease|obes\w+"
    r"|arthritis|alcohol|drink\w*|before|guidelines?|recommend\w*|should|must|need\w*"
    r"|require\w*|will|would|next|more than 3|expected|last(?:ing)?"
    rf"|no(?:t|r)?|unclear|without|lack|{knowledge.wordings.any_of('condition')})\b",
    re.IGNORECASE,
)
OWN = Pattern(r"\bopioids?\b|\bsince the (?:\w+ )?(?:injury|accident)\b", re.IGNORECASE)
# "Chronic pain": pain that has lasted three or more months (8 CCR 9792.20).
CHRONIC = Pattern(r"\bchronic (?:[\w-]+ ){0,3}?(?:pain|headaches?|sprain|strain)\b", re.IGNORECASE)
CHRONIC_AFTER = 85  # days
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
COMMA = re.compile(r"[,;]")
# Behind a length of time: that it lies before something, or is what a guideline says.
ENDED = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'guideline')}|before|until|history|recommend\w*)\b", re.IGNORECASE
)
# At the beginning of a sentence: what the injury has caused.
SYMPTOM = Pattern(
    rf"(?:\w+ ){{0,2}}(?:{knowledge.function_words.alternatives('noun of a complaint')})\b", re.IGNORECASE
)
KIN = Pattern(rf"\b{knowledge.wordings.any_of('kin')}\b", re.IGNORECASE)
OTHER_INJURY = Pattern(rf"\b(?:{knowledge.wordings.any_of('earlier')}|another|second|old|history)\b", re.IGNORECASE)
DAYS = {"d": 1, "w": 7, "m": 30.4, "y": 365.25}
ROOM = 1.25  # months are rounded, and symptoms may begin a little before the date of injury


class DurationImpossible(Rule):
    """Something has lasted longer than the time since the injury, or the injury is older or newer than that.

    "On opioids for at least six months", three months after the injury, comes from another worker's
    letter, and pain of six weeks is not chronic. What began before the injury (work, smoking, other diseases) and what guidelines require is
    not reported. It is an error where the sentence is on opioids, on a disputed drug or treatment, or on the
    injury itself; other states may be older than the injury, and are notes.

    ```diff
    -great toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +great toe and has been on naproxen for at least 14 months, and six
    ```

    ```findings
    "for at least 14 months" "for at least 14 months" here, but the injury was only 5 months before the decision
      "03/22/2017" the date of injury
    ```
    """

    code = "DAT010"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        injury = reading.injury
        elapsed = _count_days(injury.day, letter, reading) if injury else 0
        if injury is None or elapsed <= 0:
            return
        note = Note(injury.span, "the date of injury")
        is_gradual = reading.background.is_gradual
        yield from _find_chronic(injury.day, note, letter, reading)
        for passage in filter(None, (reading.summary, *(item.rationale for item in reading.items))):
            for sentence in passage.sentences_with(UNIT):
                dated = any(int(year) < injury.day.year for year in YEAR.findall(sentence.text))
                is_own = _is_of_injury(sentence, passage, reading) and not dated  # "since a fusion in 2012"
                yield from _find_too_long(sentence, elapsed, note, is_own=is_own, is_gradual=is_gradual)
                yield from _find_other_age(sentence, elapsed, note)


def _find_chronic(injury: date, note: Note, letter: Letter, reading: Reading) -> Iterator[Finding]:
    """Pain that the summary calls chronic, although the injury was not three months before utilization review."""
    denied = letter.header.denied
    days = (denied.value - injury).days if denied and denied.value else CHRONIC_AFTER
    if reading.summary is None or not 0 < days < CHRONIC_AFTER:
        return
    for sentence in reading.summary.sentences:
        chronic = CHRONIC.search(sentence.text)
        if chronic is None or BEFORE.search(sentence.text) or sentence.is_quoted(sentence.place.start):
            continue
        place = sentence.place.part(*chronic.span())
        if not sentence.speaks_for_guideline and KIN.search(sentence.text) is None:
            message = f"{quote(place.text)} here, but the injury was {_name_time(days)} before utilization review"
            yield Finding(place.span, message, notes=(note,), evidence=(Feature.ARGUABLE,))


def _is_of_injury(sentence: Sentence, passage: Passage, reading: Reading) -> bool:
    """Whether a sentence is on the treatment of the injury, which cannot be older than it."""
    if OWN.search(sentence.text):
        return True
    drugs = [mention.meaning for mention in passage.drugs_in(sentence.place)]
    treatments = [mention.meaning for mention in passage.treatments_in(sentence.place)]
    return any(
        any(drug.same_as(own) for drug in drugs for own in item.drugs) or any(map(item.has_treatment, treatments))
        for item in reading.items
    )


def _find_too_long(
    sentence: Sentence, elapsed: int, note: Note, *, is_own: bool, is_gradual: bool
) -> Iterator[Finding]:
    """What has lasted longer than the `elapsed` days since the injury; with `is_gradual` its symptoms may be older."""
    if not SINCE.search(sentence.text):
        return
    if sentence.kind is annotation.SentenceKind.GUIDELINE or KIN.search(sentence.text):
        return
    prose, start, end = sentence.place
    for match in LASTED.finditer(prose.text, start, end):
        behind = COMMA.split(prose.text[match.end() : end])[0]
        if (
            BEFORE.search(prose.text[start : match.start()])
            or ENDED.search(behind)
            or sentence.is_quoted(match.start())
        ):
            continue
        if _days(match) > elapsed * ROOM + 14:
            place = prose.place(match.start("what"), match.end())
            message = f"{quote(place.text)} here, but the injury was only {_name_time(elapsed)} before the decision"
            is_symptom = not is_gradual and SYMPTOM.match(prose.text, start, match.start()) is not None
            evidence = () if is_own else (Feature.ARGUABLE if is_symptom else Feature.ANOTHER_FITS,)
            yield Finding(place.span, message, notes=(note,), evidence=evidence)


def _find_other_age(sentence: Sentence, elapsed: int, note: Note) -> Iterator[Finding]:
    """An age of the injury that is not near the `elapsed` days since it."""
    prose, start, end = sentence.place
    for match in AGO.finditer(prose.text, start, end):
        apart = elapsed / max(_days(match), 1)
        other = OTHER_INJURY.search(sentence.text) or sentence.is_quoted(match.start())
        if (apart > 2 or apart < 0.6) and not other:
            place = prose.place(*match.span())
            message = f"{quote(place.text)} here, but the injury was {_name_time(elapsed)} before the decision"
            yield Finding(place.span, message, notes=(note,))


def _count_days(injury: date, letter: Letter, reading: Reading) -> int:
    """The days from the injury to the decision, or to the last date of the letter where that is not given."""
    decided = letter.header.decided
    if decided and decided.value:
        return (decided.value - injury).days
    dates = [each.field.value for each in letter.header.dates() if each.field.value]
    return (max((*dates, *(event.day for event in reading.timeline)), default=injury) - injury).days


def _days(match: re.Match[str]) -> float:
    number = match["number"].casefold()
    count = {"a": 1.0, "an": 1.0, "several": 3.0, "many": 6.0}.get(number) or knowledge.numbers.value(number)
    return count * DAYS[match["unit"][0].casefold()]


def _name_time(days: int) -> str:
    return f"{days / 30.4:.0f} months" if days >= 45 else f"{days} days"
