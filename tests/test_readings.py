"""What a letter is read as: one Reading, printable, each annotation at its place."""

from __future__ import annotations

import dataclasses
import gc
import json
import re
import weakref
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import imrlint
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.engine import linter
from imrlint.output.readings import describe_reading
from imrlint.parser import parse
from imrlint.reading import Reading, syntax, tokens
from imrlint.reading.annotation import Polarity, SentenceKind
from imrlint.reading.items import Item
from imrlint.reading.morphology import Tag, find_lemma, guess_tag
from imrlint.reading.passage import Passage
from imrlint.reading.sentences import Sentence
from imrlint.reading.timeline import Event, Role
from imrlint.settings.config import Config

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
SCHEMA = json.loads((Path(str(imrlint.__file__)).parent / "output" / "readings.schema.json").read_text("utf-8"))


def read(path: Path) -> Reading:
    return Reading(parse(Source(path.read_text(encoding="utf-8"), path.name)))


def placed(data: Any) -> list[dict[str, Any]]:
    """Every object that has a place."""
    if isinstance(data, list):
        return [found for each in data for found in placed(each)]
    if isinstance(data, dict):
        own = [data] if "start" in data and "text" in data else []
        return own + [found for each in data.values() for found in placed(each)]
    return []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_readings_follow_their_schema(path: Path) -> None:
    jsonschema.validate(describe_reading(read(path)), SCHEMA)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_annotation_stands_where_it_says(path: Path) -> None:
    reading = read(path)
    text = reading.letter.source.text
    found = placed(describe_reading(reading))
    assert len(found) > 500
    for each in found:
        there = text[each["start"] : each["end"]]
        assert "".join(there.split()).replace("-", "") == "".join(each["text"].split()).replace("-", ""), each


BESIDE = {  # what no example has
    "is_telegraphic",
    "blanks",
    "identifiers",
    "hidden_identifiers",
    "secrets",
    "doubts",
    "lone_sides",
    "departures",
    "other_spellings",
    "unusual_citations",
}


def test_each_kind_of_annotation_is_found_somewhere() -> None:
    """An annotation that no example has would be untested."""
    described = [describe_reading(read(path)) for path in EXAMPLES]
    whole = {key for data in described for key, value in data.items() if value}
    inner = {key for data in described for passage in data["passages"] for key, value in passage.items() if value}
    assert whole == set(SCHEMA["properties"]) - BESIDE
    assert inner == set(SCHEMA["$defs"]["passage"]["properties"])


# Where the output has each property of a Reading and of its parts.
PRINTED: dict[type, dict[str, str]] = {
    Reading: {
        "passages": "passages",
        "titles": "passages",
        "written": "passages",
        "summary": "summary",
        "items": "items",
        "citations": "citations",
        "citation_format": "citation_format",
        "is_telegraphic": "is_telegraphic",
        "dates": "passages.dates",
        "timeline": "timeline",
        "injury": "injury",
        "told": "passages",
        "account": "passages",
        "lone_sides": "lone_sides",
        "mechanism": "mechanism",
        "stated_sex": "passages.stated_sex",
        "background": "background",
        "misspellings": "misspellings",
        "composed": "passages",
        "doubts": "doubts",
        "wordings": "wordings",
        "departures": "departures",
        "other_spellings": "other_spellings",
        "unusual_citations": "unusual_citations",
        "identifiers": "identifiers",
        "hidden_identifiers": "hidden_identifiers",
        "secrets": "secrets",
        "blanks": "blanks",
    },
    Passage: {
        "text": "passages.text",
        "lower": "passages.text",
        "tokens": "passages.tokens",
        "quotations": "passages.quotations",
        "is_telegraphic": "is_telegraphic",
        "sentences": "passages.sentences",
        "case_sentences": "passages.sentences.kind",
        "repeats": "passages.repeats",
        "phrase_slips": "passages.phrase_slips",
        "figures": "passages.text",
        "drugs": "passages.drugs",
        "preparations": "passages.preparations",
        "treatments": "passages.treatments",
        "parts": "passages.parts",
        "sites": "passages.parts",
        "particulars": "passages.particulars",
        "amounts": "passages.amounts",
        "dates": "passages.dates",
        "ages": "passages.ages",
        "stated_sex": "passages.stated_sex",
        "pronouns": "passages.pronouns",
        "periods": "passages.periods",
        "quantities": "passages.quantities",
        "calculations": "passages.calculations",
        "changes": "passages.changes",
        "comparisons": "passages.comparisons",
        "beginnings": "passages.beginnings",
        "durations": "passages.durations",
        "past_visits": "passages.past_visits",
        "opioid_doses": "passages.opioid_doses",
        "morphine_claims": "passages.morphine_claims",
        "enumerations": "passages.enumerations",
        "sign_results": "passages.sign_results",
        "ratings": "passages.ratings",
        "records": "passages.records",
        "recorded": "passages.records",
        "scopes": "passages.scopes",
        "absences": "passages.absences",
        "responses": "passages.responses",
        "treatment_events": "passages.treatment_events",
        "verdicts": "passages.verdicts",
        "conclusion": "passages.conclusion",
        "references": "passages.references",
    },
    Sentence: {
        "text": "passages.sentences.text",
        "lower": "passages.sentences.text",
        "words": "passages.tokens",
        "kind": "passages.sentences.kind",
        "is_of_case": "passages.sentences.kind",
        "score": "passages.sentences.score",
        "states_fact": "passages.sentences.states_fact",
        "speaks_for_guideline": "passages.sentences.speaks_for_guideline",
        "names_guideline": "passages.sentences.names_guideline",
        "is_general": "passages.sentences.is_general",
        "is_opioid_notice": "passages.sentences.is_opioid_notice",
    },
    Item: {
        "dispute": "items.text",
        "title": "items.text",
        "portions": "items.portions",
        "disputed": "items.portions",
        "rationale": "items.rationale",
        "kind": "items.kind",
        "is_drug": "items.kind",
        "drugs": "items.drugs",
        "treatments": "items.treatments",
        "regions": "items.regions",
        "sites": "items.parts",
        "sides": "items.sides",
        "numbers": "items.numbers",
        "visits": "items.visits",
        "names": "items.names",
    },
    Event: {
        "mention": "timeline.text",
        "place": "timeline.text",
        "day": "timeline.day",
        "role": "timeline.role",
        "is_record": "timeline.is_record",
        "is_of_the_injury": "timeline.is_of_the_injury",
        "is_request": "timeline.is_request",
        "is_authorization": "timeline.is_authorization",
        "is_history": "timeline.is_history",
        "is_called_earlier": "timeline.is_called_earlier",
    },
}


@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.__name__)
def test_every_property_is_printed(kind: type) -> None:
    """A new property needs a place in the output, and a line in the table above that says which."""
    fields = [each.name for each in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []
    fields += getattr(kind, "_fields", ())
    properties = [name for name, value in vars(kind).items() if isinstance(value, (property, cached_property))]
    assert {name for name in (*fields, *properties) if not name.startswith("_")} == set(PRINTED[kind])
    described = [describe_reading(read(path)) for path in EXAMPLES]
    for path in PRINTED[kind].values():
        found: list[Any] = described
        for key in path.split("."):
            found = [each for data in found for each in (data[key] if isinstance(data[key], list) else [data[key]])]
        assert found or path in BESIDE, path


def test_an_annotation_is_made_once() -> None:
    reading = read(EXAMPLES[0])
    rationale = reading.items[0].rationale
    assert rationale is not None
    assert rationale.verdicts is rationale.verdicts
    assert reading.passage(rationale.prose) is rationale
    assert reading.passage(Prose(rationale.prose.source, rationale.prose.span)) is rationale
    assert reading.item(reading.letter.disputes[0]) is reading.items[0]


def test_a_reading_is_gone_with_its_letter() -> None:
    reading = read(EXAMPLES[0])
    describe_reading(reading)
    gone: list[weakref.ref[Any]] = [weakref.ref(reading), weakref.ref(reading.letter)]
    gone.append(weakref.ref(reading.items[0].title))
    del reading
    gc.collect()
    assert [each() for each in gone] == [None] * 3


def test_a_place_is_known_in_both_coordinates() -> None:
    text = "CLINICAL CASE SUMMARY\n\nThere is pain in the left\n  shoulder. He denies numbness."
    reading = Reading(parse(Source(text)))
    passage = next(each for each in reading.passages if "shoulder" in each.text)
    (site,) = passage.sites
    assert site.place.text == "shoulder"
    assert text[slice(*site.place.span)] == "shoulder"
    assert site.place.before == "There is pain in the left "
    assert site.place.sentence.text == "There is pain in the left shoulder."
    numbness = passage.place(passage.text.index("numbness"), len(passage.text) - 1)
    assert passage.judge_polarity(numbness) is Polarity.DENIED
    assert passage.judge_polarity(site.place) is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "kind", "sign"),
    [
        ("The patient has had six visits of therapy.", SentenceKind.CASE, 1),
        ("The guidelines recommend a short course.", SentenceKind.GUIDELINE, -1),
        ("Heat is soothing.", SentenceKind.UNKNOWN, 0),
    ],
)
def test_a_sentence_is_of_the_case_of_a_guideline_or_unknown(text: str, kind: SentenceKind, sign: int) -> None:
    reading = Reading(parse(Source(text)))
    (sentence,) = reading.passages[0].sentences
    assert sentence.kind is kind
    assert (sentence.score > 0) - (sentence.score < 0) == sign


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("injections", "injection"), ("studies", "study"), ("denied", "deny"), ("recommended", "recommend"),
        ("requires", "require"), ("requiring", "require"), ("stopped", "stop"), ("underwent", "undergo"),
        ("diagnosis", "diagnosis"), ("diagnoses", "diagnosis"), ("was", "be"), ("pain", "pain"), ("pelvis", "pelvis"),
        ("taking", "take"), ("managed", "manage"), ("seen", "see"), ("process", "process"), ("reflexes", "reflex"),
    ],
)  # fmt: skip
def test_a_word_has_its_lemma(word: str, lemma: str) -> None:
    assert find_lemma(word) == lemma


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("the", Tag.ARTICLE), ("of", Tag.PREPOSITION), ("not", Tag.NEGATION), ("was", Tag.AUXILIARY),
        ("clinical", Tag.ADJECTIVE), ("clearly", Tag.ADVERB), ("radiculopathy", Tag.NOUN), ("denied", Tag.VERB),
        ("twelve", Tag.NUMBER), ("she", Tag.PRONOUN), ("although", Tag.CONJUNCTION), ("doesn't", Tag.NEGATION),
        ("shoulder", Tag.NOUN),
    ],
)  # fmt: skip
def test_a_word_has_a_coarse_part_of_speech(word: str, tag: Tag) -> None:
    assert guess_tag(word) is tag


def test_a_span_of_a_gap_is_the_gap() -> None:
    source = Source("one\n\n  two")
    reading = Reading(parse(source))
    prose = reading.passages[0].prose
    assert prose.text == "one two"
    assert prose.place(3, 4).span == Span(3, 7)


@pytest.mark.parametrize(
    "foreign", ["\u0130\u0130\u0130", "\u00df\u00df\u1e9e", "\ufb01\ufb01\ufb01", "e\u0301I\u0307n\u0303"]
)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_foreign_letters_move_no_annotation(path: Path, foreign: str) -> None:
    """Some letters are longer in lower case than in upper case."""
    plain = read(path)
    text = plain.letter.source.text
    assert plain.summary is not None
    at = plain.summary.sentences[1].place.span.start
    length = len(foreign) + 2
    changed = Reading(parse(Source(f"{text[:at]}{foreign}. {text[at:]}", path.name)))

    def shift(start: int, end: int) -> tuple[int, int]:
        return start + length * (start >= at), end + length * (end > at)

    kinds = ("records", "pronouns", "stated_sex", "verdicts", "references")
    for before, after in zip(plain.passages, changed.passages, strict=True):
        for kind in kinds:
            expected = [(*shift(*each.place.span), each.place.text) for each in getattr(before, kind)]
            assert [(*each.place.span, each.place.text) for each in getattr(after, kind)] == expected, kind
        polarities = [each.polarity for each in before.records]
        assert [each.polarity for each in after.records] == polarities
        assert after.tokens.distinct >= before.tokens.distinct

    def find_diagnostics(reading: Reading) -> list[tuple[str, int, int]]:
        report = linter.lint(reading, Config().active_rules())
        return [(each.code, *each.finding.span) for each in report.diagnostics]

    of_insertion = [each for each in find_diagnostics(changed) if at <= each[1] < at + length]
    rest = [each for each in find_diagnostics(changed) if each not in of_insertion]
    assert rest == [(name, *shift(start, end)) for name, start, end in find_diagnostics(plain)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The date of injury is 1/5/2015.", Role.INJURY),
        ("A previous industrial injury occurred on 1/5/2015.", Role.OTHER),
        ("She sustained an injury from 1/5/2015 to 2/5/2015.", Role.OTHER),
        ("Surgery may follow 1/5/2015.", Role.UNKNOWN),
    ],
)
def test_a_date_of_something_else_is_not_an_unknown_date(text: str, role: Role) -> None:
    reading = Reading(parse(Source(text)))
    assert reading.timeline[0].role is role


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_annotations_of_a_place_are_those_that_begin_in_it(path: Path) -> None:
    """They are looked up in order, not one by one: a long passage must not take the square of its length."""
    for passage in read(path).passages:
        quoted = {at for each in passage.quotations for at in range(each.start, each.end)}
        assert {at for at in range(len(passage.text) + 1) if passage.is_quoted(at)} == quoted
        for sentence in passage.sentences:
            place = sentence.place
            assert list(passage.parts_in(place)) == [e for e in passage.parts if place.holds(e.place.start)]
            assert list(passage.treatments_in(place)) == [e for e in passage.treatments if place.holds(e.place.start)]
            assert list(sentence.quotations) == [each for each in passage.quotations if each.overlaps(place)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_words_of_plain_text_are_those_of_any_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8") + " L4-L5, x-ray- (a-b-.c) patient's '90s #60 and/or 5% -- 2/10."
    text = text.encode("ascii", "ignore").decode()
    for any_word, plain_word in ((tokens._WORD, tokens._ASCII_WORD), (syntax._WORD, syntax._ASCII_WORD)):
        assert [match.span() for match in any_word.finditer(text)] == [m.span() for m in plain_word.finditer(text)]


def test_the_sentences_with_a_word(clean: str) -> None:
    reading = Reading(parse(Source(clean)))
    assert reading.summary
    word = Pattern(r"\b(?:pain|worker)\b", re.IGNORECASE)
    expected = [each for each in reading.summary.sentences if word.search(each.text)]
    assert expected
    assert list(reading.summary.sentences_with(word)) == expected
