"""Lemmas and coarse parts of speech of single words.

Words of the closed classes and irregular forms are listed. Other words are judged by their ending, and by
whether the lexicon has the word without it. The context of a word is not considered.
"""

from __future__ import annotations

from enum import Enum

from imrlint.knowledge.language import lexicon, numbers


class Tag(Enum):
    """Coarse parts of speech."""

    ARTICLE = "article"
    DETERMINER = "determiner"
    PRONOUN = "pronoun"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    AUXILIARY = "auxiliary"
    NEGATION = "negation"
    NUMBER = "number"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    NOUN = "noun"


_CLOSED = {
    Tag.ARTICLE: "a an the",
    Tag.DETERMINER: "this that these those each every either another any some all both such no its his her their",
    Tag.PRONOUN: "he she it they we i you him them us me who whom whose which what himself herself itself themselves",
    Tag.PREPOSITION: (
        "of in on at by for from with without within to into onto over under above below between among through during"
        " before after since until against about per than as via across along around near toward towards upon despite"
    ),
    Tag.CONJUNCTION: "and or but nor because although though while whereas if unless whether so yet",
    Tag.AUXILIARY: (
        "is are was were be been being am has have had having does do did can could may might must shall should will"
        " would cannot"
    ),
    Tag.NEGATION: "not never neither none",
    Tag.NUMBER: "hundred thousand",
}
_TAGS = {word: tag for tag, words in _CLOSED.items() for word in words.split()}
_TAGS |= dict.fromkeys(numbers.SINGLE_WORDS, Tag.NUMBER)

_IRREGULAR = {
    "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "am": "be", "has": "have",
    "had": "have", "having": "have", "does": "do", "did": "do", "done": "do", "underwent": "undergo",
    "undergone": "undergo", "took": "take", "taken": "take", "gave": "give", "given": "give", "saw": "see",
    "seen": "see", "went": "go", "gone": "go", "felt": "feel", "fell": "fall", "fallen": "fall", "found": "find",
    "kept": "keep", "made": "make", "said": "say", "sought": "seek", "told": "tell", "wrote": "write",
    "written": "write", "began": "begin", "begun": "begin", "broke": "break", "broken": "break", "came": "come",
    "knew": "know", "known": "know", "led": "lead", "left": "leave", "met": "meet", "shown": "show", "tore": "tear",
    "torn": "tear", "wore": "wear", "worn": "wear", "worse": "bad", "worst": "bad", "better": "good", "best": "good",
    "feet": "foot", "teeth": "tooth", "men": "man", "women": "woman", "children": "child", "diagnoses": "diagnosis",
    "analyses": "analysis", "vertebrae": "vertebra", "criteria": "criterion", "radii": "radius", "femora": "femur",
}  # fmt: skip

# Endings, each with what may replace it in the lemma, the likeliest first.
_ENDINGS = (
    ("ies", ("y", "ie")),
    ("sses", ("ss",)),
    ("xes", ("x",)),
    ("ches", ("ch",)),
    ("shes", ("sh",)),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)
_SHORTEST = 3  # letters of a lemma, at least
_NO_ENDING = ("ss", "us", "is", "eed")
_SUFFIXES = (
    (Tag.ADVERB, ("ly",)),
    (Tag.ADJECTIVE, ("al", "ous", "ive", "ic", "able", "ible", "ary", "ful", "less", "ish", "ior", "oid")),
    (Tag.NOUN, ("tion", "sion", "ment", "ness", "ity", "ism", "ist", "pathy", "itis", "osis", "ectomy", "otomy")),
    (Tag.VERB, ("ize", "ise", "ify", "ated", "ized")),
)


def find_lemma(word: str) -> str:
    """The lemma of a lower-case word; the word itself where no ending is recognised."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _TAGS or word.endswith(_NO_ENDING):
        return word
    for ending, replacements in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            for lemma in _list_lemmas(stem, replacements, doubled=ending in ("ed", "ing")):
                if len(lemma) >= _SHORTEST and lexicon.is_known(lemma):
                    return lemma
    return word


def _list_lemmas(stem: str, replacements: tuple[str, ...], *, doubled: bool) -> list[str]:
    """The possible lemmas of a stem, the likeliest first: of "stopp" also "stop", of "writ" also "write"."""
    forms = [stem + replacement for replacement in replacements]
    if doubled and len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        forms.insert(0, stem[:-1])
    if doubled and len(stem) > 2 and _lemma_ends_in_e(stem):
        forms.reverse()
    return forms


def _lemma_ends_in_e(stem: str) -> bool:
    """Whether the lemma of a stem is likelier to end in "e": "requir", "manag", "decreas", "evaluat"."""
    return stem.endswith(("at", "iz", "is", "ir", "uc", "ag", "as", "os", "ut", "ol", "iv", "or")) and len(stem) > 3


def guess_tag(word: str) -> Tag:
    """The likeliest part of speech of a lower-case word."""
    if (tag := _TAGS.get(word)) is not None:
        return tag
    if word.endswith(("n't", "n’t")):
        return Tag.NEGATION
    for tag, suffixes in _SUFFIXES:
        if word.endswith(suffixes) and len(word) > 5:
            return tag
    if word in _IRREGULAR or (word.endswith(("ed", "ing")) and find_lemma(word) != word):
        return Tag.VERB
    return Tag.NOUN
