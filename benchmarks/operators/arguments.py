"""Defects of rationales that argue about something else than their item, or break off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.letter import Dispute, Letter, RequestKind
from imrlint.document.prose import Prose
from imrlint.document.text import Span
from imrlint.knowledge.medicine.drugs import Drug, get, strengths_of
from imrlint.knowledge.terms import Term
from imrlint.reading import entities
from operators.kit import (
    Change,
    concluding,
    depends,
    in_conclusions,
    like,
    operator,
    put,
    rationales,
    title,
    verdicts,
)


def drugs_in_conclusions(letter: Letter) -> Iterator[tuple[Dispute, Prose, Term[Drug]]]:
    """The disputed drug where the deciding sentence names it."""
    for dispute, rationale, match in verdicts(letter):
        start = max(s.start for s in concluding(rationale))
        own = [drug for field in dispute.request.disputed.drugs if (drug := get(field.value or field.raw))]
        for term in entities.of_drugs(rationale):
            if start <= term.start < match.start() and any(term.meaning.same_as(drug) for drug in own):
                yield dispute, rationale, term
                break


OTHERS = ("omeprazole", "gabapentin", "naproxen", "tramadol", "zolpidem")


def another_drug(letter: Letter, drug: Drug) -> str:
    """A drug of another class that the letter does not name."""
    text = letter.source.text.casefold()
    return next(
        (name for name in OTHERS if name not in text and (known := get(name)) and known.drug_class != drug.drug_class),
        "levothyroxine",
    )


@operator("rationale", "wrong-drug", "conclusion-names-another-request")
def drug_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, term in drugs_in_conclusions(letter):
        old = rationale.text[term.start : term.end]
        yield Change(rationale.place(term.start, term.end), like(another_drug(letter, term.meaning), old))


@operator("rationale", "wrong-drug", "conclusion-names-another-request")
def drug_throughout(letter: Letter) -> Iterator[Change]:
    """The disputed drug replaced wherever its rationale names it."""
    for dispute, rationale in rationales(letter):
        own = [drug for field in dispute.request.disputed.drugs[:1] if (drug := get(field.value or field.raw))]
        places = [t for t in entities.of_drugs(rationale) if any(t.meaning.same_as(drug) for drug in own)]
        if own and len(own[0].ingredients) == 1 and len(places) > 1:
            text = rationale.text
            for term in reversed(places):
                new = like(another_drug(letter, own[0]), text[term.start : term.end])
                text = text[: term.start] + new + text[term.end :]
            yield Change(rationale.span, text)


@operator("rationale", "wrong-strength")
def strength_of_conclusion(letter: Letter) -> Iterator[Change]:
    for dispute, rationale, term in drugs_in_conclusions(letter):
        for field in dispute.request.disputed.strengths[:1]:
            behind = re.compile(r" ?\d[\d./]* ?mg", re.IGNORECASE).match(rationale.text, term.end)
            own = field.value
            if own and own.unit == "mg" and len(own.amounts) == 1 and len(dispute.request.disputed.strengths) == 1:
                sold = sorted(s for s in strengths_of(term.meaning) if s.unit == "mg" and len(s.amounts) == 1)
                new = next((s.amounts[0] for s in sold if s != own), own.amounts[0] * 2)
                yield Change(rationale.place(term.end, behind.end() if behind else term.end), f" {new:g}mg")


UNITS = r"(?:visits|sessions|treatments|injections)"


@operator("rationale", "wrong-quantity")
def number_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(rf"\b(?P<n>\d+)(?= (?:\w+ ){{0,2}}{UNITS})|#(?P<t>\d+)\b")(letter):
        group = "n" if match["n"] else "t"
        yield put(rationale, match, str(int(match[group]) * 2 + 4), group)


@operator("rationale", "wrong-quantity")
def number_put_into_conclusion(letter: Letter) -> Iterator[Change]:
    courses = (RequestKind.THERAPY, RequestKind.ACUPUNCTURE, RequestKind.CHIROPRACTIC)
    course = in_conclusions(r"\brequest for (?=[a-z]+ therapy\b|acupuncture|chiropractic)")
    for dispute, rationale, match in course(letter):
        if dispute.request.kind in courses and not depends(dispute):
            yield put(rationale, match, "request for 23 visits of ")


REGIONS = {
    "lumbar": "cervical", "cervical": "lumbar", "low back": "neck", "shoulder": "knee", "knee": "shoulder",
    "wrist": "ankle", "ankle": "wrist", "elbow": "knee", "hip": "shoulder", "thumb": "elbow",
}  # fmt: skip


@operator("rationale", "wrong-body-part", "conclusion-names-another-request")
def part_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(rf"\b(?:{'|'.join(REGIONS)})\b")(letter):
        yield put(rationale, match, REGIONS[match.group()])


@operator("rationale", "wrong-body-part")
def level_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(r"\bL\d-(?:L|S)?\d\b")(letter):
        yield put(rationale, match, "C5-6")


@operator("rationale", "wrong-side", "side-mismatch", "conclusion-names-another-request")
def side_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(r"\b(?:[Ll]eft|[Rr]ight)(?= \w)")(letter):
        new = "right" if match.group().casefold() == "left" else "left"
        yield put(rationale, match, like(new, match.group()))


TREATMENTS = {
    r"(?:aquatic|physical|occupational) therapy": "acupuncture",
    r"acupuncture": "physical therapy",
    r"chiropractic": "acupuncture",
    r"shock wave therapy": "acupuncture",
    r"(?:transforaminal )?epidural steroid injection": "facet joint injection",
    r"sacroiliac joint injection": "trigger point injection",
    r"trigger point injections": "facet joint injections",
    r"medial branch blocks": "epidural steroid injections",
    r"MRI": "CT scan",
    r"x-rays": "MRI",
    r"EMG/NCS|NCS/EMG": "MRI",
    r"TENS unit": "H-wave unit",
    r"interferential unit": "TENS unit",
    r"H-wave unit": "TENS unit",
    r"gym membership": "home exercise kit",
    r"urine drug screen": "lumbar MRI",
    r"functional capacity evaluation": "work hardening program",
    r"spinal cord stimulator": "intrathecal pump",
    r"arthroscopy|arthroplasty": "fusion",
}


@operator("rationale", "wrong-treatment", "conclusion-names-another-request")
def treatment_of_conclusion(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(rf"\b(?:{'|'.join(TREATMENTS)})\b")(letter):
        new = next(new for old, new in TREATMENTS.items() if re.fullmatch(old, match.group()))
        yield put(rationale, match, new)


@operator("rationale", "wrong-form")
def drug_called_topical(letter: Letter) -> Iterator[Change]:
    for dispute, rationale, term in drugs_in_conclusions(letter):
        if re.search(r"(?i)tablet|capsule|by mouth", dispute.title.raw):
            at = rationale.place(term.start, term.end)
            yield Change(at, f"topical {letter.source[at]}")


# Whole passages

COPIED = (
    "copied-rationale", "conclusion-names-another-request", "wrong-drug", "wrong-treatment", "wrong-body-part",
    "wrong-side", "wrong-form", "wrong-quantity", "wrong-strength",
)  # fmt: skip


def of_another(letter: Letter) -> Iterator[tuple[Prose, Dispute, Prose]]:
    """A rationale, with an item of another kind that was decided alike, and its rationale."""
    for dispute, rationale in rationales(letter):
        for other, words in rationales(letter):
            kinds = {kind_of(dispute), kind_of(other)}
            alike = dispute.decision and other.decision and dispute.decision.value is other.decision.value
            alone = not depends(dispute) and not depends(other) and "above" not in words.text
            if len(kinds) == 2 and alike and alone:
                yield rationale, other, words
                break


def kind_of(dispute: Dispute) -> RequestKind:
    kind = dispute.request.kind
    return RequestKind.DRUG if kind is RequestKind.COMPOUND else kind


@operator("rationale", *COPIED)
def rationale_of_another_item(letter: Letter) -> Iterator[Change]:
    for rationale, _, words in of_another(letter):
        yield Change(rationale.span, words.raw)


@operator("rationale", *COPIED[1:])
def conclusion_of_another_item(letter: Letter) -> Iterator[Change]:
    for rationale, other, words in of_another(letter):
        own, theirs = concluding(rationale), concluding(words)
        if len(own) == len(theirs) == 1 and names_item(title(letter, other), theirs[0].text):
            yield Change(own[0].span, theirs[0].text)


def names_item(name: Prose, sentence: str) -> bool:
    """Whether a sentence says what it decides on in the words of the title."""
    known = {word.casefold() for word in re.findall(r"[A-Za-z]{5,}", name.text)} - {"request", "spine", "lumbar"}
    return any(word in known for word in re.findall(r"[a-z]{5,}", sentence.casefold()))


@operator("rationale", "repeated-sentence")
def sentence_twice(letter: Letter) -> Iterator[Change]:
    for _, rationale in rationales(letter):
        for sentence in rationale.sentences[:-1]:
            if len(sentence.text.split()) > 8:
                at = sentence.span.end
                yield Change(Span(at, at), f" {sentence.text}")
                break


@operator("rationale", "unfinished-sentence")
def sentence_cut_off(letter: Letter) -> Iterator[Change]:
    """A sentence that ends behind an article or a preposition."""
    for _, rationale in rationales(letter):
        for sentence in rationale.sentences[:-1]:
            small = list(re.finditer(r"\b(?:of|the|with|and|to|for|in|a)\b", sentence.text))
            if len(small) > 1 and small[-1].end() > 30:
                start = rationale.place(sentence.start + small[-1].end(), sentence.end)
                yield Change(start, ".", sentence.span)
                break
