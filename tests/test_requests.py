"""Titles of disputed items: kind, drug, strength, quantity, frequency, duration, part, side."""

from __future__ import annotations

import pytest

from imrlint.document.letter import Portion, Rate, Request, RequestKind, Side, Strength
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.parser.request import read_request
from imrlint.reading import items
from imrlint.reading.passage import Passage

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
    return read_request(Prose(Source(title), Span(0, len(title))))


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


RATES = [
    ("2-3 times a week for 6 weeks", Rate(2, 3, 7)),
    ("two (2) times per week", Rate(2, 2, 7)),
    ("3x/week", Rate(3, 3, 7)),
    ("twice daily", Rate(2, 2, 1)),
    ("every 4-6 hrs", Rate(4, 6, 1)),
    ("q8h", Rate(3, 3, 1)),
    ("every other day", Rate(1, 1, 2)),
    ("b.i.d.", Rate(2, 2, 1)),
    ("weekly", Rate(1, 1, 7)),
    ("2 times 6", Rate(2, 2, 7, 6)),
    ("2x6", Rate(2, 2, 7, 6)),
    ("as needed", None),
]


@pytest.mark.parametrize(("frequency", "rate"), RATES, ids=[words for words, _ in RATES])
def test_rates(frequency: str, rate: Rate | None) -> None:
    assert read(f"Something {frequency}").disputed.frequencies[0].value == rate


VALUES = [
    ("120 FEXMID 7.5MG", "quantities", [120]),
    ("4 TRIGGER POINT INJECTIONS", "quantities", [4]),
    ("THREE (3) EPIDURAL INJECTIONS", "quantities", [3]),
    ("One (1) x-ray of the left foot", "quantities", [1]),
    ("Massage therapy sessions, 9", "quantities", [9]),
    ("Massage 2 times a week for 3 weeks (6)", "quantities", [6]),
    ("Etodolac 400mg, disp 45", "quantities", [45]),
    ("Etodolac 400mg, dispense #45", "quantities", [45]),
    ("Etodolac 400mg, count of 45", "quantities", [45]),
    ("Etodolac 400mg (45)", "quantities", [45]),
    ("Etodolac 400mg tablets (45)", "quantities", [45]),
    ("Etodolac 400mg x 45", "quantities", [45]),
    ("Etodolac 400mg, 45 count", "quantities", [45]),
    ("A 45-tablet supply of etodolac 400mg", "quantities", [45]),
    ("Forty-five tablets of etodolac 400mg", "quantities", [45]),
    ("Two hundred and forty etodolac 400mg tablets", "quantities", [240]),
    ("Etodolac 400mg, 12 tablets daily", "quantities", []),
    ("Etodolac 0.4 g tablets #45", "strengths", [Strength((0.4,), "g")]),
    ("Etodolac 1 gram tablets #45", "strengths", [Strength((1,), "g")]),
    ("Diclofenac gel 1%, 100 g", "strengths", [Strength((1,), "%")]),
    ("Norco 10/325MG", "strengths", [Strength((10, 325), "mg")]),
    ("Norco 7.5-325mg", "strengths", [Strength((7.5, 325), "mg")]),
    ("LidoPro 4%-27.5%-0.0325%", "strengths", [Strength((4, 27.5, 0.0325), "%")]),
    ("Vitamin D 2000 IU", "strengths", [Strength((2000,), "units")]),
    ("Etodolac 400mg #60 with two refills", "refills", [2]),
    ("Etodolac 400mg #60, no refills", "refills", [0]),
    ("Facet injections L4-5 and C5/C6", "levels", ["L4-L5", "C5-C6"]),
    ("Chiro for six to eight weeks", "durations", [56]),
    ("MRI R shoulder", "sides", [Side.RIGHT]),
    ("EMG/NCV BUE", "sides", [Side.BOTH]),
    ("Lidocaine patch", "forms", ["patch"]),
]


@pytest.mark.parametrize(("title", "slot", "values"), VALUES, ids=[title for title, _, _ in VALUES])
def test_values(title: str, slot: str, values: list[object]) -> None:
    assert [field.value for field in getattr(read(title).disputed, slot)] == values


def sided(title: str) -> list[tuple[str, Side | None]]:
    passage = Passage(Prose(Source(title), Span(0, len(title))))
    return [(site.part.name, site.side) for site in passage.sites]


def test_a_side_holds_for_a_list_and_may_stand_behind() -> None:
    assert sided("PT for the left hip, lower leg and knee") == [
        ("hip", Side.LEFT),
        ("lower leg", Side.LEFT),
        ("knee", Side.LEFT),
    ]
    assert sided("MRI shoulder, right") == [("shoulder", Side.RIGHT)]
    assert sided("PT left hand, right lower leg") == [("hand", Side.LEFT), ("lower leg", Side.RIGHT)]
    assert sided("X-rays of the cervical spine and left wrist")[-1] == ("wrist", Side.LEFT)
    assert sided("X-rays of the cervical spine and left wrist")[0][1] is None


def test_visits_are_counted_from_either_notation() -> None:
    assert items.count_visits(read("PT 2 times 6 left knee").disputed) == (12, 12)
    assert items.count_visits(read("PT two to three times a week for four weeks").disputed) == (8, 12)
    assert items.count_visits(read("Twelve visits of PT").disputed) == (12, 12)
    assert items.count_visits(read("MRI of the neck").disputed) is None
