import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    annotation,
    knowledge,
    model,
    quote,
)

# Words that make another drug an alternative, a companion or one that was taken before.
ACCOMPANYING = Pattern(
    rf"\b(?:{knowledge.wordings.any_of('earlier')}|given that|since the|because|due to|fail(?:ed|ure|s)?|instead|along with|also|in addition"
    r"|addition(?:al|ally)?"
    r"|alternatives?|first[- ]line|others?|concurrent(?:ly)?|concomitant(?:ly)?|trial(?:ed|led)?|tried|such as"
    r"|including"
    r"|includ(?:e|es|ed)|consist(?:s|ed)?|combin(?:ed|ation|ing)|conjunction|as well as|together with|compared"
    r"|than|rather"
    r"|on top of|initial|switch(?:ed)?|replac(?:e|ed|ing)|intoleran\w*|allerg\w*"
    r"|contraindicat\w*|interact\w*|risk|similar|equivalent|like|already|and|or|with|without)\b",
    re.IGNORECASE,
)
# Words that make another drug the reason for the decision on the disputed one.
REASON = Pattern(r"\b(?:stopped|denied|discontinued|given that|since the|as the|because)\b", re.IGNORECASE)
TAKEN = Pattern(
    r"\b(?:prescribed(?: with)?|taken|taking|receiving|utilizing|using|treated with|efficacy of|benefit (?:of|from)"
    r"|response to|relief (?:from|with))(?: the)?$",
    re.IGNORECASE,
)
# What follows is the evidence for what was said before.
EVIDENCE = re.compile(
    r"\b(?:as|which|that|this|notes?|records?)\b[^.;]*\b(?:eviden\w+|shown?|show|document\w*|indicat\w+|demonstrat\w+)\b"
)
ARGUABLE = (Feature.ARGUABLE,)
UNSURE = (Feature.INFERRED,)
LISTED = re.compile(r"\s*(?:,|and|or|with|/)")
DEFINED = Pattern(r"(?: \([^()]{2,40}\))? is an? (?!brand|generic|component|metabolite)", re.IGNORECASE)
# Before a drug that somebody takes: "his daily", "refills of", "the dose of".
IN_USE = Pattern(
    rf"\b(?:(?:his|her|their|(?:{knowledge.wordings.any_of('worker')})['’]s) (?:[\w-]+ ){{0,2}}"
    rf"|(?:{knowledge.function_words.alternatives('noun of drug use')}) (?:of|for) (?:(?:{knowledge.function_words.alternatives('determiner')}) )?)$",
    re.IGNORECASE,
)
NEAR = 60  # characters before a drug
# Words by which a sentence tells what becomes of a drug in the body, or what a test found of it.
BECOMES = Pattern(
    rf"\b(?:{knowledge.function_words.alternatives('word of metabolism')}|positive|negative|consistent"
    rf"|(?:{knowledge.function_words.alternatives('verb of becoming')}) (?:\w+ ){{0,4}}?(?:in)?to)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:]| and the | and that ")


# Kinds whose titles may name a drug, too: an injection of it, a service that goes with an operation.
WITH_DRUGS = (model.RequestKind.INJECTION, model.RequestKind.ASSOCIATED)


class WrongDrug(Rule):
    """The rationale argues about a drug that is not in dispute.

    It was pasted from another item and decides nothing about the drug that was requested. A plainly
    wrong fact is a ground of appeal (Labor Code 4610.6(h)). It is an error where the conclusion names the
    other drug, or where one of another class is explained and the disputed one never named, a warning where the
    argument names it, and a note where the other drug is only said to be taken, or begins a sentence on what a
    guideline says. A drug that nothing else in the letter names is reported where its sentence looks like one on
    the case, the more surely the more of it the summary says of another drug.
    Brand and generic names, the ingredients of a combination, drugs of the same class, alternatives,
    companions and what the body makes of the disputed drug are not reported.

    ```diff
    -Therefore, the request for orphenadrine is not
    -medically necessary and appropriate.
    +Therefore, the request for Restoril is not
    +medically necessary and appropriate.
    ```

    ```findings
    "Restoril" not the disputed drug: "Restoril" here, "Orphenadrine ER" in dispute
      "Orphenadrine ER" the disputed drug
    ```
    """

    code = "RAT001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            if item.rationale is None:
                continue
            disputed = next(iter(item.dispute.request.disputed.drugs), item.dispute.title)
            found = {}
            if item.drugs and (item.is_drug or item.kind in WITH_DRUGS):
                found = dict(_other_drugs(item, item.rationale, reading))
            note = Note(disputed.span, "the disputed drug" if item.drugs else "the disputed item")
            made = {each.place for each in item.rationale.drugs if _is_made_of_disputed(each, item, item.rationale)}
            for place, evidence in sorted(found.items(), key=lambda each: each[0].start):
                if place in made:
                    continue
                message = f"not the disputed drug: {quote(place.text)} here, {quote(disputed.raw)} in dispute"
                yield Finding(place.span, message, notes=(note,), evidence=evidence)
            for stray in reading.find_strays(item):
                if stray.kind is not annotation.StrayKind.DRUG or stray.place in (*found, *made):
                    continue
                in_use = not found and _is_in_use(stray.place, item.rationale)
                if stray.is_possible or in_use:
                    here = quote(stray.place.text)
                    message = f"named nowhere else in the letter: {here} here, {quote(disputed.raw)} in dispute"
                    evidence = ARGUABLE if stray.is_likely or in_use else UNSURE
                    yield Finding(stray.place.span, message, notes=(note,), evidence=evidence)


def _is_in_use(place: Place, rationale: Passage) -> bool:
    """Whether a sentence on the case speaks of a drug as of one that the worker takes: "his daily warfarin"."""
    sentence = rationale.sentence_of(place)
    is_general = sentence.names_guideline or sentence.speaks_for_guideline or sentence.is_quoted(place.start)
    return not is_general and IN_USE.search(place.before[-NEAR:]) is not None


def _other_drugs(item: Item, rationale: Passage, reading: Reading) -> list[tuple[Place, tuple[Feature, ...]]]:
    """Where a rationale argues about another drug, each place once."""
    found = dict(_drugs_of_request(item, rationale, reading))
    if item.is_drug:
        for place, evidence in _drugs_taken(item, rationale, reading):
            found.setdefault(place, evidence)
        if not found:
            found = dict.fromkeys(_only_other_drug(item, rationale), ARGUABLE)
    return list(found.items())


def _is_disputed(drug: knowledge.drugs.Drug, item: Item) -> bool:
    return any(drug.same_as(each) for each in item.drugs)


def _is_made_of_disputed(drug: annotation.Mention[knowledge.drugs.Drug], item: Item, rationale: Passage) -> bool:
    """Whether a sentence speaks of a drug as of what the body makes of a disputed one."""
    sentence = drug.place.sentence
    if not BECOMES.search(sentence.text):
        return False
    if any(knowledge.metabolites.is_metabolite(drug.meaning, each) for each in item.drugs):
        return True
    is_named = any(_is_disputed(each.meaning, item) for each in rationale.drugs_in(sentence))
    return is_named and "metabolite" in sentence.lower


def _drugs_of_request(item: Item, rationale: Passage, reading: Reading) -> Iterator[tuple[Place, tuple[Feature, ...]]]:
    """Drugs named where the rationale speaks of the disputed item itself."""
    for reference in rationale.references:
        named = [
            drug
            for drug in rationale.drugs
            if reference.place.holds(drug.place.start) and not annotation.is_among_classes(drug.place)
        ]
        if (
            named
            and not any(_is_disputed(drug.meaning, item) for drug in named)
            and not reading.find_other_item(reference.place, item)
        ):
            yield named[0].place, () if reference.is_subject else ARGUABLE


def _drugs_taken(item: Item, rationale: Passage, reading: Reading) -> Iterator[tuple[Place, tuple[Feature, ...]]]:
    """Drugs that the rationale says are taken, or that it defines, as if they were the disputed one.

    Another drug that is taken is a reason for a warning only where its use is the evidence for what is said
    of the disputed one; elsewhere it may only be a fact of the case.
    """
    known = [drug.meaning for drug in reading.summary.drugs] if reading.summary else []
    known += [drug for other in reading.items for drug in other.drugs]
    is_named = any(_is_disputed(drug.meaning, item) for drug in rationale.drugs)
    for sentence in rationale.prose.sentences:
        here = [drug for drug in rationale.drugs if sentence.holds(drug.place.start)]
        disputed_named = any(_is_disputed(drug.meaning, item) for drug in here)
        for place, drug in here:
            if _is_disputed(drug, item) or not drug.drug_class:
                continue  # a drug of which only the strengths are known may be of any class
            is_known = any(drug.same_as(each) for each in known)
            before = place.before.rstrip()
            if (
                TAKEN.search(before)
                and not LISTED.match(rationale.text, place.end)
                and not ACCOMPANYING.search(CLAUSE.split(before)[-1])
            ):
                if (disputed_named and not item.has_drug(drug)) or (not is_known and item.has_drug(drug)):
                    is_evidence = disputed_named and EVIDENCE.search(before) and _is_named_once(drug, rationale)
                    yield place, ARGUABLE if is_evidence else UNSURE
            elif not before and not disputed_named and not is_known:
                if DEFINED.match(rationale.text, place.end):
                    yield place, UNSURE if is_named else ARGUABLE if item.has_drug(drug) else ()
                elif rationale.sentence_of(place).kind is annotation.SentenceKind.GUIDELINE:
                    yield place, UNSURE


def _is_named_once(drug: knowledge.drugs.Drug, rationale: Passage) -> bool:
    """Whether a drug is named in one place only, so that nothing else is said of it."""
    return sum(drug.same_as(each.meaning) for each in rationale.drugs) == 1


def _only_other_drug(item: Item, rationale: Passage) -> Iterator[Place]:
    """The first mention of the only drug that a rationale names, where it is not the disputed one."""
    named = rationale.drugs
    ingredients = {name for drug in named for name in drug.meaning.ingredients}
    if len(named) < 2 or len(ingredients) != 1 or any(item.has_drug(drug.meaning) for drug in named):
        return
    if any(word in rationale.lower for drug in item.drugs for word in _class_words(drug)):
        return
    if not any(REASON.search(sentence.text) for sentence in rationale.prose.sentences):
        yield named[0].place


def _class_words(drug: knowledge.drugs.Drug) -> list[str]:
    """What running text calls a class of drugs: "muscle relaxant", "opioid"."""
    name = drug.drug_class.casefold()
    known = ("opioid", "nsaid", "relaxant", "benzodiazepine", "hypnotic", "antidepressant", "antiepilep", "topical")
    return [word for word in known if word in name] or [name.split(" (")[0]]
