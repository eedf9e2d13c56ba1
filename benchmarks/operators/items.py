"""Defects of the disputed items: their titles, and what is decided on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from imrlint.document.letter import Decision, Dispute, Letter, Portion, RequestKind
from imrlint.document.text import Span
from imrlint.knowledge.medicine import anatomy
from operators.kit import (
    Change,
    added,
    concluding,
    conclusions,
    cut,
    decided,
    depends,
    in_conclusions,
    operator,
    put,
    rationales,
    slip,
    swap,
    title,
    titles,
    verdicts,
)

# Titles


COUNTED = (RequestKind.DRUG, RequestKind.THERAPY, RequestKind.ACUPUNCTURE, RequestKind.CHIROPRACTIC)


def left_out(
    letter: Letter, disputes: Iterable[Dispute], fields: Callable[[Portion], tuple[Span, ...]]
) -> Iterator[Change]:
    """What a title says once, taken out of it; the defect is the title that is left."""
    for dispute in disputes:
        if spans := fields(dispute.request.disputed):
            change = cut(letter, Span(spans[0].start, spans[-1].end))
            if dispute.title.span.covers(change.span) and change.span != dispute.title.span:
                yield change._replace(place=dispute.title.span)


@operator("request", "missing-frequency")
def frequency_left_out(letter: Letter) -> Iterator[Change]:
    return left_out(letter, letter.disputes, lambda portion: tuple(field.span for field in portion.frequencies))


@operator("request", "missing-strength")
def strength_left_out(letter: Letter) -> Iterator[Change]:
    return left_out(
        letter, letter.disputes, lambda portion: tuple(field.span for field in portion.strengths[:1] if portion.drugs)
    )


@operator("request", "missing-quantity")
def quantity_left_out(letter: Letter) -> Iterator[Change]:
    """The number of tablets or visits, where the title does not say it in another way."""

    def quantity(portion: Portion) -> tuple[Span, ...]:
        return tuple(field.span for field in portion.quantities[-1:] if not portion.durations)

    for dispute in letter.disputes:
        counted = dispute.request.kind in COUNTED and len(dispute.request.portions) == 1
        if counted and (dispute.request.disputed.strengths or not dispute.request.disputed.drugs):
            yield from left_out(letter, [dispute], quantity)


@operator("request", "missing-service-date")
def service_date_left_out(letter: Letter) -> Iterator[Change]:
    return left_out(letter, letter.disputes, lambda portion: tuple(field.span for field in portion.service_dates))


PART = re.compile(
    r",?(?: (?:of|for|to|in))?(?: the)?(?: (?:left|right|bilateral))?"
    r" (?:lumbar spine|cervical spine|low back|shoulder|knee|ankle|wrist|elbow|hip|upper extremities|hand)\b",
    re.IGNORECASE,
)


OF_A_PART = (
    RequestKind.IMAGING, RequestKind.INJECTION, RequestKind.SURGERY, RequestKind.THERAPY, RequestKind.ACUPUNCTURE,
    RequestKind.CHIROPRACTIC, RequestKind.ELECTRODIAGNOSTIC,
)  # fmt: skip


@operator("request", "missing-body-part", "template-slip")
def part_left_out(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        prose = title(letter, dispute)
        found = list(PART.finditer(prose.text)) if dispute.request.kind in OF_A_PART else []
        rest = PART.sub("", prose.text)
        if len(found) == 1 and not any(anatomy.find(rest)) and not re.search(r"(?i)\b[CL]\d", rest):
            yield put(prose, found[0], "")._replace(place=prose.span)


SIDE = re.compile(
    r"\b(?:left|right|bilateral) (?=shoulder|knee|ankle|wrist|elbow|hip|hand|carpal|thumb|upper)", re.IGNORECASE
)


@operator("request", "missing-side")
def side_left_out(letter: Letter) -> Iterator[Change]:
    for prose in titles(letter):
        found = list(SIDE.finditer(prose.text))
        if len(found) == 1:
            yield put(prose, found[0], "")._replace(place=prose.span)


@operator("request", "quantity-arithmetic", "malformed-quantity")
def total_off(letter: Letter) -> Iterator[Change]:
    """The number of visits of a title that also says how they add up."""
    for dispute in letter.disputes:
        portion = dispute.request.disputed
        weekly = bool(portion.frequencies and re.search(r"(?i)\bweeks?\b", portion.frequencies[0].raw))
        for field in portion.quantities[-1:] if weekly or dispute.request.original else ():
            if numbers := list(re.finditer(r"\d+", field.raw)):
                start = field.span.start + numbers[-1].start()
                number = numbers[-1].group()
                yield Change(Span(start, start + len(number)), str(int(number) + 3), dispute.title.span)


@operator("request", "unknown-strength", "requested-item-mismatch", "wrong-strength")
def strength_impossible(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        portion = dispute.request.disputed
        if len(portion.drugs) == len(portion.strengths) == 1 and (field := portion.strengths[0]).value:
            number = re.search(r"\d[\d.]*(?=\s?mg)", field.raw, re.IGNORECASE)
            if number and field.value.unit == "mg":
                wrong = f"{float(number.group()) * 10 + 3:g}"
                new = field.raw[: number.start()] + wrong + field.raw[number.end() :]
                yield Change(field.span, new, dispute.title.span)


swap(
    "spine-bilateral", "request", r"(?i)\b(lumbar|cervical)(?= spine)", r"bilateral \1", "side-without-pair",
    where=titles,
)  # fmt: skip
swap("quantity-like-time", "request", r"#(\d+)\b", r"#\1:00", "malformed-quantity", where=titles)
swap(
    "figure-off", "request", r"(?i)\b(two|five|six|ten|one) \(\d+\)", r"\1 (9)",
    "malformed-quantity", "quantity-arithmetic", where=titles,
)  # fmt: skip
swap("is-left-out", "request", r"(?<=\w) is$", "", "template-slip", where=titles)
swap("refill-in-singular", "request", r"(?i)(?<=2 refill)s", "", "template-slip", where=titles)
swap("comma-misplaced", "request", r", ", " ,", "title-spacing", "space-before-punctuation", where=titles)


@operator("request", "unknown-drug", "misspelt-drug")
def drug_misspelt_in_title(letter: Letter) -> Iterator[Change]:
    for dispute in letter.disputes:
        for field in dispute.request.disputed.drugs[:1]:
            if field.raw.isalpha():
                yield Change(field.span, slip(field.raw))


# Decisions


@operator("decision", "conclusion-against-decision", "determination-tally", "argument-against-decision")
def decision_flipped(letter: Letter) -> Iterator[Change]:
    for dispute, decision in decided(letter):
        if dispute.rationale and concluding(dispute.rationale):
            yield Change(decision.span, "Overturned" if decision.value is Decision.UPHELD else "Upheld")


@operator("decision", "conclusion-against-decision")
def conclusion_flipped(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in verdicts(letter):
        yield put(rationale, match, f"{match['verb']} {'' if match['no'] else 'not '}medically necessary")


@operator("decision", "missing-conclusion")
def conclusion_deleted(letter: Letter) -> Iterator[Change]:
    for _, rationale, sentence in conclusions(letter):
        if len(concluding(rationale)) == 1 and len(rationale.sentences) > 2:
            yield Change(sentence.span, "", rationale.span)


@operator("decision", "nonstandard-conclusion", "missing-conclusion")
def conclusion_in_other_words(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in verdicts(letter):
        if len(concluding(rationale)) == 1:
            yield put(rationale, match, f"{match['verb']} {match['no'] or ''}appropriate")


@operator("decision", "reviewer-modifies", "missing-conclusion")
def conclusion_modifies(letter: Letter) -> Iterator[Change]:
    for dispute, rationale, match in verdicts(letter):
        if len(concluding(rationale)) == 1 and match["no"] and not depends(dispute):
            yield put(rationale, match, f"{match['verb']} modified to half of the number requested")


@operator("decision", "argument-against-decision")
def argument_flipped(letter: Letter) -> Iterator[Change]:
    for dispute, rationale in rationales(letter):
        if dispute.decision and concluding(rationale) and not depends(dispute):
            refused = dispute.decision.value is Decision.UPHELD
            words = "The request meets" if refused else "The request does not meet"
            yield added(rationale, f"{words} the guideline criteria.")


@operator("decision", "conclusion-on-decision")
def decision_for_request(letter: Letter) -> Iterator[Change]:
    for _, rationale, match in in_conclusions(r"\brequest for\b")(letter):
        yield put(rationale, match, "decision for")
