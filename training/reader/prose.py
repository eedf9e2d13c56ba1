"""Clean sentences of corpora, each once: what the reader learns to be right.

A corpus is a text file, or one compressed with xz. A paragraph is a line, or, where the file is wrapped, lines up to an
empty one. Tables, references, addresses and other text that is not prose are left out.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

_ABBREVIATIONS = (  # before a name or a number
    "Dr", "Mr", "Mrs", "Ms", "St", "vs", "No", "Fig", "Figs", "et al", "e.g", "i.e", "approx",
)  # fmt: skip
_NO_END = "".join(rf"(?<!\b{re.escape(each)}\.)" for each in _ABBREVIATIONS)
_END = re.compile(rf"(?<=[.!?]){_NO_END}\s+(?=[A-Z0-9(\"'])")
_MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,200}>|\{:[^{}]*\}|\[[^\[\]]{0,40}\]|https?:\S+|\*\*+")
_GAP = re.compile(r"(?<=[(\[])\s+|\s+(?=[.,;:)\]](?:[\s.,;:)\]]|$))")  # where a reference or markup stood, say
_LETTERS = re.compile(r"[\"'(\[]*[A-Za-z][A-Za-z'/-]*[\"')\],.;:?!]*")
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_SMALL = frozenset((
    "a", "an", "the", "of", "or", "on", "in", "is", "it", "as", "at", "to", "for", "from", "with", "without", "was",
    "were", "are", "be", "been", "by", "and", "not", "no", "had", "has", "have", "that",
))  # fmt: skip
_FEWEST, _MOST = 5, 60  # words of a sentence
_WRAPPED = 0.25  # share of the lines that end in mid-sentence where a file is wrapped


def read_text(path: Path) -> str:
    """The text of a corpus, its lines ended as on any system."""
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sentences(paths: Iterable[Path]) -> Iterator[str]:
    """The sentences of corpora, in their order, each once, with single spaces and plain quotation marks."""
    seen: set[int] = set()
    for path in paths:
        for paragraph in _paragraphs(read_text(path)):
            for sentence in _END.split(paragraph):
                words = sentence.split()
                key = hash(" ".join(words).casefold())
                if _is_prose(words) and key not in seen:
                    seen.add(key)
                    yield " ".join(words)


def _paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        goes_on = sum(bool(re.search(r"[a-z,]$", one)) and other[:1].islower() for one, other in pairwise(lines))
        for paragraph in [" ".join(lines)] if lines and goes_on > _WRAPPED * (len(lines) - 1) > 0 else lines:
            cleaned = _GAP.sub("", _MARKUP.sub(" ", paragraph.translate(_TYPOGRAPHIC))).strip(" \t*#-")
            if cleaned:
                yield cleaned


def _is_prose(words: list[str]) -> bool:
    """Whether words are mostly letters, with a small word among them."""
    if not _FEWEST <= len(words) <= _MOST or sum(map(len, words)) > 9.5 * len(words):
        return False
    lettered = sum(bool(_LETTERS.fullmatch(word)) for word in words)
    return lettered >= 0.75 * len(words) and any(word.lower() in _SMALL for word in words)
