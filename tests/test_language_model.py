"""The language model: its graph against numpy, what changes gain, the rows of sentences, the conversion of weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import tiny_language_model as tiny
import tiny_reader
from reader.causal_graph import Sizes, causal_graph

import imrlint.reader
from imrlint.reader import conversion, package, rows, store
from imrlint.reader.gguf import GGUF, GGUFError
from imrlint.reader.language_model import GRAPH, PIECES, TABLE, WEIGHTS, Change, Gain, LanguageModel, LanguageModelError
from imrlint.reader.tokenization import Encoder, gguf_encoder, stored_encoder

READER = Path(imrlint.reader.__file__).parent
SMOLLM2 = Sizes(
    pieces=49152, width=576, layers=30, heads=9, groups=3, inner=1536, base=100_000.0, epsilon=float(np.float32(1e-5))
)
NEAR = 0.02  # how far a gain may be from one that was computed otherwise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a tiny model, with its GGUF."""
    made = tmp_path_factory.mktemp("model")
    tiny.make_files(made, tiny.write_model(made / "tiny.gguf"))
    return made


@pytest.fixture(scope="module")
def model(folder: Path) -> LanguageModel:
    return LanguageModel(folder / GRAPH)


@pytest.fixture(scope="module")
def weights(folder: Path) -> tiny.Weights:
    return tiny.read_weights(conversion.read_table(folder / TABLE), folder / WEIGHTS)


def _draw_changes(seed: int, count: int, longest: int = 14) -> list[Change]:
    """Changes of all kinds, anywhere in sentences, several of which are of the same sentence."""
    draw = random.Random(seed)
    made: list[Change] = []
    while len(made) < count:
        words = tuple(draw.choices(tiny_reader.WORDS, k=draw.randint(0, longest)))
        for _ in range(draw.randint(1, 4)):
            start = draw.randint(0, len(words))
            end = min(start + draw.choice((0, 1, 1, 1, 2, 3)), len(words))
            made.append(Change(words, start, end, tuple(draw.choices(tiny_reader.WORDS, k=draw.choice((0, 1, 1, 2))))))
    return made[:count]


def _plain_gain(encoder: Encoder, weights: tiny.Weights, sizes: Sizes, change: Change) -> Gain:
    """What a change gains, each sentence run by itself."""

    def encode(words: Sequence[str]) -> list[int]:
        return [piece for word in words for piece in encoder.word(word)]

    before, after = [0, *encode(change.words[: change.start])], encode(change.words[change.end :])[:6]

    def run(words: Sequence[str]) -> tuple[float, float]:
        own = encode(words)
        pieces = before + own + after
        said = tiny.log_probabilities(weights, sizes, pieces)
        each = [float(said[at - 1, pieces[at]]) for at in range(len(before), len(pieces))]
        return sum(each[: len(own)]), sum(each[len(own) :])

    own, following = run(change.words[change.start : change.end])
    new, changed = run(change.replacement)
    return Gain(new - own, changed - following, -own)


def _assert_near(found: Sequence[Gain], expected: Sequence[Gain], far: float = NEAR) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=far)


def test_the_graph_computes_what_numpy_computes(model: LanguageModel, weights: tiny.Weights) -> None:
    draw = np.random.default_rng(4)
    pieces = draw.integers(0, tiny.SIZES.pieces, (3, 40))
    wanted = np.stack([np.arange(120), draw.integers(0, tiny.SIZES.pieces, 120)], axis=1)
    inputs = {
        "pieces": pieces,
        "places": np.tile(np.arange(40), (3, 1)),
        "sees": np.tile(np.tri(40, dtype=np.bool_), (3, 1, 1)),
        "asked": np.arange(120),
        "wanted": wanted,
    }
    (scores,) = model._session.run(["scores"], inputs)
    said = np.concatenate([tiny.log_probabilities(weights, tiny.SIZES, row) for row in pieces])
    assert np.ptp(said) > 3  # the model has opinions
    assert np.allclose(scores, said[wanted[:, 0], wanted[:, 1]], atol=0.01)


def test_a_gain_is_what_separate_sentences_give(model: LanguageModel, folder: Path, weights: tiny.Weights) -> None:
    encoder, changes = stored_encoder(folder / PIECES), _draw_changes(1, 60)
    expected = [_plain_gain(encoder, weights, tiny.SIZES, change) for change in changes]
    _assert_near(model.weigh(changes), expected)
    assert {min(change.end - change.start, 1) for change in changes} == {0, 1}
    assert {len(change.replacement) for change in changes} == {0, 1, 2}


def test_a_gain_does_not_depend_on_changes_of_other_sentences(model: LanguageModel) -> None:
    changes = _draw_changes(2, 40, longest=30)
    together = model.weigh(changes)
    _assert_near(model.weigh(changes * 2), together * 2, 0.0011)
    for words in {change.words for change in changes}:
        own = [i for i, change in enumerate(changes) if change.words == words]
        _assert_near(model.weigh([changes[i] for i in own]), [together[i] for i in own], 0.0011)
    _assert_near([model.weigh([change])[0] for change in changes], together, 0.005)


def test_a_gain_depends_neither_on_the_run_nor_on_the_threads(model: LanguageModel, folder: Path) -> None:
    changes = _draw_changes(3, 30)
    assert model.weigh(changes) == model.weigh(changes)
    assert LanguageModel(folder / GRAPH, threads=2).weigh(changes) == model.weigh(changes)


def test_gains_of_insertions_and_deletions_are_opposite(model: LanguageModel) -> None:
    words = ("the", "lack", "of", "pain", "is", "left")
    (deletion,) = model.weigh([Change(words, 2, 3, ())])
    (insertion,) = model.weigh([Change(words[:2] + words[3:], 2, 2, ("of",))])
    assert deletion.left == pytest.approx(-insertion.left, abs=0.0011)
    assert deletion.right == pytest.approx(-insertion.right, abs=0.0011)
    assert deletion.surprise == deletion.left
    assert insertion.surprise == 0
    assert insertion.left < 0 < deletion.left


def test_no_change_gains_nothing(model: LanguageModel) -> None:
    words = ("the", "gait", "is", "slow")
    (same, nothing) = model.weigh([Change(words, 1, 2, ("gait",)), Change(words, 4, 4, ())])
    assert (same.left, same.right) == pytest.approx((0, 0), abs=0.0011)
    assert nothing == Gain(0, 0, 0)
    assert str(nothing) == str(Gain(0.0, 0.0, 0.0))  # none is -0.0
    assert model.weigh([]) == []


def test_changes_of_words_that_are_not_there_are_errors(model: LanguageModel) -> None:
    for start, end in ((0, 3), (2, 1), (-1, 1)):
        with pytest.raises(ValueError, match="words"):
            model.weigh([Change(("the", "knee"), start, end, ())])


class _Spied:
    """A session that counts what it is given."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.shapes: list[tuple[int, int]] = []
        self.asked: list[int] = []

    def run(self, names: list[str], inputs: dict[str, Any]) -> Any:
        self.shapes.append(inputs["pieces"].shape)
        self.asked.append(len(inputs["asked"]))
        return self._session.run(names, inputs)


@pytest.fixture
def spied(folder: Path) -> tuple[LanguageModel, _Spied]:
    model = LanguageModel(folder / GRAPH)
    model._session = _Spied(model._session)
    return model, model._session


def test_a_sentence_is_run_once_for_all_its_changes(spied: tuple[LanguageModel, _Spied]) -> None:
    model, session = spied
    words = ("the",) * 60  # a piece each
    model.weigh([Change(words, at, at + 1, ("k",)) for at in range(40, 50)])
    assert session.shapes == [(1, 120)]  # 55 of the sentence, 6 of each change; filled up to a multiple of 8


def test_the_cost_is_linear(spied: tuple[LanguageModel, _Spied]) -> None:
    model, session = spied
    words, costs = ("the", "knee", "pain") * 12, []
    for count in (40, 80, 160, 320):
        session.shapes.clear()
        session.asked.clear()
        model.weigh([Change(words, at % 30, at % 30 + 1, (tiny_reader.WORDS[at // 30],)) for at in range(count)])
        costs.append(sum(length * length * rows for rows, length in session.shapes) / count)
        assert max(length for _, length in session.shapes) <= 512 + 8
        assert max(session.asked) <= 192
    assert max(costs[1:]) < 1.5 * min(costs[1:])


def test_a_long_sentence_is_cut_around_the_change(model: LanguageModel, folder: Path, weights: tiny.Weights) -> None:
    draw = random.Random(6)
    words = tuple(draw.choices(tiny_reader.WORDS, k=700))
    encoder = stored_encoder(folder / PIECES)
    changes = [Change(words, at, at + 1, ("knee",)) for at in (0, 30, 300, 699)]
    for change, gain in zip(changes, model.weigh(changes), strict=True):
        pieces = [piece for word in words for piece in encoder.word(word)]
        start = len([piece for word in words[: change.start] for piece in encoder.word(word)])
        original, new = encoder.word(words[change.start]), encoder.word("knee")
        placed = rows.place(0, pieces, start, start + len(original), new, 6)
        assert placed.sentence[placed.start : placed.end] == original
        said = tiny.log_probabilities(weights, tiny.SIZES, placed.sentence[: placed.end])
        own = sum(said[at - 1, placed.sentence[at]] for at in range(placed.start, placed.end))
        assert gain.surprise == pytest.approx(-own, abs=NEAR)


def test_what_is_left_of_a_long_sentence_has_what_stands_before_and_after_the_change() -> None:
    pieces = list(range(1, 1001))
    for start in range(1000):
        for length in (0, 1, 64):
            end = min(start + length, 1000)
            placed = rows.place(0, pieces, start, end, (5,), 6)
            assert placed.sentence[0] == 0
            assert len(placed.sentence) <= 257
            assert placed.sentence[placed.start : placed.end] == tuple(pieces[start:end])
            assert placed.start > min(start, 57)
            assert placed.sentence[placed.end : placed.end + 6] == tuple(pieces[end : end + 6])
    assert rows.place(0, pieces[:256], 3, 4, (5,), 6).sentence == (0, *pieces[:256])


def test_of_a_long_change_the_first_pieces_are_weighed(spied: tuple[LanguageModel, _Spied]) -> None:
    model, session = spied
    words = ("q" * 3000, "is", "left")
    gains = model.weigh([Change(words, 0, 1, ("k" * 5000,)), Change(words, 2, 3, ("right",))])
    assert all(gain.surprise > 0 for gain in gains)
    assert max(length for _, length in session.shapes) <= 512 + 8


def test_pieces_of_a_branch_see_what_stands_before_the_change_and_each_other() -> None:
    change = rows.Placed((0, 11, 12, 13, 14, 15), 2, 3, (21, 22))
    (row,) = rows.lay_out([change], following=2)
    assert row.pieces == (0, 11, 12, 13, 21, 22, 13)
    assert row.branches == (rows.Branch(4, 7, 2),)
    (question,) = row.questions
    assert question.original == rows.Sequel(((1, 12),), ((2, 13), (3, 14)))
    assert question.changed == rows.Sequel(((1, 21), (4, 22)), ((5, 13), (6, 14)))


@pytest.mark.parametrize("damage", ["no pieces", "bad pieces", "no graph", "bad graph", "no weights", "short weights"])
def test_a_damaged_model_is_an_error_of_its_own(folder: Path, tmp_path: Path, damage: str) -> None:
    for name in (GRAPH, WEIGHTS, PIECES):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    how, which = damage.split()
    path = tmp_path / {"pieces": PIECES, "graph": GRAPH, "weights": WEIGHTS}[which]
    if how == "no":
        path.unlink()
    else:
        path.write_bytes(b"[" if how == "bad" else path.read_bytes()[:5000])
    with pytest.raises(LanguageModelError):
        LanguageModel(tmp_path / GRAPH)


def test_the_graph_and_the_table_of_the_package_are_those_of_the_model() -> None:
    graph, table = causal_graph(SMOLLM2, WEIGHTS)
    assert onnx.load(str(READER / GRAPH), load_external_data=False) == graph
    shipped = conversion.read_table(READER / TABLE)
    assert shipped._replace(sha256="") == table
    assert len(shipped.sha256) == 64
    assert (READER / GRAPH).stat().st_size + (READER / TABLE).stat().st_size < 200_000


def test_the_same_gguf_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    table = conversion.read_table(folder / TABLE)
    digest = conversion.write_weights(GGUF(folder / "tiny.gguf"), table, tmp_path / "again.bin")
    assert digest == table.sha256 == package.digest_of(tmp_path / "again.bin")
    assert (tmp_path / "again.bin").read_bytes() == (folder / WEIGHTS).read_bytes()
    assert (folder / WEIGHTS).stat().st_size == table.size


def test_weights_in_8_bits_are_near_those_of_the_gguf(folder: Path, weights: tiny.Weights) -> None:
    model = GGUF(folder / "tiny.gguf")
    exact = model.tensor("token_embd.weight")
    assert np.abs(weights["embedding"] - exact).max() <= np.abs(exact).max() / 253
    for name in ("token_embd.weight", "blk.1.ffn_down.weight", "output_norm.weight"):
        assert np.abs(weights[name] - model.tensor(name)).max() <= np.abs(model.tensor(name)).max() / 253


def test_another_model_is_not_converted(folder: Path, tmp_path: Path) -> None:
    table = conversion.read_table(folder / TABLE)
    one, *others = table.arrays
    for wrong in (one._replace(of=("other",)), one._replace(shape=(99, 64)), one._replace(of=("output_norm.weight",))):
        with pytest.raises(GGUFError):
            conversion.write_weights(
                GGUF(folder / "tiny.gguf"), table._replace(arrays=(wrong, *others)), tmp_path / "w"
            )
    with pytest.raises(GGUFError, match="no field"):
        conversion.write_pieces(GGUF(tiny_reader.write_gguf(tmp_path / "a.gguf", {})), tmp_path / "p")


def test_pieces_are_stored(folder: Path) -> None:
    stored, direct = stored_encoder(folder / PIECES), gguf_encoder(GGUF(folder / "tiny.gguf"))
    for word in ("the", "knee", "L4-L5", "", "naïve"):
        assert stored.word(word) == direct.word(word)


@pytest.fixture(scope="module")
def real() -> LanguageModel:
    path = store.find_language_model()
    if path is None:
        pytest.skip("the language model is not installed")
    return LanguageModel(path)


SLIPS = (
    ("The injured worker had full range of emotion in the left shoulder.", 7, 8, ("motion",)),
    ("There is a lack off documentation of prior physical therapy.", 4, 5, ("of",)),
    ("The pain is less then it was before the surgery.", 4, 5, ("than",)),
    ("The records shows that she returned to modified duty in March.", 2, 3, ("show",)),
    ("He was treated with with ibuprofen and physical therapy.", 3, 4, ()),
    ("The guidelines support the use this medication for acute pain.", 5, 5, ("of",)),
    ("The patient it able to walk without a cane.", 2, 3, ("is",)),
)


@pytest.mark.slow
def test_right_words_are_likelier_than_wrong_ones(real: LanguageModel) -> None:
    changes = [Change(tuple(sentence.split()), start, end, new) for sentence, start, end, new in SLIPS]
    for change, gain in zip(changes, real.weigh(changes), strict=True):
        assert gain.left + gain.right > 2, change
        right = change.words[: change.start] + change.replacement + change.words[change.end :]
        back = Change(
            right, change.start, change.start + len(change.replacement), change.words[change.start : change.end]
        )
        (loss,) = real.weigh([back])
        assert loss.left + loss.right == pytest.approx(-gain.left - gain.right, abs=0.1)


@pytest.mark.slow
def test_the_real_model_computes_what_numpy_computes(real: LanguageModel) -> None:
    path = store.find_language_model()
    assert path is not None
    weights = tiny.read_weights(conversion.read_table(READER / TABLE), path.with_name(WEIGHTS))
    sentence, start, end, new = SLIPS[0]
    change = Change(tuple(sentence.split()), start, end, new)
    expected = _plain_gain(stored_encoder(path.with_name(PIECES)), weights, SMOLLM2, change)
    _assert_near(real.weigh([change]), [expected], 0.05)
