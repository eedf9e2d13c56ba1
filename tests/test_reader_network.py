"""Reading sentences with a network: in any batch, of any length; and the files and the pieces that it needs."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tiny_reader as tiny
from numpy.typing import NDArray

from imrlint.reader.gguf import GGUF, GGUFError
from imrlint.reader.network import Network, _parts
from imrlint.reader.tokenization import Encoded, Encoder


@pytest.fixture(scope="module")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Encoder, Encoder]:
    """One with a piece for most words, and one with a piece for most letters."""
    folder = tmp_path_factory.mktemp("encoders")
    return tiny.small_encoder(folder), tiny.large_encoder(folder)


@pytest.fixture(scope="module")
def network(encoders: tuple[Encoder, Encoder], tmp_path_factory: pytest.TempPathFactory) -> Network:
    """One made at random."""
    return tiny.make_network(tiny.bert_weights(), encoders[0], tmp_path_factory.mktemp("network"))


def _labels(network: Network, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
    return [reading.labels for reading in network.read(sentences, -math.inf)]


def test_what_is_said_of_a_sentence_does_not_depend_on_the_others(network: Network) -> None:
    draw = random.Random(2)
    several = [draw.choices(tiny.WORDS, k=draw.randint(1, 60)) for _ in range(40)]
    together = _labels(network, several)
    for words, labels in zip(several, together, strict=True):
        assert labels.shape == (len(words), 4)
        (alone,) = _labels(network, [words])
        assert np.allclose(alone, labels, atol=1e-4)


def test_padding_changes_nothing(network: Network, encoders: tuple[Encoder, Encoder]) -> None:
    words = ["the", "gait", "of", "the", "patient"]
    encoded = encoders[0].encode(words)
    inputs = {
        "lengths": np.array([len(encoded.pieces)]),
        "words": np.array(encoded.starts),
        "doubt": np.array(1.0, np.float32),
    }
    plain = network._session.run(None, {"pieces": np.array([encoded.pieces]), **inputs})
    for piece in (0, 17):
        padded = np.array([encoded.pieces + [piece] * 9])
        for one, other in zip(plain, network._session.run(None, {"pieces": padded, **inputs}), strict=True):
            assert np.allclose(one, other, atol=1e-4)


def test_words_are_doubted_whose_probability_to_be_right_is_below_the_doubt(network: Network) -> None:
    several = [["the", "gate", "of", "pain"], ["no", "documentation"], [], ["knee"] * 30]
    right = np.sort(np.concatenate([labels[:, 0] for labels in _labels(network, several)]))
    for doubt in (-math.inf, float(right[3]), float(right[20]), 1.0):
        for reading in network.read(several, doubt):
            assert sorted(reading.pieces) == np.flatnonzero(reading.labels[:, 0] < np.float32(doubt)).tolist()
            for scores in reading.pieces.values():
                assert scores.shape == (len(tiny.VOCABULARY),)
                assert np.exp(scores).sum() == pytest.approx(1, abs=1e-3)


def test_probabilities_of_the_labels_add_up(network: Network) -> None:
    (labels,) = _labels(network, [["the", "knee", "is", "left"]])
    assert np.allclose(np.exp(labels).sum(1), 1, atol=1e-4)


@pytest.mark.parametrize("sentences", [[], [[]], [["knee"]], [[], ["the", "knee"], []]])
def test_few_words_are_read(network: Network, sentences: list[list[str]]) -> None:
    assert [len(labels) for labels in _labels(network, sentences)] == [len(words) for words in sentences]


def test_several_threads_say_the_same(network: Network, encoders: tuple[Encoder, Encoder], tmp_path: Path) -> None:
    other = tiny.make_network(tiny.bert_weights(), encoders[0], tmp_path, threads=2)
    words = [random.Random(4).choices(tiny.WORDS, k=50) for _ in range(6)]
    assert np.allclose(np.concatenate(_labels(network, words)), np.concatenate(_labels(other, words)), atol=1e-4)


@pytest.mark.parametrize("count", [254, 255, 256, 400, 1000])
def test_a_sentence_of_any_length_is_read(network: Network, count: int) -> None:
    draw = random.Random(count)
    words = draw.choices([word for word in tiny.WORDS if len(word) > 1], k=count)
    (reading,) = network.read([words], 1.0)
    assert reading.labels.shape == (count, 4)
    assert sorted(reading.pieces) == list(range(count))
    if count == 254:
        assert np.allclose(reading.labels, network._run([network.encoder.encode(words)], 1.0)[0], atol=1e-4)


def test_a_word_of_any_length_is_read(network: Network) -> None:
    words = ["the", "z" * 90, "knee", *["zz" * 40] * 5, "is", "left"]  # more pieces than a part has
    assert [len(labels) for labels in _labels(network, [words, ["z" * 99] * 20, ["knee"]])] == [len(words), 20, 1]


def test_each_word_of_a_long_sentence_is_read_among_its_neighbours() -> None:
    encoded = Encoded([2, *range(1000), 3], [1 + place for place in range(0, 1000, 2)])
    seen = 0
    for part in _parts(encoded):
        assert len(part.encoded.pieces) <= 256
        assert part.encoded.pieces[0] == 2
        assert part.encoded.pieces[-1] == 3
        own = [part.encoded.pieces[place] for place in part.encoded.starts[part.first : part.last]]
        assert own == list(range(2 * seen, 2 * seen + 2 * len(own), 2))
        seen += len(own)
        if seen < 500:
            assert len(part.encoded.starts) - part.last == 16
    assert seen == 500


def test_an_encoder_with_long_words_is_read_in_parts(encoders: tuple[Encoder, Encoder]) -> None:
    for words in (["the", "q" * 2000, "knee"], ["q" * 300] * 3, ["q" * 250, "r" * 10, "s" * 250]):
        parts = list(_parts(encoders[1].encode(words)))
        assert sum(part.last - part.first for part in parts) == len(words)
        for part in parts:
            assert len(part.encoded.pieces) <= 256
            assert all(start < len(part.encoded.pieces) - 1 for start in part.encoded.starts)


def _blocks(kind: int, values: NDArray[np.float32]) -> bytes:
    """The blocks of 32 weights, as the specification has them."""
    content = b""
    for block in values.reshape(-1, 32):
        if kind == 8:
            scale = np.abs(block).max() / 127
            content += struct.pack("<e", scale) + np.round(block / scale).astype(np.int8).tobytes()
        else:
            scale, least = (block.max() - block.min()) / 15, block.min()
            nibbles = np.round((block - least) / scale).astype(np.uint8)
            content += struct.pack("<ee", scale, least) + (nibbles[:16] | nibbles[16:] << 4).tobytes()
    return content


def test_fields_and_tensors_of_a_gguf_file_are_read(tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(0, 1, (3, 64)).astype(np.float32)
    path = tiny.write_gguf(
        tmp_path / "a.gguf",
        {"name": "tiny", "count": 7, "rate": 0.5, "words": ["one", "zwei"]},
        {
            "plain": ((3, 64), 0, values.tobytes()),
            "eight": ((3, 64), 8, _blocks(8, values)),
            "four": ((3, 64), 3, _blocks(3, values)),
        },
    )
    model = GGUF(path)
    assert model.fields == {"name": "tiny", "count": 7, "rate": 0.5, "words": ["one", "zwei"]}
    assert model.names == ("plain", "eight", "four")
    assert np.array_equal(model.tensor("plain"), values)
    assert np.abs(model.tensor("eight") - values).max() < 0.02
    assert np.abs(model.tensor("four") - values).max() < 0.25
    assert {model.tensor(name).dtype for name in model.names} == {np.dtype(np.float32)}
    with pytest.raises(GGUFError, match="no tensor other"):
        model.tensor("other")


def _head(tensors: int = 0, fields: int = 1, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, fields)


_NESTED = struct.pack("<Q", 1) + b"a" + struct.pack("<I", 9) + struct.pack("<IQ", 9, 1) * 20_000


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", b"GGUF", _head(version=1), _head(), _head() + struct.pack("<Q", 1 << 60),
        _head() + struct.pack("<Q", 3) + b"key" + struct.pack("<I", 99),
        _head() + struct.pack("<Q", 3) + b"key" + struct.pack("<IQ", 8, 40) + b"too short",
        _head() + struct.pack("<Q", 3) + b"key" + struct.pack("<IIQ", 9, 4, 1 << 40),
        _head() + _NESTED,
        _head() + struct.pack("<Q", 17) + b"general.alignment" + struct.pack("<II", 4, 0),
        _head(1, 0) + struct.pack("<Q", 1) + b"t" + struct.pack("<I", 1 << 31),
    ],
)  # fmt: skip
def test_a_damaged_gguf_file_is_an_error_of_its_own(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.gguf").write_bytes(content)
    with pytest.raises(GGUFError):
        GGUF(tmp_path / "a.gguf")


@pytest.mark.parametrize(
    ("shape", "kind", "content"),
    [
        ((2, 64), 0, bytes(8)),
        ((2, 64), 8, bytes(8)),
        ((1, 33), 3, bytes(20)),
        ((1 << 62, 4), 0, b""),
        ((2, 2), 77, b""),
    ],
)
def test_a_damaged_tensor_is_an_error_of_its_own(
    tmp_path: Path, shape: tuple[int, ...], kind: int, content: bytes
) -> None:
    model = GGUF(tiny.write_gguf(tmp_path / "a.gguf", {}, {"t": (shape, kind, content)}))
    with pytest.raises(GGUFError):
        model.tensor("t")


def test_words_are_encoded_with_their_places(encoders: tuple[Encoder, Encoder]) -> None:
    for encoder in encoders:
        encoded = encoder.encode(["the", "xyz", "knee.", "\u200b", "the"])
        assert len(encoded.starts) == 5
        assert encoded.pieces[encoded.starts[0]] == encoded.pieces[encoded.starts[4]] == encoder.first_piece("the")
        assert encoded.starts[2] - encoded.starts[1] >= 3  # a piece for each letter
