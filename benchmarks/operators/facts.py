"""Defects of fact: dates, ages, sides and symptoms that disagree, and what would tell who the worker is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose, Sentence
from imrlint.reading import dates
from imrlint.reading.dates import DateMention, Notation
from operators.kit import Change, added, concluding, like, operator, put, rationales, reasons, running, summary

# Dates


def written(day: date, mention: DateMention) -> str:
    """A day as another one is written."""
    if mention.notation is Notation.LONG:
        return f"{day:%B} {day.day}, {day.year}"
    sign = "/" if "/" in mention.text else "-"
    short = mention.notation in (Notation.SLASHES_SHORT, Notation.HYPHENS_SHORT)
    padded = mention.text.startswith("0") or len(mention.text.split(sign)[0]) == 2
    month, number = (f"{day:%m}", f"{day:%d}") if padded else (str(day.month), str(day.day))
    return sign.join((month, number, f"{day:%y}" if short else f"{day:%Y}"))


def in_summary(letter: Letter) -> list[DateMention]:
    return [mention for prose in summary(letter) for mention in dates.within(prose) if mention.value]


def visits(letter: Letter) -> Iterator[DateMention]:
    """The dates of the summary that are neither of the injury nor of the review, and not of a distant past."""
    injury, denied = letter.header.injury, letter.header.denied
    if injury and denied and injury.value and denied.value:
        for mention in in_summary(letter):
            if mention.value and injury.value < mention.value < denied.value:
                yield mention


@operator("dates", "unreadable-date")
def impossible_day(letter: Letter) -> Iterator[Change]:
    for mention in in_summary(letter):
        yield Change(mention.span, re.sub(r"(?<=[ /-])\d+(?=[,/-])", "38", mention.text, count=1))


@operator("dates", "ur-date-mismatch")
def review_a_month_off(letter: Letter) -> Iterator[Change]:
    denied = letter.header.denied
    for mention in in_summary(letter):
        if denied and mention.value and mention.value == denied.value:
            yield Change(mention.span, written(mention.value - timedelta(30), mention))


@operator("dates", "injury-date-mismatch")
def injury_ten_days_off(letter: Letter) -> Iterator[Change]:
    injury = letter.header.injury
    for mention in in_summary(letter):
        if injury and mention.value and mention.value == injury.value:
            yield Change(mention.span, written(mention.value + timedelta(10), mention))


@operator("dates", "record-after-decision")
def record_after_decision(letter: Letter) -> Iterator[Change]:
    decided = letter.header.decided
    for mention in visits(letter):
        if decided and decided.value:
            yield Change(mention.span, written(decided.value + timedelta(40), mention))


@operator("dates", "visit-before-injury")
def visit_before_injury(letter: Letter) -> Iterator[Change]:
    injury = letter.header.injury
    visit = re.compile(r"\b(?:complained|reported|presented|exam\w*|evaluated|progress)\b")
    for mention in visits(letter):
        if injury and injury.value and visit.search(mention.sentence.text):
            yield Change(mention.span, written(injury.value - timedelta(45), mention))


@operator("dates", "mixed-date-format")
def date_in_another_form(letter: Letter) -> Iterator[Change]:
    found = in_summary(letter)
    for mention in found[1:] if len(found) > 2 else ():
        assert mention.value
        if "/" in mention.text or "-" in mention.text:  # a date in words beside others is usual
            other = "-" if "/" in mention.text else "/"
            yield Change(mention.span, f"{mention.value:%m{other}%d{other}%Y}")


WORKER = r"(?:injured worker|worker|applicant|patient|employee|claimant)"


@operator("dates", "age-mismatch")
def age_changed(letter: Letter) -> Iterator[Change]:
    age = next((re.search(r"\b(\d\d)[- ]year[- ]old", prose.text) for prose in summary(letter)), None)
    one = re.compile(rf"\b[Tt]h(?:e|is) (?P<who>{WORKER}) (?=has|had|is|was|does|did|reported)")
    for prose in reasons(letter) if age else ():
        for match in one.finditer(prose.text):
            assert age
            yield put(prose, match, like(f"this {int(age[1]) + 9}-year-old {match['who']} ", match.group()))
            break


@operator("dates", "duration-impossible")
def duration_impossible(letter: Letter) -> Iterator[Change]:
    injury, decided = letter.header.injury, letter.header.decided
    if not (injury and decided and injury.value and decided.value):
        return
    months = (decided.value - injury.value).days // 30
    long = f"{months + 11} months" if months < 24 else f"{months // 12 + 3} years"
    said = (
        f"The worker has had pain from this injury for {long}.",
        f"The injury has now been treated for more than {long}.",
        f"Conservative care of at least {long} since the injury has failed.",
    )
    for prose, sentence in zip(reasons(letter), said, strict=False):
        yield added(prose, sentence)


# What the summary says

MALE = {"he": "she", "his": "her", "him": "her", "himself": "herself"}
FEMALE = {"she": "he", "her": "his", "herself": "himself"}


@operator("summary", "pronoun-mismatch")
def pronoun_flipped(letter: Letter) -> Iterator[Change]:
    sex = next((re.search(r"\b(?:(fe)?male|(wo)?man)\b", prose.text) for prose in summary(letter)), None)
    if sex is None:
        return
    others = FEMALE if sex[1] or sex[2] else MALE
    pronoun = re.compile(rf"\b(?:{'|'.join(others)})\b", re.IGNORECASE)
    for prose in running(letter):
        for match in pronoun.finditer(prose.text):
            yield put(prose, match, like(others[match.group().casefold()], match.group()))
            break


@operator("summary", "requested-item-mismatch")
def strength_off_in_summary(letter: Letter) -> Iterator[Change]:
    printed = {field.raw.casefold().replace(" ", "") for d in letter.disputes for field in d.request.disputed.strengths}
    for prose in summary(letter):
        for match in re.finditer(r"\b(\d[\d.]*) ?mg\b", prose.text):
            if match.group().casefold().replace(" ", "") in printed:
                yield put(prose, match, f"{float(match[1]) * 2:g}", 1)


@operator("summary", "requested-item-mismatch")
def another_strength_requested(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        request = dispute.request.disputed
        if len(request.drugs) == len(request.strengths) == 1 and request.strengths[0].value:
            strength = request.strengths[0].value
            if len(strength.amounts) == 1 and strength.unit == "mg":
                drug = request.drugs[0].raw.capitalize()
                for prose in summary(letter):
                    yield added(prose, f"The physician requested {drug} {strength.amounts[0] * 2:g}mg.")


# The rationale against the summary

SYMPTOMS = {
    "numbness": r"numbness",
    "tingling": r"tingling",
    "muscle spasm": r"spasm",
    "tenderness": r"tenderness",
    "swelling": r"swelling",
    "weakness": r"weakness",
    "decreased sensation": r"(?:decreased|reduced|diminished) sensation",
    "radiating pain": r"pain (?:that )?(?:radiat|spread|shoots)\w*",
    "insomnia": r"insomnia",
    "depression": r"depression",
    "osteoarthritis": r"osteoarthritis",
    "an antalgic gait": r"antalgic",
}
DENIED = re.compile(r"\b(?:no|not|never|without|denie[sd]|negative|normal|rule out|ruled out)\b")
ABSENT = (
    "There is no documentation of {}.",
    "The records do not describe any {}.",
    "No {} was documented in the reports.",
)


@operator("rationale", "contradicts-summary")
def symptom_denied(letter: Letter) -> Iterator[Change]:
    told = [s.text for prose in summary(letter) for s in prose.sentences if not DENIED.search(s.text)]
    present = [name for name, words in SYMPTOMS.items() if any(re.search(words, text) for text in told)]
    if present:
        for prose, symptom, words in zip(reasons(letter), cycle(present), cycle(ABSENT), strict=False):
            yield added(prose, words.format(symptom).replace("any an ", "an ").replace("No an ", "No "))


OPPOSITES = {
    "left": "right", "right": "left", "positive": "negative", "negative": "positive", "normal": "abnormal",
    "decreased": "increased", "increased": "decreased", "mild": "severe", "severe": "mild",
}  # fmt: skip


@operator("rationale", "misquoted-record", "contradicts-summary", "side-mismatch")
def summary_misquoted(letter: Letter) -> Iterator[Change]:
    """A run of the summary's own words in quotation marks, one of them turned into its opposite."""
    said = [words for prose in summary(letter) for s in prose.sentences if (words := turned(s))]
    for prose, words in zip(reasons(letter), said, strict=False):
        yield added(prose, f'The records state "{words}."')


def turned(sentence: Sentence) -> str | None:
    words = list(re.finditer(r"[^\s,;.]+", sentence.text))
    at = next((i for i, word in enumerate(words) if word.group() in OPPOSITES and 2 < i < len(words) - 4), None)
    if at is None:
        return None
    before = sentence.text[words[at - 3].start() : words[at].start()]
    return before + OPPOSITES[words[at].group()] + sentence.text[words[at].end() : words[at + 4].end()]


PARTS = r"(?:shoulder|knee|wrist|hand|elbow|hip|ankle|foot|leg|arm|calf|toe|rotator cuff|sacroiliac|groin|thumb)"
SIDED = re.compile(rf"\b(?P<side>left|right)(?= (?:\w+ )?(?P<part>{PARTS})\b)")


def one_sided(letter: Letter, part: str) -> bool:
    """Whether a letter names a part of the body more than once, and in the summary and the titles on one side only."""
    texts = [prose.text for prose in summary(letter)] + [dispute.title.raw for dispute in letter.disputes]
    named = [match for text in texts for match in re.finditer(SIDED.pattern, text, re.IGNORECASE)]
    found = {match["side"].casefold() for match in named if match["part"].casefold() == part}
    both = any(re.search(rf"(?i)\b(?:bilateral|both) (?:\w+ )?{part}", text) for text in texts)
    argued = [prose.text for prose in reasons(letter)]
    times = sum(len(re.findall(rf"(?i)\b(?:left|right) (?:\w+ )?{part}\b", text)) for text in (*texts, *argued))
    return len(found) == 1 and not both and times > 1


def sides_flipped(letter: Letter, proses: list[Prose]) -> Iterator[Change]:
    for prose in proses:
        deciding = concluding(prose)
        for match in SIDED.finditer(prose.text):
            concludes = any(s.start <= match.start() < s.end for s in deciding)
            if not concludes and one_sided(letter, match["part"].casefold()):
                yield put(prose, match, OPPOSITES[match["side"]])
                break


@operator("rationale", "side-mismatch", "wrong-side", "contradicts-summary")
def side_flipped_in_rationale(letter: Letter) -> Iterator[Change]:
    return sides_flipped(letter, reasons(letter))


@operator("summary", "side-mismatch", "wrong-side")
def side_flipped_in_summary(letter: Letter) -> Iterator[Change]:
    return sides_flipped(letter, summary(letter))


# Who the worker is


def told(letter: Letter, sentence: str) -> Iterator[Change]:
    for prose in summary(letter):
        yield added(prose, sentence)


@operator("privacy", "person-name")
def name_of_worker(letter: Letter) -> Iterator[Change]:
    names = cycle(("Ms. Quintero", "Mr. Harold Pennock", "Mrs. Okafor"))
    for prose, name in zip(running(letter), names, strict=False):
        for match in re.finditer(rf"\bThe {WORKER}\b(?!['’])", prose.text):
            yield put(prose, match, name)
            break


@operator("privacy", "person-name")
def name_of_physician(letter: Letter) -> Iterator[Change]:
    names = cycle(("Dr. Whitcombe", "Alan Whitcombe, MD", "Dr. A. Whitcombe"))
    for (_, prose), name in zip(rationales(letter), names, strict=False):
        yield added(prose, f"This was the plan of {name}.")


@operator("privacy", "phone-number")
def phone_number(letter: Letter) -> Iterator[Change]:
    return told(letter, "The office can be reached at (559) 555-0148.")


@operator("privacy", "email-address")
def email_address(letter: Letter) -> Iterator[Change]:
    return told(letter, "Results were sent to harold.pennock@example.com.")


@operator("privacy", "social-security-number")
def social_security_number(letter: Letter) -> Iterator[Change]:
    return told(letter, "The social security number is 219-09-9999.")


@operator("privacy", "postal-address")
def postal_address(letter: Letter) -> Iterator[Change]:
    return told(letter, "The clinic is at 1420 Alder Street, Fresno, CA 93721.")


@operator("privacy", "record-number")
def record_number(letter: Letter) -> Iterator[Change]:
    return told(letter, "The medical record number is 00417736.")


@operator("privacy", "birth-date")
def birth_date(letter: Letter) -> Iterator[Change]:
    """The birth date beside the age that it gives."""
    latest = max((mention.value for mention in in_summary(letter) if mention.value), default=None)
    for prose in summary(letter) if latest else ():
        for match in re.finditer(r"\b(\d\d)[- ]year[- ]old\b", prose.text):
            assert latest
            at = prose.sentence_at(match.start())
            born = f"The date of birth is 01/14/{latest.year - int(match[1])}."
            yield Change(at.span._replace(start=at.span.end), f" {born}")
            break
