"""The names of persons in a text.

A name is found by what stands beside it: a title ("Dr."), a degree ("M.D."), a label ("Patient Name:"), "Dear", or
a noun for a person (`appositions`). Whether the words there are a name is judged by their letters and by what they are
otherwise: ordinary words, terms of medicine, frequent given names and surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import drugs
from imrlint.reading.appositions import find_names_in_apposition
from imrlint.reading.name_words import (
    Name,
    NameWord,
    find_main_words,
    is_followed_by_firm,
    is_of_place,
    is_organization,
    keep_name,
    read_words,
    read_words_back,
)

# These two begin with a character that is looked for fast.
_DEGREES = re.compile(
    r"[, ](?:(?<=,) )?(?:(?=[MDPLENRFJO])(?P<plain>M\. ?D\b\.?|D\. ?[OC]\b\.?|D\.?P\.?M\b\.?|Ph\.? ?D\b\.?|Psy\.?D\b\.?"
    r"|D\.?D\.?S\b\.?|D\.?P\.?T\b\.?|L\.?Ac\b\.?|LCSW\b|LMFT\b|Esq(?:uire\b|\b\.?)|P\.?A\.?-C\b|F?NP-C\b|FNP\b"
    r"|R\. ?N\b\.?|R\.?P\.?T\b\.?|N\.P\b\.?|P\.A\b\.?|J\.D\b\.?)(?![-\w])"
    r"|(?P<place>MD|DO|DC|PA|NP|RN|PT|JD)\b(?![-\w]))"
)
_TITLE = re.compile(
    r"[DMP](?<!\w.)(?:(?P<many>(?<=D)(?:octors|rs)\b\.?|(?<=D)RS\.|(?<=M)essrs\b\.?)"
    r"|(?:(?<=M)(?:rs?|s|iss|x)|(?<=D)(?:r|octor)|(?<=P)rof(?:essor)?)\b\.?|(?:(?<=M)(?:RS?|S)|(?<=D)R)\."
    r"|(?P<bare>(?<=D)R|(?<=M)RS)(?= [A-Z][A-Z'’-])) ?"
)
_NEXT_OF_MANY = re.compile(r"(?:,? (?:and|&)|,) (?:D[rR]\. ?)?")
_LONGEST_ACRONYM = 4  # letters
_STREET = re.compile(r"(?<![\w-])\d{1,5} (?:[A-Z][\w.]* ){1,3}$")
_AUTHOR = re.compile(r" Anderson\b|,? et al\b|,? \(?(?:19|20)\d\d\b|[.,]* [A-Z][\w'’-]+,? [A-Z]\.")
_PLACE_BEFORE = Pattern(r"\b(?:in|at|near) $", re.IGNORECASE)
_NAME_OR_PLACE = Pattern(r"\b(?:of|from|to) $|, $", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"[:;]|,? \d{5}\b| \d{5}\b")
# Products that are sold under the title and name of a person who is none of the case.
_PRODUCT = re.compile(r"\b(?:Scholls?|Ho|Bronner)['’]s\b|\b(?:Scholls|Comfort|Martens)\b")
_PROGRAM = re.compile(r"(?:Word|Excel|Office|Outlook|Access|Teams)\b")  # MS Word
_TOWN = re.compile(any_of("town of Maryland"), re.IGNORECASE)
_WORKER = rf"(?:injured )?{any_of('worker')}"
_LABEL = Pattern(
    rf"\b(?:(?P<worker>{_WORKER}|insured|decedent|(?:full |first |last |middle |legal )?(?P<bare>name)|surname)"
    rf"|(?P<other>(?:{any_of('provider role')} )*{any_of('provider', 'clinician')}|attorneys?"
    rf"|(?:(?:case|claims?) )?{any_of('agent')}|contact(?: person)?|counsel"
    r"|(?:prepared|dictated|signed|referred|reviewed|seen|written|submitted|examined|electronically signed) by"
    r"|signed|signature|attn|attention|cc|to|from|re|regarding))"
    r"(?:['’]?s?(?P<name> names?)(?:\(s\))?)?[ \t]*$",
    re.IGNORECASE,
)
# The last words of labels. Most labels end in others, and one word is sooner judged than what stands before it.
_LAST_WORD = re.compile(
    rf"(?:{any_of('worker', 'provider', 'clinician', 'agent')}|insured|decedent|surname|names?|attorney|contact|person"
    r"|counsel|by|signed|signature|attn|attention|cc|to|from|re|regarding)(?:['’]?s?)",
    re.IGNORECASE,
)
_LOOK_BACK = 45  # characters of a label, at most
_AFTER_LABEL = re.compile(r":[ \t]*(?:\r?\n[ \t]*){0,2}")
_LINE_END = re.compile(r"[ \t]*(?:[\r\n:,]|$|[ \t]{3})")
_DEAR = re.compile(r"D(?:EAR|ear) (?<!\w.....)")


def find_names(text: str) -> Iterator[Name]:
    """The names beside titles, degrees and words such as "named" in a text on one line, in no order.

    Those after labels are found by `find_labelled_names`, which needs the line breaks.
    """
    yield from _find_titled(text)
    yield from _find_with_degree(text)
    yield from find_names_in_apposition(text)


# ---- After a title


def _find_titled(text: str) -> Iterator[Name]:
    for title in _TITLE.finditer(text):
        if title.group().casefold().startswith("dr") and _STREET.search(
            text, max(title.start() - 40, 0), title.start()
        ):
            continue
        at = title.end()
        if title["bare"] and _is_behind_drug(text, title.start()):
            continue
        while found := _read_titled(text, at):
            yield found
            following = _NEXT_OF_MANY.match(text, found.end) if title["many"] else None
            if following is None:
                break
            at = following.end()


def _is_behind_drug(text: str, at: int) -> bool:
    """Whether a drug is named right before `at`: DR after it is delayed release."""
    return drugs.look_up(text[max(at - 30, 0) : at].rstrip().rpartition(" ")[2]) is not None


def _read_titled(text: str, at: int) -> Name | None:
    words = keep_name(read_words(text, at))
    full = find_main_words(words)
    if not full:
        return Name(words[0].start, words[-1].end, certain=False) if words and text[at + 1 : at + 2] == "." else None
    end, first = words[-1].end, full[0]
    if drugs.look_up(f"{text[max(at - 4, 0) : at].strip(' .')} {first.text}".strip()):  # MS Contin
        return None
    is_product = text.endswith(("Dr. ", "Dr "), 0, at) and _PRODUCT.match(text, first.start)
    is_program = text.endswith(("Ms. ", "Ms ", "MS. "), 0, at) and _PROGRAM.match(text, first.start)
    if _AUTHOR.match(text, end) or is_product or is_program:
        return None
    if not all(word.is_ordinary for word in full):
        initials = len(full) == 1 and len(first.text) <= 3 and first.text.isupper() and not first.is_surname
        return Name(words[0].start, end, certain=not initials)
    if first.is_surname or (first.is_given and len(full) > 1):
        return Name(words[0].start, end, certain=len(full) > 1 or not _goes_on(text, end))
    return None


def _goes_on(text: str, end: int) -> bool:
    """Whether the words go on after `end` as a title or a date would: with a capital letter or a number."""
    after = text[end : end + 2]
    return after[:1] == " " and (after[1:].isupper() or after[1:].isdigit())


# ---- Before a degree


def _find_with_degree(text: str) -> Iterator[Name]:
    for degree in _DEGREES.finditer(text):
        words = read_words_back(text, degree.start())
        while words and words[0].is_ordinary and not words[0].is_given and len(find_main_words(words)) > 1:
            words.pop(0)
        while words and words[0].text.islower():
            words.pop(0)
        if words and (found := _judge_with_degree(text, words, degree)):
            yield found


def _judge_with_degree(text: str, words: list[NameWord], degree: re.Match[str]) -> Name | None:
    full = find_main_words(words)
    if not full or _AUTHOR.match(text, degree.end()):
        return None
    start, end = words[0].start, words[-1].end
    first, last = full[0], full[-1]
    led = first.is_given or words[0].is_initial
    if first.key == "washington" and len(words) == 1:  # D.C.
        return None
    if words[-1].is_initial and len(words) > 1:  # "Quillon J, M.D.", as authors are listed
        return None
    if len(full) == 1 and len(first.text) <= _LONGEST_ACRONYM and first.text.isupper() and not first.is_surname:
        return None
    if all(word.is_ordinary for word in full) and not (led and last.is_surname and len(words) > 1):
        if len(words) == 1 and degree["plain"] and last.is_surname:
            return Name(start, end, certain=False)
        return None
    before = text[max(start - 30, 0) : start]
    if len(full) == 1 and before.endswith(", ") and full[0].is_given:  # Last, First M.D.
        surname = read_words_back(text, start - 2)
        family = find_main_words(surname)
        if len(family) == 1 and (family[0].is_surname or not family[0].is_ordinary):
            return Name(surname[0].start, end, certain=True)
    if len(full) > 1 and not led and not any(word.may_be_name for word in full):
        return None
    if degree["plain"]:
        return Name(start, end, certain=True)
    if _PLACE_AFTER.match(text, degree.end()) or _PLACE_BEFORE.search(before):
        return None
    if degree["place"] in ("PA", "DC") and not led and len(words) > 1:
        return Name(start, end, certain=False)
    if len(words) == 1:
        doctor = degree["place"] == "MD" and text[degree.start()] == "," and not _TOWN.fullmatch(first.key)
        return Name(start, end, certain=not _NAME_OR_PLACE.search(before)) if doctor else None
    two_surnames = not led and all(word.is_surname for word in full)  # Johns Hopkins, MD
    return Name(start, end, certain=led or not (two_surnames or _NAME_OR_PLACE.search(before)))


# ---- After a label


def find_labelled_names(text: str) -> Iterator[Name]:
    """The names after labels such as "Employee:" and after "Dear" in a text with its line breaks, in no order."""
    at = text.find(":")
    while at >= 0:
        value = _AFTER_LABEL.match(text, at)
        if value and text[value.end() : value.end() + 1].isalpha() and _may_be_label(text, at):
            label = _LABEL.search(text, max(at - _LOOK_BACK, 0), at)
            if label and (found := _read_labelled(text, value.end(), label)):
                yield found
        at = text.find(":", at + 1)
    for dear in _DEAR.finditer(text):
        if found := _read_labelled(text, dear.end(), None):
            yield found


def _is_acronym(word: NameWord) -> bool:
    """Whether a word is more likely an abbreviation than a name: "Patient: HCV RNA positive"."""
    is_short = len(word.text) < _LONGEST_ACRONYM and word.text.isupper()
    return is_short and not (word.is_given or word.is_surname)


def _may_be_label(text: str, at: int) -> bool:
    last = text[max(at - _LOOK_BACK, 0) : at].rstrip(" \t").removesuffix("(s)").split()[-1:]
    return bool(last) and bool(_LAST_WORD.fullmatch(re.sub(r"^\W+", "", last[0])))


def _read_labelled(text: str, at: int, label: re.Match[str] | None) -> Name | None:
    run = read_words(text, at, r"[ \t]{1,2}")
    words = keep_name(run)
    swapped = False
    if len(find_main_words(words)) == 1 and (comma := re.compile(r",[ \t]{1,2}").match(text, words[-1].end)):
        given = keep_name(read_words(text, comma.end(), r"[ \t]{1,2}"))
        if find_main_words(given) and (find_main_words(given)[0].is_given or not find_main_words(given)[0].is_ordinary):
            words, swapped = [*words, *given], True
            run = words
    full = find_main_words(words)
    if not full or is_followed_by_firm(text, run) or is_of_place(words) or all(map(_is_acronym, full)):
        return None
    start, end = words[0].start, words[-1].end
    given, family = (full[1:2] or full, full[:1]) if swapped else (full[:1], full[1:])
    is_led = given[0].is_given or (words[0].is_initial and not swapped)
    is_family = any(not word.is_ordinary or word.is_surname for word in family) or (
        words[0].is_initial and full[0].may_be_name
    )
    fresh = not any(word.is_ordinary for word in full)
    strong = label is not None and bool(label["worker"] or label["name"])
    of_worker = label is not None and bool(label["worker"]) and not label["bare"]
    if is_led and (is_family or (strong and words[0].is_initial)):
        return Name(start, end, certain=True)
    named = fresh and any(word.may_be_name for word in full)
    if len(full) > 1 and named:
        return Name(start, end, certain=of_worker or any(word.is_surname for word in family))
    if len(full) == 1 and fresh and (strong or label is None) and (named or _LINE_END.match(text, end)):
        return Name(start, end, certain=of_worker and named)
    return None


# ---- On a line of its own


def find_name_alone(text: str, start: int, end: int) -> Iterator[Name]:
    """The name that is all of a line, at characters `start` up to `end`, but for degrees; nothing for other lines."""
    words = keep_name(run := read_words(text, start))
    full = find_main_words(words)
    if len(full) + sum(word.is_initial for word in words) < 2 or is_organization(run) or is_of_place(words):
        return
    rest = text[words[-1].end : end]
    if rest and not rest.startswith(",") and not _DEGREES.match(rest):
        return
    led = full[0].is_given or words[0].is_initial
    if led or all(not word.is_ordinary for word in full):
        yield Name(words[0].start, words[-1].end, certain=led)
