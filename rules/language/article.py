import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Pattern,
    Place,
    Reading,
    Rule,
    Safety,
    annotation,
    knowledge,
    report_doubt,
)

# "a" or "an" before a word or a numeral. A lower-case "a" that is no article has no word right behind it.
FOLLOWED = r"(?P<word>[A-Za-z][A-Za-z'’]*|[0-9][0-9,]*(?:\.[0-9]+)?(?![A-Z:0-9]|[.,][0-9]))(?P<after>[-/]?)"
INSIDE = re.compile(rf" (?P<article>an?) {FOLLOWED}")
AT_START = re.compile(rf"(?P<article>An?) {FOLLOWED}")
# Initials that are spelled out letter by letter and begin with the sound of a vowel.
SPELT = re.compile(
    r"(?:[FHLMNRSX][B-DF-HJ-NP-TV-XZ][A-Z]*s?|MRIs?|MRAs?|EMGs?|ESIs?|RFAs?|LSOs?|FRPs?|SI|MD|RN|AME|[EMXHLNRSF])"
)
# Those of them that cannot be spoken as a word, since no word begins with such consonants: NSAID, HNP.
UNSPEAKABLE = re.compile(r"F[^LR]|H.|L.|M.|N.|R[^H]|S[^CHKLMNPQTVW]|X.")
# Numerals that are spoken with a vowel first: 8, 80, 8,000; 11, 18, 11,000. Whether 1100 is one thousand or eleven
# hundred, and 0.5 begins with "oh" or "zero", cannot be told.
EIGHT = re.compile(r"8[0-9,]*(?:\.[0-9]+)?|1[18](?:,[0-9]{3})?(?:\.[0-9]+)?")
UNSAID = re.compile(r"1,?[18][0-9]{2}$|0")
# Words whose "h" is silent or weak to some, who write "an historical review" (Merriam-Webster, "a or an").
WEAK_H = Pattern(r"histor|hotel|habitu|hero|heredit|hypoth|hyster|herb|homage|humble|hilar", re.IGNORECASE)
SPOKEN_VOWEL = Pattern(r"[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE)
# "a L shoulder" is read "a left shoulder", and "an L shoulder" letter by letter: both are right.
SIDE = re.compile(r"[LR] [A-Za-z]")
YOU = Pattern(r"u(?:ni(?![nm])|s[aeiu]|t[ei]|r[eio]|bi[qs]|v[ue])|eu|one\b|once\b|ew", re.IGNORECASE)
SINGULAR_S = ("ss", "us", "is", "series", "biceps", "triceps", "quadriceps", "means", "diabetes", "pancreas", "sports",
              "sales", "records", "benefits", "forceps", "gas", "lens", "herpes", "ours", "perhaps", "always")  # fmt: skip


class Article(Rule):
    """The wrong article: "a MRI", "an lumbar support", or "a" before a plural.

    The sound decides: an MRI, an hour, a urine test, a one-month trial, an 8-week course. A wrong article makes the reader
    stumble, and often shows that a word was replaced.

    ```diff
    -The treating physician asked for orphenadrine, an MRI of the lumbar spine
    +The treating physician asked for orphenadrine, a MRI of the lumbar spine
    ```

    ```findings
    "a MRI" did you mean "an MRI"?
      fix (safe): write an
    ```
    """

    code = "LAN011"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.ARTICLE)
        for passage in reading.written:
            for hit in (*passage.find(INSIDE), *passage.find(AT_START)):
                article, word = hit.place_of("article"), hit.place_of("word")
                if SIDE.match(passage.text, word.start):
                    continue
                right = _choose_article_of_number(word) if word.text[0].isdigit() else _choose_article(word.text)
                wrong = right is not None and article.text.casefold() != right
                before_plural = article.text == "a" and not hit.group("after") and _is_plural(word)
                if not (wrong or before_plural) or passage.is_quoted(article.start) or _is_letter(article):
                    continue
                span = passage.place(article.start, word.end).span
                if wrong and right:
                    written = right.capitalize() if article.text[0].isupper() else right
                    fix = Fix(f"write {written}", (Edit(article.span, written),), Safety.SAFE)
                    yield Finding(span, f'did you mean "{written} {word.text}"?', fix=fix)
                else:
                    yield Finding(span, f'"a" before the plural "{word.text}"')


def _choose_article(word: str) -> str | None:
    """The article that the sound of a word needs; None where it cannot be told."""
    if word.rstrip("s").isupper() and len(word) > 3 and knowledge.lexicon.is_known(word.casefold()):
        # Some initials are spoken as a word (a SLAP tear), others by their letters; a TENS unit has "a" either way.
        if SPELT.fullmatch(word) and UNSPEAKABLE.match(word) and word[1] not in "AEIOUY":
            return "an"
        return "a" if word[0] in "BCDGJKPQTVWYZ" else None
    if not (word.islower() or word.isupper() or word.istitle() or SPELT.fullmatch(word)):
        return None  # mRNA, eGFR
    if (word.isupper() and len(word) > 1) or SPELT.fullmatch(word):
        if SPELT.fullmatch(word):
            return "an"
        return "a" if word[0] in "BCDGJKPQTVWYZU" else None
    if len(word) == 1:
        return "an" if word in "xh" else None
    if YOU.match(word):
        return "a"
    if SPOKEN_VOWEL.match(word):
        return "an"
    if word[0].casefold() == "h" and (WEAK_H.match(word) or not re.search(r"[aeiouy]", word)):
        return None  # "hx" may be spoken as it is written or as "history"
    return "a"


def _choose_article_of_number(word: Place) -> str | None:
    """The article that a spoken numeral needs; None where it cannot be told, as in a date."""
    after = word.prose.text[word.end : word.end + 2]
    number = word.text.rstrip(",")
    if after[:1] == "/" or (after[:1] in ("-", "–") and after[1:].isdigit()):
        return "an" if number == "8" else None  # "an 8/10 pain"; dates are spoken with the name of the month
    if UNSAID.match(number):
        return None
    return "an" if EIGHT.fullmatch(number) else "a"


def _is_letter(article: Place) -> bool:
    """Whether the "a" is a letter: of a list, a vitamin, a type."""
    before = article.prose.text[max(0, article.start - 12) : article.start]
    if re.search(r"[a-z] $" if article.text == "A" else r"[0-9)] $", before):
        return True  # "influenza A or B"; "12.5 a 11.8", as tables mark their notes
    return bool(
        re.search(r"(?:[\w(/-]|\b(?:[Vv]itamin|[Tt]ype|[Hh]epatitis|[Gg]rade|[Gg]roup|[Pp]art|[Tt]able) )$", before)
    )


def _is_plural(word: Place) -> bool:
    """Whether a word is a plural, judged by its ending and by what follows."""
    lower = word.text.casefold()
    if (
        len(lower) < 5
        or not lower.endswith("s")
        or lower.endswith(SINGULAR_S)
        or not knowledge.lexicon.is_known(lower[:-1])
    ):
        return False
    return bool(
        re.match(
            r"[,.;]| (?:of|for|in|to|with|was|were|is|are|and|or|at|on|that|which|had|has)\b",
            word.prose.text[word.end : word.end + 9],
        )
    )
