import re
from collections.abc import Container, Iterator, Sequence

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
    model,
    quote,
)

QUOTE = "[\"“']"
NORMAL = knowledge.function_words.alternatives("normal adjective")
# After the name of a study: that it was done, or what it showed.
SHOWED = Pattern(
    r"^(?: scan| study| studies| testing| report)?(?: of the (?:\w+ ){1,3}| of (?:\w+ ){1,3}| dated \S+"
    r"| performed \S+)? ?"
    rf"(?:(?:does|do|did) not |also |clearly )*(?:{knowledge.wordings.any_of('result')}|indicate[sd]?|support(?:s|ed)?"
    r"|document(?:s|ed)"
    r"|ruled out|exclude[sd]|had identified"
    rf"|(?:was|were) (?:{knowledge.wordings.any_of('performed')}"
    rf"|(?:(?:noted|found|reported|read|interpreted|described) (?:to be |as )?)?{QUOTE}?(?:{NORMAL}|positive)))\b",
    re.IGNORECASE,
)
# Behind the name of a study: that it does not show something, which is said of one that was read.
NOT = re.compile(r" (?:does|do|did) not\b")
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
DONE = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('result', 'performed')}|(?:was|were) (?:normal|negative|positive))\b",
    re.IGNORECASE,
)
# Behind the name of a study: its date, which is not that of the request for it.
DATED = Pattern(r"[^.;,]{0,40}\bdated\b", re.IGNORECASE)
# Studies that give a result of their own.
RESULTS = frozenset(("imaging", "electrodiagnosis", "laboratory test"))
# Diseases that the worker may have beside the injury; narrower ones are meant, too.
DISEASES = frozenset((
    "cardiovascular disorder", "respiratory disorder", "renal or hepatic disorder", "diabetes", "obesity",
    "rheumatic disease", "osteoporosis", "fibromyalgia", "stroke", "seizure", "sleep apnea",
    "gastroesophageal reflux", "substance use disorder", "tobacco use", "alcohol use", "tumor",
))  # fmt: skip
# Behind the name of a disease that might be: "uncontrolled hypertension would be a reason to withhold it".
WOULD_BE = Pattern(r"^ (?:would|could|might|may)\b", re.IGNORECASE)
# Before a name: that a rule names it as a condition.
UNDER = Pattern(rf"\b(?:{knowledge.wordings.any_of('condition')}|where)\b", re.IGNORECASE)
# Before the name of a disease or an operation: that it is the worker's own, or a time of the case.
OWNED = Pattern(
    rf"\b(?:(?P<own>his|her|their|(?:{knowledge.wordings.any_of('worker')})['’]s) (?:[\w-]+ ){{0,2}}"
    r"|(?:after|since|following|from) (?:the|this|an?) (?:[\w-]+ ){0,2}"
    rf"|(?P<has>(?:{knowledge.wordings.any_of('worker', 'pronoun')})(?: \w+){{0,2}} (?:has|had|have|suffer(?:s|ed)"
    r"|carries|developed|sustained) [^.;:]{0,60}))$",
    re.IGNORECASE,
)
# Behind the name of an operation: that it was made.
MADE = Pattern(rf" (?:that was )?(?:{knowledge.wordings.any_of('performed')})\b", re.IGNORECASE)
# Names of a whole class, of which more than one part of the body may be treated or hurt.
CLASSES = frozenset(("surgery", "operation", "musculoskeletal disorder", "trauma", "comorbidity"))
NEAR = 120  # characters before a name
STEM = 5  # letters that two forms of a word have in common
NAME = re.compile(r"[a-z]{4,}")
HABITUAL = knowledge.function_words.members("adverb of habit")
ABOUT_WORKER = Pattern(rf"\b{knowledge.wordings.any_of('worker', 'pronoun')}\b", re.IGNORECASE)
STUDIES = (
    model.RequestKind.IMAGING,
    model.RequestKind.ELECTRODIAGNOSTIC,
    model.RequestKind.OTHER,
    model.RequestKind.LABORATORY,
    model.RequestKind.CONSULTATION,
)
MISSING = {
    "study": "reports no such study",
    "treatment": "tells of no such treatment that was done",
    "disease": "mentions no such disease",
    "sign": "names no such sign",
    "operation": "tells of no such operation",
    "accident": "tells of no such accident",
}


# What may happen to a worker, by kind: who fell may also have slipped.
ACCIDENTS = tuple(
    Pattern(rf"\b(?:{knowledge.function_words.alternatives(kind)})\b", re.IGNORECASE)
    for kind in ("word of falling", "word of striking", "word of exertion", "word of crushing", "word of burning")
)
# Before a verb: that the worker is its subject.
SUBJECT = Pattern(
    rf"\b{knowledge.wordings.any_of('worker', 'pronoun')}(?: (?:{knowledge.function_words.alternatives('auxiliary')}))* $",
    re.IGNORECASE,
)
PAST = knowledge.function_words.members("past of an accident")
ASLEEP = Pattern(rf" (?:{knowledge.function_words.alternatives('word behind to fall')})\b", re.IGNORECASE)


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


def _mentions(
    rationale: Passage, kinds: Container[model.RequestKind]
) -> Iterator[tuple[Sentence, annotation.Mention[knowledge.treatments.Treatment]]]:
    """The treatments and tests of some kinds that the sentences on the case name."""
    for mention in rationale.treatments:
        sentence = rationale.sentence_of(mention.place)
        is_read = NOT.match(mention.place.after) and not (sentence.names_guideline or sentence.is_general)
        if (
            mention.meaning.kind in kinds
            and (is_read or annotation.is_of_case(sentence, mention.place))
            and not sentence.is_quoted(sentence.place.start)
        ):
            yield sentence, mention


def _unsupported_studies(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    for sentence, (place, study) in _mentions(rationale, STUDIES):
        showed = SHOWED.match(place.after)
        is_affirmed = sentence.judge_polarity(place) is annotation.Polarity.AFFIRMED
        if (
            showed
            and (is_affirmed or NOT.search(showed.group()))  # "the MRI does not show", but not "no MRI was done"
            and not UNDER.search(sentence.text)
            and not _has_done(summary, study)
        ):
            yield "study", rationale.place(place.start, place.end + showed.end())


def _has_done(summary: Passage, study: knowledge.treatments.Treatment) -> bool:
    """Whether the summary has a study as done: with a result, or at least not only as requested."""
    for place, named in summary.treatments:
        if named.name != study.name and not {named.name, study.name} <= annotation.NERVE_TESTS:
            continue
        sentence = summary.sentence_of(place)
        if sentence.judge_polarity(place) is annotation.Polarity.DENIED:
            continue
        if DONE.search(sentence.text) or DATED.match(place.after) or not REQUESTED.search(sentence.text):
            return True
    return False


def _untold_studies(rationale: Passage, told: Sequence[Passage]) -> Iterator[tuple[str, Place]]:
    """Studies that were done, of which the summary and the titles name none of their kind, not even as requested."""
    known = {study.name for each in told for _, study in each.treatments}
    for record in rationale.records:
        sentence = rationale.sentence_of(record.place)
        if (
            not record.term.within.isdisjoint(RESULTS)
            and record.polarity is annotation.Polarity.AFFIRMED
            and annotation.is_of_case(sentence, record.place)
            and not sentence.names_guideline
            and not UNDER.search(record.place.before)
            and known.isdisjoint(study.name for _, study in rationale.treatments_in(record.place))
            and not any(each.term.is_akin(record.term) for passage in told for each in passage.records)
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
            and not UNDER.search(record.place.before)
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
            and not UNDER.search(place.before)
            and place.lower not in known
            and not any(each.term.is_akin(record.term) for each in summary.records)
        ):
            yield "disease", place


def _unsupported_conditions(rationale: Passage, told: Sequence[Passage]) -> Iterator[tuple[str, Place]]:
    """Diseases and operations that are called the worker's own, of which the summary and the titles say nothing."""
    known: set[str] | None = None
    for record in rationale.records:
        term, place = record.term, record.place
        if not (term.is_operative or (term.kind is annotation.TermKind.FINDING and term.is_disease)):
            continue
        owned = OWNED.search(place.before[-NEAR:]) or (term.is_operative and MADE.match(place.after))
        sentence = rationale.sentence_of(place)
        if not owned or sentence.names_guideline or sentence.is_quoted(place.start):
            continue
        is_stated = record.polarity is annotation.Polarity.AFFIRMED and not UNDER.search(place.before)
        is_told_of = sentence.is_of_case or sentence.states_fact
        kind = owned.lastgroup
        if term.name in CLASSES and kind != "own":
            continue  # "after the operation": the one that is requested
        if kind == "has" and (not (is_stated and is_told_of) or sentence.is_general):
            continue
        borne_out = [each for passage in told for each in passage.records if _bears_out(each, record)]
        if any(each.polarity is not annotation.Polarity.DENIED for each in borne_out):
            continue
        if known is None:
            known = {word[:STEM] for each in told for word in NAME.findall(each.lower)}
        is_named = all(word[:STEM] in known for word in NAME.findall(place.lower))
        if borne_out or not is_named:
            yield "operation" if term.is_operative else "disease", place


def _bears_out(record: annotation.Record, told: annotation.Record) -> bool:
    """Whether a record is of what is told, or of a wider term that may mean it."""
    if record.term.is_within(told.term):
        return True
    is_near = record.term.name not in CLASSES or not told.regions or bool(record.regions & told.regions)
    return told.term.is_within(record.term) and is_near


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
            and not UNDER.search(result.place.before)
        ):
            yield "sign", result.place


def _unsupported_accidents(rationale: Passage, summary: Passage) -> Iterator[tuple[str, Place]]:
    """What happened to the worker, where the summary has no word of an accident of that kind."""
    for kind in ACCIDENTS:
        if kind.search(summary.text):
            continue
        for match in kind.finditer(rationale.text):
            place = rationale.place(*match.span())
            sentence = rationale.sentence_of(place)
            subject = SUBJECT.search(place.before)
            if (
                subject
                and place.lower in PAST
                and not ASLEEP.match(place.after)
                and (sentence.is_of_case or sentence.states_fact)
                and not sentence.names_guideline
                and not sentence.is_quoted(place.start)
                and sentence.judge_polarity(place) is annotation.Polarity.AFFIRMED
                and not UNDER.search(place.before)
            ):
                yield "accident", rationale.place(place.start - len(place.before) + subject.start(), place.end)
