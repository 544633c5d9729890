"""The finished folder: what sentence-transformers, model2vec and this project's own encoder read."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

WEIGHTS = "model.safetensors"
WEIGHTS_KEY = "embedding.weight"
COUNTS = "token_counts.npy"
RECORD = "training.json"


@dataclass(frozen=True)
class TrainedModel:
    """What a run leaves behind.

    :param vectors: token vectors, shape (vocabulary, dimensions); stored as float16.
    :param counts: training sentences with each token, uint32, shape (vocabulary,).
    :param record: what is to be known about the run, stored as JSON with the weights' digest added.
    """

    tokenizer: Tokenizer
    vectors: np.ndarray
    counts: np.ndarray
    record: dict[str, Any]


def on_principal_axes(vectors: np.ndarray) -> np.ndarray:
    """Turn the table so that its first coordinates tell most, shape as given.

    A rotation leaves every length and cosine as it is; a search can then choose by a part of the coordinates. Each
    axis points to where its largest component is positive, so that equal tables give equal files.
    """
    table = vectors.astype(np.float64)
    _, axes = np.linalg.eigh(table.T @ table)
    axes = axes[:, ::-1]
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    turned: np.ndarray = (table @ (axes * np.sign(largest))).astype(np.float32)
    return turned


def export_model(folder: Path, model: TrainedModel) -> None:
    """Write the model folder; files of the same names are replaced, others left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = on_principal_axes(model.vectors).astype(np.float16)
    vectors[0] = 0  # the unknown token weighs nothing
    save_file({WEIGHTS_KEY: vectors}, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / WEIGHTS).chmod(0o644)  # safetensors makes it readable by its owner alone
    model.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    np.save(folder / COUNTS, model.counts.astype(np.uint32))
    digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    _write_json(folder / RECORD, {**model.record, "weights_sha256": digest})
    _write_json(
        folder / "modules.json",
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}],
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(path: Path, content: dict[str, Any] | list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf8")
