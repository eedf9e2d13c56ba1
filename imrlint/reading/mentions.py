"""Where the running text of a letter speaks of what a disputed item requests.

A title is often shorter than the request: the summary says how often the drug is taken, on which side the knee is
treated. What a title lacks is missing only where no such words give it either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from imrlint.document.prose import Place
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.items import Item, is_alike
from imrlint.reading.passage import Passage
from imrlint.reading.sentences import Sentence

_DOSE = re.compile(r"\b(?:dos(?:e|es|age|ing)|regimen|tablets?|capsules?|patch(?:es)?)\b|\d ?mc?g\b")
# Forms by which a drug for the skin is called where its ingredients are not named.
_PREPARATION = re.compile(r"\b(?:compound(?:ed)?|topical|cream|ointment|gel|lotion|patch)")
# What is said of several things that were named just before: "naproxen and omeprazole, both twice a day".
_OF_EACH = re.compile(rf"\b(?:{alternatives('universal pronoun')})\b")
_NAME = re.compile(r"[A-Za-z][a-z]{4,}|[A-Z]{5,}")


def find_mentions(item: Item, passages: Iterable[Passage]) -> Iterator[Place]:
    """The words of some passages that speak of what an item requests, sentences on guidelines left out.

    Of a drug these are the words up to the next drug, what follows the last drug of the sentence and is said of
    each, and the next sentence where that names none; of another request the whole sentence.
    """
    for passage in passages:
        for number in sorted(set(_list_sentences(item, passage))):
            sentence = passage.sentences[number]
            if sentence.speaks_for_guideline and not sentence.is_of_case:
                continue
            if not item.is_drug:
                if _names_treatment(item, passage, sentence):
                    yield sentence.place
            elif _is_called_by_form(item, passage, sentence):
                yield sentence.place
            elif item.drugs:
                following = passage.sentences[number + 1] if number + 1 < len(passage.sentences) else None
                yield from _find_words_on_drug(item, passage, sentence, following)
            elif _names_first_word(item, sentence):
                yield sentence.place


def _list_sentences(item: Item, passage: Passage) -> Iterator[int]:
    """The numbers of the sentences with a word for what an item requests; no others can speak of it."""
    text, own = passage.lower, [treatment for treatment in item.treatments if treatment.name]
    places: Iterator[int] = iter(())
    if item.is_drug:
        places = chain(
            (place.start for place, drug in passage.drugs if any(drug.same_as(each) for each in item.drugs)),
            *(_find_word(form, text) for form in _list_forms(item)),
        )
    elif own:
        places = chain(
            (place.start for place, named in passage.treatments if _is_of(named, own)),
            *(_find_word(_last_word(each), text) for each in own),
        )
    if not (item.drugs if item.is_drug else own) and (name := _NAME.search(item.title.text)):
        places = chain(places, _find_word(name.group().casefold(), text))
    return map(passage.prose.number_at, places)


def _find_word(word: str, text: str) -> Iterator[int]:
    """Where a text has a word, or a longer one with it."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _list_forms(item: Item) -> set[str]:
    """The forms of preparations for the skin in a title."""
    return {form.group() for form in _PREPARATION.finditer(item.title.lower)}


def _last_word(treatment: Treatment) -> str:
    return treatment.name.rpartition(" ")[2]


def _is_of(treatment: Treatment, own: Iterable[Treatment]) -> bool:
    """Whether a treatment is one of some, under whatever name."""
    return any(treatment == each or is_alike(treatment, each) for each in own)


def _is_called_by_form(item: Item, passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence calls a preparation for the skin by its form, and names no drug: "a compounded cream"."""
    forms = _list_forms(item)
    if not forms or passage.drugs_in(sentence.place):
        return False
    return any(form.group() in forms for form in _PREPARATION.finditer(sentence.lower))


def find_dosing(item: Item) -> Iterator[Place]:
    """The sentences on a dose in the rationale of a drug that name no drug: they speak of the disputed one."""
    passage = item.rationale
    if passage is None or not item.is_drug:
        return
    for sentence in passage.sentences:
        named = passage.treatments_in(sentence.place) or passage.drugs_in(sentence.place)
        if _DOSE.search(sentence.lower) and not named and not sentence.speaks_for_guideline:
            yield sentence.place


def _names_treatment(item: Item, passage: Passage, sentence: Sentence) -> bool:
    named: list[Treatment] = [mention.meaning for mention in passage.treatments_in(sentence.place)]
    own = [treatment for treatment in item.treatments if treatment.name]
    if not own:
        return _names_first_word(item, sentence)
    if not named:  # "the therapy is to be given twice a week"
        return any(f" {_last_word(each)}" in f" {sentence.lower}" for each in own)
    return any(_is_of(treatment, own) for treatment in named)


def _names_first_word(item: Item, sentence: Sentence) -> bool:
    """Whether a sentence has the first long word of the title of an item whose name no table has."""
    name = _NAME.search(item.title.text)
    return name is not None and name.group().casefold() in sentence.lower


def _find_words_on_drug(
    item: Item, passage: Passage, sentence: Sentence, following: Sentence | None
) -> Iterator[Place]:
    named = passage.drugs_in(sentence.place)
    for number, mention in enumerate(named):
        if not any(mention.meaning.same_as(drug) for drug in item.drugs):
            continue
        others = [each for each in named[number + 1 :] if not each.meaning.same_as(mention.meaning)]
        start = mention.place.start if number else sentence.place.start
        yield passage.place(start, others[0].place.start if others else sentence.place.end)
        if others and (shared := _OF_EACH.search(passage.lower, named[-1].place.end, sentence.place.end)):
            yield passage.place(shared.start(), sentence.place.end)
        if following and not others and not passage.drugs_in(following.place):
            yield following.place
