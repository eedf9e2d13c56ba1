import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Finding,
    Importance,
    Item,
    Letter,
    Note,
    Prose,
    Reading,
    Rule,
    knowledge,
    model,
)

# What makes another drug a comparator, a companion or a thing of the past.
BESIDE = re.compile(
    r"\b(?:previous(?:ly)?|prior|past|fail(?:ed|ure|s)?|instead|along with|also|in addition|addition(?:al|ally)?"
    r"|alternatives?|first[- ]line|others?|concurrent(?:ly)?|concomitant(?:ly)?|trial(?:ed|led)?|tried|such as"
    r"|including"
    r"|includ(?:e|es|ed)|consist(?:s|ed)?|combin(?:ed|ation|ing)|conjunction|as well as|together with|compared"
    r"|than|rather"
    r"|on top of|initial|switch(?:ed)?|replac(?:e|ed|ing)|given that|since the|because|due to|intoleran\w*|allerg\w*"
    r"|contraindicat\w*|interact\w*|risk|similar|equivalent|like|already|and|or|with|without)\b",
    re.IGNORECASE,
)
# What makes another drug the reason for the decision on this one.
WHY = re.compile(r"\b(?:stopped|denied|discontinued|given that|since the|as the|because)\b", re.IGNORECASE)
TAKEN = re.compile(
    r"\b(?:prescribed(?: with)?|taken|taking|receiving|utilizing|using|treated with|efficacy of|benefit (?:of|from)"
    r"|response to|relief (?:from|with))(?: the)?$",
    re.IGNORECASE,
)
IN_A_ROW = re.compile(r"\s*(?:,|and|or|with|/)")
DEFINED = re.compile(r"(?: \([^()]{2,40}\))? is an? (?!brand|generic|component|metabolite)", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:]| and the | and that ")


# Kinds whose titles may name a drug: an injection of it, a service with an operation.
WITH_DRUGS = (model.RequestKind.INJECTION, model.RequestKind.ASSOCIATED)


class WrongDrug(Rule):
    """The rationale argues about another drug than the disputed one.

    Pasted from another item, such a rationale decides nothing about the drug that was asked for,
    and a plainly wrong fact is a ground of appeal (Labor Code 4610.6(h)). Brand and generic name,
    ingredients of a combination, drugs of the same class, comparators and companions are no error.

    ```diff
    -Therefore, the request for orphenadrine is not
    -medically necessary and appropriate.
    +Therefore, the request for Restoril is not
    +medically necessary and appropriate.
    ```

    ```findings
    "Restoril" another drug than the disputed one
      "Orphenadrine ER" the disputed drug
    ```
    """

    code = "RAT001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            own, rationale = asked.of(dispute), dispute.rationale
            if rationale is None or not own.drugs or own.kind not in (*asked.DRUGS, *WITH_DRUGS):
                continue
            known = [term.meaning for term in mentions.of_drugs(letter.summary)] if letter.summary else []
            known += [drug for other in letter.disputes for drug in asked.of(other).drugs]
            named = dispute.request.disputed.drugs
            note = Note(named[0].span if named else dispute.title.span, "the disputed drug")
            found = set(_referred(rationale, dispute, letter))
            if own.kind in asked.DRUGS:
                found |= set(_told(rationale, own, known))
                found |= set() if found else set(_throughout(rationale, own))
            for start, end in sorted(found):
                yield Finding(rationale.place(start, end), "another drug than the disputed one", notes=(note,))


def _referred(rationale: Prose, dispute: Dispute, letter: Letter) -> Iterator[tuple[int, int]]:
    """Drugs named where the disputed item itself is spoken of."""
    own = asked.of(dispute)
    for reference in references.of(rationale):
        here = [m for m in mentions.of_drugs(rationale) if reference.start <= m.start < reference.end]
        own_named = any(m.meaning.same_as(drug) for m in here for drug in own.drugs)
        if here and not own_named and not asked.names_another(rationale, reference.place, dispute, letter):
            yield here[0].start, here[0].end


def _told(rationale: Prose, own: Item, known: list[knowledge.drugs.Drug]) -> Iterator[tuple[int, int]]:
    """Drugs of which is told what is true of the disputed one only: that they are taken, what they are."""
    found = mentions.of_drugs(rationale)
    for sentence in rationale.sentences:
        here = [m for m in found if sentence.start <= m.start < sentence.end]
        named = any(m.meaning.same_as(drug) for m in here for drug in own.drugs)
        for mention in here:
            if any(mention.meaning.same_as(drug) for drug in own.drugs):
                continue
            told = any(mention.meaning.same_as(drug) for drug in known)
            before, text = rationale.text[sentence.start : mention.start].rstrip(), rationale.text
            if (
                TAKEN.search(before)
                and not IN_A_ROW.match(text, mention.end)
                and not BESIDE.search(CLAUSE.split(before)[-1])
            ):
                # A history of other drugs is no error; the use of one given as the use of the disputed one is.
                if (named and not own.has_drug(mention.meaning)) or (not told and own.has_drug(mention.meaning)):
                    yield mention.start, mention.end
            elif not before and not named and not told and DEFINED.match(text, mention.end):
                yield mention.start, mention.end


def _throughout(rationale: Prose, own: Item) -> Iterator[tuple[int, int]]:
    """The first mention of the one other drug of which a rationale speaks that never names its own."""
    found = mentions.of_drugs(rationale)
    others = {name for mention in found for name in mention.meaning.ingredients}
    if len(found) < 2 or len(others) != 1 or any(own.has_drug(mention.meaning) for mention in found):
        return
    lowered = rationale.text.casefold()
    if any(word in lowered for drug in own.drugs for word in _class_words(drug)):
        return
    if not any(WHY.search(sentence.text) for sentence in rationale.sentences):
        yield found[0].start, found[0].end


def _class_words(drug: knowledge.drugs.Drug) -> list[str]:
    """What a class of drugs is called in prose: "muscle relaxant", "opioid"."""
    name = drug.drug_class.casefold()
    known = ("opioid", "nsaid", "relaxant", "benzodiazepine", "hypnotic", "antidepressant", "antiepilep", "topical")
    return [word for word in known if word in name] or [name.split(" (")[0]]
