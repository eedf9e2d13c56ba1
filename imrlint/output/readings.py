"""The output of `imrlint parse --readings`: the annotations of a letter as plain data.

Every annotation has its words as `text` and its place as `start` and `end`, offsets into the text of the letter.
An annotation that is printed elsewhere, with its words, is referred to by its place alone.
"""

from __future__ import annotations

import math
from datetime import date
from enum import Enum
from typing import Any

from imrlint.document.prose import Place
from imrlint.document.text import Source, Span
from imrlint.reading import Reading
from imrlint.reading.background import Background
from imrlint.reading.citations import Cited
from imrlint.reading.durations import Subject, Told
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.quantities import Quantity
from imrlint.reading.sentences import Sentence
from imrlint.reading.sites import Site

Data = dict[str, Any]


def describe_reading(reading: Reading) -> Data:
    """All annotations of a letter. The schema is `readings.schema.json`, beside this module."""
    passages = {each.prose: each for each in (*reading.passages, *reading.titles)}
    return {
        "path": reading.letter.source.name,
        "citation_format": reading.citation_format.name.lower(),
        "is_telegraphic": reading.is_telegraphic,
        "summary": _bounds(reading.summary.prose.span) if reading.summary else None,
        "passages": [_passage(each) for each in passages.values()],
        "items": [_item(each, reading) for each in reading.items],
        "citations": [_cited(each, reading.letter.source) for each in reading.citations],
        "timeline": [
            {
                **_at(event.place),
                "day": event.day.isoformat(),
                "role": event.role.name.lower(),
                "is_record": event.is_record,
                "is_of_the_injury": event.is_of_the_injury,
                "is_request": event.is_request,
                "is_authorization": event.is_authorization,
                "is_history": event.is_history,
                "is_called_earlier": event.is_called_earlier,
            }
            for event in reading.timeline
        ],
        "injury": _injury(reading),
        "strays": [
            {
                **_at(each.place),
                "kind": each.kind.value,
                "score": each.score,
                "likely": each.is_likely,
                "elsewhere": _at(each.contrast.place) if each.contrast else None,
            }
            for item in reading.items
            for each in reading.find_strays(item)
        ],
        "lone_sides": [
            {
                **_at(each.site.place),
                "score": each.score,
                "likely": each.is_likely,
                "elsewhere": [_at(other.place) for other in each.others],
            }
            for each in reading.lone_sides
        ],
        "background": _background(reading.background),
        "mechanism": sorted(reading.mechanism),
        "misspellings": [
            {
                **_at(each.token.place),
                "candidates": list(each.correction.candidates),
                "certain": each.correction.certain,
                "parts": list(each.parts) if each.parts else None,
            }
            for each in reading.misspellings
        ],
        "doubts": [
            {
                **_at(each.place),
                "kind": each.kind.value,
                "slip": each.slip.value,
                "offers": list(each.offers),
                "confidence": each.confidence,
                "likely": each.is_likely,
            }
            for each in reading.doubts
        ],
        "wordings": [{**_at(each.sentence), "words": " ".join(each.words)} for each in reading.wordings],
        "departures": [
            {
                **_at(each.place),
                "kind": each.kind.value,
                "written": each.written,
                "usual": each.usual,
                "known": each.known,
                "letters": each.letters,
                "may_be_meant": each.may_be_meant,
                "turns_meaning": each.turns_meaning,
            }
            for each in reading.departures
        ],
        "other_spellings": [
            {**_at(each.place), "usual": each.usual, "letters": each.letters, "likewise": each.likewise}
            for each in reading.other_spellings
        ],
        "unusual_citations": [
            {
                **_span(each.cited.citation.span, reading.letter.source[each.cited.citation.span]),
                "subject": each.subject,
                "letters": each.letters,
                "usual": each.usual.text,
            }
            for each in reading.unusual_citations
        ],
        "blanks": [_bounds(span) for span in reading.blanks],
        "identifiers": [
            {**_span(each.span, reading.letter.source[each.span]), "kind": each.kind.value}
            for each in reading.identifiers
        ],
        "hidden_identifiers": [
            {"kind": each.kind.value, "what": each.aside.what, "at": each.aside.at}
            for each in reading.hidden_identifiers
        ],
        "secrets": [_bounds(span) for span in reading.secrets],
    }


def _background(background: Background) -> Data:
    return {
        "regions": sorted(background.regions),
        "days_since_injury": background.days_since_injury,
        "is_gradual": background.is_gradual,
        "tells_of_long_use": background.tells_of_long_use,
        "tells_of_operation": background.tells_of_operation,
        "surgeries": [_bounds(record.place.span) for record in background.surgeries],
        "operations": [_bounds(operation.event.place.span) for operation in background.operations],
    }


def _injury(reading: Reading) -> Data | None:
    injury = reading.injury
    if injury is None:
        return None
    place = _span(injury.span, reading.letter.source[injury.span])
    return {**place, "day": injury.day.isoformat(), "is_on_cover": injury.is_on_cover}


def _passage(passage: Passage) -> Data:
    return {
        **_span(passage.prose.span, passage.text),
        "tokens": [{**_at(each.place), "lemma": each.lemma, "tag": each.tag.value} for each in passage.tokens],
        "sentences": [_sentence(each) for each in passage.sentences],
        "quotations": [_at(each) for each in passage.quotations],
        "drugs": [
            {**_at(place), "name": drug.name, "ingredients": sorted(drug.ingredients), "class": drug.drug_class}
            for place, drug in passage.drugs
        ],
        "preparations": [
            {
                **_at(each.place),
                "ingredients": sorted(each.ingredients),
                "amounts": list(each.strength.amounts),
                "unit": each.strength.unit,
            }
            for each in passage.preparations
        ],
        "treatments": [
            {**_at(place), "name": treatment.name, "kind": treatment.kind.value}
            for place, treatment in passage.treatments
        ],
        "parts": [_site(each) for each in passage.sites],
        "particulars": [
            {**_at(each.place), "axis": each.axis, "of": sorted(each.of), "values": sorted(each.values)}
            for each in passage.particulars
        ],
        "amounts": [{**_at(each.place), "number": each.number, "unit": each.unit} for each in passage.amounts],
        "dates": [
            {**_at(each.place), "notation": each.notation.name.lower(), "value": _day(each.value)}
            for each in passage.dates
        ],
        "periods": [
            {**_at(each.place), "first": each.first.isoformat(), "last": each.last.isoformat()}
            for each in passage.periods
        ],
        "quantities": [_quantity(each) for each in passage.quantities],
        "calculations": [
            {
                **_at(each.result.place),
                "operation": each.operation.value,
                "operands": [_bounds(operand.place.span) for operand in each.operands],
                "base": _bounds(each.base.place.span) if each.base else None,
            }
            for each in passage.calculations
        ],
        "changes": [{**_at(each.after.place), "before": _bounds(each.before.place.span)} for each in passage.changes],
        "comparisons": [
            {
                **_at(each.place),
                "exceeds": each.exceeds,
                "quantity": _bounds(each.quantity.place.span) if each.quantity else None,
                "limits": [_bounds(limit.place.span) for limit in each.limits],
            }
            for each in passage.comparisons
        ],
        "beginnings": [
            {**_at(each.place), "subject": _subject(each.subject), "is_latest": each.is_latest}
            for each in passage.beginnings
        ],
        "durations": [
            {
                **_at(each.quantity.place),
                "relation": each.relation.value,
                "subjects": [_subject(subject) for subject in each.subjects],
                "since": [_bounds(period.place.span) for period in each.since],
                "until": [_bounds(period.place.span) for period in each.until],
                "until_visit": _bounds(each.until_visit.span) if each.until_visit else None,
            }
            for each in passage.durations
        ],
        "past_visits": [
            {**_at(each.place), "treatments": [treatment.name for treatment in each.treatments]}
            for each in passage.past_visits
        ],
        "opioid_doses": [
            {
                **_at(each.place),
                "ingredients": sorted(each.ingredients),
                "least": round(each.least, 2),
                "most": round(each.most, 2),
            }
            for each in passage.opioid_doses
        ],
        "morphine_claims": [{**_at(each.place), "milligrams": each.milligrams} for each in passage.morphine_claims],
        "enumerations": [
            {
                **_at(each.place),
                "number": each.number,
                "members": _bounds(each.members.span),
                "fewest": each.fewest,
                "most": each.most,
            }
            for each in passage.enumerations
        ],
        "sign_results": [
            {
                **_at(each.place),
                "sign": each.name,
                "is_positive": each.is_positive,
                "sides": sorted(side.value for side in each.sides),
            }
            for each in passage.sign_results
        ],
        "ratings": [{**_at(each.place), "scale": each.scale.scale, "value": each.value} for each in passage.ratings],
        "records": [
            {
                **_at(each.place),
                "term": each.term.name,
                "kind": each.term.kind.value,
                "polarity": each.polarity.value,
                "says_normal": each.says_normal,
                "regions": sorted(each.regions),
            }
            for each in passage.records
        ],
        "scopes": [
            {
                **_at(each.place),
                "kind": each.kind.value,
                "regions": sorted({part.region for part in each.parts}),
                "term": each.term.name if each.term else None,
                "treatment": each.treatment.name if each.treatment else None,
                "is_indication": each.is_indication,
            }
            for each in passage.scopes
        ],
        "absences": [
            {**_at(each.place), "term": each.term.name, "residue": sorted(each.residue)} for each in passage.absences
        ],
        "responses": [
            {
                **_at(each.place),
                "treatment": _bounds(each.treatment.place.span),
                "helped": each.helped,
                "is_lasting": each.is_lasting,
            }
            for each in passage.responses
        ],
        "treatment_events": [
            {**_at(each.place), "treatment": each.treatment.name, "done": each.done}
            for each in passage.treatment_events
        ],
        "verdicts": [
            {
                **_at(each.place),
                "subject": _at(each.subject),
                "necessary": each.necessary,
                "form": each.form.name.lower(),
                "is_reason": each.is_reason,
            }
            for each in passage.verdicts
        ],
        "conclusion": _bounds(passage.conclusion.place.span) if passage.conclusion else None,
        "references": [{**_at(each.place), "is_subject": each.is_subject} for each in passage.references],
        "phrase_slips": [{**_at(each.place), "kind": each.kind, "right": each.right} for each in passage.phrase_slips],
        "repeats": [{**_at(each.again), "words": len(each.words)} for each in passage.repeats],
        "ages": [{**_at(each.place), "years": each.years, "of_worker": each.of_worker} for each in passage.ages],
        "stated_sex": [{**_at(each.place), "sex": each.sex.value} for each in passage.stated_sex],
        "pronouns": [{**_at(each.place), "sex": each.sex.value} for each in passage.pronouns],
    }


def _quantity(quantity: Quantity) -> Data:
    most = None if math.isinf(quantity.most) else round(quantity.most, 4)
    return {
        **_at(quantity.place),
        "least": round(quantity.least, 4),
        "most": most,
        "dimension": quantity.dimension,
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        "scale": quantity.scale,
        "per": quantity.per,
    }


def _subject(subject: Subject) -> str:
    """The name of what lasted or was done; of what is only told, its words."""
    if isinstance(subject, Told):
        return " ".join(sorted(subject.lemmas))
    return subject.value if isinstance(subject, Enum) else subject.name


def _site(site: Site) -> Data:
    return {**_at(site.place), "part": site.part.name, "region": site.part.region, "side": _value(site.side)}


def _sentence(sentence: Sentence) -> Data:
    return {
        **_at(sentence.place),
        "kind": sentence.kind.value,
        "score": sentence.score,
        "states_fact": sentence.states_fact,
        "speaks_for_guideline": sentence.speaks_for_guideline,
        "names_guideline": sentence.names_guideline,
        "is_general": sentence.is_general,
        "is_opioid_notice": sentence.is_opioid_notice,
    }


def _item(item: Item, reading: Reading) -> Data:
    return {
        **_span(item.title.prose.span, item.title.text),
        "portions": [_bounds(each.prose.span) for each in item.portions],
        "rationale": _bounds(item.rationale.prose.span) if item.rationale else None,
        "kind": item.kind.value,
        "drugs": [drug.name for drug in item.drugs],
        "treatments": [treatment.name for treatment in item.treatments if treatment.name],
        "regions": sorted(item.regions),
        "parts": [_site(each) for each in item.sites],
        "sides": {region: sorted(side.value for side in sides) for region, sides in sorted(item.sides.items())},
        "numbers": sorted(item.numbers),
        "visits": list(item.visits) if item.visits else None,
        "names": sorted(item.names),
        "arguments": [
            {**_at(each.place), "direction": each.direction.value, "is_certain": each.is_certain}
            for each in reading.find_arguments(item)
        ],
    }


def _cited(cited: Cited, source: Source) -> Data:
    citation = cited.citation
    return {
        **_span(citation.span, " ".join(source[citation.span].split())),
        "clause": cited.clause.kind.name.lower(),
        "document": citation.document,
        "mtus": citation.mtus,
        "sections": [section.name for section in cited.sections],
        "chapters": [chapter.name for chapter in cited.chapters],
        "regions": sorted(cited.regions),
    }


def _at(place: Place) -> Data:
    return _span(place.span, place.text)


def _span(span: Span, text: str) -> Data:
    return {"text": text, **_bounds(span)}


def _bounds(span: Span) -> Data:
    return {"start": span.start, "end": span.end}


def _value(thing: Any) -> Any:
    return None if thing is None else thing.value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
