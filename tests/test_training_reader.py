"""The training of the reader: prose, near words, slips, shards, learning, networks and graphs. All on invented data."""

from __future__ import annotations

import itertools
import lzma
import math
import random
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tiny_reader as tiny
import train_reader
from reader.calibration import Observation, cross_validate, curve, fit, names_of, score
from reader.corruption import DELETE, INSERT, KEEP, REPLACE, Corruptor, Example, Mix, match_case
from reader.near_words import NearWords
from reader.prose import sentences
from reader.shards import Batch, Shard, Source, align, batches, examples, make_shard, produce

from imrlint.reader.network import Network
from imrlint.reader.tokenization import Encoder

# --- prose ---


def read(folder: Path, *texts: str) -> list[str]:
    paths = [folder / f"{i}.txt" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode())
    return list(sentences(paths))


def test_lines_of_a_wrapped_paragraph_are_one_text(tmp_path: Path) -> None:
    text = (
        "The patient was seen for pain in the\nleft knee after a fall, and she was\ngiven a brace for the knee. He\n"
        "was not seen there.\n\nThe second paragraph is on the report\nof the surgeon and of the nurse."
    )
    assert read(tmp_path, text) == [
        "The patient was seen for pain in the left knee after a fall, and she was given a brace for the knee.",
        "He was not seen there.",
        "The second paragraph is on the report of the surgeon and of the nurse.",
    ]


def test_lines_of_a_text_that_is_not_wrapped_are_paragraphs(tmp_path: Path) -> None:
    text = "Findings of the physical examination of the knee\nThe knee is swollen and warm.\nShe has pain at rest.\n"
    assert read(tmp_path, text) == [
        "Findings of the physical examination of the knee",
        "The knee is swollen and warm.",
        "She has pain at rest.",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path: Path, ending: str) -> None:
    text = "The patient was seen for pain in\nthe knee after a fall, and was\ngiven a brace.\n\nShe is well at home."
    assert read(tmp_path, "\ufeff" + text.replace("\n", ending)) == [
        "The patient was seen for pain in the knee after a fall, and was given a brace.",
        "She is well at home.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Pain in the knee.",  # four words
        "The " + "very " * 60 + "end of it.",
        "Smith J, Jones K, Brown L. 2004; 12(3): 45-49.",
        "12.4 13.8 15.1 the 16.2 17.9 18.8 of 20.1",
        "Outpatient Orthopedic Rehabilitation Services Department Telephone",
        "Electroencephalographic characteristics of the electrophysiological neurodegeneration",
    ],
)
def test_what_is_no_prose_is_left_out(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("“No pain”  was the patient’s word – at rest.", '"No pain" was the patient\'s word - at rest.'),
        ("The <b>knee</b> is not [12] swollen [3, 4].", "The knee is not swollen."),
        ("* The **anatomy**{: .term} of the knee is simple , he said.", "The anatomy of the knee is simple, he said."),
        ("It was given to few ( see https://example.org ) of the men.", "It was given to few (see) of the men."),
        ("A pressure of <90 or of >140 is not normal.", "A pressure of <90 or of >140 is not normal."),
        ("The dose is .5 mg at night and ... no more.", "The dose is .5 mg at night and... no more."),
    ],
)
def test_markup_references_and_typography_leave_no_trace(tmp_path: Path, raw: str, clean: str) -> None:
    assert read(tmp_path, raw) == [clean]


def test_an_abbreviation_ends_no_sentence(tmp_path: Path) -> None:
    text = "She was seen by Dr. Gray for pain in the knee. The trial of Brown et al. (2004) is not on it (see Fig. 2)."
    assert read(tmp_path, text) == [
        "She was seen by Dr. Gray for pain in the knee.",
        "The trial of Brown et al. (2004) is not on it (see Fig. 2).",
    ]


def test_each_sentence_comes_once_in_all_files(tmp_path: Path) -> None:
    first = "The knee is not swollen.\nThe knee is  not swollen.\nThe knee is warm today.\n"
    assert read(tmp_path, first, "THE KNEE IS NOT SWOLLEN.\nThe knee is warm.\n") == [
        "The knee is not swollen.",
        "The knee is warm today.",
    ]


def test_a_corpus_may_be_compressed(tmp_path: Path) -> None:
    text = "The knee of the patient is not swollen.\n"
    (tmp_path / "a.txt.xz").write_bytes(lzma.compress(text.encode()))
    assert list(sentences([tmp_path / "a.txt.xz"])) == read(tmp_path, text)


# --- near words ---

_COUNTS = {
    "gait": 50, "gate": 20, "trial": 80, "trail": 9, "document": 40, "documented": 60, "documentation": 90,
    "take": 30, "took": 30, "taken": 30, "lie": 9, "lay": 9, "laid": 9, "of": 900, "or": 400, "on": 500, "off": 40,
    "the": 999, "a": 800, "is": 700, "was": 600, "were": 300, "angioplasty": 5, "arthroplasty": 25, "lumbar": 70,
    "lumber": 3, "cat": 5, "cats": 5,
}  # fmt: skip


def near(word: str, counts: dict[str, int] | None = None) -> dict[str, float]:
    return dict(NearWords(_COUNTS if counts is None else counts).find(word))


@pytest.mark.parametrize(
    ("word", "candidate"),
    [
        ("trial", "trail"),  # letters out of place
        ("lumbar", "lumber"),
        ("gait", "gate"),  # sound
        ("document", "documentation"),  # ending
        ("documented", "documentation"),
        ("cat", "cats"),
        ("took", "taken"),  # irregular
        ("lie", "lay"),
        ("lay", "lie"),  # a form of two words
        ("lay", "laid"),
        ("of", "on"),  # small words
        ("the", "a"),
        ("were", "is"),
        ("arthroplasty", "angioplasty"),  # rhyme
    ],
)
def test_a_word_is_near(word: str, candidate: str) -> None:
    assert candidate in near(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("gait", "lumbar"), ("trial", "the"), ("cat", "trial"), ("documentation", "of"), ("gait", "gait")],
)
def test_a_word_is_not_near(word: str, other: str) -> None:
    assert other not in near(word)


def test_a_frequent_word_is_likelier() -> None:
    found = near("cast", {"case": 100, "cash": 1, "mast": 1})
    assert found["case"] > found["cash"] > found["mast"]  # the first letter is seldom wrong
    assert list(found) == ["case", "cash", "mast"]
    assert found["case"] / found["cash"] == pytest.approx((101 / 2) ** 0.4)


def test_only_words_of_the_vocabulary_are_candidates() -> None:
    drugs = ("celebrex", "lyrica", "norco", "percocet")
    words = NearWords({**_COUNTS, "lyric": 5, "percent": 50})
    assert "lyric" in dict(words.find("lyrica"))
    for word in (*_COUNTS, *drugs, "lyric", "percent", "unheard-of"):
        found = dict(words.find(word))
        assert found.keys() <= {*_COUNTS, "lyric", "percent"} - {word}
        assert all(weight > 0 for weight in found.values())
    assert not NearWords({}).find("gait")


def test_a_word_has_a_limited_number_of_candidates_in_a_fixed_order() -> None:
    counts = {first + "a" + last: 5 for first in "bcdfghjklmnpqrstvwxyz" for last in "bcdfghjklmnpqrstvwxyz"}
    found = NearWords(counts).find("bat")
    assert len(found) == 32
    assert found == sorted(found, key=lambda each: (-each[1], each[0]))
    assert found == NearWords(dict(reversed(counts.items()))).find("bat")


# --- slips ---

_NEAR = tiny.near_table(
    [
        ("knee", "knew"), ("gait", "gate"), ("of", "off"), ("of", "or"), ("the", "a"), ("is", "was"), ("in", "on"),
        ("range", "rage"), ("motion", "emotion"), ("patient", "patience"), ("therapy", "therapist"), ("with", "which"),
        ("with", "without"), ("without", "within"), ("out", "our"), ("a", "an"), ("mri", "mra"), ("no", "not"),
        ("worker", "workers"), ("a", "at"), ("bout", "boat"), ("about", "abut"), ("into", "onto"), ("to", "too"),
        ("in", "to"), ("physical", "physics"),
    ]
)  # fmt: skip
_SENTENCES = [
    sentence.split()
    for sentence in (
        "The injured worker has pain in the left knee, and the range of motion is not full.",
        "There is no report of an MRI (of the knee) and 12 visits of physical therapy were of no use.",
        "She went in to surgery without a brace, was seen with out it, and talked about the gait of the patient.",
        "\"The patient's gait is with a limp,\" the report says; it is about pain in the knee.",
        "A worker with pain.",
        "Pain in knee at 7/10 with a brace .",
    )
]  # fmt: skip


def _is_style(words: Sequence[str], found: list[str]) -> bool:
    """Whether a sentence may look like this without slips."""
    last = words[-1].rstrip(".")
    whole = (
        list(words),
        [word.upper() for word in words],
        [word for word in words if word.lower() not in ("a", "an", "the")],
        [*words[:-1], *([last] if last else [])],
    )
    return found in whole or (
        5 <= len(found) <= 14 and any(list(words[i : i + len(found)]) == found for i in range(len(words)))
    )


@cache
def _corrupted(seeds: int, share: float = 1.0, mix: Mix | None = None) -> list[tuple[list[str], Example]]:
    corruptors = [Corruptor(_NEAR, seed, mix) for seed in range(seeds)]
    return [(words, each.corrupt(words, share)) for each in corruptors for words in _SENTENCES]


_MIXES = [None, Mix(split=200.0), Mix(lost=200.0), Mix(added=200.0)]


@pytest.mark.parametrize("mix", _MIXES)
def test_labels_and_targets_put_every_sentence_right_again(mix: Mix | None) -> None:
    for words, example in _corrupted(300, mix=mix):
        assert len(example.words) == len(example.labels) == len(example.targets)
        assert all(example.words)
        has_target = [target is not None for target in example.targets]
        assert has_target == [label in (REPLACE, INSERT) for label in example.labels]
        assert _is_style(words, tiny.restore(example))


def test_every_kind_of_slip_occurs() -> None:
    kinds: Counter[str] = Counter()
    for _, example in _corrupted(300):
        if " ".join(example.words).isupper():
            kinds["capitals"] += any(example.labels)
        for i, (word, label, target) in enumerate(zip(example.words, example.labels, example.targets, strict=True)):
            following = example.labels[i + 1] if i + 1 < len(example.labels) else KEEP
            if label == REPLACE and " " in str(target):
                kinds["two words run together"] += 1
            elif label == REPLACE and following == DELETE:
                kinds["a word in two"] += 1
            elif label == REPLACE:
                kinds["small" if str(target).lower() in ("of", "the", "a", "is", "in", "with") else "near"] += 1
                kinds["before punctuation"] += not word[-1].isalnum()
            elif label == INSERT:
                kinds["lost"] += 1
            elif label == DELETE and (i == 0 or example.labels[i - 1] != REPLACE):
                kinds["added"] += 1
    assert kinds.keys() == {
        "capitals", "two words run together", "a word in two", "small", "near", "before punctuation", "lost", "added",
    }  # fmt: skip
    assert min(kinds.values()) > 5, kinds


def test_kinds_of_slips_are_made_as_often_as_the_mix_says() -> None:
    labels = {
        name: Counter(label for _, example in _corrupted(300, mix=mix) for label in example.labels if label)
        for name, mix in zip(("usual", "split", "lost", "added"), _MIXES, strict=True)
    }
    lost = {name: counts[INSERT] / counts.total() for name, counts in labels.items()}
    added = {name: counts[DELETE] / counts.total() for name, counts in labels.items()}
    assert lost["usual"] == pytest.approx(22 / 100, abs=0.05)
    assert lost["lost"] > 0.5
    assert added["added"] > 0.6
    assert added["split"] > added["usual"] + 0.05  # what is left of a word in two is to be deleted


def test_a_share_of_the_sentences_has_slips() -> None:
    assert not any(any(example.labels) for _, example in _corrupted(100, share=0.0))
    assert all(tiny.restore(example) == example.words for _, example in _corrupted(100, share=0.0))
    wrong = [any(example.labels) for words, example in _corrupted(300, share=0.5) if len(words) > 8]
    assert 0.45 < sum(wrong) / len(wrong) <= 0.53
    several = [sum(label != KEEP for label in example.labels) > 1 for _, example in _corrupted(300)]
    assert 0.1 < sum(several) / len(several) < 0.6


def test_the_same_seed_makes_the_same_slips() -> None:
    made = [[Corruptor(_NEAR, seed).corrupt(words, 1.0) for words in _SENTENCES] for seed in (7, 7, 8)]
    assert made[0] == made[1] != made[2]


def test_some_sentences_are_fragments_in_capitals_without_articles_or_without_a_full_stop() -> None:
    whole = _SENTENCES[0]
    found = [example.words for words, example in _corrupted(600, share=0.0) if words is whole]
    kinds = Counter(
        "whole" if words == whole
        else "capitals" if words == [word.upper() for word in whole]
        else "no full stop" if words == [*whole[:-1], "full"]
        else "no article" if "the" not in words and len(words) == len(whole) - 3
        else "fragment" if 5 <= len(words) <= 14
        else "other"
        for words in found
    )  # fmt: skip
    assert kinds.keys() == {"whole", "capitals", "no full stop", "no article", "fragment"}
    assert 0.8 < kinds["whole"] / len(found) < 0.92


def test_slips_in_capitals_are_in_capitals() -> None:
    count = 0
    for _, example in _corrupted(300):
        restored = " ".join(tiny.restore(example))
        if restored.isupper():
            count += any(example.labels)
            assert " ".join(example.words).isupper()
    assert count > 20


def test_an_abbreviation_is_exchanged_in_capitals_only() -> None:
    for _, example in _corrupted(300):
        if "MRI" in example.targets:
            assert " ".join(example.words).isupper()


@pytest.mark.parametrize(
    ("word", "model", "expected"),
    [
        ("gate", "gait", "gate"),
        ("gate", "Gait", "Gate"),
        ("gate", "GAIT", "GATE"),
        ("the", "A", "The"),
        ("a", "The", "A"),
    ],
)
def test_a_slip_has_the_capitals_of_the_word(word: str, model: str, expected: str) -> None:
    assert match_case(word, model) == expected


@pytest.mark.parametrize("words", [[], ["Pain."], ["."], ["1", "2", "3"]])
def test_a_sentence_in_which_no_slip_can_be_made_stays(words: list[str]) -> None:
    for seed in range(200):
        example = Corruptor({}, seed).corrupt(words, 1.0)
        assert not any(example.labels)
        assert all(example.words)


# --- shards ---


@pytest.fixture(scope="module")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Encoder, Encoder]:
    """One with a piece for most words, and one with a piece for most letters."""
    folder = tmp_path_factory.mktemp("encoders")
    return tiny.small_encoder(folder), tiny.large_encoder(folder)


@pytest.mark.parametrize(
    ("wrong", "right", "labels", "targets"),
    [
        ("The gate is slow.", "The gait is slow.", [0, 1, 0, 0], [None, "gait", None, None]),
        ("lack documentation of it", "lack of documentation of it", [0, 3, 0, 0], [None, "of", None, None]),
        ("he had has pain", "he had pain", [0, 0, 2, 0], [None] * 4),
        ("with out relief.", "without relief.", [1, 2, 0], ["without", None, None]),
        ("it maybe right.", "it may be right.", [0, 1, 0], [None, "may be", None]),
        ("the knee, and hip", "the left knee, and hip", [0, 3, 0, 0], [None, "left", None, None]),
        ("has thyroid, and asthma", "has thyroid disease, and asthma", [0, 0, 3, 0], [None, None, "disease", None]),
        ("however the knee", "however, the knee", [0, 0, 0], [None] * 3),
        ("does support it", "does not quite support it", [0, 3, 0], [None, "not quite", None]),
        ("pain in the", "pain in the knee.", [0, 0, 0], [None] * 3),  # nothing stands behind what is missing
        ("is need before", "was needed before", [1, 1, 0], ["was", "needed", None]),
        ("my oh cardinal infarction", "myocardial infarction", [1, 2, 2, 0], ["myocardial", None, None, None]),
        ("the same words", "the same words", [0, 0, 0], [None] * 3),
        ("", "", [], []),
    ],
)
def test_a_pair_is_aligned(wrong: str, right: str, labels: list[int], targets: list[str | None]) -> None:
    example = align(wrong, right)
    assert (example.words, example.labels, example.targets) == (wrong.split(), labels, targets)


def test_an_aligned_pair_can_be_put_right() -> None:
    draw = random.Random(5)
    for _ in range(500):
        right = draw.sample(tiny.WORDS, 9)
        wrong = list(right)
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(wrong) - 1)
            wrong[at : at + draw.randint(0, 2)] = draw.sample(tiny.WORDS, draw.randint(0, 2))
        if wrong and wrong[-1] == right[-1]:
            assert tiny.restore(align(" ".join(wrong), " ".join(right))) == right


def _random_examples(count: int, seed: int) -> list[Example]:
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        words = draw.choices(tiny.WORDS, k=draw.randint(1, 14))
        labels = draw.choices(range(4), (6, 2, 1, 1), k=len(words))
        targets = [draw.choice(tiny.WORDS) if label in (REPLACE, INSERT) else None for label in labels]
        made.append(Example(words, labels, targets))
    return made


def _rows(example: Example, encoder: Encoder) -> tuple[tuple[int, ...], ...]:
    """What a batch must have of an example: pieces, places, labels, targets."""
    encoded = encoder.encode(example.words)
    targets = [-1 if target is None else encoder.first_piece(target) for target in example.targets]
    return tuple(encoded.pieces), tuple(encoded.starts), tuple(example.labels), tuple(targets)


def _rows_of(batch: Batch) -> Iterator[tuple[tuple[int, ...], ...]]:
    length = batch.pieces.shape[1]
    for row, pieces in enumerate(batch.pieces):
        own = batch.at // length == row
        places = batch.at[own] - row * length
        yield tuple(pieces), tuple(places), tuple(batch.labels[own]), tuple(batch.targets[own])


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("pieces", [1, 60, 100_000])
def test_batches_have_each_sentence_once(encoders: tuple[Encoder, Encoder], number: int, pieces: int) -> None:
    parts = [_random_examples(count, seed=count) for count in (40, 0, 7, 25)]
    shards = [make_shard(part, encoders) for part in parts]
    found: Counter[Any] = Counter()
    for batch in batches(enumerate(shards), number, pieces):
        assert batch.pieces.size <= max(pieces, batch.pieces.shape[1])
        assert batch.taught is None
        found.update(_rows_of(batch))
        labels = np.concatenate([shards[i].labels[words] for i, words in batch.origin])
        assert labels.tolist() == batch.labels.tolist()
    assert found == Counter(_rows(example, encoders[number]) for part in parts for example in part)


def test_batches_are_full_but_for_the_last_of_each_length(encoders: tuple[Encoder, Encoder]) -> None:
    shards = [make_shard(_random_examples(60, seed), encoders) for seed in range(4)]
    sizes: dict[int, list[int]] = {}
    for batch in batches(enumerate(shards), 0, 60):
        sizes.setdefault(batch.pieces.shape[1], []).append(len(batch.pieces))
    for length, counts in sizes.items():
        assert counts[:-1] == [60 // length] * (len(counts) - 1)


def test_what_a_teacher_said_comes_with_the_words(encoders: tuple[Encoder, Encoder]) -> None:
    shard = make_shard(_random_examples(30, 1), encoders)
    shard.taught = np.arange(4 * len(shard.labels), dtype=np.float16).reshape(-1, 4)
    for batch in batches([(0, shard)], 1, 80):
        assert batch.taught is not None
        assert batch.taught.tolist() == shard.taught[batch.origin[0][1]].tolist()


def test_a_shard_is_not_kept_for_the_sentences_that_wait(encoders: tuple[Encoder, Encoder]) -> None:
    made: list[Any] = []
    alive: list[int] = []

    def make() -> Iterator[tuple[int, Shard]]:
        for number in range(6):
            shard = make_shard(_random_examples(20, number), encoders)
            made.append(weakref.ref(shard.pieces[0]))
            alive.append(sum(reference() is not None for reference in made))
            yield number, shard

    assert len(list(batches(make(), 0, 100_000))) > 1
    assert max(alive) <= 2


@pytest.mark.parametrize("taught", [False, True])
def test_a_shard_is_read_as_it_was_written(encoders: tuple[Encoder, Encoder], tmp_path: Path, taught: bool) -> None:
    shard = make_shard(_random_examples(20, 8), encoders)
    if taught:
        shard.taught = np.full((len(shard.labels), 4), -1.5, np.float16)
    shard.save(tmp_path / "0.npz")
    again = Shard.load(tmp_path / "0.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["0.npz"]
    for name in Shard.__slots__:
        one, other = getattr(shard, name), getattr(again, name)
        for a, b in zip(one, other, strict=True) if isinstance(one, list) else [(one, other)]:
            assert np.array_equal(a, b) if a is not None else b is None
            assert a is None or a.dtype == b.dtype


def test_sentences_that_are_too_long_for_any_encoder_are_left_out(encoders: tuple[Encoder, Encoder]) -> None:
    long = Example.right(["documentation"] * 30)  # 32 pieces for one encoder, several hundred for the other
    none = Example.right([])
    some = Example.right(["the", "knee"])
    both = make_shard([long, none, some], encoders)
    assert both.words.tolist() == [2]
    assert [int(lengths[0]) for lengths in both.lengths] == [4, len(encoders[1].encode(["the", "knee"]).pieces)]
    assert make_shard([long, none, some], encoders[:1]).words.tolist() == [30, 2]


def test_examples_come_from_each_source_and_from_the_pairs() -> None:
    sources = [Source(0.8, ["the knee of the patient"]), Source(0.2, ["no report on therapy"])]
    pairs = Source(0.25, ["the gate\tthe gait\ta note", "with out\twithout"])
    made = list(itertools.islice(examples(sources, pairs, Corruptor({}, 1), 0.5), 2000))
    counts = Counter(example.words[-1].lower() for example in made)
    assert 0.2 < (counts["gate"] + counts["out"]) / len(made) < 0.3
    assert 0.5 < counts["patient"] / len(made) < 0.7
    assert all(any(example.labels) for example in made if example.words[-1] in ("gate", "out"))


def test_a_source_without_sentences_is_an_error() -> None:
    with pytest.raises(ValueError, match="no sentences"):
        next(examples([Source(1.0, [])], Source(0.1, []), Corruptor({}, 1), 0.5))


def test_shards_are_made_by_the_clock(encoders: tuple[Encoder, Encoder], tmp_path: Path) -> None:
    sources = [Source(1.0, [" ".join(words) for words in _SENTENCES])]
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        produce(tmp_path / name, 5, _NEAR, sources, Source(0.1, ["the gate\tthe gait"]), encoders, 8, time.time() + 0.2)
    first, again = (Shard.load(min((tmp_path / name).iterdir())) for name in ("one", "other"))
    assert len(first.words) == 8
    assert first.pieces[0].tolist() == again.pieces[0].tolist()


# --- networks and learning: PyTorch is needed ---


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch")
    found.manual_seed(1)
    found.set_num_threads(1)
    return found


def _bert(**options: int) -> Any:
    from reader.networks import Bert

    return Bert(tiny.bert_tensors(**options), heads=4)


def _llama() -> Any:
    from reader.networks import Llama

    return Llama(tiny.llama_tensors(), heads=4, base=10_000.0, rank=2, exits=(2, 3))


@pytest.mark.parametrize("make", [_bert, _llama])
def test_a_network_gives_a_state_for_each_piece_after_each_exit(torch: Any, make: Callable[[], Any]) -> None:
    network = make()
    states = network(torch.randint(0, 50, (3, 7)))
    assert [tuple(state.shape) for state in states] == [(3, 7, 24)] * len(network.all_heads)
    for head, state in zip(network.all_heads, states, strict=True):
        assert tuple(head.labels(state).shape) == (3, 7, 4)
        assert tuple(head.pieces(state[0], network.embedding).shape) == (7, len(network.embedding))


@pytest.mark.parametrize("make", [_bert, _llama])
def test_a_network_sees_the_words_on_both_sides(torch: Any, make: Callable[[], Any]) -> None:
    network = make()
    pieces = torch.randint(0, 50, (1, 6))
    other = pieces.clone()
    other[0, -1] = (other[0, -1] + 1) % 50
    with torch.no_grad():
        for one, changed in zip(network(pieces), network(other), strict=True):
            assert (one[0, 0] - changed[0, 0]).abs().max() > 1e-4


@pytest.mark.parametrize("make", [_bert, _llama])
def test_sentences_of_a_batch_do_not_see_each_other(torch: Any, make: Callable[[], Any]) -> None:
    network, pieces = make(), torch.randint(0, 50, (4, 6))
    with torch.no_grad():
        for together, alone in zip(network(pieces), network(pieces[2:3]), strict=True):
            assert torch.allclose(together[2], alone[0], atol=1e-5)


def test_the_language_model_knows_the_distance_of_pieces_only(torch: Any) -> None:
    from reader.networks import _rotate

    def at(x: Any, place: float) -> Any:
        angles = place * 10_000.0 ** (-torch.arange(0, 6, 2) / 6)
        return _rotate(x, angles.cos(), angles.sin())

    q, k = torch.randn(6), torch.randn(6)
    assert torch.allclose(at(q, 3) @ at(k, 8), at(q, 10) @ at(k, 15), atol=1e-5)
    assert not torch.allclose(at(q, 3) @ at(k, 8), at(q, 3) @ at(k, 9), atol=1e-3)


def test_the_language_model_begins_as_it_was_and_learns_low_rank_changes(torch: Any) -> None:
    network, pieces = _llama(), torch.randint(0, 50, (2, 5))
    learnt = {name.rsplit(".", 1)[-1] for name, p in network.named_parameters() if p.requires_grad and "layers" in name}
    assert learnt == {"down", "up", "attention_norm", "mlp_norm"}
    with torch.no_grad():
        before = network(pieces)[-1]
        for name, parameter in network.named_parameters():
            if name.endswith(".down"):
                parameter.mul_(5)
        assert torch.equal(network(pieces)[-1], before)


def _gate_shard(encoders: Sequence[Encoder], count: int, seed: int) -> Shard:
    """Sentences in which "gate" is always a slip for "gait"."""
    draw = random.Random(seed)
    others = [word for word in tiny.WORDS if word not in ("gate", "gait")]
    made = []
    for _ in range(count):
        example = Example.right(draw.sample(others, 5))
        example.words[draw.randrange(5)] = draw.choice(("gate", "gait"))
        for i, word in enumerate(example.words):
            if word == "gate":
                example.labels[i], example.targets[i] = REPLACE, "gait"
        made.append(example)
    return make_shard(made, encoders)


def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each look at the clock take a second."""
    from reader import learning

    seconds = itertools.count()
    monkeypatch.setattr(learning, "time", SimpleNamespace(time=lambda: float(next(seconds))))


def test_a_network_learns_a_slip(
    torch: Any, encoders: tuple[Encoder, Encoder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader import learning

    network, log = _bert(), list[str]()
    shards = [(i, _gate_shard(encoders[:1], 64, i)) for i in range(20)]
    slips, right = _split(_gate_shard(encoders[:1], 120, 99), encoders[0])
    before = learning.evaluate(network, slips, right, 0, 200)
    _clock(monkeypatch)
    training = learning.Training(network, 0.02, (1.0,), log.append)
    training.run(lambda: batches(shards, 0, 100), 120.0, lambda: "measured", tmp_path / "checkpoint")
    after = learning.evaluate(network, slips, right, 0, 200)
    assert "found 1.000" not in before
    assert after.count("1.000 at") == 5
    assert log[-1] == "measured"
    batch = next(batches([(0, slips)], 0, 10_000))
    with torch.no_grad():
        states = network(torch.from_numpy(batch.pieces))[0].flatten(0, 1)[torch.from_numpy(batch.at)]
        best = (
            network.all_heads[0].pieces(states[torch.from_numpy(batch.labels == REPLACE)], network.embedding).argmax(-1)
        )
    assert set(best.tolist()) == {encoders[0].first_piece("gait")}


def _split(shard: Shard, encoder: Encoder) -> tuple[Shard, Shard]:
    """The sentences of a shard with slips, and those without."""
    word_of = {encoder.first_piece(word): word for word in tiny.WORDS if len(word) > 1}
    made: dict[bool, list[Example]] = {True: [], False: []}
    for batch in batches([(0, shard)], 0, 10_000):
        for pieces, places, labels, targets in _rows_of(batch):
            words = [word_of.get(pieces[place], "a") for place in places]
            example = Example(words, list(labels), [word_of.get(target) for target in targets])
            made[any(labels)].append(example)
    return make_shard(made[True], [encoder]), make_shard(made[False], [encoder])


def test_a_run_that_goes_on_ends_with_the_weights_of_one_that_was_not_stopped(
    torch: Any, encoders: tuple[Encoder, Encoder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader import learning

    stream = list(batches([(0, _gate_shard(encoders[:1], 120, 1))], 0, 40))
    assert len(stream) > 12

    def run(parts: Sequence[Sequence[Batch]], checkpoint: Path) -> Any:
        for part in parts:
            torch.manual_seed(5)
            network = _bert()
            _clock(monkeypatch)
            training = learning.Training(network, 0.01, (1.0,), lambda _: None)
            training.run(lambda part=part: iter(part), 50.0, lambda: "", checkpoint)  # type: ignore[misc]
        return network.state_dict()

    whole = run([stream[:12]], tmp_path / "whole")
    in_parts = run([stream[:5], stream[5:9], stream[9:12]], tmp_path / "parts")
    assert whole.keys() == in_parts.keys()
    assert all(torch.equal(whole[name], in_parts[name]) for name in whole)


@pytest.mark.usefixtures("torch")
def test_a_run_ends_when_its_time_is_used(
    encoders: tuple[Encoder, Encoder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader import learning

    batch = next(batches([(0, _gate_shard(encoders[:1], 20, 1))], 0, 40))
    _clock(monkeypatch)
    log: list[str] = []
    training = learning.Training(_bert(), 0.01, (1.0,), log.append)
    training.run(lambda: itertools.repeat(batch), 9.0, lambda: "measured", tmp_path / "checkpoint", evaluations=3)
    assert log.count("measured") == 3
    assert log[-2].startswith("8 steps, 9 s")
    assert (tmp_path / "checkpoint").exists()
    assert not (tmp_path / "checkpoint.partial").exists()


@pytest.mark.usefixtures("torch")
def test_what_the_stream_raises_ends_the_run(tmp_path: Path) -> None:
    from reader import learning

    def stream() -> Iterator[Batch]:
        raise RuntimeError("no shards")
        yield

    with pytest.raises(RuntimeError, match="no shards"):
        learning.Training(_bert(), 0.01, (1.0,), print).run(stream, 9.0, str, tmp_path / "checkpoint")


@pytest.mark.usefixtures("torch")
def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    from reader import learning

    learning.Training(_bert(layers=2), 0.01, (1.0,), print).run(lambda: iter(()), 9.0, str, tmp_path / "checkpoint")
    with pytest.raises(ValueError, match="another network"):
        learning.Training(_bert(layers=1), 0.01, (1.0,), print).run(lambda: iter(()), 9.0, str, tmp_path / "checkpoint")


def test_a_batch_without_targets_does_not_spoil_the_weights(torch: Any, encoders: tuple[Encoder, Encoder]) -> None:
    from reader import learning

    network = _bert()
    batch = next(batches([(0, make_shard([Example.right(["the", "knee"])] * 4, encoders[:1]))], 0, 60))
    total, _, of_targets = learning.loss(network, batch, (1.0,), torch.device("cpu"))
    assert math.isfinite(total.item())
    assert of_targets.item() == 0
    torch.autograd.backward(total)
    assert all(p.grad is None or p.grad.isfinite().all() for p in network.parameters())


def _oracle(torch: Any, doubts: dict[int, float]) -> Any:
    """A network that doubts each piece as the table says."""
    from reader.networks import Network as AnyNetwork

    class Oracle(AnyNetwork):
        def __init__(self) -> None:
            super().__init__()
            self.scale = torch.nn.Parameter(torch.ones(()))

        @property
        def all_heads(self) -> Any:
            return [self]

        def labels(self, states: Any) -> Any:
            doubt = torch.tensor([doubts.get(int(piece), -9.0) for piece in states[:, 0]])
            low = torch.full_like(doubt, -50.0)
            return torch.stack([torch.zeros_like(doubt), doubt, low, low], -1)

        def forward(self, pieces: Any) -> Any:
            return [pieces[..., None].float()]

    return Oracle()


def test_slips_are_counted_that_are_doubted_more_than_a_share_of_the_right_words(
    torch: Any, encoders: tuple[Encoder, Encoder]
) -> None:
    from reader import learning

    encoder = encoders[0]
    doubts = {"knee": 5.0, "gait": 3.0, "gate": 4.0, "lock": 2.0, "emotion": 6.0}
    network = _oracle(torch, {encoder.first_piece(word): doubt for word, doubt in doubts.items()})
    # of 2000 right words, one is doubted at 5, two at 3: the second of them is the threshold at one in a thousand
    right = [Example.right(["the"] * 10) for _ in range(197)]
    right += [Example.right(["the"] * 9 + [word]) for word in ("knee", "gait", "gait")]
    slips = [
        Example(["the", "emotion", "is"], [0, 1, 0], [None, "motion", None]),  # found at every share
        Example(["of", "gate", "the"], [0, 0, 3], [None, None, "in"]),  # beside the slip: from one in a thousand on
        Example(["emotion", "of", "the", "no"], [0, 0, 0, 2], [None] * 4),  # too far from the slip
        Example(["lock", "of"], [1, 0], ["lack", None]),  # from two in a thousand on
        Example(["emotion", "of"], [0, 0], [None] * 2),  # no slip
    ]
    shards = [make_shard(each, [encoder]) for each in (slips, right)]
    said = learning.evaluate(network, shards[0], shards[1], 0, 70)
    assert said == (
        "4 sentences with slips; exit 0: found 0.500 at 0.5, 0.500 at 1, 0.750 at 2, 0.750 at 4, 0.750 at 10"
    )


def test_a_teacher_writes_what_it_says_of_each_word(torch: Any, encoders: tuple[Encoder, Encoder]) -> None:
    from reader import learning

    network = _bert()
    shards = [make_shard(_random_examples(count, count), encoders[:1]) for count in (9, 14)]
    learning.teach(network, shards, 0, 50)
    for shard in shards:
        assert shard.taught is not None
        assert np.allclose(np.exp(shard.taught.astype(float)).sum(1), 1, atol=0.02)
        for batch in batches([(0, shard)], 0, 1):  # one sentence at a time
            said = learning.label_scores(network, batch)[-1].log_softmax(-1).numpy()
            assert batch.taught is not None
            assert np.allclose(batch.taught, said, atol=0.1)
    batch = next(batches([(0, shards[0])], 0, 50))
    assert learning.loss(network, batch, (1.0,), torch.device("cpu"))[0].isfinite()


# --- weights and graphs ---


def test_the_graph_says_what_the_network_says(torch: Any, encoders: tuple[Encoder, Encoder], tmp_path: Path) -> None:
    from reader import weights

    bert = _bert()
    weights.save_small(bert, tmp_path / "small.npz")
    with np.load(tmp_path / "small.npz") as arrays:
        network = tiny.make_network(arrays, encoders[0], tmp_path)
    for words in (["the", "gate", "of", "a", "patient"], ["Documentation,", "was", "cited", "(knee)."], ["pain"]):
        encoded = encoders[0].encode(words)
        with torch.no_grad():
            states = bert(torch.tensor([encoded.pieces]))[0][0, encoded.starts]
            labels = bert.all_heads[0].labels(states).log_softmax(-1).numpy()
            pieces = bert.all_heads[0].pieces(states, bert.embedding).log_softmax(-1).numpy()
        (reading,) = network.read([words], 1.0)
        assert np.abs(reading.labels - labels).max() < 0.1
        assert sorted(reading.pieces) == list(range(len(words)))
        error = np.array([reading.pieces[i] for i in range(len(words))]) - pieces
        assert np.abs(error).mean() < 0.05 * pieces.std()


def test_what_was_exported_can_be_begun_with(torch: Any, tmp_path: Path) -> None:
    from reader import weights
    from reader.graphs import bert_graph, read_bert

    bert = _bert()
    weights.save_small(bert, tmp_path / "small.npz")
    with np.load(tmp_path / "small.npz") as arrays:
        exported = bert_graph(arrays, 4)
    again = _bert()
    with torch.no_grad():
        for parameter in again.parameters():
            parameter.zero_()
    weights.begin_with(again, read_bert(exported))
    for name, parameter in bert.named_parameters():
        error = (dict(again.named_parameters())[name] - parameter).abs().max()
        assert error <= parameter.abs().max() / 100, name
    weights.save_small(again, tmp_path / "again.npz")
    with np.load(tmp_path / "again.npz") as arrays:
        assert bert_graph(arrays, 4).SerializeToString() == exported.SerializeToString()


def test_a_piece_that_is_all_zeros_stays_so(torch: Any, tmp_path: Path) -> None:
    from reader import weights

    bert = _bert()
    with torch.no_grad():
        bert.embedding[0] = 0
    weights.save_small(bert, tmp_path / "small.npz")
    with np.load(tmp_path / "small.npz") as arrays:
        restored = arrays["embedding"] * arrays["scale"]
        assert arrays["embedding"].dtype == np.int8
        assert set(arrays) == {"scale", *(name for name, _ in bert.named_parameters())}
    assert not restored[0].any()
    assert np.abs(restored - bert.embedding.detach().numpy()).max() <= np.abs(restored).max() / 200


def test_what_was_learnt_of_the_language_model_is_written(torch: Any, tmp_path: Path) -> None:
    from reader import weights

    network = weights.adapted(tiny.llama_tensors(), 4, 10_000.0, 2, (2, 3))
    assert network.embedding.dtype == torch.bfloat16
    weights.save_adapted(network, tmp_path / "large.npz")
    with np.load(tmp_path / "large.npz") as arrays:
        assert set(arrays) == {name for name, p in network.named_parameters() if p.requires_grad}
        assert all(arrays[name].dtype == np.float16 for name in arrays)


# --- what evidence is worth ---


def _observations(count: int = 400, seed: int = 1) -> list[Observation]:
    """Changes that are marked the likelier the more doubt there is, whatever the noise."""
    draw = random.Random(seed)
    made = []
    for i in range(count):
        doubt = draw.gauss(0, 1)
        marked = draw.random() < 1 / (1 + math.exp(-3 * doubt + 2))
        made.append(Observation(f"letter {i % 23}", {"doubt": doubt, "noise": draw.gauss(0, 5), "one": 1.0}, marked))
    return made


def test_evidence_is_weighed_as_it_was_made() -> None:
    observations = _observations(4000)
    weights = fit(observations, names_of(observations), 0.1)
    assert list(weights) == ["doubt", "noise", "one"]
    assert weights["doubt"] == pytest.approx(3, abs=0.4)
    assert weights["noise"] == pytest.approx(0, abs=0.1)
    assert weights["one"] == pytest.approx(-2, abs=0.4)
    assert score(Observation("", {"doubt": 2.0, "one": 1.0, "unheard of": 9.0}, False), weights) > 0.95
    assert abs(fit(observations, ["doubt"], 1e5)["doubt"]) < 0.1  # held down by the penalty


def test_the_marks_of_a_letter_do_not_tell_on_its_own_scores() -> None:
    observations = _observations()
    scores = cross_validate(observations, 1.0)
    turned = [replace(each, marked=not each.marked) if each.letter == "letter 3" else each for each in observations]
    again = cross_validate(turned, 1.0)
    own = [each.letter == "letter 3" for each in observations]
    same = [one == other for one, other in zip(scores, again, strict=True)]
    assert all(same[i] for i in range(len(own)) if own[i])
    assert not all(same)
    assert np.mean([(s > 0.5) == each.marked for s, each in zip(scores, observations, strict=True)]) > 0.75


def test_precision_is_measured_at_several_numbers_of_findings_a_letter() -> None:
    marked = (True, True, False, True, False)
    observations = [Observation("a", {}, each, place=place) for place, each in enumerate(marked)]
    observations.append(Observation("a", {}, False, place=3))  # another change at a place, which counts once
    points = list(curve(observations, [0.9, 0.8, 0.8, 0.4, 0.1, 0.2], letters=2))
    assert [(each.per_letter, each.found, each.precision, each.threshold) for each in points] == [
        (0.35, 1, 1.0, 0.9), (0.5, 1, 1.0, 0.9), (0.7, 1, 1.0, 0.9), (1.0, 1, 0.5, 0.8), (1.5, 2, 0.667, 0.8),
        (2.0, 3, 0.75, 0.4), (3.0, 3, 0.6, 0.1),
    ]  # fmt: skip


# --- the commands ---

_PROSE = """The knee of the patient is not swollen, and the gait is slow.
There is a lack of documentation of the range of motion of the knee.
The report of the surgery on the left side has no word on the pain.
The injured worker had no relief with the therapy of the knee.
"""
_SLIPS = """The gate of the patient is slow, and the knee well.\tThe gait of the patient is slow, and the knee well.
There is a lack documentation of the pain in the knee.\tThere is a lack of documentation of the pain in the knee.
The patient was seen in the left side of the room.\tThe patient was seen in the left side of the room.
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with prose and slips of our own, and one in place of the package."""
    files = {
        "prose/a-01.txt": _PROSE,
        "prose/a-02.txt": _PROSE.splitlines()[0] + "\nShe is not at work in the house.\n",
        "slips/a-01.tsv": _SLIPS + "The pain off the knee is less.\tThe pain of the knee is less.\n",
        "slips/a-02.tsv": _SLIPS,
    }
    for name, text in files.items():
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    (tmp_path / "package").mkdir()
    monkeypatch.setattr(train_reader, "OWN", tmp_path / "own")
    monkeypatch.setattr(train_reader, "PACKAGE", tmp_path / "package")
    return tmp_path


@pytest.mark.usefixtures("own")
def test_nothing_is_learnt_from_what_is_measured_with(encoders: tuple[Encoder, Encoder]) -> None:
    assert train_reader._own_sentences() == [*_PROSE.splitlines()[1:], "The pain of the knee is less."]
    assert train_reader._own_pairs() == ["The pain off the knee is less.\tThe pain of the knee is less."]
    slips, right = train_reader._development(encoders[:1])
    assert len(slips.words) == 2
    assert len(right.words) == 3
    assert not right.labels.any()


class _Worker:
    """Stands for a process: it ends after some looks at it."""

    def __init__(self, looks: int, code: int) -> None:
        self._looks, self._code = looks, code

    def is_alive(self) -> bool:
        self._looks -= 1
        return self._looks >= 0

    @property
    def exitcode(self) -> int | None:
        return None if self._looks >= 0 else self._code


@pytest.mark.parametrize("code", [0, 1])
def test_training_does_not_wait_for_processes_that_have_ended(
    encoders: tuple[Encoder, Encoder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(train_reader, "time", SimpleNamespace(sleep=lambda _: None))
    for i in range(3):
        make_shard(_random_examples(10, i), encoders[:1]).save(tmp_path / f"{i:04}-001.npz")
    shards = train_reader._Shards(tmp_path, 1, [_Worker(3, code)])  # type: ignore[list-item]
    if code:
        with pytest.raises(RuntimeError, match="has failed"):
            list(shards.stream(0, 60))
    else:
        assert sum(len(batch.pieces) for batch in shards.stream(0, 60)) == 30
    assert not list(tmp_path.iterdir())


def test_prepare_writes_sentences_and_near_words(own: Path) -> None:
    corpus = own / "trial_reports.txt"
    corpus.write_text("The gate of the garden was not on the left side.\n" * 3 + _PROSE, encoding="utf-8")
    train_reader.prepare(own / "work", [corpus])
    found = lzma.decompress((own / "work" / "trial_reports.txt.xz").read_bytes()).decode().split("\n")
    assert found == ["The gate of the garden was not on the left side.", *_PROSE.splitlines()]
    meant = dict(line.split("\t") for line in (own / "package" / "near_words.txt").read_text("utf-8").splitlines())
    assert "of" in meant["on"].split()
    assert (own / "work" / "near.json.xz").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("torch")
def test_weights_come_about_from_corpora(own: Path) -> None:
    """All the commands, one after the other, the training stopped and taken up again."""
    safetensors = pytest.importorskip("safetensors.torch")
    work, model = own / "work", own / "encoder"
    corpora = [own / f"{name}.txt" for name in train_reader.SHARES if name != "prose"]
    for corpus in corpora:
        corpus.write_text(_PROSE, encoding="utf-8")
    model.mkdir()
    encoder = tiny.small_encoder(model)
    safetensors.save_file(tiny.bert_tensors(), model / "model.safetensors")
    gguf = tiny.write_gguf(own / "tiny.gguf", tiny.tokens())
    train_reader.prepare(work, corpora)
    for seconds in (6.0, 12.0):
        train_reader.train(work, "small", gguf, model, seconds, 1, 50, "cpu")
    assert "goes on at step" in (work / "small.log").read_text("utf-8")
    assert not (work / "shards-small").exists()
    train_reader.export(work)
    readings = Network(own / "package" / "detector.onnx", encoder).read([["the", "knee"], ["no"]], 0.0)
    assert [len(reading.labels) for reading in readings] == [2, 1]
