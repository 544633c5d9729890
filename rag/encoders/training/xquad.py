"""Recall on XQuAD with the exported folder, for information: nothing is trained or chosen on it.

    python -m rag.encoders.training.xquad DATA/eval/xquad --model rag/encoders/static_model --pairs en-en de-de

A question's right answer is the paragraph it was written for, among all paragraphs of the passage language.
"""

import argparse
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rag.encoders.training.export import COUNTS, RECORD, WEIGHTS, WEIGHTS_KEY

logger = logging.getLogger(__name__)

DEFAULT_PAIRS = ("en-en", "de-de", "es-es", "en-de", "en-es", "de-en", "de-es", "es-en", "es-de")
WAYS = ("mean", "late", "late+mean", "late idf", "late idf+mean")


@dataclass(frozen=True)
class Model:
    """An exported folder: vectors (vocabulary, dimensions) and token rarity (vocabulary,) in the training texts."""

    tokenizer: Tokenizer
    vectors: np.ndarray
    rarity: np.ndarray

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Read the folder."""
        vectors = load_file(folder / WEIGHTS)[WEIGHTS_KEY].astype(np.float32)
        counts = np.load(folder / COUNTS).astype(np.float64)
        sentences = json.loads((folder / RECORD).read_text(encoding="utf8"))["counted_sentences"]
        rarity = np.log1p((sentences - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")), vectors, rarity)

    def rows(self, texts: list[str]) -> list[np.ndarray]:
        """Return each text's known tokens; a text without any gets the unknown token, whose vector is zero."""
        encodings = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        known = (np.array([i for i in encoding.ids if i != 0], dtype=np.int64) for encoding in encodings)
        return [row if len(row) else np.zeros(1, dtype=np.int64) for row in known]


@dataclass(frozen=True)
class Questions:
    """The paragraphs of one language, its questions, and for each question the number of its paragraph."""

    paragraphs: list[str]
    questions: list[str]
    gold: np.ndarray


def read_xquad(folder: Path, language: str) -> Questions:
    """Read `xquad.LANGUAGE.json`; paragraphs stand in the same order in every language."""
    paragraphs: list[str] = []
    questions: list[str] = []
    gold: list[int] = []
    content = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf8"))
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            questions += [asked["question"] for asked in paragraph["qas"]]
            gold += [len(paragraphs)] * len(paragraph["qas"])
            paragraphs.append(paragraph["context"])
    return Questions(paragraphs, questions, np.array(gold))


def recall(model: Model, asked: Questions, told: Questions) -> dict[str, float]:
    """Return recall@1 for each of WAYS; `+mean` adds the two scores, each standardised over a question's paragraphs."""
    passages = model.rows(told.paragraphs)
    starts = np.cumsum([0] + [len(p) for p in passages[:-1]])
    tokens = _unit(model.vectors[np.concatenate(passages)])
    means = _unit(np.stack([model.vectors[p].mean(0) for p in passages]))
    hits = dict.fromkeys(WAYS, 0)
    for row, gold in zip(model.rows(asked.questions), asked.gold, strict=True):
        vectors = model.vectors[row]
        best = np.maximum.reduceat(_unit(vectors) @ tokens.T, starts, axis=1)
        norm = np.linalg.norm(vectors, axis=1)
        mean = means @ _unit(vectors.mean(0, keepdims=True))[0]
        late, late_idf = (w @ best / max(float(w.sum()), 1e-9) for w in (norm, norm * model.rarity[row]))
        both, both_idf = _standard(late) + _standard(mean), _standard(late_idf) + _standard(mean)
        scores: tuple[np.ndarray, ...] = (mean, late, both, late_idf, both_idf)
        for way, score in zip(WAYS, scores, strict=True):
            hits[way] += int(score.argmax() == gold)
    return {way: hit / len(asked.gold) for way, hit in hits.items()}


def _unit(rows: np.ndarray) -> np.ndarray:
    units: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return units


def _standard(scores: np.ndarray) -> np.ndarray:
    standard: np.ndarray = (scores - scores.mean()) / max(float(scores.std()), 1e-9)
    return standard


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code: 0, or 2 after one line that says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m rag.encoders.training.xquad", description="Recall@1 on XQuAD.")
    parser.add_argument("data", type=Path, help="folder with xquad.en.json and the like")
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    parser.add_argument("--pairs", nargs="+", default=DEFAULT_PAIRS, help="question language-paragraph language")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    logger.info("question-paragraph  " + "  ".join(f"{way:>13}" for way in WAYS))
    try:
        model = Model.load(options.model)
        for pair in options.pairs:
            question, _, paragraph = pair.partition("-")
            found = recall(model, read_xquad(options.data, question), read_xquad(options.data, paragraph))
            logger.info(f"{pair:<18}  " + "  ".join(f"{found[way]:>13.3f}" for way in WAYS))
    except OSError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
