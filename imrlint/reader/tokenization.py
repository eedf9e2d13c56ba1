"""Words as the pieces that a model knows.

A sentence is encoded word by word, a word being what stands between spaces: where each word begins among the pieces
is then known, and the pieces of a word are the same in every sentence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from imrlint.reader.gguf import GGUF

_CACHED = 1 << 16  # words


class Encoded(NamedTuple):
    """The pieces of a sentence, with one that begins and one that ends it, and the index of the first of each word."""

    pieces: list[int]
    starts: list[int]


class Encoder:
    """Encodes words with a tokenizer; `space` is what stands before each of them."""

    def __init__(self, tokenizer: Tokenizer, begin: int, end: int, space: str) -> None:
        self._tokenizer, self._begin, self._end, self._space = tokenizer, begin, end, space
        self.word = lru_cache(_CACHED)(self._encode_word)

    def _encode_word(self, word: str) -> tuple[int, ...]:
        """The pieces of a word; at least one."""
        return tuple(self._tokenizer.encode(self._space + word, add_special_tokens=False).ids) or (self._end,)

    def encode(self, words: Sequence[str]) -> Encoded:
        """The pieces of a sentence."""
        pieces, starts = [self._begin], []
        for word in words:
            starts.append(len(pieces))
            pieces.extend(self.word(word))
        return Encoded([*pieces, self._end], starts)

    def first_piece(self, word: str) -> int:
        """The first piece of a word."""
        return self.word(word)[0]


def wordpiece_encoder(vocabulary: Path) -> Encoder:
    """The encoder of BERT, without case, from a list of its pieces."""
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if begin is None or end is None:
        raise ValueError(f"{vocabulary} has no pieces that begin and end a sentence")
    return Encoder(tokenizer._tokenizer, begin, end, "")


def gguf_encoder(model: GGUF) -> Encoder:
    """The encoder of a language model, from its file."""
    return byte_level_encoder(model.fields["tokenizer.ggml.tokens"], model.fields["tokenizer.ggml.merges"])


def stored_encoder(path: Path) -> Encoder:
    """The encoder of a language model, from the file that `conversion.write_pieces` wrote."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return byte_level_encoder(read["pieces"], read["merges"])


def byte_level_encoder(pieces: Sequence[str], merges: Sequence[str]) -> Encoder:
    """An encoder with byte-level pieces (GPT-2), each digit a piece; a merge is two pieces with a space between."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    pairs = [(first, second) for first, second in (merge.split(" ") for merge in merges)]
    tokenizer = Tokenizer(models.BPE(vocabulary, pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    return Encoder(tokenizer, 0, 0, " ")
