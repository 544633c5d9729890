"""Exports a sentence-transformers folder to ONNX, in full precision and as int8: ``python -m rag.encoders.export DIR``.

It needs the package onnx (``pip install 'newsrag[onnx]'``); running the files does not.
"""

import argparse
import logging
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

FULL = "onnx/model.onnx"
INT8 = "onnx/model_qint8.onnx"


def export(folder: Path) -> None:
    """Write ``onnx/model.onnx`` and ``onnx/model_qint8.onnx`` (weights and activations in int8) into the folder."""
    import torch  # noqa: PLC0415 - slow, and only this command needs it
    from onnxruntime.quantization import (  # type: ignore[import-untyped]  # noqa: PLC0415
        QuantType,
        quantize_dynamic,
    )
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    # Two texts of different lengths, so that the tracer meets a mask with zeros.
    example = dict(model.tokenizer(["one text", "another text, and longer"], return_tensors="pt", padding=True))

    class TokenVectors(torch.nn.Module):
        """The transformer with its inputs in order and its token vectors as the only output."""

        def __init__(self, transformer: Any) -> None:  # noqa: ANN401 - any architecture
            super().__init__()
            self.transformer = transformer

        def forward(self, *inputs: torch.Tensor) -> Any:  # noqa: ANN401
            return self.transformer(**dict(zip(example, inputs, strict=True))).last_hidden_state

    (folder / FULL).parent.mkdir(exist_ok=True)
    torch.onnx.export(
        TokenVectors(model[0].model).eval(),
        tuple(example.values()),
        str(folder / FULL),
        input_names=list(example),
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*example, "last_hidden_state")},
        dynamo=False,  # the tracer needs onnx alone; the newer exporter also onnxscript
    )
    # Per channel: all-MiniLM-L6 keeps a cosine of .984 to its full precision, per tensor only .83 to .89. The reduced
    # range costs .002 of it and keeps processors without VNNI instructions from overflowing.
    settings = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True}
    quantize_dynamic(str(folder / FULL), str(folder / INT8), **settings)
    logger.info("Wrote %s and %s. RAG_ENCODER_BACKEND=onnx RAG_ENCODER_FILE=%s uses the smaller.", FULL, INT8, INT8)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the model, where the files are written")
    export(parser.parse_args().folder)
