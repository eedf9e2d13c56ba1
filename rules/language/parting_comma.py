import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Passage,
    Pattern,
    Place,
    Reading,
    Rule,
    Safety,
    knowledge,
    quote,
)

DAY = r"\d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{2,4}"
# What a guideline does, in the present: "cited" and "required" may be participles.
SAYS = "(?:state|recommend|indicate|note|support|advise)s?"
GUIDELINE = re.compile(knowledge.wordings.any_of("guideline"), re.IGNORECASE)
# The date of a paper, and what the paper says or what was done with it: "The review dated 1-5-17, denied".
DATED = Pattern(
    rf"(?<![,;] )\bdated {DAY}(?P<mark>,) (?:that )?(?:{knowledge.wordings.any_of('non-certified')}|denied|reported|modified"
    r"|noted|revealed|showed"
    r"|stated|indicated|documented|demonstrated|certified|approved|recommended|described|was|is|were|are)\b"
)
# "Guidelines state, a trial", "to include, activities".
OBJECT = Pattern(
    rf"(?<!, the )(?<!, )(?<!\bas the )(?<!\bas )\b(?P<subject>[A-Za-z]+) (?:(?:also|further) )?{SAYS}(?P<mark>,) (?!however)(?=[a-z])"
)
INSERTED = re.compile(r"(?:^|, )as [^,;]*$")
# Behind the comma: a group between two commas, "recommend, in such cases, a trial".
PARENTHESIS = re.compile(
    rf" (?:{knowledge.function_words.alternatives('preposition', 'subordinator')})\b[^,;]*,(?! (?:and|or)\b)",
    re.IGNORECASE,
)
INTRODUCED = Pattern(r"\b(?:to include|such as|as well as)(?P<mark>,) (?!(?:is|was|are|were|has|had|but)\b)(?=[a-z])")
# "Medications include Norco, and Lidoderm.": two things, which "and" joins without a comma.
TWO = Pattern(
    r"\b[Ii]nclud(?:es?|ed|ing) (?P<first>(?:[A-Za-z0-9/-]+ ){0,4}[A-Za-z0-9/-]+)(?P<mark>,) and"
    r" (?P<second>(?:[A-Za-z0-9/-]+ ){0,4}[A-Za-z0-9/-]+)\."
)
# The beginning of a sentence that has no other comma before the verb: of a guideline, a request, a drug.
OF_GUIDELINE = Pattern(
    rf"^(?:The|This|These|California|Official) [^,.;:]{{2,89}}\b(?P<subject>[A-Za-z]+)(?: \([A-Z]+\))?(?P<mark>,) {SAYS} "
)
# Words by which one of two things is a clause, or has "and" itself.
CLAUSE = frozenset(("and", "or", "that", "which", "who", "not", "also")).union(
    *map(knowledge.function_words.members, ("auxiliary", "be", "linking verb", "subject pronoun"))
)
SUBJECTS = (
    Pattern(r"\b[Tt]he (?:[a-z]+ )?request(?:ed)? [^,;:]{3,110}(?P<mark>,) is (?:not )?medically "),
    Pattern(r"^At issue(?P<mark>,) (?:is|are|was|were) "),
    Pattern(r"^[A-Z][a-z]+(?P<mark>,) is an? "),
)
OF_VERB = "between a subject and its verb"


class PartingComma(Rule):
    """A comma that parts a verb from its subject or from its object: "The review dated 1-5-17, denied the request".

    The reader expects a second comma, and looks for it in vain. A date with its month in words has a comma of its own.

    ```diff
    -therapy for the right shoulder. Utilization review on 06-20-2017 non-certified the requests.
    +therapy for the right shoulder. The utilization review dated 06-20-2017, non-certified the requests.
    ```

    ```findings
    "," "06-20-2017, non-certified": no comma belongs between a subject and its verb
      fix (safe): delete the comma
    ```
    """

    code = "LAN024"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for passage in reading.written:
            for mark, where in (*_find_in_passage(passage), *_find_in_sentences(passage)):
                if not passage.is_quoted(mark.start):
                    yield _report(mark, where)


def _find_in_passage(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The commas that part anywhere in a sentence, each with what it parts."""
    for hit in passage.find(DATED):
        yield hit.place_of("mark"), OF_VERB
    for hit in passage.find(INTRODUCED):
        yield hit.place_of("mark"), "before what is introduced"
    for hit in passage.find(TWO):
        is_verb = hit.group("second").split()[0].endswith("ed")
        if not is_verb and CLAUSE.isdisjoint(f"{hit.group('first')} {hit.group('second')}".lower().split()):
            yield hit.place_of("mark"), 'between two things that "and" joins'
    for hit in passage.find(OBJECT):
        subject = hit.group("subject")
        if INSERTED.search(hit.place.before) or PARENTHESIS.match(hit.place_of("mark").after):
            continue  # "as the California guidelines state, for"
        if GUIDELINE.fullmatch(subject) or subject.lower() == "they":
            yield hit.place_of("mark"), "between a verb and its object"


def _find_in_sentences(passage: Passage) -> Iterator[tuple[Place, str]]:
    """The first commas of sentences, where they part a subject from its verb."""
    for sentence in passage.sentences:
        found = [pattern.search(sentence.text) for pattern in SUBJECTS]
        spoken = OF_GUIDELINE.search(sentence.text)
        if spoken and GUIDELINE.fullmatch(spoken["subject"]):
            found.append(spoken)
        for match in filter(None, found):
            yield sentence.place.part(*match.span("mark")), OF_VERB


def _report(mark: Place, where: str) -> Finding:
    before, after = mark.before.rsplit(" ", 1)[-1], mark.after.split()[0]
    fix = Fix("delete the comma", (Edit(mark.span, ""),), Safety.SAFE)
    return Finding(mark.span, f"{quote(f'{before}, {after}')}: no comma belongs {where}", fix=fix)
