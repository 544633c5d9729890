"""A sentence-transformers folder whose transformer was exported to ONNX or OpenVINO, run without torch.

sentence-transformers' own ONNX backend cannot be installed beside its version 6 (optimum-onnx 0.1 wants transformers
below 4.58) and imports torch for the tokens and the mean, which takes longer than a whole search.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, normalizers

from rag.encoders.protocol import Vectors
from rag.errors import EncoderError

_Arrays = Mapping[str, NDArray[np.int64]]
_Run = Callable[[_Arrays], Vectors]

_FULL_PRECISION = {"onnx": "model.onnx", "openvino": "openvino_model.xml"}  # the names that every exporter uses
_PACKAGES = {"onnx": "onnxruntime", "openvino": "openvino"}
_MODULES = {"Transformer", "Pooling", "Normalize"}
_POOLING = {"mean", "cls", "lasttoken", "max"}
_TOKEN_RANK = 3  # texts, tokens, dimension
UNLIMITED = 1_000_000  # tokenizers without a limit say 1e30, static models infinity
_BATCH = 16  # texts of about the same length; larger ones are no faster on a CPU and cost memory


class ExportedModel:
    """A model folder with ``onnx/*.onnx`` or ``openvino/*.xml``, run on the CPU.

    :param name: path of a local folder, or a model's name on the Hugging Face hub.
    :param backend: what runs the file.
    :param file: the file in the folder, such as ``onnx/model_qint8_avx512_vnni.onnx``; None: the one in full precision.
    :raises EncoderError: a package or file is missing, or the model has parts that need torch.
    """

    def __init__(self, name: str, backend: Literal["onnx", "openvino"], file: str | None) -> None:
        load = _load_onnx if backend == "onnx" else _load_openvino
        try:
            runtime = importlib.import_module(_PACKAGES[backend])
        except ModuleNotFoundError as error:
            raise EncoderError(
                f"RAG_ENCODER_BACKEND={backend!r} needs a package that is not installed: "
                f"`pip install {_PACKAGES[backend]}`, or unset RAG_ENCODER_BACKEND."
            ) from error
        wanted = file or _FULL_PRECISION[backend]
        folder = Path(name) if Path(name).is_dir() else _download(name, backend, wanted)
        path = _find(folder, backend, wanted)
        self.variant = "" if path.name in _FULL_PRECISION.values() else path.relative_to(folder).as_posix()
        self._pooling = _read_pooling(folder, name)
        about = _read(folder / "config_sentence_transformers.json")
        self.prompts: dict[str, str] = dict(about.get("prompts") or {})
        self.limit = _read_limit(folder)
        self._tokenizer = _read_tokenizer(folder, name, self.limit)
        self._pad = _read(folder / "config.json").get("pad_token_id") or 0
        self._inputs, self._run = load(runtime, path)
        unknown = self._inputs - {"input_ids", "attention_mask", "token_type_ids"}
        if unknown:
            raise EncoderError(
                f"{path} wants {', '.join(sorted(unknown))} besides the tokens. Set RAG_ENCODER_BACKEND=torch."
            )
        self.dimension = int(self.encode(["a"], "", query=True).shape[1])

    def encode(self, texts: list[str], prompt: str, *, query: bool) -> Vectors:  # noqa: ARG002 - both are made alike
        """Return one vector a text, not normalised, shape (texts, dimension)."""
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        order = sorted(range(len(texts)), key=lambda number: len(encodings[number].ids))
        rows: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            arrays = {
                "input_ids": _padded([encodings[number].ids for number in batch], self._pad),
                "attention_mask": _padded([encodings[number].attention_mask for number in batch], 0),
                "token_type_ids": _padded([encodings[number].type_ids for number in batch], 0),
            }
            tokens = self._run({key: value for key, value in arrays.items() if key in self._inputs})
            rows.update(zip(batch, _pool(tokens, arrays["attention_mask"], self._pooling), strict=True))
        return np.stack([rows[number] for number in range(len(texts))])

    def lengths(self, texts: list[str]) -> list[int]:
        """Return how many word pieces each text has, those beyond the limit included."""
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        return [
            len(encoding.ids) + sum(len(rest.ids) - special for rest in encoding.overflowing)
            for encoding in self._tokenizer.encode_batch(texts)
        ]


def _load_onnx(runtime: Any, path: Path) -> tuple[set[str], _Run]:  # noqa: ANN401 - the package has no types
    """Return the names of the model's inputs, and what computes its token vectors."""
    options = runtime.SessionOptions()
    options.log_severity_level = 3  # errors; warnings are about the optimiser
    session = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    output = next(output.name for output in session.get_outputs() if len(output.shape) == _TOKEN_RANK)
    return (
        {each.name for each in session.get_inputs()},
        lambda arrays: np.asarray(session.run([output], dict(arrays))[0], dtype=np.float32),
    )


def _load_openvino(runtime: Any, path: Path) -> tuple[set[str], _Run]:  # noqa: ANN401 - the package may be missing
    """Return the names of the model's inputs, and what computes its token vectors."""
    # Without the hint OpenVINO computes in bfloat16 where the processor can, and the vectors differ by machine.
    model = runtime.Core().compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    output = next(number for number, port in enumerate(model.outputs) if len(port.get_partial_shape()) == _TOKEN_RANK)
    return (
        {port.get_any_name() for port in model.inputs},
        # A request of its own for each call: one request cannot be used by two threads.
        lambda arrays: np.array(model.create_infer_request().infer(dict(arrays))[output], dtype=np.float32),
    )


def _download(name: str, backend: str, wanted: str) -> Path:
    """Return the folder of a model of the hub; HF_HUB_OFFLINE is respected."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - a local model needs no hub

    stem = Path(wanted).with_suffix("").as_posix()  # an .xml has a .bin beside it, a large .onnx an .onnx_data
    repository = name if "/" in name else f"sentence-transformers/{name}"
    return Path(snapshot_download(repository, allow_patterns=["*.json", f"{stem}.*", f"{backend}/{stem}.*"]))


def _find(folder: Path, backend: str, wanted: str) -> Path:
    """Return the model file, which stands in the folder or in the backend's folder in it."""
    for path in (folder / wanted, folder / backend / wanted):
        if path.is_file():
            return path
    there = sorted(
        path.relative_to(folder).as_posix() for kind in ("onnx", "xml") for path in folder.rglob(f"*.{kind}")
    )
    raise EncoderError(
        f"{folder} has no {backend}/{wanted}. "
        + (
            f"Set RAG_ENCODER_FILE to one of: {', '.join(there)}."
            if there
            else "Export the model first (`python -m rag.encoders.export`), or unset RAG_ENCODER_BACKEND."
        )
    )


def _read(path: Path) -> dict[str, Any]:
    """Return a JSON object; of a missing file, an empty one."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _read_pooling(folder: Path, name: str) -> str:
    """Return how token vectors become a text's vector; a folder that does not say takes the mean, as in the library."""
    listing = folder / "modules.json"
    modules = json.loads(listing.read_text(encoding="utf-8")) if listing.is_file() else []
    paths = {module["type"].rsplit(".", 1)[-1]: module["path"] for module in modules}
    config = _read(folder / paths.get("Pooling", "") / "config.json") if modules else {}
    old = [key.removeprefix("pooling_mode_") for key, on in config.items() if key.startswith("pooling_mode_") and on]
    pooling = config.get("pooling_mode") or [mode.removesuffix("_tokens").removesuffix("_token") for mode in old]
    pooling = ["mean"] if not pooling else [pooling] if isinstance(pooling, str) else pooling
    odd = sorted(paths.keys() - _MODULES) + sorted(set(pooling) - _POOLING)
    if paths.get("Transformer"):
        odd.append(f"a transformer in {paths['Transformer']}")
    if len(pooling) > 1:
        odd.append("several poolings")
    if not config.get("include_prompt", True):
        odd.append("a mean without the prompt")
    if odd:
        raise EncoderError(f"RAG_ENCODER={name!r} has {', '.join(odd)}, which needs RAG_ENCODER_BACKEND=torch.")
    return str(pooling[0])


def _read_limit(folder: Path) -> int | None:
    """Return how many word pieces the model reads, by the library's rule: its own number, else the smaller limit."""
    own = _read(folder / "sentence_bert_config.json").get("max_seq_length")
    if own:
        return int(own)
    limits = (
        _read(folder / "tokenizer_config.json").get("model_max_length"),
        _read(folder / "config.json").get("max_position_embeddings"),
    )
    return min((int(limit) for limit in limits if limit and limit > 0 and limit < UNLIMITED), default=None)


def _read_tokenizer(folder: Path, name: str, limit: int | None) -> Tokenizer:
    """Return the tokenizer, cutting texts at the model's limit and not padding."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise EncoderError(f"RAG_ENCODER={name!r} has no tokenizer.json, so it needs RAG_ENCODER_BACKEND=torch.")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if limit is not None:
        tokenizer.enable_truncation(limit)
    if _read(folder / "sentence_bert_config.json").get("do_lower_case"):
        before = [] if tokenizer.normalizer is None else [tokenizer.normalizer]
        tokenizer.normalizer = normalizers.Sequence([normalizers.Lowercase(), *before])
    return tokenizer


def _padded(rows: list[list[int]], filler: int) -> NDArray[np.int64]:
    """Return the rows as one array, filled up on the right to the longest."""
    result = np.full((len(rows), max(map(len, rows))), filler, dtype=np.int64)
    for number, row in enumerate(rows):
        result[number, : len(row)] = row
    return result


def _pool(tokens: Vectors, mask: NDArray[np.int64], pooling: str) -> Vectors:
    """Return one vector a text of its token vectors, shape (texts, dimension)."""
    if pooling == "cls":
        return tokens[:, 0]
    if pooling == "lasttoken":
        return np.asarray(tokens[np.arange(len(tokens)), mask.sum(axis=1) - 1])
    weights = mask[:, :, None].astype(np.float32)
    if pooling == "max":
        return np.asarray(np.where(weights > 0, tokens, -np.inf).max(axis=1))
    return np.asarray((tokens * weights).sum(axis=1) / weights.sum(axis=1))
