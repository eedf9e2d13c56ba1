"""Train the reader: from clean prose and slips beside right sentences to weights.

    python training/train_reader.py prepare WORK CORPUS…     sentences, and the words near each word
    python training/train_reader.py train WORK small|large GGUF ENCODER [--seconds N] [--device cuda]
    python training/train_reader.py export WORK              the small encoder into the package

WORK is a folder. `train` trains the small encoder, or adapts the language model; it goes on from its last checkpoint,
leaves what it learnt in WORK/small.npz or WORK/large.npz, and appends what it did to a log of the same name. With
`--begin GRAPH` the small encoder begins with the weights of an earlier one, as `export` wrote it. GGUF is
the file of SmolLM2-135M-Instruct (Q4_1), ENCODER the folder of MiniLM-L6-H384 with `model.safetensors` and `vocab.txt`.
training/README.md describes the corpora.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import multiprocessing
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from reader.corruption import Example
from reader.near_words import SMALL_WORDS, NearWords
from reader.prose import sentences
from reader.shards import Batch, Shard, Source, align, batches, make_shard, produce

from imrlint.reader import gguf
from imrlint.reader.gguf import GGUF
from imrlint.reader.tokenization import Encoder, gguf_encoder, wordpiece_encoder

OWN = Path(__file__).parent
PACKAGE = Path(gguf.__file__).parent
SHARES = {"trial_reports": 0.2, "textbooks_notes": 0.27, "us_government": 0.1, "prose": 0.43}
PAIRS = 0.2
DEVELOPMENT = ("-02",)  # of the files of our own, those that are kept to measure with
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_OWN_WEIGHT = 20  # of a word of our own prose in the counts of words
_MEANT = 24  # words that may have been meant where another stands
_RARE = 3  # occurrences of a word that may be put in the place of another
_SHORT, _USUAL = 3, 200  # letters of a short word, and its fewest occurrences
LAYERS, HEADS, BASE, RANK = (15, 30), 9, 100_000.0, 24
EXIT_WEIGHTS = (0.3, 1.0)
ENCODER_HEADS = 12
LARGE, SMALL = 0, 1  # the numbers of the encoders in a shard
_GRACE = 600.0  # seconds that shards are made for longer than the training takes
_PIECES = {"cuda": (32_768, 65_536), "cpu": (4096, 4096)}  # of a batch, for each of the networks
_RATES = (6e-4, 4e-4)


def prepare(work: Path, corpora: Sequence[Path]) -> None:
    """Write the sentences of the corpora and of our own prose, and the words near each word."""
    from imrlint.knowledge.language import lexicon

    work.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    found_in = {path.name.split(".")[0]: sentences([path]) for path in corpora}
    streams: dict[str, Iterable[str]] = {**found_in, "prose": _own_sentences()}
    for name, stream in streams.items():
        found = list(stream)
        (work / f"{name}.txt.xz").write_bytes(lzma.compress("\n".join(found).encode()))
        for sentence in found:
            words = _WORD.findall(sentence)
            weight = _OWN_WEIGHT if name == "prose" else 1
            counts.update({word.lower(): n * weight for word, n in Counter(words).items()})
            small.update({word: n * weight for word, n in Counter(words).items() if word.islower()})
        print(f"{name}: {len(found)} sentences")

    def may_be_wrong(word: str) -> bool:
        if word in SMALL_WORDS:
            return True
        if len(word) <= _SHORT:
            return len(word) > 1 and lexicon.is_common(word) and small[word] >= _USUAL
        return small[word] >= _RARE and lexicon.is_known(word) and lexicon.may_be_suggested(word)

    chosen = {word: count for word, count in counts.items() if may_be_wrong(word)}
    near = NearWords(chosen)
    table = {word: near.find(word) for word in sorted(chosen)}
    (work / "near.json.xz").write_bytes(lzma.compress(json.dumps(table).encode()))
    (PACKAGE / "near_words.txt").write_text(_list_meant(table), encoding="utf-8")
    print(f"near words of {len(table)} words")


def _list_meant(table: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """For each word, what may have been meant where it stands: what is near it, and what it is near to."""
    meant: dict[str, dict[str, float]] = {word: dict(near) for word, near in table.items()}
    for word, near in table.items():
        for other, _ in near:
            meant.setdefault(other, {}).setdefault(word, 0.0)
    lines = []
    for word in sorted(meant, key=str.encode):
        likeliest = sorted(meant[word], key=lambda other: (-meant[word][other], other))
        if likeliest:
            lines.append(f"{word}\t{' '.join(likeliest[:_MEANT])}\n")
    return "".join(lines)


def _files(pattern: str, *, held_out: bool) -> list[Path]:
    """The files of our own that are learnt from, or those that are kept to measure with."""
    return [path for path in sorted(OWN.glob(pattern)) if path.stem.endswith(DEVELOPMENT) == held_out]


def _read_pairs(*, held_out: bool) -> list[tuple[str, str]]:
    """Our own slips, each beside the right sentence."""
    lines = (line for path in _files("slips/*.tsv", held_out=held_out) for line in path.read_text("utf-8").splitlines())
    return [(" ".join(wrong.split()), " ".join(right.split())) for wrong, tab, right in map(_partition, lines) if tab]


def _partition(line: str) -> tuple[str, str, str]:
    wrong, tab, rest = line.partition("\t")
    return wrong, tab, rest.split("\t")[0]


def _right_sentences(*, held_out: bool) -> Iterator[str]:
    """The sentences of our own prose, and the right ones of our own slips."""
    yield from sentences(_files("prose/*.txt", held_out=held_out))
    yield from (right for _, right in _read_pairs(held_out=held_out))


def _own_sentences() -> list[str]:
    """The right sentences to learn from, each once; none that is measured with."""
    measured = set(_right_sentences(held_out=True))
    return [each for each in dict.fromkeys(_right_sentences(held_out=False)) if each not in measured]


def _own_pairs() -> list[str]:
    """The pairs to learn from, as lines; none whose right sentence is measured with."""
    measured = set(_right_sentences(held_out=True))
    return [f"{wrong}\t{right}" for wrong, right in _read_pairs(held_out=False) if right not in measured]


def _development(encoders: Sequence[Encoder]) -> tuple[Shard, Shard]:
    """What is measured with: pairs with slips, and right sentences."""
    aligned = [align(*pair) for pair in _read_pairs(held_out=True)]
    right = sentences(_files("prose/*.txt", held_out=True))
    clean = [Example.right(sentence.split()) for sentence in right]
    clean += [example for example in aligned if not any(example.labels)]
    return make_shard((e for e in aligned if any(e.labels)), encoders), make_shard(clean, encoders)


class _Shards:
    """The shards that other processes write, read as they come."""

    def __init__(self, folder: Path, seed: int, workers: Sequence[BaseProcess]) -> None:
        self._folder, self._random, self._workers = folder, random.Random(seed), workers

    def stream(self, encoder: int, pieces: int) -> Iterator[Batch]:
        """Batches as long as the others write; those of a shard in any order.

        Raises RuntimeError where one of the others has failed.
        """
        for batch_group in _grouped(batches(enumerate(self._read()), encoder, pieces), 128):
            self._random.shuffle(batch_group)
            yield from batch_group

    def _read(self) -> Iterator[Shard]:
        while True:
            writing = any(worker.is_alive() for worker in self._workers)
            paths = sorted(self._folder.glob("*.npz"))
            for path in paths:
                yield Shard.load(path)
                path.unlink()
            if any(worker.exitcode for worker in self._workers):
                raise RuntimeError("a process that makes shards has failed")
            if not paths:
                if not writing:
                    return
                time.sleep(0.5)


def _grouped(items: Iterator[Batch], size: int) -> Iterator[list[Batch]]:
    while group := list(itertools.islice(items, size)):
        yield group


def train(
    work: Path,
    which: str,
    model_file: Path,
    encoder: Path,
    seconds: float,
    processes: int,
    sentences_of_shard: int,
    device: str,
    rate: float | None = None,
    begin: Path | None = None,
) -> None:
    """Adapt the language model, or train the small encoder; that may `begin` with the weights of a graph."""
    import onnx
    import torch
    from reader import learning, weights
    from reader.graphs import read_bert
    from reader.networks import Bert, Llama

    torch.manual_seed(7)
    model = GGUF(model_file)
    encoders = (gguf_encoder(model), wordpiece_encoder(encoder / "vocab.txt"))
    near: dict[str, Any] = json.loads(lzma.decompress((work / "near.json.xz").read_bytes()))
    sources = [
        Source(share, lzma.decompress((work / f"{name}.txt.xz").read_bytes()).decode().split("\n"))
        for name, share in SHARES.items()
    ]
    pairs = Source(PAIRS, _own_pairs())
    log_file = (work / f"{which}.log").open("a", encoding="utf-8")

    def log(text: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    folder = work / f"shards-{which}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    context = multiprocessing.get_context("fork")
    first_seed = int(time.time()) % 1_000_000  # a run that goes on makes other slips
    until = time.time() + seconds + _GRACE
    workers = [
        context.Process(
            target=produce, daemon=True,
            args=(folder, first_seed + i, near, sources, pairs, encoders, sentences_of_shard, until),
        )
        for i in range(processes)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    held_out, right = _development(encoders)
    shards = _Shards(folder, first_seed, workers)
    log(f"{sum(len(s.sentences) for s in sources)} sentences, {len(pairs.sentences)} pairs, shares {SHARES}; "
        f"measured on {len(held_out.words)} sentences with slips and {len(right.labels)} right words")  # fmt: skip
    number = ("large", "small").index(which)
    network: Llama | Bert
    exits: tuple[float, ...]
    if which == "large":
        tensors = {name: torch.from_numpy(model.tensor(name)) for name in model.names}
        network, exits = weights.adapted(tensors, HEADS, BASE, RANK, LAYERS).to(device), EXIT_WEIGHTS
    else:
        small = weights.encoder(encoder / "model.safetensors", ENCODER_HEADS)
        if begin is not None:
            weights.begin_with(small, read_bert(onnx.load(str(begin))))
        network, exits = small.to(device), (1.0,)
    size = _PIECES[device][number]
    learning.Training(network, rate or _RATES[number], exits, log).run(
        lambda: shards.stream(number, size), seconds, lambda: learning.evaluate(network, held_out, right, number, size),
        work / f"{which}.checkpoint",
    )  # fmt: skip
    if isinstance(network, Llama):
        weights.save_adapted(network, work / f"{which}.npz")
    else:
        weights.save_small(network, work / f"{which}.npz")
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()
    shutil.rmtree(folder, ignore_errors=True)


def export(work: Path) -> None:
    """Write the small encoder into the package, in 8 bits."""
    import numpy as np
    import onnx
    from reader.graphs import bert_graph

    with np.load(work / "small.npz") as weights:
        onnx.save(bert_graph(weights, ENCODER_HEADS), str(PACKAGE / "detector.onnx"))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    preparing = commands.add_parser("prepare")
    preparing.add_argument("work", type=Path)
    preparing.add_argument("corpora", type=Path, nargs="+")
    exporting = commands.add_parser("export")
    exporting.add_argument("work", type=Path)
    training = commands.add_parser("train")
    training.add_argument("work", type=Path)
    training.add_argument("which", choices=("large", "small"))
    training.add_argument("gguf", type=Path)
    training.add_argument("encoder", type=Path)
    training.add_argument("--seconds", type=float, default=14_400.0)
    training.add_argument("--processes", type=int, default=1)
    training.add_argument("--sentences", type=int, default=20_000, help="of a shard")
    training.add_argument("--device", choices=tuple(_PIECES), default="cpu")
    training.add_argument("--rate", type=float, help="the highest rate of learning")
    training.add_argument(
        "--begin", type=Path, metavar="GRAPH", help="the small encoder to begin with, as it was exported"
    )
    options = parser.parse_args()
    if options.command == "prepare":
        prepare(options.work, options.corpora)
    elif options.command == "export":
        export(options.work)
    else:
        train(
            options.work, options.which, options.gguf, options.encoder, options.seconds, options.processes,
            options.sentences, options.device, options.rate, options.begin,
        )  # fmt: skip


if __name__ == "__main__":
    main()
