import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Place, Reading, Rule, Safety, knowledge

# "a" or "an" before a word. A lower-case "a" that is no article has no word right behind it.
INSIDE = re.compile(r" (?P<article>an?) (?P<word>[A-Za-z][A-Za-z'’]*)(?P<after>[-/]?)")
AT_START = re.compile(r"(?P<article>An?) (?P<word>[A-Za-z][A-Za-z'’]*)(?P<after>[-/]?)")
# Initials that are spelled out letter by letter and begin with the sound of a vowel.
SPELT = re.compile(
    r"(?:[FHLMNRSX][B-DF-HJ-NP-TV-XZ][A-Z]*s?|MRIs?|MRAs?|EMGs?|ESIs?|RFAs?|LSOs?|FRPs?|SI|MD|RN|AME|[EMXHLNRSF])"
)
SPOKEN_VOWEL = re.compile(r"[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE)
YOU = re.compile(r"u(?:ni(?![nm])|s[aeiu]|t[ei]|r[eio]|bi[qs]|v[ue])|eu|one\b|once\b|ew", re.IGNORECASE)
SINGULAR_S = ("ss", "us", "is", "series", "biceps", "triceps", "quadriceps", "means", "diabetes", "pancreas", "sports",
              "sales", "records", "benefits", "forceps", "gas", "lens", "herpes", "ours", "perhaps", "always")  # fmt: skip


class Article(Rule):
    """The wrong article: "a MRI", "an lumbar support", or "a" before a plural.

    The sound decides: an MRI, an hour, a urine test, a one-month trial. A wrong article makes the reader
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
        for passage in reading.written:
            for hit in (*passage.find(INSIDE), *passage.find(AT_START)):
                article, word = hit.place_of("article"), hit.place_of("word")
                right = _choose_article(word.text)
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
    return None if word[0].casefold() == "h" else "a"


def _is_letter(article: Place) -> bool:
    """Whether the "a" is a letter: of a list, a vitamin, a type."""
    before = article.prose.text[max(0, article.start - 12) : article.start]
    if article.text == "A" and re.search(r"[a-z] $", before):
        return True  # "influenza A or B"
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
