"""All kinds of edits, by name."""

from __future__ import annotations

from editing import agreement, amounts, dates, drugs, negations, parts, sides, small_words, words
from editing.edit import Kind

KINDS = (
    Kind("real-word", words.find_words, words.replace_word),
    Kind("non-word", words.find_long_words, words.mangle_word),
    Kind("side", sides.find_sides, sides.swap_side),
    Kind("part", parts.find_parts, parts.replace_part),
    Kind("drug", drugs.find_drugs, drugs.replace_drug),
    Kind("number", amounts.find_amounts, amounts.change_amount),
    Kind("date-year", dates.find_dates, dates.changing("year")),
    Kind("date-swapped", dates.find_dates, dates.changing("swap")),
    Kind("date-day", dates.find_dates, dates.changing("day")),
    Kind("negation-verdict", negations.find_in_verdicts, negations.turn_negation),
    Kind("negation-elsewhere", negations.find_elsewhere, negations.turn_negation),
    Kind("small-word-lost", small_words.find_needed, small_words.lose),
    Kind("small-word-doubled", small_words.find_any, small_words.double),
    Kind("small-word-swapped", small_words.find_swapped, small_words.swap),
    Kind("agreement", agreement.find_agreements, agreement.lose_agreement),
    Kind("article-lost", small_words.find_articles, small_words.lose),
)
