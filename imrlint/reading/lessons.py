"""What a letter teaches a memory of its house: its sentences, the words in their surroundings, spellings, citations."""

from __future__ import annotations

from imrlint.memory import lessons
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import LearntSentence, Lesson
from imrlint.reading.house_citations import find_subject, list_citations
from imrlint.reading.house_spelling import find_form
from imrlint.reading.reading import Reading
from imrlint.reading.wording import is_mask


def build_lesson(reading: Reading, content: bytes, hasher: Hasher) -> Lesson:
    """The lesson of a letter. `content` is the SHA-256 of its file."""
    decided = reading.letter.header.decided
    month = f"{decided.value:%Y-%m}" if decided and decided.value else ""
    sentences = [LearntSentence(each.words, each.values) for each in reading.wordings if len(each.words) > 1]
    words = sorted({word for each in sentences for word in each.words if not is_mask(word)})
    citations = {
        (name, find_subject(reading.item(cited.dispute)))
        for cited in reading.citations
        if cited.is_reviewers
        for name in list_citations(cited)
    }
    spellings = [(word, find_form(word)) for word in words]
    return lessons.build_lesson(hasher, content, month, sentences, spellings, sorted(citations))
