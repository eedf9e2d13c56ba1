"""Guidelines, parts, sides, drugs, quotations: what is reported of right sentences, and how severely of wrong ones."""

from __future__ import annotations

from typing import NamedTuple

import pytest

import imrlint

PAIN = "Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment"
PAIN_2009 = "Chronic Pain Medical Treatment 2009, Section(s): Physical medicine"
SHOULDER = "Shoulder Complaints 2004, Section(s): Special Studies"
BACK = "Low Back Complaints 2004, Section(s): Special Studies"
THERAPY = "Physical therapy for the right shoulder, two times a week for four weeks (8 visits)"


class Item(NamedTuple):
    """A disputed item of a letter that is right otherwise. `summary` is added to the case summary."""

    title: str
    rationale: str
    cited: str = PAIN
    summary: str = ""
    claims: str = ""


def find(letter: str, item: Item, *rules: str) -> list[tuple[str, str, str]]:
    """The severity, the rule and the words of each finding of some rules in a letter with this item only."""
    head = letter[: letter.index("Orphenadrine ER 100mg, one")]
    text = (
        head.replace("She takes naproxen.", f"She takes naproxen. {item.summary}".rstrip())
        + f"{item.title}: Upheld\n\n"
        + f"Claims Administrator guideline: Decision based on MTUS {item.claims or item.cited}.\n\n"
        + f"MAXIMUS guideline: Decision based on MTUS {item.cited}.\n\n"
        + f"Decision rationale: {item.rationale}\n"
    )
    found = (each for each in imrlint.check(text).diagnostics if each.name in rules)
    return [(each.severity.word, each.name, text[slice(*each.finding.span)]) for each in found]


NEED = " The request for physical therapy for the right shoulder is not medically necessary."
EPIDURAL = "Epidural steroid injections (ESIs)"


@pytest.mark.parametrize(
    ("rationale", "cited", "wrong"),
    [
        # A figure belongs to the diagnosis after it as well as before it.
        ("The MTUS has, for neuralgia, 8-10 visits over 4 weeks, and for myalgia 9-10 visits over 8 weeks.", PAIN, []),
        ("The MTUS allows 9-10 visits over 8 weeks for myalgia; 8-10 visits over 4 weeks for neuralgia.", PAIN, []),
        ("The MTUS gives myalgia and myositis, unspecified: 9-10 visits over 8 weeks.", PAIN, []),
        ("The MTUS allows 10 visits over 4 weeks for neuralgia.", PAIN, []),
        ("The MTUS gives neuralgia, neuritis, and radiculitis: 8-12 visits over 4 weeks.", PAIN, ["8-12"]),
        ("The MTUS allows 9-10 visits over 6 weeks for myalgia and myositis.", PAIN, ["6"]),
        # Editions differ, and the one that is named counts, too.
        ("The MTUS allows 26 visits over 16 weeks for CRPS.", PAIN, []),
        ("The MTUS allows 24 visits over 16 weeks for CRPS.", PAIN, ["24"]),
        ("The MTUS allows 24 visits over 16 weeks for CRPS.", PAIN_2009, []),
        ("The MTUS allows 26 visits over 16 weeks for CRPS.", PAIN_2009, ["26"]),
        ("The MTUS of 2016 allows 26 visits over 16 weeks for CRPS.", PAIN_2009, []),
        # Facts of the case and other works have numbers of their own.
        ("The request is for a trial of 12 visits over 6 weeks for neuralgia.", PAIN, []),
        ("The worker has had 14 visits over 9 weeks for myalgia.", PAIN, []),
        ("The ODG differs. It allows 12 visits over 10 weeks for neuralgia.", PAIN, []),
        # A comparison without its amount, and one with "per" on both sides.
        ("The splint lasts longer than a year, and costs more per month than per year.", PAIN, []),
        ("Prior approval is needed for anything costing less than per unit.", PAIN, ["than"]),
        # A list may be numbered in another way.
        ("Three things count: 1) pain; 2) weakness; (3) Loss of motion.", PAIN, []),
    ],
)
def test_figures_of_guidelines(clean: str, rationale: str, cited: str, wrong: list[str]) -> None:
    found = find(clean, Item(THERAPY, rationale + NEED, cited), "guideline-misquote")
    assert found == [("warning", "guideline-misquote", words) for words in wrong]


SAID = "aching in the right shoulder and low back pain that spreads to the left calf"


@pytest.mark.parametrize(
    ("rationale", "summary", "expected"),
    [
        (f'The report of 06-06-2017 states "{SAID}."', "", []),
        (f'The report states "{SAID.replace("left", "right")}."', "", [("warning", "right")]),
        (f'As the chart shows, "{SAID.replace("right", "left")}."', "", [("warning", "left")]),
        # A retelling in other words is no error, other words in quotation marks are.
        (f'The report states "{SAID.replace("spreads", "goes down")}."', "", [("note", "goes down")]),
        (
            'The progress note reads, "the arm gives way and she drops light objects daily."',
            'The note reads, "the arm gives way and she drops heavy objects daily."',
            [("warning", "light")],
        ),
        # Others have words of their own: review, guideline, the name of an item, a report of another day.
        (f'Utilization review wrote "{SAID.replace("left", "right")}."', "", []),
        (f'The MTUS speaks of "{SAID.replace("left", "right")}."', "", []),
        ('The requested item is "more physical therapy for the left shoulder."', "", []),
        (f'The report of 07-11-2017 states "{SAID.replace("left", "right")}."', "", []),
        (f'"{SAID.replace("left", "right")}" is, according to the MTUS, a reason.', "", []),
        ('The report states "aching in [both shoulders] and low back pain that spreads to the right calf."', "", []),
    ],
)
def test_quotations_are_compared_with_their_source(
    clean: str, rationale: str, summary: str, expected: list[tuple[str, str]]
) -> None:
    found = find(clean, Item(THERAPY, rationale + NEED, summary=summary), "misquoted-record")
    assert found == [(severity, "misquoted-record", words) for severity, words in expected]


@pytest.mark.parametrize(
    ("title", "cited", "severities"),
    [
        ("Intrathecal baclofen pump refill", "Implantable drug-delivery systems (IDDSs)", []),
        ("Pain pump refill and reprogramming", "Implantable drug-delivery systems (IDDSs)", []),
        ("Ultrasound to the right shoulder, 6 sessions", "Ultrasound, therapeutic", []),
        ("Duloxetine 60mg, one capsule daily, #30", "Antidepressants for chronic pain", []),
        ("MRI of the lumbar spine", EPIDURAL, ["warning"]),
        ("Tizanidine 4mg, one tablet at night, #30", EPIDURAL, ["warning"]),
        ("Gabapentin 300mg, one capsule at night, #30", f"{EPIDURAL}, Anti-epilepsy drugs (AEDs)", []),
    ],
)
def test_sections_off_topic_are_warnings(clean: str, title: str, cited: str, severities: list[str]) -> None:
    item = Item(
        title,
        "The request is not medically necessary.",
        f"Chronic Pain Medical Treatment 2016, Section(s): {cited}",
        claims=PAIN,
    )
    found = find(clean, item, "off-topic-guideline")
    assert [severity for severity, _, words in found if words in cited] == severities


@pytest.mark.parametrize(
    ("title", "cited", "expected"),
    [
        (
            "Lumbar epidural steroid injection at L4-5",
            "Acupuncture Treatment 2007",
            [("error", "Acupuncture Treatment")],
        ),
        (
            "Tramadol 50mg, one tablet daily, #30",
            "Postsurgical Treatment 2009, Section(s): Knee",
            [("error", "Postsurgical Treatment")],
        ),
        (
            "Gabapentin 300mg, one capsule at night, #30",
            "Opioid Treatment 2016, Section(s): 3.2 Consideration of Alternative Treatments",
            [],
        ),
        (
            "MRI of the lumbar spine",
            "Acupuncture Treatment 2007, and Chronic Pain Medical Treatment 2016, Section(s): Biofeedback",
            [("error", "Acupuncture Treatment")],
        ),
    ],
)
def test_a_guideline_on_another_treatment_is_one_error_a_clause(
    clean: str, title: str, cited: str, expected: list[tuple[str, str]]
) -> None:
    item = Item(title, "The request is not medically necessary.", cited, claims="General Approaches 2004")
    found = find(clean, item, "off-topic-guideline")
    assert found == [(severity, "off-topic-guideline", words) for severity, words in expected]


@pytest.mark.parametrize(
    ("title", "cited", "severities"),
    [
        ("MRI of the lumbar spine", "Neck and Upper Back Complaints 2004, Section(s): Special Studies", ["error"]),
        ("MRI of the right shoulder", "Low Back Complaints 2004, Section(s): Special Studies", ["error"]),
        ("MRI of the cervical spine", SHOULDER, ["warning"]),
        ("MRI of the right ankle", "Knee Complaints 2004, Section(s): Special Studies", ["warning"]),
        # Parts on the border of two regions.
        ("Femoral nerve block, right", "Knee Complaints 2004, Section(s): Surgical Considerations", []),
        ("Distal biceps tendon repair, left", "Elbow Complaints 2007, Section(s): Surgical Considerations", []),
        ("MRI of the right scapula", "Neck and Upper Back Complaints 2004, Section(s): Special Studies", []),
        ("MRI of the left forearm", "Elbow Complaints 2007, Section(s): Special Studies", []),
    ],
)
def test_chapters_on_other_parts(clean: str, title: str, cited: str, severities: list[str]) -> None:
    item = Item(title, "The request is not medically necessary.", cited, claims=PAIN)
    assert [severity for severity, _, _ in find(clean, item, "wrong-body-part-chapter")] == severities


ODG_PAIN = "Official Disability Guidelines (ODG), Pain (Chronic)"


@pytest.mark.parametrize(
    ("title", "entry", "severities"),
    [
        ("MRI of the right shoulder", "MRI", ["warning"]),
        ("MRI of the right hand", "CRPS, diagnostic tests", []),
        ("Ultrasound of the right shoulder", "Ultrasound, therapeutic", []),
        ("Ultrasound treatments to the low back, 6 sessions", "Ultrasound, therapeutic", []),
    ],
)
def test_therapeutic_ultrasound_is_not_imaging(clean: str, title: str, entry: str, severities: list[str]) -> None:
    cited = f"General Approaches 2004. Decision based on Non-MTUS Citation {ODG_PAIN}, {entry}"
    item = Item(title, "The request is not medically necessary.", cited, claims="General Approaches 2004")
    found = find(clean, item, "wrong-body-part-chapter", "off-topic-guideline")
    assert [severity for severity, _, _ in found] == severities


LUMBAR = " The request for an MRI of the lumbar spine is not medically necessary."
MRI = "MRI of the lumbar spine"
HAND = "Occupational therapy for the left elbow, twice a week for four weeks"
COLD = "Cold therapy unit, rental for seven days"
COLD_REFUSED = " The request for a cold therapy unit is not medically necessary."
NOTED = [("note", "Ambien")]
NORCO = "Norco 10/325mg, one tablet three times a day, #90"
REFUSED = " The request for Norco is not medically necessary."


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # Parts
        (Item(MRI, "Her pain radiates to the left knee." + LUMBAR, BACK), []),
        (Item(MRI, "She also reports pain of the wrist." + LUMBAR, BACK), [("note", "wrist")]),
        (Item(MRI, "The patellar apprehension test of the knee was negative." + LUMBAR, BACK), []),
        (Item(MRI, "She has tenderness over the wrist." + LUMBAR, BACK), [("note", "wrist")]),
        (Item(MRI, "The examination showed tenderness of the elbow." + LUMBAR, BACK), [("warning", "elbow")]),
        (Item(MRI, LUMBAR.replace("lumbar", "cervical").strip(), BACK), [("error", "cervical")]),
        (Item(HAND, "The request for hand therapy is not medically necessary."), []),
        # Drugs
        (Item(NORCO, "She has been taking Percocet and gabapentin." + REFUSED), []),
        (Item(NORCO, "Norco sedates, as records show that she is taking Ambien. Ambien does, too." + REFUSED), NOTED),
        (Item(NORCO, REFUSED.replace("Norco", "Soma").strip()), [("error", "Soma")]),
        (Item(NORCO, "Methadone is an opioid for weaning." + REFUSED), [("note", "Methadone")]),
        (
            Item(NORCO, "Ambien is a hypnotic for short use. The request is not medically necessary."),
            [("error", "Ambien")],
        ),
        # Treatments
        (Item(COLD, "The request for shoulder arthroscopy was not certified." + COLD_REFUSED), []),
        (Item("Lumbar support", "A back brace helps at first. A back support is not medically necessary.", BACK), []),
        (Item(THERAPY, NEED.replace("physical therapy", "acupuncture").strip()), [("error", "acupuncture")]),
        # Sides
        (Item(THERAPY, "The left shoulder is healthy, and its motion is normal." + NEED), []),
        (Item(THERAPY, "She had visits for the left shoulder under another claim." + NEED), []),
        (Item(THERAPY, "The examination shows weakness of the left shoulder." + NEED), [("warning", "left shoulder")]),
        (Item(THERAPY, NEED.replace("right", "left").strip()), [("error", "left shoulder")]),
    ],
)
def test_what_the_rationale_argues_about(clean: str, item: Item, expected: list[tuple[str, str]]) -> None:
    rules = ("wrong-body-part", "wrong-drug", "wrong-treatment", "wrong-side")
    assert [(severity, words) for severity, _, words in find(clean, item, *rules)] == expected


@pytest.mark.parametrize(
    ("summary", "severities"),
    [
        ('The left shoulder was called "fine" by her.', []),
        ("Later, the left shoulder began to ache from overuse.", []),
        ("Abduction of the right shoulder was 90 degrees. Abduction of the left shoulder was 175 degrees.", []),
        (
            "She works as a painter. She lives alone. An ultrasound study found a tear of the left shoulder.",
            ["warning"],
        ),
        ("She works as a painter. She lives alone. There was pain in the left shoulder.", ["warning"]),
    ],
)
def test_one_mention_of_the_other_side(clean: str, summary: str, severities: list[str]) -> None:
    text = clean.replace("She takes naproxen.", summary).replace(
        "The\ntreating physician", "She rests. The\ntreating physician"
    )
    found = [each for each in imrlint.check(text).diagnostics if each.name == "side-mismatch"]
    assert [each.severity.word for each in found] == severities


@pytest.mark.parametrize(
    ("rationale", "severities"),
    [
        ("The MTUS is silent with regard to this request.", ["warning"]),
        ("Where the MTUS is silent, other guidelines may be followed.", []),
        ("The MTUS is not silent.", []),
        ("Utilization review held that the MTUS is silent.", []),
    ],
)
def test_the_silence_of_the_mtus(clean: str, rationale: str, severities: list[str]) -> None:
    item = Item("MRI of the lumbar spine", rationale + LUMBAR, BACK)
    assert [severity for severity, _, _ in find(clean, item, "false-mtus-silence")] == severities


def test_guidelines_that_differ_are_one_note_a_letter(clean: str) -> None:
    claims = "Claims Administrator guideline: Decision based on MTUS"
    text = clean
    for cited in (
        "Shoulder Complaints 2004,\nSection(s): Physical Methods",
        "Low Back Complaints 2004,\nSection(s): Special Studies",
    ):
        assert f"{claims} {cited}." in text
        text = text.replace(f"{claims} {cited}.", f"{claims} {PAIN}.")
    found = [each for each in imrlint.check(text).diagnostics if each.name == "guideline-mismatch"]
    assert [each.severity.word for each in found] == ["note"]
    assert "one more item differs" in found[0].finding.message


@pytest.mark.parametrize(("ours", "theirs"), [("MRI", "Magnetic resonance imaging"), ("EMG", "Electromyography")])
def test_two_names_of_one_thing_are_no_difference(clean: str, ours: str, theirs: str) -> None:
    work = f"{BACK}. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back"
    item = Item("MRI of the lumbar spine", LUMBAR.strip(), f"{work}, {ours}", claims=f"{work}, {theirs}")
    assert find(clean, item, "guideline-mismatch") == []


@pytest.mark.parametrize("name", ["Low Back Disorders", "Hand, Wrist, and Forearm Disorders", "Chronic Pain"])
def test_the_name_of_a_guideline_of_2017_is_no_misspelling(clean: str, name: str) -> None:
    text = clean.replace("08/14/2017", "01/16/2018").replace("06/20/2017", "12/12/2017")
    item = Item(
        "Gabapentin 300mg, one capsule at night, #30", "The request is not medically necessary.", f"{name} 2016"
    )
    assert find(text, item, "misspelt-citation", "unknown-guideline") == []
