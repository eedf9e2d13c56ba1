"""Titles of disputed items: kind, drug, strength, quantity, frequency, duration, part, side."""

from __future__ import annotations

import pytest

from imrlint.model import Portion, Prose, Request, RequestKind
from imrlint.parser.request import request
from imrlint.text import Source, Span

ELIGIBLE = "IMR eligible"

KINDS = [
    ("Etodolac ER 400mg #60", "drug"),
    ("45 SOMA 350MG", "drug"),
    ("Post-op Percocet 5/325mg #40, 1 every 6 hours", "drug"),
    ("Ketoprofen 10%, Gabapentin 6% in cream base, 120 grams", "compound"),
    ("Compound Baclofen 2% 180 grams", "compound"),
    ("TWO (2) LUMBAR EPIDURAL STEROID INJECTIONS", "injection"),
    ("Left sacroiliac joint injection with lidocaine", "injection"),
    ("Post injection physical therapy times 6", "therapy"),
    ("Aquatic therapy 2 times 4 for the knee", "therapy"),
    ("Acupuncture 6 visits for the neck", "acupuncture"),
    ("Chiro 8 visits low back", "chiropractic"),
    ("X- RAYS OF THE LEFT FOOT", "imaging"),
    ("3.0 Tesla MRI of the right wrist", "imaging"),
    ("EMG/NCV of the bilateral lower extremities", "electrodiagnostic"),
    ("Urine drug screen", "laboratory"),
    ("Pre-op labs: CBC", "laboratory"),
    ("Right knee arthroscopy with meniscectomy", "surgery"),
    ("Associated surgical service: Cold therapy unit", "associated service"),
    ("Spine surgery consultation", "consultation"),
    ("Lumbar brace purchase", "device"),
    ("Electrodes, one year", "supply"),
    ("Functional restoration program, 80 hours", "programme"),
    ("Home health aide 4 hours a day", "home care"),
    ("Transportation to all visits", "transport"),
    ("Paraffin wax therapy unit", "device"),
    ("Kenalog 40 mg injection", "injection"),
    ("Sit-stand arrangement", "other"),
]


def read(title: str) -> Request:
    return request(Prose(Source(title), Span(0, len(title))))


@pytest.mark.parametrize(("title", "kind"), KINDS, ids=[title for title, _ in KINDS])
def test_kind(title: str, kind: str) -> None:
    assert read(title).kind is RequestKind(kind)


SUBJECTS = [
    ("Etodolac ER 400mg #60", {"nsaid"}),
    ("Percocet 5/325mg #40", {"opioid"}),
    ("Ranitidine 150mg #60", {"h2 blocker"}),
    ("Diclofenac gel 1% 100 grams", {"nsaid", "topical drug"}),
    ("Synapryn 10mg/1ml 500ml", {"opioid"}),
    ("TENS unit, 30 day trial", {"electrical stimulation"}),
    ("Post injection physical therapy times 6", {"physical therapy"}),
    ("Urine drug screen", {"drug testing"}),
    ("MRI of the left hip", {"imaging"}),
    ("Functional capacity evaluation", {"functional capacity evaluation"}),
    ("Cervical ESI at C6-C7", {"epidural injection"}),
    ("Sit-stand arrangement", {"other"}),
]


@pytest.mark.parametrize(("title", "subjects"), SUBJECTS, ids=[title for title, _ in SUBJECTS])
def test_subjects(title: str, subjects: set[str]) -> None:
    assert read(title).subjects == subjects


@pytest.mark.parametrize(
    "frequency",
    [
        "2 times a week for 6 weeks", "3x/week", "twice daily", "one tablet three times a day", "b.i.d.", "qhs",
        "1-2 tabs every 4-6 hrs", "as needed", "at bedtime", "two times a week times six weeks", "2 times 6", "weekly",
        "two (2) times a week for six (6) weeks", "every eight (8) hours", "2x6",
        "one (1) tablet three (3) times a day",
        "qam", "with meals", "biweekly for 6 weeks", "each evening",
        "1 to 2 times per week", "once a day", "every 8 hours as needed", "two times four visits (8)",
    ],
)  # fmt: skip
def test_frequency_is_read(frequency: str) -> None:
    assert read(f"Physical therapy {frequency}").disputed.frequencies


@pytest.mark.parametrize("wording", ["#60", "times 8", "12 visits", "(12 sessions)", "QUANTITY :6:00", "30 day rental"])
def test_what_is_no_frequency(wording: str) -> None:
    assert read(f"Physical therapy {wording}").disputed.frequencies == ()


def raws(portion: Portion, slot: str) -> list[str]:
    return [field.raw for field in getattr(portion, slot)]


def test_measures_have_places() -> None:
    title = "Retrospective Lidocaine 5%\npatch #30, one patch daily for 30 days to the left shoulder (DOS 3/4/2016)"
    found = read(title)
    portion = found.disputed
    assert found.retrospective
    assert [(drug.raw, drug.value) for drug in portion.drugs] == [("Lidocaine", "lidocaine")]
    assert raws(portion, "strengths") == ["5%"]
    assert raws(portion, "frequencies") == ["daily"]
    assert raws(portion, "durations") == ["for 30 days"]
    assert raws(portion, "sides") == ["left"]
    assert raws(portion, "body_parts") == ["shoulder"]
    assert raws(portion, "service_dates") == ["(DOS 3/4/2016)"]
    assert [quantity.value for quantity in portion.quantities] == [30]
    assert title[slice(*portion.quantities[0].span)] == "#30"


@pytest.mark.parametrize("strength", ["10/325mg", "7.5-325mg", "0.025%", "10mg/1ml", "1percent", "50 mcg/hr", "240mg"])
def test_strengths(strength: str) -> None:
    assert raws(read(f"Something {strength} #30").disputed, "strengths") == [strength]


def test_authorized_other_and_original_in_dispute() -> None:
    found = read(
        "Massage 12 visits was the original request. The Claims Administrator authorized 4 visits, leaving the original"
        f" request {ELIGIBLE}. The original request, Massage 12 visits is"
    )
    assert found.original is not None
    assert found.authorized is not None
    assert raws(found.authorized, "quantities") == ["4 visits"]
    assert raws(found.disputed, "quantities") == ["12 visits"]
