import re
from collections.abc import Iterator, Sequence

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    Sentence,
    annotation,
    knowledge,
    quote,
)

# Before the name of a treatment: that the worker had it.
HAD = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier', 'had')}|recent|failed|despite)\b"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)
# Before the name of a treatment: that the worker did not have it, or that it was only granted.
NEGATED = Pattern(rf"\b{knowledge.wordings.any_of('negation', 'granted')}\b[^.;]{{0,140}}$", re.IGNORECASE)
# In a sentence of the summary: that a study was only requested.
REQUESTED = Pattern(rf"\b{knowledge.wordings.any_of('wanted', 'refused', 'non-certified', 'refusal')}\b", re.IGNORECASE)
# Diseases that the worker may have beside the injury; narrower ones are meant, too.
DISEASES = frozenset((
    "cardiovascular disorder", "respiratory disorder", "renal or hepatic disorder", "diabetes", "obesity",
    "rheumatic disease", "osteoporosis", "fibromyalgia", "stroke", "seizure", "sleep apnea",
    "gastroesophageal reflux", "substance use disorder", "tobacco use", "alcohol use", "tumor",
))  # fmt: skip
# Behind the name of a disease that might be: "uncontrolled hypertension would be a reason to withhold it".
WOULD_BE = Pattern(r"^ (?:would|could|might|may)\b", re.IGNORECASE)
STEM = 5  # letters that two forms of a word have in common
NAME = re.compile(r"[a-z]{4,}")
HABITUAL = knowledge.function_words.members("adverb of habit")
ABOUT_WORKER = Pattern(rf"\b{knowledge.wordings.any_of('worker', 'pronoun')}\b", re.IGNORECASE)
MISSING = {
    "study": "reports no such study",
    "treatment": "tells of no such treatment that was done",
    "disease": "mentions no such disease",
    "sign": "names no such sign",
    "operation": "tells of no such operation",
    "accident": "tells of no such accident",
}


class UnsupportedFact(Rule):
    """The rationale tells of a study, treatment, disease, sign or accident that the summary does not mention.

    "The MRI does not support the diagnosis" although the summary has no MRI, or only a request for one:
    the fact comes from another case, or the summary is incomplete. Guideline text, quotations
    and what only might be are not counted as facts of the case.

    ```diff
    -toe and loss of sensation over the left foot, which point to the fifth lumbar root, and six
    +toe, and the EMG of the left leg showed damage of the fifth lumbar root, and six
    ```

    ```findings
    "EMG of the left leg showed" "EMG of the left leg showed" here, but the summary reports no such study
      "Utilization review on 06-20-2017 non-certified the requests." the summary ends here
    ```
    """

    code = "RAT015"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        summary = reading.summary
        if summary is None or not summary.sentences:
            return
        for item in reading.items:
            if item.rationale is None:
                continue
            seen = set()
            for what, place in (
                *_unsupported_studies(item.rationale, summary),
                *_untold_studies(item.rationale, reading.told),
                *_unsupported_treatments(item.rationale, summary),
                *_unsupported_diseases(item.rationale, summary),
                *_unsupported_conditions(item.rationale, reading.told),
                *_unsupported_signs(item.rationale, summary),
                *_unsupported_accidents(item.rationale, summary),
            ):
                if what not in seen:
                    seen.add(what)
                    message = f"{quote(place.text)} here, but the summary {MISSING[what]}"
                    note = Note(summary.sentences[-1].place.span, "the summary ends here")
                    yield Finding(place.span, message, notes=(note,))


def _factual_sentences(rationale: Passage) -> Iterator[Sentence]:
    """The sentences on the case, outside quotation marks."""
    for sentence in rationale.case_sentences:
        if not sentence.is_quoted(sentence.place.start) and not sentence.speaks_for_guideline:
            yield sentence


def _unsupported_studies(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    for place, study in annotation.find_study_results(rationale):
        if not annotation.has_study(summary, study):
            yield "study", place


def _untold_studies(rationale: Passage, told: Sequence[Passage]) -> Iterator[tuple[str, Place]]:
    """Studies that were done, of which the summary and the titles name none of their kind, not even as requested."""
    known = {study.name for each in told for _, study in each.treatments}
    for record in annotation.find_recorded_studies(rationale):
        if known.isdisjoint(study.name for _, study in rationale.treatments_in(record.place)) and not any(
            each.term.is_akin(record.term) for passage in told for each in passage.records
        ):
            yield "study", record.place


def _unsupported_treatments(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    """Treatments that the worker is said to have had, where the summary tells of none of their kind that was done."""
    for record in rationale.records:
        sentence = rationale.sentence_of(record.place)
        told = sentence.is_of_case and not sentence.speaks_for_guideline and not sentence.is_general
        if (
            told
            and record.term.kind is annotation.TermKind.TREATMENT
            and record.polarity is annotation.Polarity.AFFIRMED
            and not NEGATED.search(record.place.before)
            and HAD.search(record.place.before)
            and not sentence.is_quoted(record.place.start)
            and not annotation.names_condition(record.place.before)
            and HABITUAL.isdisjoint(sentence.lower.split())
            and not any(_is_support(each, record) for each in summary.records)
        ):
            yield "treatment", record.place


def _is_support(record: annotation.Record, told: annotation.Record) -> bool:
    """Whether a record of the summary is of a treatment of the same kind, or a wider one, that was not only requested."""
    if record.polarity is annotation.Polarity.AFFIRMED:
        return record.term.is_within(told.term) or told.term.is_within(record.term)
    return record.term.is_within(told.term) and not REQUESTED.search(record.place.sentence.text)


def _unsupported_diseases(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    """Diseases that the worker is said to have, where the summary names none of their kind, nor uses the same words."""
    known = summary.lower
    for record in rationale.records:
        sentence = rationale.sentence_of(record.place)
        place = record.place
        if (
            record.term.within & DISEASES
            and record.polarity is annotation.Polarity.AFFIRMED
            and ABOUT_WORKER.search(place.before)
            and not sentence.names_guideline
            and sentence in _factual_sentences(rationale)
            and not WOULD_BE.match(place.after)
            and not annotation.names_condition(place.before)
            and place.lower not in known
            and not any(each.term.is_akin(record.term) for each in summary.records)
        ):
            yield "disease", place


def _unsupported_conditions(rationale: Passage, told: Sequence[Passage]) -> Iterator[tuple[str, Place]]:
    """Diseases and operations that are called the worker's own, of which the summary and the titles say nothing."""
    known: set[str] | None = None
    for record in annotation.find_own_history(rationale):
        borne_out = [each for passage in told for each in passage.records if annotation.bears_out(each, record)]
        if any(each.polarity is not annotation.Polarity.DENIED for each in borne_out):
            continue
        if known is None:
            known = {word[:STEM] for each in told for word in NAME.findall(each.lower)}
        is_named = all(word[:STEM] in known for word in NAME.findall(record.place.lower))
        if borne_out or not is_named:
            yield "operation" if record.term.is_operative else "disease", record.place


def _unsupported_signs(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    """Signs that are said to be positive, where the summary names none of them."""
    known = {each.name for each in summary.sign_results}
    text = summary.lower
    for result in rationale.sign_results:
        sentence = rationale.sentence_of(result.place)
        if (
            result.is_positive
            and result.name not in known
            and result.name not in text
            and annotation.is_of_case(sentence, result.place)
            and not sentence.names_guideline
            and not sentence.is_quoted(result.place.start)
            and not annotation.names_condition(result.place.before)
        ):
            yield "sign", result.place


def _unsupported_accidents(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    """What happened to the worker, where the summary has no word of an accident of that kind."""
    for kind, place in annotation.find_accidents(rationale):
        if not annotation.names_accident(summary, kind):
            yield "accident", place
