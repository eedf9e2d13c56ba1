"""Rationales that measure a request by the criteria of another case, each beside right ones in like words.

The letters are invented, and were written before the rules.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

import imrlint
from imrlint.engine.findings import Diagnostic, Severity

RULES = {"wrong-criteria", "chronic-guideline-early", "postsurgical-guideline"}

LETTER = """\
Case Number:          CM17-9900077
Date Assigned:        07/18/2017                      Date of Injury:      {injury}
Decision Date:        08/14/2017                      UR Denial Date:      06/20/2017
Priority:             Standard                        Application          07/10/2017
                                                      Received:

                                CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:

{summary}

                      IMR ISSUES, DECISIONS AND RATIONALES
The Final Determination was based on decisions for the disputed items/services set forth below:

{title}: Upheld

Claims Administrator guideline: Decision based on {cited}.

MAXIMUS guideline: Decision based on {cited}.

Decision rationale: {rationale} Therefore, the request is not medically necessary.
"""
LONG_AGO, RECENT = "02/11/2014", "05/15/2017"
PHYSICAL = "MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment"
SURGICAL = "MTUS Postsurgical Treatment 2009, Section(s): Shoulder"
SHOULDER = (
    "The worker fell from a scaffold. Diagnoses: left shoulder strain and impingement. The arm lifts to 110 degrees."
)
KNEE = "The worker twisted the right knee on a stair. Diagnosis: sprain of the right knee with effusion."
FINGER = "The worker caught the left hand in a press. Diagnosis: fracture of the fourth finger, healed in a splint."
BACK = "The worker lifted a crate. Diagnosis: lumbar strain. Examination found spasm and normal strength in both legs."
MENISCUS = f"{KNEE} An MRI showed a torn meniscus. On 05-02-2017 a partial meniscectomy was performed."
MIND = "The worker saw a coworker die. Diagnoses: depression and insomnia. Counselling was begun and helped somewhat."


class Case(NamedTuple):
    """A letter; `wrong` are words that a finding must overlap, or "" where there must be none."""

    title: str
    summary: str
    rationale: str
    wrong: str
    injury: str = LONG_AGO
    cited: str = "MTUS Initial Approaches to Treatment 2004, Section(s): Physical Methods"

    @property
    def text(self) -> str:
        return LETTER.format(**self._asdict())


WRONG = {
    "imaging rules of the knee for a shoulder": Case(
        "MRI of the left shoulder", SHOULDER,
        "ACOEM says that plain films and scans of the knee are of little use in the first weeks after a sprain.",
        "scans of the knee",
    ),
    "a chapter on another part": Case(
        "MRI of the left shoulder", SHOULDER,
        "Imaging is governed by the low back chapter, which holds it back for four weeks of observation.",
        "low back chapter",
    ),
    "a study of back pain for a finger": Case(
        "Hand therapy, 8 visits", FINGER,
        "A review of patients with low back pain found that those who stayed active saw their therapist less.",
        "low back pain",
    ),
    "a disease that nobody has": Case(
        "Hand therapy, 8 visits", FINGER,
        "Therapy by a specialist lessens swelling and restores motion in complex regional pain syndrome.",
        "complex regional pain syndrome",
    ),
    "the stiff shoulder of somebody else": Case(
        "Manual therapy for the right knee, 6 visits", KNEE,
        "Mobilization has been reported to be effective for those with a frozen shoulder.",
        "frozen shoulder",
    ),
    "a repeated study where there was none": Case(
        "MRI of the lumbar spine", BACK,
        "A repeat MRI is reserved for a marked change of symptoms.",
        "repeat MRI",
    ),
    "repeated injections for an image": Case(
        "MRI of the left shoulder", SHOULDER,
        "Under the MTUS repeat injections depend on pain relief of at least half for six weeks.",
        "repeat injections",
    ),
    "visits after an operation where there was none": Case(
        "Physical therapy for the low back, 12 visits", BACK,
        "Following discectomy the guideline grants 16 visits over 8 weeks.",
        "Following discectomy",
    ),
    "visits after another operation": Case(
        "Physical therapy for the right knee, 12 visits", MENISCUS,
        "After anterior cruciate ligament reconstruction the guideline grants 24 visits over 16 weeks.",
        "After anterior cruciate ligament reconstruction", LONG_AGO, SURGICAL,
    ),
    "tests before an operation where none is planned": Case(
        "Follow-up visit", BACK,
        "Preoperative testing, the ODG say, is for patients whose history suggests a risk.",
        "Preoperative testing",
    ),
    "long-term opioids three weeks after the injury": Case(
        "Tramadol 50mg, one tablet twice daily, #60", BACK,
        "The decision should not be interpreted as advice to stop long-term opioids abruptly.",
        "long-term opioids", RECENT,
    ),
    "criteria for long-term use of a new drug": Case(
        "Cyclobenzaprine 7.5mg, one tablet at night, #30", BACK,
        "The records do not meet the criteria for long-term use of cyclobenzaprine.",
        "long-term use", RECENT,
    ),
    "criteria of an injection for an MRI": Case(
        "MRI of the lumbar spine", BACK,
        "The criteria for epidural steroid injections ask for radiculopathy on examination. They are not met.",
        "criteria for epidural steroid injections",
    ),
    "visits of another therapy": Case(
        "Cognitive behavioral therapy, 12 sessions", MIND,
        "The ODG begin biofeedback with up to 4 sessions and allow 10 in all.",
        "biofeedback",
    ),
    "criteria of another part applied": Case(
        "Manual therapy for the right knee, 6 visits", KNEE,
        "The requirements for the neck have to be satisfied by the records.",
        "requirements for the neck",
    ),
    "chronic pain guideline five weeks after the injury": Case(
        "Physical therapy for the low back, 12 visits", BACK,
        "The worker has had six visits with relief.",
        "Chronic Pain Medical Treatment 2016", RECENT, PHYSICAL,
    ),
    "postsurgical guideline without an operation": Case(
        "Physical therapy for the left shoulder, 12 visits", SHOULDER,
        "The worker has had six visits with relief.",
        "Postsurgical Treatment 2009", LONG_AGO, SURGICAL,
    ),
    "no postsurgical guideline six weeks after an operation": Case(
        "Physical therapy for the right knee, 12 visits", MENISCUS,
        "The worker has had six visits with relief.",
        "Chronic Pain Medical Treatment 2016", LONG_AGO, PHYSICAL,
    ),
}  # fmt: skip

RIGHT = {
    "the whole list of criteria for a first injection": Case(
        "Steroid injection to the left shoulder", SHOULDER,
        "Under the MTUS repeat injections depend on pain relief of at least half for six weeks.", "",
    ),
    "a group of patients that the worker is not of": Case(
        "Urine drug test", BACK,
        "Screens are asked of patients receiving chronic opioid therapy. The worker takes none.", "", RECENT,
    ),
    "where a gel has been studied": Case(
        "Voltaren gel 1%, 2g four times daily, 100g tube", BACK.replace(" in both legs", ""),
        "The MTUS say that the gel is indicated for joints of the elbow, wrist and ankle, and has not been evaluated "
        "for the spine.", "",
    ),
    "what a drug is for": Case(
        "Naproxen 500mg, one tablet twice daily, #60", SHOULDER,
        "The MTUS recommend such drugs for osteoarthritis of the knee and hip.", "",
    ),
    "an allowance for a disease near the worker's": Case(
        "Physical therapy for the left shoulder, 12 visits", SHOULDER,
        "The ODG allow 10 visits over 8 weeks for rotator cuff syndrome.", "",
    ),
    "imaging rules of the shoulder": Case(
        "MRI of the left shoulder", SHOULDER,
        "ACOEM says that plain films and scans of the shoulder are of little use in the first weeks after it.", "",
    ),
    "the chapter on the shoulder": Case(
        "MRI of the left shoulder", SHOULDER,
        "Imaging is governed by the shoulder chapter, which holds it back for four weeks of observation.", "",
    ),
    "a comparison of parts": Case(
        "Steroid injection to the left shoulder", SHOULDER,
        "The evidence for injections is better at the knee than at the shoulder, according to the ODG.", "",
    ),
    "what does not carry over": Case(
        "Manual therapy for the right knee, 6 visits", KNEE,
        "The requirements for the lumbar spine do not apply to this request.", "",
    ),
    "a study of back pain for a back": Case(
        "Physical therapy for the low back, 6 visits", BACK,
        "A review of patients with low back pain found that those who stayed active saw their therapist less.", "",
    ),
    "a disease that the worker has": Case(
        "Hand therapy, 8 visits", FINGER.replace("healed", "complicated by CRPS and healed"),
        "Therapy by a specialist lessens swelling and restores motion in complex regional pain syndrome.", "",
    ),
    "the indication of a drug": Case(
        "Baclofen 10mg, one tablet three times daily, #90", BACK,
        "Baclofen is recommended for spasticity in multiple sclerosis and spinal cord injury. She has neither.", "",
    ),
    "examples in a list": Case(
        "Hand therapy, 8 visits", FINGER,
        "Supervised therapy helps in conditions such as complex regional pain syndrome or tendon repair.", "",
    ),
    "what a study tells apart": Case(
        "EMG/NCS of the left upper extremity", SHOULDER.replace("impingement", "numbness of the left hand"),
        "The MTUS uses such tests to distinguish carpal tunnel syndrome from cervical radiculopathy.", "",
    ),
    "what an image may rule out": Case(
        "MRI of the left shoulder", SHOULDER,
        "The ODG recommend MRI for suspected labral tear and for instability.", "",
    ),
    "a repeated study after one": Case(
        "MRI of the lumbar spine", f"{BACK} An MRI of the lumbar spine of 01-09-2017 showed a bulging disc.",
        "A repeat MRI is reserved for a marked change of symptoms.", "",
    ),
    "a second injection": Case(
        "Second steroid injection to the left shoulder", f"{SHOULDER} An injection in March gave two weeks of relief.",
        "Under the MTUS repeat injections depend on pain relief of at least half for six weeks.", "",
    ),
    "visits after the operation": Case(
        "Physical therapy for the right knee, 12 visits", MENISCUS,
        "Following meniscectomy the guideline grants 12 visits over 12 weeks.", "", LONG_AGO,
        "MTUS Postsurgical Treatment 2009, Section(s): Knee",
    ),
    "an operation that an image prepares": Case(
        "MRI of the lumbar spine", BACK,
        "The MTUS asks for nerve findings in those who would consider surgery, or for failure of a program meant to "
        "avoid surgery.", "",
    ),
    "tests before a planned operation": Case(
        "Preoperative chest x-ray", f"{MENISCUS} A second arthroscopy is planned.",
        "Preoperative testing, the ODG say, is for patients whose history suggests a risk.", "",
    ),
    "long-term opioids years after the injury": Case(
        "Tramadol 50mg, one tablet twice daily, #60", f"{BACK} Tramadol has been taken since 2015.",
        "The decision should not be interpreted as advice to stop long-term opioids abruptly.", "",
    ),
    "a risk of long use": Case(
        "Naproxen 500mg, one tablet twice daily, #60", BACK,
        "The FDA warns that long-term use of these drugs raises the blood pressure.", "", RECENT,
    ),
    "a limit of use": Case(
        "Cyclobenzaprine 7.5mg, one tablet at night, #30", BACK,
        "Cyclobenzaprine is not recommended for long-term use.", "", RECENT,
    ),
    "criteria of the injection in dispute": Case(
        "Lumbar epidural steroid injection at L4-L5", BACK,
        "The criteria for epidural steroid injections ask for radiculopathy on examination. They are not met.", "",
    ),
    "another therapy that was tried": Case(
        "Cognitive behavioral therapy, 12 sessions", f"{MIND} Four sessions of biofeedback were given.",
        "The ODG begin biofeedback with up to 4 sessions and allow 10 in all.", "",
    ),
    "a second complaint": Case(
        "Physical therapy for the low back, 6 visits", f"{BACK} The right knee aches, too.",
        "ACOEM supports exercises for the knee as well, taught in a few visits.", "",
    ),
    "chronic pain guideline after half a year": Case(
        "Physical therapy for the low back, 12 visits", BACK,
        "The worker has had six visits with relief.", "", "12/19/2016", PHYSICAL,
    ),
    "chronic pain guideline for harm over years": Case(
        "Physical therapy for the low back, 12 visits", f"{BACK} The claim is for cumulative trauma over nine years.",
        "The worker has had six visits with relief.", "", RECENT, PHYSICAL,
    ),
    "postsurgical guideline after an operation": Case(
        "Physical therapy for the left shoulder, 12 visits", f"{SHOULDER} Arthroscopy was performed on 04-03-2017.",
        "The worker has had six visits with relief.", "", LONG_AGO, SURGICAL,
    ),
    "postsurgical guideline for a planned operation": Case(
        "Post-operative physical therapy for the left shoulder, 12 visits", SHOULDER,
        "Rotator cuff repair has been certified.", "", LONG_AGO, SURGICAL,
    ),
    "an operation years ago": Case(
        "Physical therapy for the right knee, 12 visits", MENISCUS.replace("05-02-2017", "05-02-2015"),
        "The worker has had six visits with relief.", "", LONG_AGO, PHYSICAL,
    ),
}  # fmt: skip


def findings(text: str) -> list[Diagnostic]:
    """What the rules on wrong criteria report above a note."""
    return [
        each for each in imrlint.check(text).diagnostics if each.name in RULES and each.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_criteria_of_another_case_are_found(case: Case) -> None:
    text = case.text
    start = text.rindex(case.wrong)
    found = [each.finding.span for each in findings(text)]
    assert any(span.start < start + len(case.wrong) and start < span.end for span in found), found


@pytest.mark.parametrize("case", RIGHT.values(), ids=RIGHT)
def test_criteria_of_the_case_are_not(case: Case) -> None:
    assert [each.finding.message for each in findings(case.text)] == []
