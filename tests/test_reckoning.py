"""Numbers and lengths of time that a letter works out, against its figures and its dates.

The sentences were written before the code, each right one beside a wrong one in nearly the same words.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from imrlint.document.text import Source
from imrlint.engine import ruleset
from imrlint.parser import parse
from imrlint.reading import Reading

CLEAN = (Path(__file__).parent / "letters" / "clean.txt").read_text("utf-8")
SUMMARY = "She takes naproxen."
RATIONALE = (
    "The worker has had six visits with little relief, and no record says why twelve more\n"
    "would achieve what those did not."
)

NAMED = {rule.name(): rule for rule in ruleset.installed().rules}
NUMBERS = (
    "wrong-arithmetic",
    "misjudged-limit",
    "wrong-visit-count",
    "wrong-duration",
    "duration-impossible",
)


def report(name: str, rationale: str, summary: str = "") -> list[str]:
    """The words that a rule reports in the clean letter with other sentences in its summary and last rationale."""
    assert SUMMARY in CLEAN
    assert RATIONALE in CLEAN
    text = CLEAN.replace(SUMMARY, summary or SUMMARY).replace(RATIONALE, rationale)
    letter = parse(Source(text))
    found = NAMED[name]().check(letter, Reading(letter))
    return [" ".join(text[each.span.start : each.span.end].split()) for each in found]


@pytest.mark.parametrize(
    ("right", "wrong", "words", "summary"),
    [
        ("6 visits + 12 visits = 18 visits.", "6 visits + 12 visits = 16 visits.", "16 visits", ""),
        (
            "The six visits behind her and the dozen now asked for add up to eighteen.",
            "The six visits behind her and the dozen now asked for add up to twenty.",
            "twenty",
            "",
        ),
        (
            "Together with those already used, the twelve sought would push the tally to 18.",
            "Together with those already used, the twelve sought would push the tally to 25.",
            "25",
            "",
        ),
        (
            "Three a week over five weeks is a total of 15 appointments.",
            "Three a week over five weeks is a total of 18 appointments.",
            "18 appointments",
            "",
        ),
        (
            "Her pain went from 8/10 to 4/10, a reduction of 50 percent.",
            "Her pain went from 8/10 to 4/10, a reduction of 80 percent.",
            "80 percent",
            "",
        ),
        (
            "The pain eased by three points, from 7/10 to 4/10, with therapy.",
            "The pain eased by five points, from 7/10 to 4/10, with therapy.",
            "five points",
            "",
        ),
        (
            "Taken two a day, sixty tablets last for a month.",
            "Taken two a day, sixty tablets last for two months.",
            "two months",
            "",
        ),
        (
            "The left elbow falls short of the right by 40 degrees.",
            "The left elbow falls short of the right by 60 degrees.",
            "60 degrees",
            "Flexion of the left elbow is 95 degrees and of the right 135 degrees.",
        ),
        (
            "She, at 47, is thirteen years short of 60.",
            "She, at 47, is eleven years short of 60.",
            "eleven years",
            "",
        ),
        (
            "A ceiling of 10 visits would be exceeded by eight if 18 visits were allowed.",
            "A ceiling of 10 visits would be exceeded by six if 18 visits were allowed.",
            "six",
            "",
        ),
        (
            "Of the 24 visits allowed 8 have been used, which leaves 16 visits.",
            "Of the 24 visits allowed 8 have been used, which leaves 12 visits.",
            "12 visits",
            "",
        ),
        (
            "Norco 10 mg taken three times a day amounts to 30 mg.",
            "Norco 10 mg taken three times a day amounts to 40 mg.",
            "40 mg",
            "",
        ),
        (
            "Six visits were attended; a further twelve would be eighteen in all.",
            "Six visits were attended; a further twelve would be twenty in all.",
            "twenty",
            "",
        ),
        ("Six plus twelve is eighteen.", "Six plus twelve is sixteen.", "sixteen", ""),
        (
            "The 6 visits on top of 12 visits equal 18 visits.",
            "The 6 visits on top of 12 visits equal 20 visits.",
            "20 visits",
            "",
        ),
        (
            "Ninety tablets at three a day are enough for thirty days.",
            "Ninety tablets at three a day are enough for twenty days.",
            "twenty days",
            "",
        ),
        (
            "Grip improved by 20 pounds, from 40 to 60 pounds.",
            "Grip improved by 30 pounds, from 40 to 60 pounds.",
            "30 pounds",
            "",
        ),
        (
            "The guideline allows 10 visits. The 12 requested exceed that number by 2.",
            "The guideline allows 10 visits. The 12 requested exceed that number by 5.",
            "5",
            "",
        ),
        (
            "Three drugs were tried: naproxen, ibuprofen, and Norco.",
            "Four drugs were tried: naproxen, ibuprofen, and Norco.",
            "Four drugs",
            "",
        ),
        (
            "Her flexion doubled, from 40 to 80 degrees.",
            "Her flexion doubled, from 60 to 80 degrees.",
            "doubled",
            "",
        ),
    ],
)
def test_what_is_worked_out_is_compared_with_its_figures(right: str, wrong: str, words: str, summary: str) -> None:
    assert report("wrong-arithmetic", right, summary) == []
    assert report("wrong-arithmetic", wrong, summary) == [words]


@pytest.mark.parametrize(
    ("right", "wrong", "words", "summary"),
    [
        (
            "The guideline allows 10 visits. The 12 visits requested go beyond that number.",
            "The guideline allows 10 visits. The 12 visits requested stay within that number.",
            "12 visits requested stay within that number",
            "",
        ),
        (
            "The guidelines recommend 24 visits over 16 weeks. The 12 visits requested are within that limit.",
            "The guidelines recommend 24 visits over 16 weeks. The 12 visits requested are in excess of that limit.",
            "12 visits requested are in excess of that limit",
            "",
        ),
    ],
)
def test_a_number_is_compared_with_its_limit(right: str, wrong: str, words: str, summary: str) -> None:
    assert report("misjudged-limit", right, summary) == []
    assert report("misjudged-limit", wrong, summary) == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        "The guideline allows a total of up to 18 visits over 8 weeks, after a trial of 6 visits.",
        "Of a total of 12 visits, 6 were attended.",
        "She was seen twice by a surgeon, and her grip is 20 kg on the right.",
        "She has completed six visits, and 12 more visits are requested.",
        "Norco 10/325 mg is taken every 6 hours, and her pain is 4/10.",
        "The MRI showed a 3 mm protrusion at L4-5 and a 5 mm protrusion at L5-S1.",
        "Physical therapy two to three times a week for 4 to 6 weeks comes to 8 to 18 visits.",
        "She made 12 visits to the clinic, 6 of them for therapy.",
        "Her two complaints, pain and stiffness of the shoulder, neck, and back, persist.",
        "She takes the following: Norco, Flexeril, and naproxen.",
        "Two of the criteria are met: pain, weakness, and numbness of the left leg in the records of one visit.",
        "The request exceeds the guideline recommendation by far.",
        "The three requested items are: an MRI of the neck and back with and without contrast, and therapy.",
        "Her pain fell from 8/10 to 5/10 with Norco, and 30 percent of the tablets are left.",
        "(2) Length of the rental: 30 days are 9 more than 21.",
        "Criteria (1) to (4) are met, and (5) two plus two weeks make four.",
        "Her pain fell from 7 to 4, elevation had gained 30 degrees, and the grip was equal.",
        "The block gave 80% relief for a month, her Norco cut from six tablets a day to four.",
        "(3) No more than two years past the injury: 14 months, and two years are far away.",
    ],
)
def test_other_numbers_are_left_alone(sentence: str) -> None:
    assert report("wrong-arithmetic", sentence) == []


@pytest.mark.parametrize(
    ("right", "wrong", "words", "summary"),
    [
        (
            "Eleven weeks had gone by since the accident when she was seen on 06-06-2017.",
            "Thirty weeks had gone by since the accident when she was seen on 06-06-2017.",
            "Thirty weeks",
            "",
        ),
        (
            "The visit of 06-06-2017 was eleven weeks after the injury.",
            "The visit of 06-06-2017 was four weeks after the injury.",
            "four weeks",
            "",
        ),
        (
            "Tramadol, now in its fourth month of use, has not helped.",
            "Tramadol, now in its ninth month of use, has not helped.",
            "ninth month",
            "She has used tramadol since 04-10-2017.",
        ),
        (
            "The shoulder injection was given five weeks before the visit of 06-06-2017.",
            "The shoulder injection was given five months before the visit of 06-06-2017.",
            "five months",
            "A steroid injection of the right shoulder was given on 05-02-2017.",
        ),
        (
            "Gabapentin has been used for two years.",
            "Gabapentin has been used for six years.",
            "six years",
            "She has taken gabapentin since 2015.",
        ),
        (
            "She has by now been on gabapentin for over a year.",
            "She has by now been on gabapentin for barely a month.",
            "a month",
            "She has taken gabapentin since 2015.",
        ),
        (
            "It is now three months since the surgery.",
            "It is now eleven months since the surgery.",
            "eleven months",
            "Surgery of the right shoulder was done on 05-02-2017.",
        ),
        (
            "Two years of gabapentin have not helped.",
            "Seven years of gabapentin have not helped.",
            "Seven years",
            "She has taken gabapentin since 2015.",
        ),
        (
            "Norco, which she has been taking for three years, does not help.",
            "Norco, which she has been taking for eight years, does not help.",
            "eight years",
            "She has used Norco since June of 2014.",
        ),
        (
            "The MRI of 05-02-2016 was more than a year old when she was seen on 06-06-2017.",
            "The MRI of 05-02-2016 was more than three years old when she was seen on 06-06-2017.",
            "three years",
            "",
        ),
        (
            "Within four days of the accident, on 03-24-2017, radiographs were taken.",
            "Within four days of the accident, on 05-24-2017, radiographs were taken.",
            "four days",
            "",
        ),
        (
            "She has been off work for about four months.",
            "She has been off work for about four weeks.",
            "four weeks",
            "She has not worked since March of 2017.",
        ),
    ],
)
def test_a_length_of_time_is_compared_with_the_dates(right: str, wrong: str, words: str, summary: str) -> None:
    assert report("wrong-duration", right, summary) == []
    assert report("wrong-duration", wrong, summary) == [words]


@pytest.mark.parametrize(
    ("sentence", "summary"),
    [
        ("Muscle relaxants should be used for no more than two weeks after an injury.", ""),
        ("She is to return in six weeks.", ""),
        ("She was seen 12 weeks after surgery.", "A left carpal tunnel release was done in 2009."),
        ("She smoked for twenty years before the injury.", ""),
        ("Gabapentin was prescribed for ten days.", "She has taken gabapentin since 2015."),
        ("She took gabapentin for three weeks in 2013.", "She has taken gabapentin since 2015."),
        ("She has taken gabapentin for at least two years.", "She has taken gabapentin since at least 2016."),
        ("She has had three weeks of therapy since the injection.", "An injection was given on 05-02-2017."),
        ("Surgery may be considered three months after the injury.", ""),
        ("The guideline asks for six months of care after the accident.", ""),
        ("The ten-year-old scar has healed.", ""),
        ("In two weeks she will be six months past the injury.", ""),
        ("Norco for three years and then gabapentin have been tried.", "She has used Norco since 2015."),
        ("She fell again ten days after the first injury.", ""),
    ],
)
def test_other_lengths_of_time_are_left_alone(sentence: str, summary: str) -> None:
    assert report("wrong-duration", sentence, summary) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Strength of the deltoid was 7/5.", ["7/5"]),
        ("Strength of the deltoid was 4/5.", []),
        ("Deep tendon reflexes were 6/4 at both knees.", ["6/4"]),
        ("Deep tendon reflexes were 2/4 at both knees.", []),
        ("The PHQ-9 score was 31.", ["31"]),
        ("The PHQ-9 score was 13.", []),
        ("Her Oswestry score is 112 percent.", ["112 percent"]),
        ("Her Oswestry score is 42 percent.", []),
        ("Her pain was 12 on a scale of 10.", ["12 on a scale of 10"]),
        ("Shoulder flexion was 100 degrees, abduction 90 degrees, flexion 120 degrees.", ["flexion 120 degrees"]),
        ("Abduction was 30 degrees and adduction within normal limits.", []),
        (
            "Flexion was 30 degrees, extension 5 degrees, and flexion within normal limits.",
            ["flexion within normal limits"],
        ),
    ],
)
def test_a_value_lies_on_its_scale(sentence: str, words: list[str]) -> None:
    assert report("impossible-finding", "More visits are not needed.", sentence) == words


@pytest.mark.parametrize(
    ("right", "wrong", "words", "summary"),
    [
        (
            "The worker has attended six sessions without relief.",
            "The worker has attended nine sessions without relief.",
            "nine sessions",
            "",
        ),
        (
            "Eight visits of acupuncture were completed before.",
            "Ten visits of acupuncture were completed before.",
            "Ten visits",
            "She received 8 sessions of acupuncture.",
        ),
        (
            "She has had at least 4 visits of physical therapy.",
            "She has had at least 14 visits of physical therapy.",
            "14 visits",
            "",
        ),
        (
            "She has had ten visits of acupuncture.",
            "She has had nine visits of acupuncture.",
            "nine visits",
            "She has had 4 visits of acupuncture. She then underwent 6 visits of acupuncture.",
        ),
    ],
)
def test_visits_that_took_place_are_those_of_the_summary(right: str, wrong: str, words: str, summary: str) -> None:
    assert report("wrong-visit-count", right, summary) == []
    assert report("wrong-visit-count", wrong, summary) == [words]


@pytest.mark.parametrize(
    "sentence",
    [
        "She was approved for 8 sessions of physical therapy.",
        "The guidelines recommend 10 visits of physical therapy after which progress has been reviewed.",
        "Should she have completed 9 visits, more may be considered.",
        "She has had 9 visits with a psychologist.",
        "An additional 8 sessions were requested after she completed therapy.",
    ],
)
def test_other_visits_are_left_alone(sentence: str) -> None:
    assert report("wrong-visit-count", sentence) == []


@pytest.mark.parametrize(
    ("right", "wrong", "words", "summary"),
    [
        (
            "OxyContin 40 mg twice a day equals 120 mg of morphine a day.",
            "OxyContin 40 mg twice a day equals 160 mg of morphine a day.",
            "160 mg",
            "",
        ),
        (
            "The morphine equivalent dose is 40 mg.",
            "The morphine equivalent dose is 90 mg.",
            "90 mg",
            "She takes Norco 10/325 mg, 1 tablet every 6 hours.",
        ),
        (
            "Her MED is 100.",
            "Her MED is 160.",
            "160",
            "She takes Norco 10/325 mg four times a day and OxyContin 20 mg twice a day.",
        ),
        (
            "The Norco alone makes 40 mg of morphine a day.",
            "The Norco alone makes 75 mg of morphine a day.",
            "75 mg",
            "She takes Norco 10/325 mg four times a day and OxyContin 20 mg twice a day.",
        ),
    ],
)
def test_a_dose_of_morphine_follows_from_the_opioids(right: str, wrong: str, words: str, summary: str) -> None:
    assert report("wrong-morphine-equivalent", right, summary) == []
    assert report("wrong-morphine-equivalent", wrong, summary) == [words]


@pytest.mark.parametrize(
    ("sentence", "summary"),
    [
        ("The guideline sets a limit of 100 mg MED.", "She takes Norco 10/325 mg four times a day."),
        ("Her MED is 160 mg.", "She takes Norco 10/325 mg four times a day and OxyContin 20 mg."),
        ("Her MED is 160 mg.", "She takes opioids."),
        ("Doses of more than 120 mg of morphine should be avoided.", "She takes Norco 10/325 mg four times a day."),
    ],
)
def test_other_doses_of_morphine_are_left_alone(sentence: str, summary: str) -> None:
    assert report("wrong-morphine-equivalent", sentence, summary) == []


# Written after those above, to see what else is found: the rules that report the wrong one differ.
@pytest.mark.parametrize(
    ("right", "wrong", "summary"),
    [
        (
            "The 12 requested visits would bring her to 18.",
            "The 12 requested visits would bring her to 20.",
            "",
        ),
        (
            "Six and twelve is eighteen, more than the guideline allows.",
            "Six and twelve is twenty, more than the guideline allows.",
            "",
        ),
        (
            "With the six she has had, 12 more would mean 18 visits.",
            "With the six she has had, 12 more would mean 24 visits.",
            "",
        ),
        (
            "She would have had 18 visits in all, 6 before and 12 now.",
            "She would have had 22 visits in all, 6 before and 12 now.",
            "",
        ),
        (
            "Two visits a week over six weeks, or 12 in total, are requested.",
            "Two visits a week over six weeks, or 16 in total, are requested.",
            "",
        ),
        (
            "Sixty tablets at two a day is a one-month supply.",
            "Sixty tablets at two a day is a two-month supply.",
            "",
        ),
        (
            "The pain score dropped by half, from 8/10 to 4/10.",
            "The pain score dropped by half, from 8/10 to 6/10.",
            "",
        ),
        (
            "Her pain went down three points, from 7 to 4 out of 10.",
            "Her pain went down five points, from 7 to 4 out of 10.",
            "",
        ),
        (
            "Her pain went from 8/10 to 6/10, which is a 25% reduction.",
            "Her pain went from 8/10 to 6/10, which is a 50% reduction.",
            "",
        ),
        (
            "The guideline allows up to 10 visits, two fewer than the 12 requested.",
            "The guideline allows up to 10 visits, five fewer than the 12 requested.",
            "",
        ),
        (
            "At 47 the worker is younger than 50.",
            "At 47 the worker is older than 50.",
            "",
        ),
        (
            "The guideline allows 10 visits, and 12 are requested, which is above the limit.",
            "The guideline allows 20 visits, and 12 are requested, which is above the limit.",
            "",
        ),
        (
            "Flexion of 100 degrees is 80 degrees short of the normal 180 degrees.",
            "Flexion of 100 degrees is 60 degrees short of the normal 180 degrees.",
            "",
        ),
        (
            "Grip is 20 kg on the right and 30 kg on the left, a difference of 10 kg.",
            "Grip is 20 kg on the right and 30 kg on the left, a difference of 15 kg.",
            "",
        ),
        (
            "The injury was less than six months before the decision.",
            "The injury was more than a year before the decision.",
            "",
        ),
        (
            "Nearly five months have gone by since the injury.",
            "Nearly two years have gone by since the injury.",
            "",
        ),
        (
            "The worker was hurt on 03-22-2017, about eleven weeks before she was examined on 06-06-2017.",
            "The worker was hurt on 03-22-2017, about twenty weeks before she was examined on 06-06-2017.",
            "",
        ),
        (
            "Eleven weeks passed between the injury and the visit of 06-06-2017.",
            "Twenty-five weeks passed between the injury and the visit of 06-06-2017.",
            "",
        ),
        (
            "By 06-06-2017 she had used tramadol for about two months.",
            "By 06-06-2017 she had used tramadol for about nine months.",
            "She has used tramadol since 04-10-2017.",
        ),
        (
            "She had been on tramadol for eight weeks when seen on 06-06-2017.",
            "She had been on tramadol for four weeks when seen on 06-06-2017.",
            "She started tramadol on 04-10-2017.",
        ),
        (
            "Tramadol was begun two months before the visit of 06-06-2017.",
            "Tramadol was begun nine months before the visit of 06-06-2017.",
            "She started tramadol on 04-10-2017.",
        ),
        (
            "At the visit of 06-06-2017, five weeks after the injection, there was no relief.",
            "At the visit of 06-06-2017, fifteen weeks after the injection, there was no relief.",
            "A steroid injection of the right shoulder was given on 05-02-2017.",
        ),
        (
            "She remains off work, now for more than four months.",
            "She remains off work, now for more than fourteen months.",
            "She has not worked since March of 2017.",
        ),
        (
            "The MRI is fifteen months old.",
            "The MRI is four years old.",
            "An MRI of the shoulder was done in May of 2016.",
        ),
        (
            "The last MRI was done over a year ago.",
            "The last MRI was done over five years ago.",
            "An MRI of the shoulder was done on 05-02-2016.",
        ),
        (
            "She has had symptoms for less than six months.",
            "She has had symptoms for more than two years.",
            "",
        ),
        (
            "She is five weeks out from surgery, as of 06-06-2017.",
            "She is nine months out from surgery, as of 06-06-2017.",
            "Surgery of the right shoulder was done on 05-02-2017.",
        ),
        (
            "As of 06-06-2017 she was five weeks post-op.",
            "As of 06-06-2017 she was thirty weeks post-op.",
            "Surgery of the right shoulder was done on 05-02-2017.",
        ),
        (
            "Two of three drugs failed; one is left.",
            "Two of three drugs failed; two are left.",
            "",
        ),
    ],
)
def test_further_wordings_are_told_apart(right: str, wrong: str, summary: str) -> None:
    assert [found for name in NUMBERS for found in report(name, right, summary)] == []
    assert [found for name in NUMBERS for found in report(name, wrong, summary)]
