"""Every table says where its rows come from, is refused when it is damaged, and has no row that can never fire."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest
from samples import samples

import imrlint
from imrlint.document.prose import Prose
from imrlint.document.text import Source, Span
from imrlint.knowledge import registry, tables
from imrlint.knowledge.guidelines import contents, criteria, documents, quotations
from imrlint.knowledge.language import arguments, corrections, function_words, numbers, phrases, predicates, wordings
from imrlint.knowledge.law import credentials
from imrlint.knowledge.medicine import anatomy, drugs, metabolites, morphine, positions, signs, treatments
from imrlint.knowledge.registry import ConfusionRow, PhraseRow
from imrlint.knowledge.tables import BadTable, Support
from imrlint.knowledge.terms import Terms
from imrlint.reading.quantities import find_quantities
from imrlint.reading.ratings import find_ratings

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Rows that letters of one reviewer or of none support. The numbers only shrink: `training/row_support.py` counts them.
WEAK = {
    "language/misspellings.tsv": 211,
    "language/confusions.tsv": 229,
    "language/phrases.tsv": 103,
    "language/wordings.tsv": 98,
    "medicine/treatments.tsv": 44,
    "medicine/drugs.tsv": 92,
    "law/specialties.tsv": 18,
}


# ---- Reading


class Fact(NamedTuple):
    name: str
    visits: int
    support: Support
    regions: frozenset[str] = frozenset()
    paired: bool = False


HEADER = "name\tpaired\tregions\tvisits\tsupport"


def read(*lines: str) -> list[Fact]:
    return list(tables.read_rows("facts.tsv", "\n".join(lines), Fact))


def test_cells_are_read_by_the_types_of_their_columns() -> None:
    assert read(HEADER, "knee\tyes\tleg|spine\t2\tlaw", "neck\t\t\t1\tletters:3") == [
        Fact("knee", 2, Support("law"), frozenset({"leg", "spine"}), True),
        Fact("neck", 1, Support("letters:3")),
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name\tcolour\tvisits\tsupport\tregions\tpaired"], "facts.tsv, line 1: unknown column colour"),
        (["name\tvisits\tsupport"], "facts.tsv, line 1: no column regions, paired"),
        ([f"{HEADER}\tname"], "facts.tsv, line 1: a column is there twice"),
        ([HEADER, "knee\t\t\t2\tlaw", "neck\t\t2\tlaw"], "facts.tsv, line 3: 4 cells, 5 columns"),
        ([HEADER, "\t\t\t2\tlaw"], "facts.tsv, line 2: name is empty"),
        ([HEADER, "knee\t\t\ttwo\tlaw"], "facts.tsv, line 2, visits: invalid literal"),
        ([HEADER, "knee\tno\t\t2\tlaw"], "facts.tsv, line 2, paired: 'no' is not yes"),
        ([HEADER, "knee\t\t\t2\thearsay"], "facts.tsv, line 2, support: 'hearsay' is no support"),
        ([""], "facts.tsv, line 1: unknown column"),
    ],
)
def test_a_damaged_table_is_refused_with_file_and_line(lines: list[str], message: str) -> None:
    with pytest.raises(BadTable, match=f"^{re.escape(message)}"):
        read(*lines)


def test_support_says_how_many_letters() -> None:
    assert Support("letters:12").letters == 12
    assert Support("guideline").letters is None


@pytest.mark.parametrize("table", registry.TABLES, ids=lambda table: table.file)
def test_every_table_is_read_and_every_row_has_source_and_support(table: tables.Table[registry.StateRow]) -> None:
    assert table.rows
    assert all(row.source and isinstance(row.support, Support) for row in table.rows)
    weak = sum(row.support.letters in (0, 1) for row in table.rows)
    assert weak <= WEAK.get(table.file, 0)


def test_every_file_of_a_table_is_declared() -> None:
    folder = tables._FOLDER
    there = {f"{room.name}/{file.name}" for room in folder.iterdir() if room.is_dir() for file in room.iterdir()}
    there = {name for name in there if name.endswith((".tsv", ".txt"))}
    assert there == {table.file for table in registry.TABLES} | {
        registry.WORDS,
        registry.CLINICAL_WORDS,
        registry.NAMES,
        registry.BRANDS,
    }


@pytest.mark.parametrize("table", registry.TABLES, ids=lambda table: table.file)
def test_no_row_stands_twice(table: tables.Table[registry.StateRow]) -> None:
    assert [row for row, count in Counter(table.rows).items() if count > 1] == []


# ---- Language


def errors(clean: str, sentences: Iterable[str], rule: str) -> set[str]:
    """Those of the sentences, put into the summary of a letter without errors, in which a rule finds something."""
    before, after = clean.split("The injured worker is a 47 year old female", 1)
    written = "\n".join(sentences)
    text = f"{before}{written}\nThe injured worker is a 47 year old female{after}"
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = set()
    for diagnostic in imrlint.check(text).diagnostics:
        if diagnostic.name == rule:
            at = diagnostic.finding.span.start
            found.add(
                next(line.rstrip("\n") for line, (a, b) in zip(lines, pairwise(starts), strict=True) if a <= at < b)
            )
    return found


def groups(sentences: list[str], size: int) -> Iterator[list[str]]:
    return (sentences[i : i + size] for i in range(0, len(sentences), size))


def test_every_known_misspelling_is_found_in_a_letter_and_corrected(clean: str) -> None:
    assert [
        row for row in registry.MISSPELLINGS.rows if corrections.correct(row.wrong).candidates != (row.right,)
    ] == []
    sentences = [f"It was {row.wrong} here." for row in registry.MISSPELLINGS.rows]
    missed = [
        sentence
        for group in groups(sentences, 40)
        for sentence in set(group) - errors(clean, group, "misspelling") - errors(clean, group, "misspelt-drug")
    ]
    assert missed == []


def betraying(row: ConfusionRow) -> str:
    """A sentence in which the words around betray the wrong word of a row."""
    for word in sorted(row.context):
        if not word.startswith("!"):
            bare = word.lstrip("<>")
            return f"Here {bare} {row.wrong} was." if word.startswith("<") else f"Here {row.wrong} {bare} was."
    raise AssertionError(row.wrong)


def test_every_confusion_is_betrayed_by_its_context(clean: str) -> None:
    sentences = [betraying(row) for row in registry.CONFUSIONS.rows]
    missed = [
        sentence
        for group in groups(sentences, 40)
        for sentence in set(group) - errors(clean, group, "real-word-error") - errors(clean, group, "misspelling")
    ]
    assert missed == []  # a wrong word that is in no list of words is a misspelling before it is a confusion


def standing(text: str) -> set[str]:
    """Each word of a text in lower case, and each two in a row."""
    words = WORD.findall(text.lower())
    return {*words, *map(" ".join, pairwise(words))}


def matching(row: PhraseRow, anchor: str) -> str | None:
    """A sentence that an anchor lets through and the pattern matches: an example, or one with this anchor put in."""
    pattern = re.compile(row.pattern, re.IGNORECASE)
    for example in row.example:
        for other in sorted(row.anchor, key=lambda other: (other != anchor, -len(other))):
            if other in standing(example):
                spread = other.replace(" ", "[^a-z]+")
                text = re.sub(rf"\b{spread}\b", anchor, example, count=1, flags=re.IGNORECASE)
                if anchor in standing(text) and pattern.search(text):
                    return text
    return None


@pytest.mark.parametrize("row", registry.PHRASES.rows, ids=lambda row: row.pattern[:40])
def test_every_phrase_is_found_in_its_examples_and_by_each_of_its_anchors(row: PhraseRow) -> None:
    for example in row.example:
        assert re.search(row.pattern, example, re.IGNORECASE), example
        assert standing(example) & set(row.anchor), example
    assert [anchor for anchor in row.anchor if not matching(row, anchor)] == []
    assert len(set(row.anchor)) == len(row.anchor)


def test_every_phrase_is_found_in_a_letter(clean: str) -> None:
    rules = {"word": "real-word-error", "missing": "missing-word", "agree": "agreement"}
    for kind, rule in rules.items():
        sentences = [row.example[0] for row in registry.PHRASES.rows if row.kind == kind]
        missed = [s for group in groups(sentences, 20) for s in set(group) - errors(clean, group, rule)]
        assert missed == []


def test_every_phrase_says_what_is_wrong() -> None:
    for anchor, found in phrases.phrases().items():
        assert all(word.strip() == word and word for word in ([anchor] if isinstance(anchor, str) else anchor))
        assert all("wrong" in phrase.pattern.compiled.groupindex and phrase.right for phrase in found)
        assert {phrase.kind for phrase in found} <= {"word", "missing", "agree"}


@pytest.mark.parametrize("row", registry.UNITS.rows, ids=lambda row: row.unit)
def test_every_word_of_a_unit_is_read(row: registry.UnitRow) -> None:
    for word in row.words:
        text = f"It was 12 {word}."
        found = next(find_quantities(Prose(Source(text), Span(0, len(text))), ()))
        assert (found.unit, found.dimension, found.most) == (row.unit, row.dimension, 12 * row.size)


@pytest.mark.parametrize("row", registry.SCALES.rows, ids=lambda row: row.scale)
def test_every_term_of_a_scale_is_rated(row: registry.ScaleRow) -> None:
    for term in row.terms:
        text = f"{term.upper()} was {row.most:g}." if row.by_name else f"{term} was {row.most:g}/{row.most:g}."
        found = list(find_ratings(Prose(Source(text), Span(0, len(text)))))
        assert (row.scale, row.most) in [(each.scale.scale, each.value) for each in found], term


def test_a_named_score_may_have_its_highest_behind_it() -> None:
    text = "The PHQ-9 was 11 out of 27, and 4 of 9 items were severe."
    assert [(each.scale.scale, each.value) for each in find_ratings(Prose(Source(text), Span(0, len(text))))] == [
        ("PHQ-9", 11.0)
    ]


@pytest.mark.parametrize("row", registry.MORPHINE.rows, ids=lambda row: row.ingredient)
def test_every_opioid_of_the_factors_is_a_drug(row: registry.MorphineRow) -> None:
    assert morphine.find_factor(next(drugs.find(row.ingredient)).meaning.ingredients) == row.factor


@pytest.mark.parametrize("row", registry.METABOLITES.rows, ids=lambda row: row.ingredient)
def test_every_metabolite_is_a_drug_and_is_known_of_its_parent(row: registry.MetaboliteRow) -> None:
    parent = next(drugs.find(row.ingredient)).meaning
    for name in row.metabolites:
        made = next(drugs.find(name)).meaning
        assert metabolites.is_metabolite(made, parent)
        assert not metabolites.is_metabolite(parent, made)


@pytest.mark.parametrize("row", registry.NUMBERS.rows, ids=lambda row: row.word)
def test_every_number_word_says_its_number(row: registry.NumberRow) -> None:
    if row.sort == "order":
        assert numbers.ORDINALS[row.word] == row.value
    else:
        assert numbers.value(row.word.upper()) == row.value
        assert numbers.read(f"about {row.word} ({row.value}) of them") == [row.value]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-seven", 27), ("ninety six", 96), ("two hundred", 200), ("one hundred twenty", 120),
        ("three hundred and sixty-five", 365),
    ],
)  # fmt: skip
def test_composed_numbers_are_read(words: str, number: float) -> None:
    assert numbers.value(words) == number
    assert numbers.read(f"at most {words} ({number}) of them") == [number]


def test_the_request_grammar_knows_the_same_number_words() -> None:
    from imrlint.parser.grammars import FOLDER

    grammar = FOLDER.joinpath("request.lark").read_text(encoding="utf-8")
    listed = re.search(r"^_SPOKEN: /\(\?=\[(\w+)\]\)\(\?:(.*)\)/i$", grammar, re.MULTILINE)
    assert listed
    assert listed[2] == numbers.COUNT_WORDS
    assert {word[0] for word in re.findall(r"\b[a-z]{3,}", numbers.COUNT_WORDS)} - set("ha") == set(listed[1])


@pytest.mark.parametrize("row", registry.WORDINGS.rows, ids=lambda row: f"{row.group}: {row.wording}")
def test_every_wording_is_found_by_the_pattern_of_its_group(row: registry.WordingRow) -> None:
    own = re.compile(row.wording, re.IGNORECASE)
    assert own.groups == 0
    said = [text for text in samples(row.wording) if own.fullmatch(text)]
    assert said
    pattern = re.compile(rf"\b{wordings.any_of(row.group)}\b", re.IGNORECASE)
    for text in said:
        found = pattern.search(f"the {text.upper()}, here")
        assert found, text
        assert text.casefold().startswith(found.group().casefold()) or found.group().casefold() == text.casefold()


@pytest.mark.parametrize("row", registry.PREDICATES.rows, ids=lambda row: row.predicate)
def test_every_form_of_a_predicate_is_looked_up(row: registry.PredicateRow) -> None:
    for form in row.forms:
        word, _, following = form.partition(" ")
        assert predicates.lookup(word, following or "that") == (row, len(form.split()))


def test_no_form_belongs_to_two_predicates() -> None:
    forms = [form for row in registry.PREDICATES.rows for form in row.forms]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("row", registry.ARGUMENTS.rows, ids=lambda row: row.word)
def test_every_word_of_an_argument_has_its_role(row: registry.ArgumentRow) -> None:
    for form in row.forms:
        assert arguments.lookup(*form.split(), "it", "for") == (row.role, len(form.split()))


def test_no_word_of_an_argument_has_two_roles() -> None:
    forms = [form for row in registry.ARGUMENTS.rows for form in row.forms]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("row", registry.FUNCTION_WORDS.rows, ids=lambda row: row.kind)
def test_every_kind_of_function_words_is_known(row: registry.FunctionWordRow) -> None:
    assert function_words.members(row.kind) == row.words
    assert all(word == word.casefold() for word in row.words)


def test_kinds_of_function_words_compose_with_the_longest_first() -> None:
    words = function_words.alternatives("adverb of the perfect", "coordinator").split("|")
    assert set(words) == function_words.members("adverb of the perfect") | function_words.members("coordinator")
    assert words.index("not yet") < words.index("not")
    with pytest.raises(KeyError):
        function_words.alternatives("no such kind")


def test_groups_of_wordings_compose() -> None:
    assert re.fullmatch(wordings.any_of("worker", "pronoun"), "injured worker")
    assert re.fullmatch(wordings.any_of("refused", "non-certified"), "non-certified")
    assert re.fullmatch(wordings.any_of("non-certified"), "noncertified")
    assert not re.search(rf"\b{wordings.any_of('granted')}\b", "it was non-certified and not certified")
    with pytest.raises(KeyError):
        wordings.any_of("no such group")


# ---- Medicine


def test_every_term_of_a_part_is_found_and_is_that_part() -> None:
    for row in registry.ANATOMY.rows:
        for term in row.terms:
            found = [part.meaning for part in anatomy.find(f"pain of the {term}.")]
            assert [(part.name, part.region, part.side) for part in found] == [(term, row.region, row.side)], term


def test_every_term_of_a_treatment_is_found_and_is_that_treatment() -> None:
    for row in registry.TREATMENTS.rows:
        for term in row.terms:
            found = [treatment.meaning for treatment in treatments.find(f"asked for {term}.")]
            assert [(each.name, each.kind) for each in found] == [(row.name, row.kind)], term


def test_every_name_of_a_drug_is_found_and_is_that_drug() -> None:
    for row in registry.DRUGS.rows:
        for name in (row.name, *row.aliases):
            found = [drug.meaning for drug in drugs.find(f"takes {name} daily")]
            assert len(found) == 1, name
            assert found[0].name == row.name, name


def test_every_misspelling_of_a_drug_is_corrected() -> None:
    for row in registry.DRUGS.rows:
        for wrong in row.misspellings:
            assert corrections.correct(wrong.casefold()).candidates == (drugs.misspellings()[wrong.casefold()],)


def test_every_sign_is_found_with_its_regions() -> None:
    for row in registry.SIGNS.rows:
        for term in row.terms:
            assert [sign.meaning for sign in signs.find(f"a positive {term} on the left")] == [row.regions], term


def test_every_position_is_found_before_its_nouns() -> None:
    for row in registry.POSITIONS.rows:
        for word in row.words:
            for noun in row.nouns or ("border",):
                assert [each.row for each in positions.find(f"pain at the {word} {noun}")] == [row], (word, noun)


# ---- Guidelines


def test_every_name_of_a_document_means_it() -> None:
    for row in registry.DOCUMENTS.rows:
        year = min(row.years, default=None)
        for name in row.aliases:
            assert documents.identify(name, year) == row.document, name
            assert documents.name_pattern().fullmatch(name), name
        for name in row.dated:
            assert documents.identify(name, max(row.years)) == row.document, name
            assert documents.name_pattern().search(f"{name} {max(row.years)}"), name


def test_every_section_has_a_name_that_means_it_and_every_other_name_does() -> None:
    for row in registry.SECTIONS.rows:
        meant = {name: contents.find_section(row.document, name) for name in (row.section, *row.aliases)}
        assert row.section in {section.name for section in meant.values() if section}, row.section
        assert {section.name for name, section in meant.items() if section and name in row.aliases} <= {row.section}
        assert None not in meant.values()


def test_every_name_of_a_chapter_means_it() -> None:
    for row in registry.CHAPTERS.rows:
        for name in (row.chapter, *row.aliases):
            found = contents.find_chapter(row.document, name)
            assert found, name
            assert found.name == row.chapter, name
            assert contents.chapter_pattern(row.document).search(f"({name}, 2016)"), name


def test_every_term_of_a_subject_is_found() -> None:
    index = Terms((term, row.subject) for row in registry.SUBJECTS.rows for term in row.terms)
    for row in registry.SUBJECTS.rows:
        for term in row.terms:
            assert [found.meaning for found in index.find(f"for {term}.")] == [row.subject], term
        assert row.terms or row.classes


@pytest.mark.parametrize("quotation", quotations.quotations(), ids=lambda quotation: quotation.wording)
def test_every_wording_is_found_where_it_stands_and_its_numbers_read(quotation: quotations.Quotation) -> None:
    said = quotation.wording.replace("[", "").replace("]", "").replace(" =", f" {quotation.right}").replace("… ", "")
    for number in quotation.numbers:
        said = said.replace("{}", number, 1)
    match = quotation.pattern.search(said)
    assert match
    assert quotation.anchor in said
    assert quotation.numbers or quotation.lost or quotation.right
    for place, number in enumerate(quotation.numbers):
        assert quotations.upper_number(match[f"n{place}"]) == quotations.upper_number(number)


@pytest.mark.parametrize("criterion", criteria.criteria(), ids=lambda criterion: criterion.wording.pattern[:60])
def test_every_criterion_is_found_in_a_wording(criterion: criteria.Criterion) -> None:
    assert any(criterion.wording.search(text) for text in samples(criterion.wording.pattern))
    assert criterion.regions or criterion.kinds


# ---- Law


def test_every_state_and_specialty_is_known() -> None:
    for state in registry.STATES.rows:
        assert credentials.states()[state.state.casefold()] == state.state
    for specialty in registry.SPECIALTIES.rows:
        folded = credentials.fold_specialty(specialty.specialty)
        assert credentials.fold_specialty(credentials.specialties()[folded]) == folded
