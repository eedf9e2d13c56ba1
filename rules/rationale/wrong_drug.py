import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Dispute,
    Field,
    Finding,
    Letter,
    Note,
    Prose,
    RequestKind,
    Rule,
    Sentence,
    drugs,
    mentions,
)  # fmt: skip

# What makes another drug a comparator, a companion or a thing of the past.
BESIDE = re.compile(
    r"\b(?:previous(?:ly)?|prior|past|fail(?:ed|ure|s)?|instead|along with|also|in addition|addition(?:al|ally)?"
    r"|alternatives?|first[- ]line|others?|concurrent(?:ly)?|concomitant(?:ly)?|trial(?:ed|led)?|tried|such as|including"
    r"|includ(?:e|es|ed)|consist(?:s|ed)?|combin(?:ed|ation|ing)|conjunction|as well as|together with|compared|than|rather"
    r"|on top of|initial|switch(?:ed)?|replac(?:e|ed|ing)|given that|since the|because|due to|intoleran\w*|allerg\w*"
    r"|contraindicat\w*|interact\w*|risk|similar|equivalent|like|already|and|or|with|without)\b",
    re.IGNORECASE,
)
# What makes another drug the reason for the decision on this one.
WHY = re.compile(r"\b(?:stopped|denied|discontinued|given that|since the|as the|because)\b", re.IGNORECASE)
# What says that a drug is the one in question.
CONCLUSION = re.compile(r"\bmedically\s+necessary\b|\bmedical necessity\b", re.IGNORECASE)
REQUESTED = r"(?:request(?:ed|s)?(?: for)?|prescription (?:for|of)|use of|decision for)(?: (?:the|this|retrospective|continued|one))*"
TAKEN = (
    r"(?:prescribed(?: with)?|taking|receiving|utilizing|using|treated with|efficacy of|benefit (?:of|from)"
    r"|response to|relief (?:from|with))(?: the)?"
)
ABOUT = r"^(?:regarding|as for|with regards? to|in regards? to)(?: the)?"


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

    def check(self, letter: Letter) -> Iterator[Finding]:
        for dispute in letter.disputes:
            asked = _asked(dispute)
            rationale = dispute.rationale
            if asked and rationale and dispute.request.kind is RequestKind.DRUG:
                for start, end in _others(rationale, asked) or _throughout(rationale, asked):
                    note = Note(dispute.request.disputed.drugs[0].span, "the disputed drug")
                    yield Finding(rationale.place(start, end), "another drug than the disputed one", notes=(note,))


def _asked(dispute: Dispute) -> list[drugs.Drug]:
    fields: tuple[Field[str], ...] = dispute.request.disputed.drugs
    return [drug for field in fields if field.value and (drug := drugs.get(field.value))]


def _others(rationale: Prose, asked: list[drugs.Drug]) -> list[tuple[int, int]]:
    """Where the rationale speaks of another drug as if it were the disputed one."""
    places = []
    found = mentions.of_drugs(rationale)
    foreign = [m for m in found if not any(_akin(m.meaning, drug) for drug in asked)]
    for sentence in rationale.sentences:
        here = [m for m in foreign if sentence.start <= m.start < sentence.end]
        own = any(sentence.start <= m.start < sentence.end for m in found if m not in foreign)
        for mention in here:
            if _meant(sentence, mention.start, mention.end, own):
                places.append((mention.start, mention.end))
    return places


def _throughout(rationale: Prose, asked: list[drugs.Drug]) -> list[tuple[int, int]]:
    """The first mention of the one other drug of which a rationale speaks that never names its own."""
    found = mentions.of_drugs(rationale)
    others = {name for mention in found for name in mention.meaning.ingredients}
    if len(found) < 2 or len(others) != 1 or any(_akin(m.meaning, drug) for m in found for drug in asked):
        return []
    if any(word in rationale.text.casefold() for drug in asked for word in _class_words(drug)):
        return []
    if any(WHY.search(sentence.text) for sentence in rationale.sentences):
        return []
    return [(found[0].start, found[0].end)]


def _class_words(drug: drugs.Drug) -> list[str]:
    """What a class of drugs is called in prose: "muscle relaxant", "opioid"."""
    name = drug.drug_class.casefold()
    known = ("opioid", "nsaid", "relaxant", "benzodiazepine", "hypnotic", "antidepressant", "antiepilep", "topical")
    return [word for word in known if word in name] or [name.split(" (")[0]]


def _akin(drug: drugs.Drug, asked: drugs.Drug) -> bool:
    """Whether two drugs may be argued alike: an ingredient or the class in common."""
    return drug.same_as(asked) or drug.drug_class.split(" (")[0] == asked.drug_class.split(" (")[0]


def _meant(sentence: Sentence, start: int, end: int, own: bool) -> bool:
    text = sentence.prose.text
    before, after = text[sentence.start : start].rstrip(), text[end : sentence.end]
    if re.search(rf"(?:{ABOUT})$", before, re.IGNORECASE):
        return True
    clause = re.split(r"[,;:]| and the | and that ", before)[-1]
    if re.search(rf"\b{REQUESTED}$", before, re.IGNORECASE):
        return not own and bool(CONCLUSION.search(after)) and not BESIDE.search(before.rsplit(" request", 1)[0][-60:])
    if re.search(rf"\b{TAKEN}$", before, re.IGNORECASE):
        # A history of other drugs is no error; the use of one given as the use of the disputed one is.
        return own and not BESIDE.search(clause) and not re.match(r"\s*(?:,|and|or|with|/)", after)
    return False
